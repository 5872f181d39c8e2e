internal import DesignProblem
internal import Glibc
internal import Manufacturability

/// The forces on a problem's nodes in one form, in whatever form its loads are written.
///
/// An edge, a box, a list of points and single loads that put the same forces on the same nodes give the same value, bit for bit: forces are
/// summed node by node, rounded to 10 digits of the largest load, and put into groups again. A group is what an engineer calls one load: a force, or
/// a line of forces in one direction on nodes side by side.
struct NodalLoads: Equatable {
  /// Nodes side by side with forces in one direction.
  struct Group: Equatable {
    /// Ascending.
    let nodes: [Int]
    /// The force on each node; the same on all of them where the load is shared evenly.
    let forces: [SIMD2<Double>]
    /// The whole force.
    let total: SIMD2<Double>
    /// Whether every node takes the same part.
    let isEven: Bool

    /// The length of the whole force.
    var magnitude: Double { total.length }
  }
  /// Digits that loads are rounded to.
  private static let digitCount = 10
  /// Forces that differ by less than this share of the largest one on a node are equal, and directions by less than this angle.
  private static let tolerance = 1e-9

  /// By the first node.
  let groups: [Group]

  /// Some of a problem's groups.
  init(groups: [Group]) { self.groups = groups }

  /// The forces of every load case, in their order.
  static func ofEachCase(of problem: DesignTask) -> [NodalLoads] {
    problem.stated.loadCases.indices.map { NodalLoads(of: problem, inCase: $0) }
  }

  /// Finds the forces on nodes in one load case.
  ///
  /// - Complexity: O(nodes) for each load
  init(of problem: DesignTask, inCase place: Int = 0) {
    let forces = problem.freeForces(inCase: place)
    let largestOnNode = forces.reduce(0) { max($0, $1.force.length) }
    let acting = forces.filter { $0.force.length > 1e-10 * largestOnNode }
    let sets = Self.sets(of: acting, in: problem)
    let largest = sets.reduce(0) { largest, set in
      max(largest, set.reduce(SIMD2<Double>.zero) { $0 + $1.force }.length)
    }
    // A largest load of a thousand has rounding errors of its own: it is of the decade below.
    let decade = largest > 0 ? log10(largest).nextUpDecade : 0
    let scale = pow(10, Double(Self.digitCount) - decade)
    func rounded(_ force: SIMD2<Double>) -> SIMD2<Double> {
      (force * scale).rounded(.toNearestOrAwayFromZero) / scale + SIMD2(0, 0)
    }
    groups = sets.compactMap { set in
      let count = Double(set.count)
      let isEven = set.allSatisfy {
        ($0.force - set[0].force).length <= Self.tolerance * largestOnNode
      }
      let total = rounded(
        isEven ? set[0].force * count : set.reduce(.zero) { $0 + rounded($1.force) })
      guard total != .zero else { return nil }
      return Group(
        nodes: set.map(\.node),
        // As the solver shares a load: by a product, not a quotient.
        forces: isEven
          ? [SIMD2<Double>](repeating: (1 / count) * total, count: set.count)
          : set.map { rounded($0.force) },
        total: total, isEven: isEven)
    }
  }

  /// The largest whole force of a group.
  var largest: Double { groups.reduce(0) { max($0, $1.magnitude) } }

  /// The same loads as the solver takes them.
  func loads(on grid: DesignGrid) -> [MechanicalLoad] {
    func place(_ node: Int) -> [Double] { grid.position(ofNode: node).map(Double.init) }
    return groups.flatMap { group -> [MechanicalLoad] in
      if group.nodes.count > 1, group.isEven {
        return [
          MechanicalLoad(
            .points(at: group.nodes.map(place)), force: [group.total.x, group.total.y])
        ]
      }
      return zip(group.nodes, group.forces).map { node, force in
        MechanicalLoad(.point(at: place(node)), force: [force.x, force.y])
      }
    }
  }

  /// Sets of neighbouring nodes with forces in one direction, each ascending, by their first nodes.
  private static func sets(
    of forces: [(node: Int, force: SIMD2<Double>)], in problem: DesignTask
  ) -> [[(node: Int, force: SIMD2<Double>)]] {
    let grid = problem.grid
    let places = Dictionary(uniqueKeysWithValues: zip(forces.map(\.node), forces.indices))
    var isTaken = [Bool](repeating: false, count: forces.count)
    var sets: [[(node: Int, force: SIMD2<Double>)]] = []
    for start in forces.indices where !isTaken[start] {
      isTaken[start] = true
      var members = [start]
      var next = 0
      while next < members.count {
        let (node, force) = forces[members[next]]
        next += 1
        let position = grid.position(ofNode: node)
        for j in max(0, position[1] - 1)...min(grid.rows, position[1] + 1) {
          for i in max(0, position[0] - 1)...min(grid.columns, position[0] + 1) {
            guard let place = places[grid.node(i, j)], !isTaken[place],
              force.isAlong(forces[place].force, tolerance)
            else { continue }
            isTaken[place] = true
            members.append(place)
          }
        }
      }
      sets.append(members.sorted().map { forces[$0] })
    }
    return sets
  }
}

extension DesignTask {
  /// The same problem, its loads written in one form: problems with the same forces on the same nodes become equal.
  ///
  /// What is drawn, refined and finished from it does not depend on how loads were written.
  package var withNodalLoads: DesignTask {
    var problem = self
    for (place, loads) in NodalLoads.ofEachCase(of: self).enumerated() {
      problem.stated.loadCases[place].loads = loads.loads(on: grid)
    }
    return problem
  }

  /// The forces of a load case on nodes along directions that are not held; what acts along a held one goes straight into the support.
  func freeForces(inCase place: Int) -> [(node: Int, force: SIMD2<Double>)] {
    let held = heldAxes
    return nodalForces(inCase: place).compactMap { node, force in
      let axes = held[node] ?? []
      let free = SIMD2(axes.contains(.x) ? 0 : force.x, axes.contains(.y) ? 0 : force.y)
      return free == .zero ? nil : (node, free)
    }
  }

  /// The directions held at every node that a support has.
  fileprivate var heldAxes: [Int: Set<GridAxis>] {
    var held: [Int: Set<GridAxis>] = [:]
    for support in supports {
      for node in grid.nodes(in: support.region) { held[node, default: []].formUnion(support.axes) }
    }
    return held
  }
}

extension SIMD2<Double> {
  /// The Euclidean length.
  var length: Double { (self * self).sum().squareRoot() }

  /// Whether another vector has the same direction, but for an angle.
  func isAlong(_ other: Self, _ angle: Double) -> Bool {
    (self * other).sum() > 0 && abs(x * other.y - y * other.x) <= angle * length * other.length
  }
}

extension Double {
  /// Of a logarithm: the exponent of the next power of ten, or of the one that is there but for rounding.
  fileprivate var nextUpDecade: Double { (self - 1e-6).rounded(.up) }
}
