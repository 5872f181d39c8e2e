internal import DesignProblem
internal import Manufacturability

/// Which solid of a design is made, and whether it hangs together.
///
/// Bodies are what hangs together by sides of pixels or at a node that is held, pulled, cooled or heated. What bears no force and can move belongs to nothing: it
/// would fall out, and no solver can place it.
struct DesignBodies {
  /// What is made, `[row][column]`.
  let kept: [Bool]
  /// Pixels that are left out.
  let leftOutCount: Int
  /// Whether every body that bears a force is held against any motion.
  let areHeld: Bool
  /// Whether every force acts on a body that its own supports hold, and heat enters a body that a sink cools, without the help of others that it meets in a node: what
  /// `gcgan-validate` counts as carried.
  let areLoadsCarried: Bool

  /// Finds the bodies of a design.
  ///
  /// - Parameter connectivity: Whether corners of pixels join bodies too.
  /// - Complexity: O(pixels)
  init(_ design: SolidDesign, of problem: DesignTask, connectivity: SolidLabels.Connectivity) {
    guard !problem.isBonded else {
      (kept, leftOutCount, areHeld, areLoadsCarried) = (design.solid, 0, true, true)
      return
    }
    let labels = SolidLabels(of: design.solid, design.size, connectivity: connectivity)
    let grid = problem.grid
    var root = Array(0..<labels.count)
    func find(_ body: Int) -> Int {
      var body = body
      while root[body] != body { body = root[body] }
      return body
    }
    func bodies(at node: Int) -> [Int] {
      Set(problem.elements(atNode: node).map { labels.labels[$0] }.filter { $0 >= 0 }).sorted()
    }
    var holds: [(node: Int, axis: Int)] = []
    for support in problem.supports {
      for node in grid.nodes(in: support.region) {
        for axis in support.axes where axis != .z { holds.append((node, axis.index)) }
      }
    }
    let cooled = problem.stated.heat?.cooledRegions.flatMap { grid.nodes(in: $0) } ?? []
    let heated = problem.nodalPowers.map(\.node)
    let pulled = problem.stated.loadCases.indices.flatMap { place in
      problem.nodalForces(inCase: place).map(\.node)
    }
    let loaded = pulled + heated
    for node in Set(holds.map(\.node) + cooled + loaded) {
      let touching = bodies(at: node).map(find)
      for body in touching.dropFirst() {
        let (a, b) = (find(touching[0]), find(body))
        root[max(a, b)] = min(a, b)
      }
    }
    var motions = [RigidMotions](repeating: RigidMotions(), count: labels.count)
    for (node, axis) in holds {
      guard let body = bodies(at: node).first else { continue }
      let position = grid.position(ofNode: node)
      motions[find(body)].hold(axis, at: SIMD2(Double(position[0]), Double(position[1])))
    }
    var isCooled = [Bool](repeating: false, count: labels.count)
    for node in cooled { if let body = bodies(at: node).first { isCooled[find(body)] = true } }
    let (isStructure, isHeated) = (problem.isStructure, problem.stated.heat != nil)
    /// Whether a body's answer is its own: held against any motion where displacements are solved for, with a sink where temperatures are.
    func isPlaced(_ motions: RigidMotions, _ isCooled: Bool) -> Bool {
      (!isStructure || motions.areAllHeld) && (!isHeated || isCooled)
    }
    var isLoaded = [Bool](repeating: false, count: labels.count)
    var isCarried = true
    for node in loaded {
      guard let body = bodies(at: node).first else {
        isCarried = false
        continue
      }
      isLoaded[find(body)] = true
    }
    var bodyMotions = [RigidMotions](repeating: RigidMotions(), count: labels.count)
    for (node, axis) in holds {
      let position = grid.position(ofNode: node)
      for body in bodies(at: node) {
        bodyMotions[body].hold(axis, at: SIMD2(Double(position[0]), Double(position[1])))
      }
    }
    let cooledBodies = Set(cooled.flatMap(bodies(at:)))
    areLoadsCarried =
      pulled.allSatisfy { node in bodies(at: node).contains { bodyMotions[$0].areAllHeld } }
      && heated.allSatisfy { node in bodies(at: node).contains(where: cooledBodies.contains) }
    let arePlaced = (0..<labels.count).map { isPlaced(motions[find($0)], isCooled[find($0)]) }
    let isKept = (0..<labels.count).map { isLoaded[find($0)] || arePlaced[$0] }
    areHeld = isCarried && (0..<labels.count).allSatisfy { !isLoaded[find($0)] || arePlaced[$0] }
    kept = labels.labels.map { $0 >= 0 && isKept[$0] }
    leftOutCount = zip(design.solid, kept).count { $0 && !$1 }
  }
}

/// The rigid motions of a plane body that its supports leave it.
private struct RigidMotions {
  /// Constraints on two shifts and a turn, orthonormal.
  var constraints: [SIMD3<Double>] = []

  var areAllHeld: Bool { constraints.count == 3 }

  mutating func hold(_ axis: Int, at point: SIMD2<Double>) {
    guard !areAllHeld else { return }
    // A turn by a small angle about the origin moves a point by (−y, x); lengths are pixels, scaled to the order of a shift.
    var row =
      axis == 0
      ? SIMD3(1, 0, -point.y / 64) : SIMD3(0, 1, point.x / 64)
    for known in constraints { row -= (row * known).sum() * known }
    let length = (row * row).sum().squareRoot()
    // Nodes are pixels apart: two lines of action that are not the same differ by 1/64 at least, of grids up to 512 pixels wide.
    if length > 1e-4 { constraints.append(row / length) }
  }
}
