internal import Meshing

/// Axes of nodes (`*TRANSFORM`) that leave the plane of the mesh, and what held values and equations along them say.
///
/// Nodes of plane and axisymmetric cells move in the plane: two unknowns, u = (ux, uy, 0). A displacement along an axis e
/// is e·u, the axis' part in the plane times the displacement; the part across the plane meets no motion. An
/// axis across the plane says nothing. A node that is held along one such axis gets a frame in the plane with its
/// first axis along it, so that one unknown is held and the other is free.
///
/// Nodes whose third axis is normal to the plane need none of this: their first two axes are their unknowns.
struct PlaneAxes: Sendable {
  /// Three axes as unit vectors.
  typealias Axes = (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)

  /// Whether a node belongs to plane or axisymmetric cells only; empty where the mesh has no such cells.
  let isPlane: [Bool]
  /// The nodes with axes that leave the plane: their own axes, and the frame of their unknowns.
  private var tilted: [Int: (axes: Axes, frame: Axes)] = [:]
  /// Components held along tilted axes, by node.
  private var heldComponents: [Int: [Int]] = [:]
  private let labels: [Int]

  /// The part of an axis in the plane that counts as none, against its length.
  private static let smallestShare = 1e-9

  /// Finds the nodes with tilted axes and picks their frames.
  ///
  /// - Parameters:
  ///   - structure: With the axes of the model.
  ///   - held: The displacements that load cases prescribe; values are not read.
  /// - Throws: ``SolveError/constraint(_:)`` where a node of plane cells and solids has axes that leave the plane.
  init(_ structure: Structure, held: [PrescribedValue]) throws {
    labels = structure.model.mesh.nodeLabels
    guard structure.blocks.contains(where: { $0.type.theory != .solid }) else {
      isPlane = []
      return
    }
    let isOnPlane = structure.nodes(where: { $0 != .solid })
    let isOnSolid = structure.nodes(where: { $0 == .solid })
    isPlane = zip(isOnPlane, isOnSolid).map { $0 && !$1 }
    for (node, axes) in structure.axesOfNode {
      guard abs(axes.2.x) + abs(axes.2.y) > Self.smallestShare else { continue }
      if isPlane[node] {
        tilted[node] = (axes, Self.frame(along: nil))
      } else if isOnPlane[node] {
        throw SolveError.constraint(
          "node \(labels[node]) belongs to solids and to plane cells, and its axes (*TRANSFORM) leave the plane; "
            + "give it axes whose third one is normal to the plane")
      }
    }
    for value in held where tilted[Int(value.node)] != nil {
      heldComponents[Int(value.node), default: []].append(value.component)
    }
    for (node, components) in heldComponents {
      guard let axes = tilted[node]?.axes else { continue }
      let parts = components.map { Self.inPlane(axes, $0) }
      guard let longest = parts.max(by: { $0.length < $1.length }),
        longest.length > Self.smallestShare
      else { continue }
      let along = longest.normalized
      let isFixed = parts.contains { $0.cross(along).length > Self.smallestShare }
      if !isFixed { tilted[node]?.frame = Self.frame(along: along) }
    }
  }

  /// The frames of nodes with tilted axes, to be used in place of the nodes' own axes.
  var frames: [Int: Axes] { tilted.mapValues(\.frame) }

  private static func frame(along first: SIMD3<Double>?) -> Axes {
    let first = first ?? SIMD3(1, 0, 0)
    return (first, SIMD3(-first.y, first.x, 0), SIMD3(0, 0, 1))
  }

  private static func inPlane(_ axes: Axes, _ component: Int) -> SIMD3<Double> {
    let axis = component == 0 ? axes.0 : component == 1 ? axes.1 : axes.2
    return SIMD3(axis.x, axis.y, 0)
  }

  /// The slots that prescribed displacements hold, each with its value.
  ///
  /// - Parameter isSheetNode: Nodes whose third unknown is no displacement.
  /// - Throws: ``SolveError/constraint(_:)`` where values along three axes contradict one another.
  func heldSlots(
    _ prescribed: [PrescribedValue], isSheetNode: [Bool]
  ) throws -> [(slot: Int, value: Double)] {
    var result: [(slot: Int, value: Double)] = []
    result.reserveCapacity(prescribed.count)
    var values: [Int: [(component: Int, value: Double)]] = [:]
    for value in prescribed {
      let node = Int(value.node)
      if tilted[node] != nil {
        values[node, default: []].append((value.component, value.value))
      } else if value.component < 2 || !isSheetNode[node] {
        result.append((3 * node + value.component, value.value))
      }
    }
    for (node, values) in values.sorted(by: { $0.key < $1.key }) {
      result += try slots(node, values)
    }
    return result
  }

  /// Values along the axes of one node as values of its unknowns.
  private func slots(
    _ node: Int, _ values: [(component: Int, value: Double)]
  ) throws -> [(slot: Int, value: Double)] {
    guard let (axes, frame) = tilted[node] else { return [] }
    let rows = values.map { (part: Self.inPlane(axes, $0.component), value: $0.value) }
    guard let first = rows.max(by: { $0.part.length < $1.part.length }),
      first.part.length > Self.smallestShare
    else { return [] }
    let along = first.part.normalized
    let across = SIMD3(-along.y, along.x, 0)
    var moved = (first.value / first.part.length) * along
    var held = [(slot: 3 * node, value: moved.dot(frame.0))]
    if let second = rows.max(by: { abs($0.part.dot(across)) < abs($1.part.dot(across)) }),
      abs(second.part.dot(across)) > Self.smallestShare
    {
      moved += (second.value - second.part.dot(moved)) / second.part.dot(across) * across
      held = [(3 * node, moved.dot(frame.0)), (3 * node + 1, moved.dot(frame.1))]
    }
    let size = rows.reduce(moved.length) { max($0, abs($1.value)) }
    for row in rows where row.part.length > Self.smallestShare {
      guard abs(row.part.dot(moved) - row.value) <= 1e-9 * size else {
        throw SolveError.constraint(
          "the displacements prescribed along the axes of node \(labels[node]) contradict one another: "
            + "the node moves in the plane, and its axes do not lie in it; prescribe two of them")
      }
    }
    return held
  }

  /// Equations between displacements along axes as equations between the unknowns.
  ///
  /// - Parameter isHeld: Whether a slot is held.
  func equations(
    _ constraints: [LinearConstraint], isHeld: [Bool]
  ) -> [[(slot: Int, coefficient: Double)]] {
    constraints.compactMap { constraint in
      guard !isPlane.isEmpty,
        constraint.terms.contains(where: {
          tilted[Int($0.node)] != nil || $0.component == 2 && isPlane[Int($0.node)]
        })
      else { return constraint.terms.map { (3 * Int($0.node) + $0.component, $0.coefficient) } }
      var order: [Int] = []
      var sums: [Int: Double] = [:]
      for term in constraint.terms {
        for part in parts(term).sorted(by: { abs($0.coefficient) > abs($1.coefficient) }) {
          if sums[part.slot] == nil { order.append(part.slot) }
          sums[part.slot, default: 0] += part.coefficient
        }
      }
      let largest = sums.values.reduce(0) { max($0, abs($1)) }
      var terms = order.map { (slot: $0, coefficient: sums[$0] ?? 0) }
        .filter { abs($0.coefficient) > Self.smallestShare * largest }
      // A held unknown cannot be the one that the equation eliminates.
      if let free = terms.firstIndex(where: { !isHeld[$0.slot] }) {
        terms.insert(terms.remove(at: free), at: 0)
      }
      return terms.isEmpty ? nil : terms
    }
  }

  private func parts(_ term: LinearConstraint.Term) -> [(slot: Int, coefficient: Double)] {
    let node = Int(term.node)
    if let (axes, frame) = tilted[node] {
      let part = Self.inPlane(axes, term.component)
      return [
        (3 * node, term.coefficient * part.dot(frame.0)),
        (3 * node + 1, term.coefficient * part.dot(frame.1)),
      ]
    }
    if term.component == 2, isPlane[node] { return [] }
    return [(3 * node + term.component, term.coefficient)]
  }
}

extension Structure {
  /// Whether a node belongs to a cell of some theories.
  fileprivate func nodes(where isWanted: (ElementType.Theory) -> Bool) -> [Bool] {
    var result = [Bool](repeating: false, count: nodes.count)
    for block in blocks where isWanted(block.type.theory) {
      for node in block.connectivity { result[Int(node)] = true }
    }
    return result
  }
}
