package import DeckLanguage
import Meshing
import NumericalMethods
import ThermoElasticity

/// Whether the forces of a deck reach supports, found from its cells alone.
///
/// A force is carried where the body it acts on is held against every rigid motion by held displacements at that body's own nodes. A body is what hangs
/// together by whole sides of cells (``CellBodies``); bodies that equations tie are one. So a chain of cells that meet in corners, or a piece that hangs
/// on the rest by a hinge, carries nothing, whether or not the solver finds an answer for it.
///
/// Every static step is looked at, with the forces and supports as they are in it; amplitudes are not.
package struct LoadPath: Sendable, Equatable {
  /// Why a force is not carried.
  package enum Reason: String, Sendable {
    /// No cell has the node.
    case noCell = "no cell has the node"
    /// Nothing of the body is held.
    case noSupport = "no support holds the body it acts on"
    /// The supports leave the body a rigid motion.
    case freeToMove = "the supports leave the body it acts on free to move"
  }
  /// A force that is not carried.
  package struct Uncarried: Sendable, Equatable {
    /// The node's number in the deck.
    package var label: Int
    /// Where it is, in the deck's unit of length.
    package var position: SIMD3<Double>
    /// Why.
    package var reason: Reason
  }
  /// Nodes that forces act on, over all steps; of pressure and body forces one for each cell.
  package private(set) var loadedNodeCount: Int
  /// Those whose force no support takes up, by node.
  package private(set) var uncarried: [Uncarried]

  /// Looks at a deck.
  ///
  /// - Complexity: O(cells · steps)
  package init(of deck: Deck) {
    let mesh = deck.mesh
    let blocks = BlockIndex(mesh.blocks)
    let bodies = CellBodies(
      mesh, ties: deck.constraints.map { $0.terms.filter { $0.component < 3 }.map(\.node) })
    var acting = ActingCards()
    var loaded: Set<Int32> = []
    var reasons: [Int32: Reason] = [:]
    for card in deck.initialBoundaries { acting.apply(card, isFirst: false) }
    for step in deck.steps {
      acting.apply(step)
      guard step.procedure.solves(.displacement) else { continue }
      let states = HeldBodies(bodies, deck: deck, held: acting.held).states
      func look(_ node: Int32, _ touching: [Int]) {
        loaded.insert(node)
        if touching.contains(where: { states[$0] == .held }) { return }
        let isTouched = touching.contains { states[$0] != nil }
        reasons[node] = touching.isEmpty ? .noCell : isTouched ? .freeToMove : .noSupport
      }
      for node in Set(acting.forces.keys.map(\.node)) { look(node, bodies.atNode[Int(node)]) }
      for cell in acting.loadedCells(of: mesh) {
        let (block, index) = blocks.place(of: Int(cell))
        let nodes = mesh.blocks[block].nodes(of: index)
        look(nodes[nodes.startIndex], [bodies.ofCell[Int(cell)]])
      }
    }
    loadedNodeCount = loaded.count
    uncarried = reasons.sorted { $0.key < $1.key }.map { node, reason in
      Uncarried(
        label: mesh.nodeLabels[Int(node)], position: mesh.nodes[Int(node)], reason: reason)
    }
  }
}

/// Which bodies the supports hold.
private struct HeldBodies {
  enum State { case held, free }
  /// Of bodies with a held node.
  private(set) var states: [Int: State] = [:]

  init(_ bodies: CellBodies, deck: Deck, held: Set<ActingCards.Unknown>) {
    let mesh = deck.mesh
    let theories = Set(mesh.blocks.compactMap { $0.elementType?.theory })
    let isSolid = theories.contains(.solid)
    let isAxisymmetric = theories == [.axisymmetric]
    // Rigid motions: shifts and turns by axis.
    let (shifts, turns) =
      isSolid ? ([0, 1, 2], [0, 1, 2]) : isAxisymmetric ? ([1], []) : ([0, 1], [2])
    let count = shifts.count + turns.count
    var low = mesh.nodes.first ?? .zero
    var high = low
    for node in mesh.nodes {
      low = pointwiseMin(low, node)
      high = pointwiseMax(high, node)
    }
    let center = (low + high) / 2
    let size = max((high - low).length / 2, .leastNormalMagnitude)
    var grams: [Int: [Double]] = [:]
    for unknown in held {
      let node = Int(unknown.node)
      let position = mesh.nodes[node]
      let axes =
        deck.nodalAxes[unknown.node]?.axes(at: position) ?? ([1, 0, 0], [0, 1, 0], [0, 0, 1])
      let direction = [axes.0, axes.1, axes.2][unknown.component]
      let row =
        shifts.map { direction[$0] }
        + turns.map { axis -> Double in
          var turn = SIMD3<Double>.zero
          turn[axis] = 1
          return turn.cross((position - center) / size).dot(direction)
        }
      for body in bodies.atNode[node] {
        var gram = grams[body] ?? [Double](repeating: 0, count: count * count)
        for a in 0..<count { for b in 0..<count { gram[a * count + b] += row[a] * row[b] } }
        grams[body] = gram
      }
    }
    for (body, gram) in grams {
      let values = symmetricEigen(gram, count: count).values
      // As the check before solving has it: round-off of sums of squares of order one.
      let limit = 1e-13 * (values.max() ?? 0)
      states[body] = values.allSatisfy { $0 > limit } ? .held : .free
    }
  }
}
