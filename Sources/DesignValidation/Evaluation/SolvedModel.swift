package import Meshing
package import NumericalMethods
package import ThermoElasticity

/// The answer of one deck, in the deck's own units, as far as checks read it.
package struct SolvedModel: Sendable {
  /// What one step of the deck left behind. A field that the step does not compute is `nil`.
  package struct Step: Sendable {
    /// Displacement of every node, global axes.
    package var displacement: [SIMD3<Double>]?
    /// Force the supports exert on every node (`RF`), global axes.
    package var reaction: [SIMD3<Double>]?
    /// Stress at every node, extrapolated and averaged over its cells; global axes.
    package var stress: [SymmetricTensor]?
    /// Stress of every cell, the mean over its integration points, block after block; global axes.
    package var cellStress: [SymmetricTensor]?
    /// Total strain at every node, tensor shear, averaged likewise.
    package var strain: [SymmetricTensor]?
    /// Temperature of every node.
    package var temperature: [Double]?
    /// Heat flow of every node (`RFL`).
    package var heatFlow: [Double]?
    /// Elastic energy of the whole part.
    package var strainEnergy: Double?
    /// *f*·*u* of all loads, those of thermal strain among them.
    package var loadWork: Double?
    /// Volume of all cells.
    package var volume: Double?
    /// Volume of every cell, block after block.
    package var cellVolume: [Double]?
    /// How well the equations of the step were solved.
    package var soundness: Soundness?
    /// Zienkiewicz–Zhu estimate: the error in the energy norm over the norm; 0.01 is one per cent.
    package var energyErrorEstimate: Double?

    /// A step that computed nothing.
    package init() {}
  }

  /// Finds the cell that holds a point and the shape functions there: nodes with their weights, which
  /// add up to 1; `nil` where the point lies in no cell.
  package typealias Interpolation =
    @Sendable (_ mesh: Mesh, _ point: SIMD3<Double>) -> [(node: Int32, weight: Double)]?

  /// Nodes, cells and sets of the deck. Set names are upper case.
  package var mesh: Mesh
  /// The steps, in order.
  package var steps: [Step]
  /// How a value inside a cell is found; without it only nodes can be read.
  package var interpolation: Interpolation?
  /// The materials that cells are made of.
  package var materials: [Material] = []
  /// Whether nothing acts on the structure, so that the answer is zero everywhere.
  package var isAtRest = false
  /// Makes the fields for pictures and comparisons; `nil` from a solver that has none.
  package var fields: (@Sendable () -> ModelFields)?
  /// Seconds that the stages of the solve took, by name.
  package var stageSeconds: [String: Double] = [:]

  /// A solved deck.
  package init(mesh: Mesh, steps: [Step], interpolation: Interpolation? = nil) {
    self.mesh = mesh
    self.steps = steps
    self.interpolation = interpolation
  }

  /// The element types of the cells, each once, in the order of the deck, joined by `+`.
  package var elementTypes: String {
    var names: [String] = []
    for block in mesh.blocks {
      let name = block.elementType?.rawValue ?? block.shape.rawValue
      if !names.contains(name) { names.append(name) }
    }
    return names.joined(separator: "+")
  }

  /// The nodes that belong to a cell, in order.
  var usedNodes: [Int] {
    var isUsed = [Bool](repeating: false, count: mesh.nodes.count)
    for block in mesh.blocks {
      for node in block.connectivity { isUsed[Int(node)] = true }
    }
    return isUsed.indices.filter { isUsed[$0] }
  }

  /// The largest dimension of the cells, at least 1.
  var dimension: Int { Swift.max(1, mesh.blocks.map(\.shape.dimension).max() ?? 1) }
}

/// Solves a deck. The harness knows the solver only through this.
package protocol ModelSolver: Sendable {
  /// Takes what its libraries keep for themselves; called once, before memory is limited.
  func prepare()

  /// Reads and solves the deck at a path; whatever is wrong with it, or with its answer, is thrown.
  func solve(deckAt path: String) throws -> SolvedModel

  /// Whether the loads of the deck at a path reach supports, found without solving it; `nil` from a solver that cannot say.
  func loadPath(ofDeckAt path: String) throws -> LoadPath?
}

extension ModelSolver {
  /// Nothing.
  package func prepare() {}

  /// Cannot say.
  package func loadPath(ofDeckAt path: String) throws -> LoadPath? { nil }
}
