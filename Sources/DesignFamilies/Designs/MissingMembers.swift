internal import DesignProblem
internal import Manufacturability

/// Straight members where a drawing leaves a load, or a support that is needed, without a joint.
///
/// A network draws thin members faintly, and a force that nothing carries to the supports costs more than all the rest of a design. What is
/// missing is statics, not taste: two bars from the load to the drawn body that balance it with the least material, Σ|Nᵢ|Lᵢ (Michell 1904),
/// one bar where it lies along the force. A bar is cheaper where the drawing is already grey.
package struct MissingMembers: Sendable {
  /// Half the width of a bar in elements: two elements are the thinnest bar that does not bend at every step of its edge.
  private static let halfWidth = 1.0
  /// Bars that carry less of the force than this are left out.
  private static let leastShare = 0.1
  /// Ends on the body that are tried for the bars of one force.
  private static let endCount = 96

  let problem: DesignTask
  let size: GridSize
  /// Densities, `[row][column]`.
  package internal(set) var density: [Double]
  /// Elements that the problem makes void; empty where it makes none.
  let isVoid: [Bool]
  /// What the densities, cut at the volume, are made of.
  var solid: [Bool]

  /// Adds to a drawing what it lacks, without a solve. A drawing in which every load is joined and the design held stays as it is.
  ///
  /// - Parameter density: `[row][column]`.
  /// - Complexity: O(elements) for each load or support without a joint.
  package init(in density: [Double], for problem: DesignTask) {
    self.problem = problem
    size = problem.size
    self.density = problem.withPassive(density)
    isVoid = problem.fillings.map { $0 == .void }
    solid = SolidDesign(filling: problem.solidCount, of: density, for: problem).solid
    guard solid.contains(true), !problem.isBonded else { return }
    carryStretches()
    joinLoads()
    holdBody()
  }

  /// Bars for every load that touches no solid joined to a support.
  private mutating func joinLoads() {
    for load in NodalLoads.ofEachCase(of: problem).flatMap(\.groups) {
      let nodes = load.nodes
      let labels = SolidLabels(of: solid, size)
      let held = labels.bodies(with: problem.supportElements)
      func isJoined(_ node: Int) -> Bool {
        !labels.bodies(with: problem.elements(atNode: node)).isDisjoint(with: held)
      }
      // What is left of a loaded stretch is beside its bars, and joined along the edge.
      guard !nodes.contains(where: isJoined), let node = nodes.dropFirst(nodes.count / 2).first
      else { continue }
      brace(place(ofNode: node), against: SIMD2(load.total.x, -load.total.y))
    }
  }

  /// Bars to supports until what is held cannot move as a rigid body.
  private mutating func holdBody() {
    for support in problem.supports where !problem.isHeld(solid, size) {
      let nodes = problem.grid.nodes(in: support.region)
      let labels = SolidLabels(of: solid, size)
      let loaded = labels.bodies(with: problem.loadElements.joined())
      let isTouched = nodes.contains {
        !labels.bodies(with: problem.elements(atNode: $0)).isDisjoint(with: loaded)
      }
      guard !isTouched, let node = nearest(of: nodes) else { continue }
      // A roller pushes along its axis, and a pin along its bar.
      let axes = support.axes
      brace(
        place(ofNode: node),
        against: axes.count == 1 ? (axes.contains(.x) ? SIMD2(1, 0) : SIMD2(0, 1)) : nil)
    }
  }

  /// Draws the bars between a node and the body that carry a force there; without a force the shortest bar.
  private mutating func brace(_ start: SIMD2<Double>, against force: SIMD2<Double>?) {
    brace(start, against: force, from: ends(awayFrom: start))
  }

  /// The same with bars from one or two of the given places.
  mutating func brace(
    _ start: SIMD2<Double>, against force: SIMD2<Double>?, from ends: [SIMD2<Double>],
    density value: Double = 0.95
  ) {
    guard !ends.isEmpty else { return }
    let bars = ends.map { end -> (end: SIMD2<Double>, direction: SIMD2<Double>, cost: Double) in
      let way = end - start
      let length = (way * way).sum().squareRoot()
      return (end, way / length, cost(from: start, to: end))
    }
    var best: (cost: Double, ends: [SIMD2<Double>]) = (.infinity, [])
    let f = force.map { $0 / ($0 * $0).sum().squareRoot() }
    for (i, first) in bars.enumerated() {
      guard let f else {
        if first.cost < best.cost { best = (first.cost, [first.end]) }
        continue
      }
      for second in bars[(i + 1)...] {
        // N₁ d₁ + N₂ d₂ = f.
        let (a, b) = (first.direction, second.direction)
        let area = a.x * b.y - a.y * b.x
        guard abs(area) > 0.05 else { continue }
        let forces = [(f.x * b.y - f.y * b.x) / area, (a.x * f.y - a.y * f.x) / area]
        let total = abs(forces[0]) * first.cost + abs(forces[1]) * second.cost
        guard total < best.cost else { continue }
        best = (
          total,
          zip(forces, [first.end, second.end]).filter { abs($0.0) >= Self.leastShare }.map(\.1)
        )
      }
    }
    for end in best.ends { draw(from: start, to: end, density: value) }
  }

  /// Solid at the edge of the largest held body, thinned out evenly, at least two elements away.
  private func ends(awayFrom start: SIMD2<Double>) -> [SIMD2<Double>] {
    let labels = SolidLabels(of: solid, size)
    let held = labels.bodies(with: problem.supportElements)
    var counts = [Int](repeating: 0, count: labels.count)
    for label in labels.labels where label >= 0 { counts[label] += 1 }
    let bodies = held.isEmpty ? Set(0..<labels.count) : held
    guard let body = bodies.max(by: { (counts[$0], $1) < (counts[$1], $0) }) else { return [] }
    var edge: [SIMD2<Double>] = []
    for element in solid.indices where labels.labels[element] == body {
      var isEdge = false
      size.forEachNeighbour(of: element) { isEdge = isEdge || !solid[$0] }
      let center = place(ofElement: element)
      let way = center - start
      if isEdge, (way * way).sum() >= 4 { edge.append(center) }
    }
    return Self.thinned(edge)
  }

  /// Places thinned out evenly to as many as are tried.
  static func thinned(_ places: [SIMD2<Double>]) -> [SIMD2<Double>] {
    let step = max(1, (places.count + endCount - 1) / endCount)
    return stride(from: 0, to: places.count, by: step).map { places[$0] }
  }

  /// The length of a bar, a fifth of it where the drawing is solid already.
  private func cost(from a: SIMD2<Double>, to b: SIMD2<Double>) -> Double {
    let way = b - a
    let length = (way * way).sum().squareRoot()
    let count = max(1, Int(length.rounded(.up)))
    var sum = 0.0
    for sample in 0..<count {
      let point = a + way * ((Double(sample) + 0.5) / Double(count))
      let element = element(at: point)
      // Nothing is drawn where the problem is void: a bar through it would be cut.
      sum += isVoid.isEmpty || !isVoid[element] ? 1.2 - density[element] : 20
    }
    return sum / Double(count) * length
  }

  mutating func draw(from a: SIMD2<Double>, to b: SIMD2<Double>, density value: Double) {
    let way = b - a
    let squared = (way * way).sum()
    for element in solid.indices {
      let offset = place(ofElement: element) - a
      let along = min(1, max(0, (offset * way).sum() / squared))
      let off = offset - way * along
      if (off * off).sum() <= Self.halfWidth * Self.halfWidth { fill(element, value) }
    }
  }

  /// Makes an element solid, where the problem does not make it void.
  mutating func fill(_ element: Int, _ value: Double) {
    guard isVoid.isEmpty || !isVoid[element] else { return }
    density[element] = max(density[element], value)
    solid[element] = true
  }

  /// The node nearest to the drawn solid.
  private func nearest(of nodes: [Int]) -> Int? {
    let body = ends(awayFrom: SIMD2(-10, -10))
    return nodes.min { a, b in distance(a, body) < distance(b, body) }
  }

  private func distance(_ node: Int, _ body: [SIMD2<Double>]) -> Double {
    let center = place(ofNode: node)
    return body.reduce(.infinity) { min($0, (($1 - center) * ($1 - center)).sum()) }
  }

  // Places in elements from the upper left corner, y down as the rows.

  func place(ofElement element: Int) -> SIMD2<Double> {
    SIMD2(Double(element % size.columns) + 0.5, Double(element / size.columns) + 0.5)
  }

  func place(ofNode node: Int) -> SIMD2<Double> {
    let position = problem.grid.position(ofNode: node)
    return SIMD2(Double(position[0]), Double(size.rows - position[1]))
  }

  private func element(at point: SIMD2<Double>) -> Int {
    let column = min(size.columns - 1, max(0, Int(point.x)))
    let row = min(size.rows - 1, max(0, Int(point.y)))
    return row * size.columns + column
  }
}

extension DesignTask {
  /// Whether supports hold every body that a load acts on against moving as a rigid body, and every heated body has a sink or a film.
  ///
  /// A held unknown at (x, y) stops the motions (1, 0, −y) or (0, 1, x); three independent ones are needed.
  func isHeld(_ solid: [Bool], _ size: GridSize) -> Bool {
    let labels = SolidLabels(of: solid, size)
    if let heat = stated.heat {
      let cooled = heat.cooledRegions.flatMap { grid.nodes(in: $0) }
        .flatMap(elements(atNode:))
      let heated = nodalPowers.flatMap { elements(atNode: $0.node) }
      guard labels.bodies(with: heated).isSubset(of: labels.bodies(with: cooled)) else {
        return false
      }
      if !hasForces { return true }
    }
    return labels.bodies(with: loadElements.joined()).allSatisfy { body in
      var rows: [SIMD3<Double>] = []
      for support in supports {
        for node in grid.nodes(in: support.region)
        where labels.bodies(with: elements(atNode: node)).contains(body) {
          let position = grid.position(ofNode: node)
          let scale = Double(max(size.columns, size.rows))
          let (x, y) = (Double(position[0]) / scale, Double(position[1]) / scale)
          if support.axes.contains(.x) { rows.append(SIMD3(1, 0, -y)) }
          if support.axes.contains(.y) { rows.append(SIMD3(0, 1, x)) }
        }
      }
      return Self.rank(rows) == 3
    }
  }

  /// The number of independent rows (Gram–Schmidt).
  private static func rank(_ rows: [SIMD3<Double>]) -> Int {
    var basis: [SIMD3<Double>] = []
    for row in rows {
      var remainder = row
      for direction in basis { remainder -= direction * (direction * remainder).sum() }
      let length = (remainder * remainder).sum().squareRoot()
      if length > 1e-6 { basis.append(remainder / length) }
    }
    return basis.count
  }
}
