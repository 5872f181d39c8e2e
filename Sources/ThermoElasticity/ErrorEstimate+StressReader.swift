internal import FiniteElements
internal import Meshing
internal import NumericalMethods

extension ErrorEstimate {
  /// The stress of one block's cells at any of their points.
  ///
  /// Integration points know all that decides about a stress (temperatures, hidden modes), but some rules have too few
  /// of them for all that the displacements do inside a cell. So the stress is that of the integration points,
  /// extended through the cell, and the elastic stress of what strain the displacements have beyond the strain of the
  /// integration points, extended in the same way.
  struct StressReader: Sendable {
    /// What is known of one point.
    struct State {
      var position: SIMD3<Double>
      var volume: Double
      var strain: SymmetricTensor
      var stress: SymmetricTensor
      /// The strain if one node moved as far as the cell's nodes do and the others stayed.
      var restrained = 0.0
    }

    /// One worker's memory.
    struct Scratch {
      fileprivate var cell: CellScratch
      /// The elastic constants in the middle of the cell.
      var elasticity = ElasticityMatrix()
      var states: [State]

      init(_ reader: StressReader) {
        cell = CellScratch(reader.block.table)
        states = Array(
          repeating: State(position: .zero, volume: 0, strain: .zero, stress: .zero),
          count: reader.points.count)
      }
    }

    let points: CellPoints
    let block: Structure.Block
    private let structure: Structure
    private let displacement: [SIMD3<Double>]
    private let stress: PointField<SymmetricTensor>.Block
    private let strain: PointField<SymmetricTensor>.Block
    private let temperature: [Double]?
    /// Whether the integration points know everything: one mean strain, or modes that nodes do not have.
    private let isKnownAtPoints: Bool

    init(
      _ structure: Structure, _ number: Int, _ solution: ElasticSolution, _ temperature: [Double]?,
      _ points: CellPoints
    ) {
      self.points = points
      self.structure = structure
      block = structure.blocks[number]
      displacement = solution.displacement
      stress = solution.stress.blocks[number]
      strain = solution.strain.blocks[number]
      self.temperature = temperature
      isKnownAtPoints = block.type.traits.formulation != .isoparametric
    }

    /// Computes the state of all points of a cell.
    func read(_ cell: Int, into scratch: inout Scratch) {
      scratch.cell.gatherNodes(block, cell, structure.nodes)
      scratch.cell.gatherDisplacements(block, cell, displacement)
      let material = structure.materials[Int(block.materialOfCell[cell])]
      scratch.elasticity =
        material.uniformElasticity
        ?? material.law.elasticity(
          at: MaterialPoint(
            temperature: meanTemperature(cell), position: scratch.cell.nodes.mean))
      let isSheet = block.type.theory == .planeStress
      let matrix = isSheet ? scratch.elasticity.planeStress() : scratch.elasticity
      let known = stress.pointCount
      let moved = scratch.cell.displacements.reduce(0) { max($0, $1.length) }
      for point in 0..<points.count {
        var state = geometry(point, scratch.cell, thickness: material.thickness)
        state.restrained *= moved
        var extended = SymmetricTensor.zero
        var missed = state.strain
        for other in 0..<known {
          let share = points.shares[point * known + other]
          extended = extended + share * stress.values[cell * known + other]
          missed = missed - share * strain.values[cell * known + other]
        }
        state.stress = isKnownAtPoints ? extended : extended + matrix * missed
        scratch.states[point] = state
      }
    }

    /// Position, volume and the strain of the displacements.
    @inline(__always)
    private func geometry(_ point: Int, _ cell: CellScratch, thickness: Double) -> State {
      let nodeCount = block.nodeCount
      let isFlat = block.type.theory != .solid
      var position = SIMD3<Double>.zero
      var moved = SIMD3<Double>.zero
      // Columns of the map from the reference cell, and of the displacement's.
      var (a, b, c) = (SIMD3<Double>.zero, SIMD3<Double>.zero, SIMD3<Double>.zero)
      var (u, v, w) = (a, b, c)
      for node in 0..<nodeCount {
        let value = points.shape[point * nodeCount + node]
        let slope = points.gradients[point * nodeCount + node]
        let (place, move) = (cell.nodes[node], cell.displacements[node])
        position += value * place
        moved += value * move
        a += slope.x * place
        b += slope.y * place
        c += slope.z * place
        u += slope.x * move
        v += slope.y * move
        w += slope.z * move
      }
      if isFlat { (c, w) = ([0, 0, 1], .zero) }
      let (bc, ca, ab) = (b.cross(c), c.cross(a), a.cross(b))
      let determinant = a.dot(bc)
      // Row i of the displacement gradient: how component i changes along the axes.
      func row(_ axis: Int) -> SIMD3<Double> {
        (u[axis] * bc + v[axis] * ca + w[axis] * ab) / determinant
      }
      let (x, y, z) = (row(0), row(1), isFlat ? .zero : row(2))
      var volume = points.weights[point] * determinant
      var across = z.z
      switch block.type.theory {
      case .planeStress, .planeStrain: volume *= thickness
      case .axisymmetric:
        volume *= 2 * Double.pi * position.x
        across = position.x > 0 ? moved.x / position.x : x.x
      case .solid: break
      }
      return State(
        position: position, volume: volume,
        strain: SymmetricTensor(
          xx: x.x, yy: y.y, zz: across, xy: (x.y + y.x) / 2, xz: (x.z + z.x) / 2,
          yz: (y.z + z.y) / 2),
        stress: .zero,
        // How much the reference coordinates change per length: one over the size of the cell.
        restrained: (bc.length + ca.length + (isFlat ? 0 : ab.length)) / abs(determinant))
    }

    private func meanTemperature(_ cell: Int) -> Double {
      guard let temperature else { return -.infinity }
      let nodes = block.connectivity[cell * block.nodeCount..<(cell + 1) * block.nodeCount]
      return nodes.reduce(0) { $0 + temperature[Int($1)] } / Double(block.nodeCount)
    }
  }
}

extension [SIMD3<Double>] {
  /// The mean position.
  fileprivate var mean: SIMD3<Double> { reduce(.zero, +) / Double(Swift.max(count, 1)) }
}
