internal import FiniteElements
internal import Meshing
internal import NumericalMethods

/// One cell's nodes, displacements and material values, gathered before a kernel is called.
///
/// One per worker: filling it does not allocate.
struct CellScratch {
  var nodes: [SIMD3<Double>]
  var displacements: [SIMD3<Double>]
  /// One per point, or one for all. Elastic constants until a law is asked for stress, its tangents from then on.
  var elasticity: [ElasticityMatrix]
  var thermalStrain: [SymmetricTensor]
  var thermalStress: [SymmetricTensor]
  /// Of the points; gathered unless linear elasticity is the same everywhere and nothing expands.
  private(set) var temperature: [Double]
  /// Of the points; gathered as ``temperature``.
  private(set) var positions: [SIMD3<Double>]

  var pointCount: Int { thermalStrain.count }

  init(_ table: ElementTable) {
    nodes = Array(repeating: .zero, count: table.nodeCount)
    displacements = nodes
    elasticity = [ElasticityMatrix()]
    thermalStrain = Array(repeating: .zero, count: table.pointCount)
    thermalStress = thermalStrain
    temperature = Array(repeating: -.infinity, count: table.pointCount)
    positions = Array(repeating: .zero, count: table.pointCount)
  }

  /// Gathers where the nodes of a cell are.
  mutating func gatherNodes(_ block: Structure.Block, _ cell: Int, _ all: [SIMD3<Double>]) {
    let first = cell * block.nodeCount
    for node in 0..<block.nodeCount { nodes[node] = all[Int(block.connectivity[first + node])] }
  }

  /// Gathers how the nodes of a cell moved.
  mutating func gatherDisplacements(
    _ block: Structure.Block, _ cell: Int, _ all: [SIMD3<Double>]
  ) {
    let first = cell * block.nodeCount
    for node in 0..<block.nodeCount {
      displacements[node] = all[Int(block.connectivity[first + node])]
    }
  }

  /// Gathers elastic constants and thermal strain at the points; the nodes must have been gathered.
  ///
  /// - Parameters:
  ///   - temperature: Of all nodes; `nil` where the analysis knows none.
  ///   - wantsThermal: Whether thermal strain and stress are needed too.
  mutating func gatherMaterial(
    _ structure: Structure, _ block: Structure.Block, _ cell: Int, temperature: [Double]?,
    wantsThermal: Bool
  ) {
    let place = Int(block.materialOfCell[cell])
    let table = block.table
    let expands =
      wantsThermal && temperature != nil && structure.materials[place].material.expansion != nil
    // The material itself is copied only where it varies, as in ``HeatScratch``.
    if let uniform = structure.materials[place].uniformElasticity {
      if elasticity.count != 1 { elasticity = [uniform] } else { elasticity[0] = uniform }
      if !expands {
        clearThermal()
        return
      }
    }
    let material = structure.materials[place]
    let here = nodes
    var span = positions.mutableSpan
    table.pointPositions(nodes: here.span, thickness: material.thickness, into: &span)
    if material.uniformElasticity == nil && elasticity.count != table.pointCount {
      elasticity = Array(repeating: ElasticityMatrix(), count: table.pointCount)
    }
    let first = cell * block.nodeCount
    for point in 0..<table.pointCount {
      var value = -Double.infinity
      var initial = 0.0
      if let temperature {
        value = 0
        for node in 0..<block.nodeCount {
          let share = table.temperatureShape[point * block.nodeCount + node]
          let number = Int(block.connectivity[first + node])
          value += share * temperature[number]
          initial += share * structure.model.initialTemperature[number]
        }
      }
      self.temperature[point] = value
      if material.uniformElasticity == nil {
        elasticity[point] = material.law.elasticity(
          at: MaterialPoint(temperature: value, position: positions[point]))
      }
      if expands {
        let strain = material.thermalStrain(
          at: value, from: initial, position: positions[point])
        thermalStrain[point] = strain
        thermalStress[point] = elasticity[elasticity.count == 1 ? 0 : point] * strain
      }
    }
    if !expands { clearThermal() }
  }

  private mutating func clearThermal() {
    for point in thermalStrain.indices {
      thermalStrain[point] = .zero
      thermalStress[point] = .zero
    }
  }
}
