extension MissingMembers {
  /// The thickness of the skin along a line of forces, in elements: one alone bends like a thread.
  private static let skin = 2
  /// How many elements a skin reaches from one arm to the next.
  private static let reach = 10.0
  /// How far it reaches beyond the last arm.
  private static let overhang = 3.0
  /// As dense as what is drawn surely.
  private static let kept = 1.0

  /// A skin along every line of forces, and bars from the body where it would reach too far.
  ///
  /// A network that knows forces at points leaves a line of them a faint strip, of which the cut makes dashes: they would bend, not carry.
  mutating func carryStretches() {
    for stretch in LoadedStretch.all(of: problem) { carry(stretch) }
  }

  private mutating func carry(_ stretch: LoadedStretch) {
    let places = stretch.places
    let labels = SolidLabels(of: solid, size)
    let held = labels.bodies(with: problem.supportElements)
    let isHeld = solid.indices.map { solid[$0] && held.contains(labels.labels[$0]) }
    let arms = places.map { isArm($0, isHeld) }
    guard arms.contains(false) else { return }
    let ends = bodyEdge(isHeld)
    var start = 0
    while start < places.count {
      guard !arms[start] else {
        start += 1
        continue
      }
      var end = start
      while end + 1 < places.count, !arms[end + 1] { end += 1 }
      for place in places[max(0, start - 1)...min(places.count - 1, end + 1)] {
        drawSkin(at: place)
      }
      let bars = Self.bars(
        count: end - start + 1, isBoundedBefore: start > 0, isBoundedBehind: end < places.count - 1)
      for (bar, range) in bars {
        let force = places[(start + range.lowerBound)...(start + range.upperBound)]
          .reduce(SIMD2<Double>.zero) { $0 + $1.force }
        let center = places[start + bar].position
        brace(
          center, against: force,
          from: ends.filter { (($0 - center) * ($0 - center)).sum() >= 9 }, density: Self.kept)
      }
      start = end + 1
    }
  }

  /// Where bars go along so many nodes, and the nodes whose forces each takes.
  private static func bars(count: Int, isBoundedBefore: Bool, isBoundedBehind: Bool) -> [(
    place: Int, nodes: ClosedRange<Int>
  )] {
    let length = Double(count)
    // The reach is shared out: between arms whole parts, beyond the last one the overhang.
    let before = isBoundedBefore ? 0 : overhang
    let behind = isBoundedBehind ? 0 : overhang
    let between = length - before - behind
    guard between > 0 else {
      if isBoundedBefore || isBoundedBehind || count < 2 { return [] }
      return [(count / 2, 0...(count - 1))]
    }
    let parts = max(1, Int((between / reach).rounded(.up)))
    let step = between / Double(parts)
    var places: [Int] = []
    for part in 0...parts {
      if part == 0, isBoundedBefore { continue }
      if part == parts, isBoundedBehind { continue }
      places.append(min(count - 1, max(0, Int((before + Double(part) * step).rounded()))))
    }
    return places.enumerated().map { order, place in
      let lower =
        order == 0
        ? (isBoundedBefore ? place - Int(step / 2) : 0) : (places[order - 1] + place) / 2
      let upper =
        order == places.count - 1
        ? (isBoundedBehind ? place + Int(step / 2) : count - 1) : (place + places[order + 1]) / 2
      return (place, max(0, lower)...min(count - 1, max(lower, upper)))
    }
  }

  /// Whether solid that hangs together reaches as deep as an arm does, straight or slanted.
  private func isArm(_ place: LoadedStretch.Place, _ isHeld: [Bool]) -> Bool {
    place.layers.contains { layers in
      guard layers.count == LoadedStretch.depth else { return false }
      var reached = Set(layers[0].filter { isHeld[$0] })
      for layer in 1..<layers.count {
        guard let near = layers[layer].first, let before = layers[layer - 1].first else {
          return false
        }
        let step = near - before
        var next = Set<Int>()
        for element in reached {
          // Straight on, or one element aside by way of a side.
          let ahead = element + step
          if isHeld[ahead] { next.insert(ahead) }
          for aside in besides(ahead, across: step) where isHeld[aside] {
            if isHeld[ahead] || isHeld[aside - step] { next.insert(aside) }
          }
        }
        reached = next
      }
      return !reached.isEmpty
    }
  }

  /// Elements at both sides of one, in its layer.
  private func besides(_ element: Int, across step: Int) -> [Int] {
    let (row, column) = (element / size.columns, element % size.columns)
    if abs(step) == 1 {
      return (row > 0 ? [element - size.columns] : [])
        + (row < size.rows - 1 ? [element + size.columns] : [])
    }
    return (column > 0 ? [element - 1] : []) + (column < size.columns - 1 ? [element + 1] : [])
  }

  private mutating func drawSkin(at place: LoadedStretch.Place) {
    // At the border all layers lie inside; a row inside gets one at each side.
    let depth = max(1, Self.skin / place.layers.count)
    for layers in place.layers {
      for element in layers.prefix(depth).joined() { fill(element, Self.kept) }
    }
  }

  /// The edge of what is thick and held, where bars may end.
  private func bodyEdge(_ isHeld: [Bool]) -> [SIMD2<Double>] {
    let thick = opened(isHeld)
    let body = thick.contains(true) ? thick : isHeld.contains(true) ? isHeld : solid
    var edge: [SIMD2<Double>] = []
    for element in body.indices where body[element] {
      var isEdge = false
      size.forEachNeighbour(of: element) { isEdge = isEdge || !solid[$0] }
      if isEdge { edge.append(place(ofElement: element)) }
    }
    return Self.thinned(edge)
  }

  /// What squares of three elements of a body cover.
  private func opened(_ body: [Bool]) -> [Bool] {
    var opened = [Bool](repeating: false, count: body.count)
    let columns = size.columns
    for row in 0..<max(0, size.rows - 2) {
      for column in 0..<max(0, columns - 2) {
        let first = row * columns + column
        let square = (0..<9).map { first + $0 / 3 * columns + $0 % 3 }
        if square.allSatisfy({ body[$0] }) { for element in square { opened[element] = true } }
      }
    }
    return opened
  }
}
