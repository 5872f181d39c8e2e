internal import FiniteElements
internal import Meshing
internal import NumericalMethods

/// An estimate of the discretisation error of a static solution, in the energy norm.
public struct RecoveryError: Sendable {
  /// √∫(σ* − σ):C⁻¹:(σ* − σ) over each cell, counted through the blocks.
  public var cells: [Double]
  /// The same over the whole structure.
  public var norm: Double
  /// ``norm`` over the energy norm of the solution with the error added: 0 exact, near 1 useless.
  public var relative: Double
}

extension ElasticSolution {
  /// Estimates the error by comparing the stress with a smoother one.
  ///
  /// The smoother stress σ* is the mean at the nodes of the stresses extended from the points, within one section
  /// (stress may jump where the material does), interpolated by the cell's own functions.
  ///
  /// - Parameters:
  ///   - model: The structure this is a solution of.
  ///   - temperature: Of every node, as in the load case; `nil` where the analysis knows none.
  /// - Source: Zienkiewicz and Zhu, *A simple error estimator and adaptive procedure for practical engineering
  ///   analysis*, Int. J. Numer. Methods Eng. 24 (1987) 337–357.
  public func recoveryError(
    in model: ThermoElasticModel, temperature: [Double]?
  ) throws -> RecoveryError {
    let structure = try Structure(model) { ElementTable.stiffness($0) }
    var squares = [Double](repeating: 0, count: model.mesh.cellCount)
    var sums = [SymmetricTensor](repeating: .zero, count: model.mesh.nodes.count)
    var counts = [Int32](repeating: 0, count: model.mesh.nodes.count)
    for material in structure.materials.indices {
      var touched: [Int] = []
      structure.forEachCell(of: material) { number, block, cell in
        let extrapolation = Extrapolation.nodes(of: block.type)
        let points = stress.blocks[number][cell: cell]
        for local in 0..<block.nodeCount {
          let node = Int(block.connectivity[cell * block.nodeCount + local])
          if counts[node] == 0 { touched.append(node) }
          counts[node] += 1
          for (point, value) in points.enumerated() {
            sums[node] =
              sums[node] + extrapolation.matrix[local * extrapolation.pointCount + point] * value
          }
        }
      }
      for node in touched { sums[node] = (1 / Double(counts[node])) * sums[node] }
      // One section, one elasticity, unless it turns or depends on temperature.
      let uniform = structure.materials[material].uniformElasticity.map { Compliance($0) }
      var scratches: [Int: CellScratch] = [:]
      structure.forEachCell(of: material) { number, block, cell in
        var scratch: CellScratch?
        if uniform == nil {
          scratch = scratches[number] ?? CellScratch(block.table)
          scratch?.gatherNodes(block, cell, structure.nodes)
          scratch?.gatherMaterial(
            structure, block, cell, temperature: temperature, wantsThermal: false)
        }
        let pointCount = block.table.pointCount
        let first = cell * block.nodeCount
        // Points of an axisymmetric cell are off the mesh's plane, their stresses in global axes; the layers on
        // both sides are mirror images, so what is across the plane is left out.
        let isTurned = block.type.theory == .axisymmetric
        var square = 0.0
        for point in 0..<pointCount {
          var smooth = SymmetricTensor.zero
          for local in 0..<block.nodeCount {
            let share = block.table.shape[point * block.nodeCount + local]
            smooth = smooth + share * sums[Int(block.connectivity[first + local])]
          }
          var difference = smooth - stress.blocks[number].values[cell * pointCount + point]
          if isTurned { (difference.xz, difference.yz) = (0, 0) }
          let compliance =
            uniform ?? scratch.map { Compliance($0.elasticity(at: point)) } ?? Compliance()
          square +=
            compliance.energy(of: difference)
            * pointVolume.blocks[number].values[cell * pointCount + point]
        }
        squares[block.firstCell + cell] = square
        if uniform == nil { scratches[number] = scratch }
      }
      for node in touched { (sums[node], counts[node]) = (.zero, 0) }
    }
    let total = squares.reduce(0, +)
    let scale = total + 2 * strainEnergy
    return RecoveryError(
      cells: squares.map { $0.squareRoot() }, norm: total.squareRoot(),
      relative: scale > 0 ? (total / scale).squareRoot() : 0)
  }
}

extension CellScratch {
  /// The elasticity at a point.
  fileprivate func elasticity(at point: Int) -> ElasticityMatrix {
    elasticity[elasticity.count == 1 ? 0 : point]
  }
}

extension Structure {
  /// Visits the cells of one section.
  fileprivate func forEachCell(
    of material: Int, _ visit: (_ number: Int, _ block: Block, _ cell: Int) -> Void
  ) {
    for (number, block) in blocks.enumerated() {
      for cell in 0..<block.count where Int(block.materialOfCell[cell]) == material {
        visit(number, block, cell)
      }
    }
  }
}

/// The inverse of an elasticity: from stress to strain, engineering shear.
private struct Compliance {
  /// Row after row, six each.
  private var entries = [Double](repeating: 0, count: 36)

  /// No compliance.
  init() {}

  /// The inverse; nothing where there is none.
  init(_ elasticity: ElasticityMatrix) {
    // Gauss-Jordan on [C | 1]; C is positive definite, so no row exchanges are needed.
    var left = [Double](repeating: 0, count: 36)
    for row in 0..<6 {
      for column in 0..<6 { left[6 * row + column] = elasticity[row, column] }
      entries[7 * row] = 1
    }
    for pivot in 0..<6 {
      guard left[7 * pivot] > 0 else {
        entries = [Double](repeating: 0, count: 36)
        return
      }
      let scale = 1 / left[7 * pivot]
      for column in 0..<6 {
        left[6 * pivot + column] *= scale
        entries[6 * pivot + column] *= scale
      }
      for row in 0..<6 where row != pivot {
        let factor = left[6 * row + pivot]
        if factor == 0 { continue }
        for column in 0..<6 {
          left[6 * row + column] -= factor * left[6 * pivot + column]
          entries[6 * row + column] -= factor * entries[6 * pivot + column]
        }
      }
    }
  }

  /// σ:C⁻¹:σ
  func energy(of stress: SymmetricTensor) -> Double {
    let values: InlineArray<6, Double> = [
      stress.xx, stress.yy, stress.zz, stress.xy, stress.xz, stress.yz,
    ]
    var sum = 0.0
    for row in 0..<6 {
      for column in 0..<6 { sum += values[row] * entries[6 * row + column] * values[column] }
    }
    return sum
  }
}
