import FiniteElements
import Meshing
import NumericalMethods

/// One cell with arrays for what the kernels take and give as spans.
struct CellProbe {
  let table: ElementTable
  var nodes: [SIMD3<Double>]
  var thickness = 0.3
  var elasticity = [ElasticityMatrix.isotropic(youngsModulus: 210_000, poissonsRatio: 0.3)]

  init(_ table: ElementTable, _ nodes: [SIMD3<Double>]) {
    self.table = table
    self.nodes = nodes
  }

  var size: Int { table.nodeCount * table.axisCount }

  func stiffness() -> [[Double]] {
    var values = Array(repeating: Double.nan, count: size * size)
    var span = values.mutableSpan
    _ = table.stiffness(
      nodes: nodes.span, elasticity: elasticity.span, thickness: thickness, into: &span)
    return (0..<size).map { Array(values[$0 * size..<($0 + 1) * size]) }
  }

  func determinant() -> Double {
    var values = Array(repeating: Double.nan, count: table.pointCount)
    var span = values.mutableSpan
    return table.pointVolumes(nodes: nodes.span, thickness: thickness, into: &span)
  }

  func volumes() -> [Double] {
    var values = Array(repeating: Double.nan, count: table.pointCount)
    var span = values.mutableSpan
    table.pointVolumes(nodes: nodes.span, thickness: thickness, into: &span)
    return values
  }

  func positions() -> [SIMD3<Double>] {
    var values = Array(repeating: SIMD3<Double>.zero, count: table.pointCount)
    var span = values.mutableSpan
    table.pointPositions(nodes: nodes.span, thickness: thickness, into: &span)
    return values
  }

  func strain(
    _ displacements: [SIMD3<Double>], thermalStress: [SymmetricTensor] = [.zero]
  ) -> [SymmetricTensor] {
    var values = Array(repeating: SymmetricTensor.zero, count: table.pointCount)
    var span = values.mutableSpan
    table.strain(
      nodes: nodes.span, displacements: displacements.span, elasticity: elasticity.span,
      thermalStress: thermalStress.span, thickness: thickness, into: &span)
    return values
  }

  /// What an even thermal strain pushes with where no node moves: the load of a temperature change, as `respond` finds it.
  func thermalForce(_ thermal: [SymmetricTensor]) -> [SIMD3<Double>] {
    let still = Array(repeating: SIMD3<Double>.zero, count: table.nodeCount)
    let held = strain(still, thermalStress: thermal.map { elasticity[0] * $0 })
    let isFlat = table.type.theory == .planeStress && table.axisCount == 2
    let stress = held.indices.map { point in
      var stress = elasticity[0] * (held[point] - thermal[thermal.count == 1 ? 0 : point])
      if isFlat { stress.zz = 0 }
      return stress
    }
    return internalForce(still, stress).map { -$0 }
  }

  func internalForce(
    _ displacements: [SIMD3<Double>], _ stress: [SymmetricTensor]
  ) -> [SIMD3<Double>] {
    var values = Array(repeating: SIMD3<Double>.zero, count: table.nodeCount)
    var span = values.mutableSpan
    table.internalForce(
      nodes: nodes.span, displacements: displacements.span, elasticity: elasticity.span,
      stress: stress.span, thickness: thickness, into: &span)
    return values
  }

  func printedForce(
    _ displacements: [SIMD3<Double>], _ stress: [SymmetricTensor]
  ) -> [SIMD3<Double>] {
    var values = Array(repeating: SIMD3<Double>.zero, count: table.nodeCount)
    var span = values.mutableSpan
    table.printedForce(
      nodes: nodes.span, displacements: displacements.span, elasticity: elasticity.span,
      stress: stress.span, thickness: thickness, into: &span)
    return values
  }

  func bodyForce(_ density: [SIMD3<Double>]) -> [SIMD3<Double>] {
    var values = Array(repeating: SIMD3<Double>.zero, count: table.nodeCount)
    var span = values.mutableSpan
    table.bodyForce(
      nodes: nodes.span, density: density.span, thickness: thickness, into: &span)
    return values
  }

  func source(_ density: [Double]) -> [Double] {
    var values = Array(repeating: 0.0, count: table.nodeCount)
    var span = values.mutableSpan
    table.source(nodes: nodes.span, density: density.span, thickness: thickness, into: &span)
    return values
  }

  func conductivity(_ matrices: [ConductivityMatrix]) -> [[Double]] {
    let count = table.nodeCount
    var values = Array(repeating: Double.nan, count: count * count)
    var span = values.mutableSpan
    _ = table.conductivity(
      nodes: nodes.span, conductivity: matrices.span, thickness: thickness, into: &span)
    return (0..<count).map { Array(values[$0 * count..<($0 + 1) * count]) }
  }

  func heatFlux(_ temperatures: [Double], _ matrices: [ConductivityMatrix]) -> [SIMD3<Double>] {
    var values = Array(repeating: SIMD3<Double>.zero, count: table.pointCount)
    var span = values.mutableSpan
    table.heatFlux(
      nodes: nodes.span, temperatures: temperatures.span, conductivity: matrices.span, into: &span)
    return values
  }

  /// Nodal forces, one per node of the cell, of a pressure on a side.
  func pressureForce(side: Int, pressure: Double = 1) -> [SIMD3<Double>] {
    let local = table.type.shape.sides[side]
    let corners = local.map { nodes[$0] }
    var values = Array(repeating: SIMD3<Double>.zero, count: local.count)
    var span = values.mutableSpan
    SideTable.side(side, of: table.type).pressureForce(
      nodes: corners.span, pressure: pressure, thickness: thickness, into: &span)
    var result = Array(repeating: SIMD3<Double>.zero, count: nodes.count)
    for (node, force) in zip(local, values) { result[node] = force }
    return result
  }

  /// The film matrix of a side, by the side's own nodes.
  func film(side: Int, coefficient: Double) -> [[Double]] {
    let corners = table.type.shape.sides[side].map { nodes[$0] }
    var values = Array(repeating: Double.nan, count: corners.count * corners.count)
    var span = values.mutableSpan
    SideTable.side(side, of: table.type).film(
      nodes: corners.span, coefficient: coefficient, thickness: thickness, into: &span)
    return corners.indices.map { row in
      Array(values[row * corners.count..<(row + 1) * corners.count])
    }
  }

  /// What an amount per area gives to the nodes of a side.
  func sideSource(side: Int, density: Double) -> [Double] {
    let corners = table.type.shape.sides[side].map { nodes[$0] }
    var values = Array(repeating: Double.nan, count: corners.count)
    var span = values.mutableSpan
    SideTable.side(side, of: table.type).source(
      nodes: corners.span, density: density, thickness: thickness, into: &span)
    return values
  }

  /// Unknowns one after the other.
  func flat(_ vectors: [SIMD3<Double>]) -> [Double] {
    vectors.flatMap { vector in (0..<table.axisCount).map { vector[$0] } }
  }
}

/// The product of a matrix and a vector.
func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
  matrix.map { zip($0, vector).reduce(0) { $0 + $1.0 * $1.1 } }
}

/// The largest magnitude in a list.
func largest(_ values: [Double]) -> Double { values.map(abs).max() ?? 0 }

extension ElementTable {
  /// The point of this table behind each row that CalculiX prints for a cell: those of the plane come once per layer, those of sheets
  /// are in layers.
  var printedPoints: [Int] {
    (0..<ElementTable.stiffness(type).pointCount * type.printedLayers.count).map { $0 % pointCount }
  }
}
