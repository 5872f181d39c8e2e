import Meshing

extension RandomDeck {
  /// Nodes on the axis of rotation, which stay there.
  var axisNodes: [Int] {
    let round = Set(
      cells.filter { $0.type.theory == .axisymmetric }.flatMap(\.nodes))
    return round.filter { points[$0].x == 0 }.sorted()
  }

  /// The directions a node may move in.
  func directions(of node: Int) -> Int {
    let isSolidNode = cells.contains { $0.type.theory == .solid && $0.nodes.contains(node) }
    return isSolidNode ? 3 : 2
  }

  private mutating func direction(of node: Int) -> Int { random.count(1...directions(of: node)) }

  /// Axes of some nodes.
  mutating func writeTransforms() {
    guard random.chance(0.35) else { return }
    for index in 0..<random.count(1...2) {
      let onAxis = Set(axisNodes)
      let nodes =
        (random.chance(0.4) ? ends[0] : random.some(of: Array(points.indices), least: 1, most: 8))
        .filter { !turned.contains($0) && !onAxis.contains($0) }
      guard !nodes.isEmpty else { continue }
      turned.formUnion(nodes)
      lines.append("*NSET, NSET=NTURN\(index)")
      writeList(nodes.map { nodeLabels[$0] })
      nodeSets.append("NTURN\(index)")
      let isCylindrical = random.chance(0.4)
      lines.append(
        "*TRANSFORM, NSET=NTURN\(index)"
          + (isCylindrical ? ", TYPE=C" : random.chance(0.5) ? ", TYPE=R" : ""))
      // Plane cells: mostly a turn in the plane, sometimes one out of it.
      let isInPlane = nodes.contains { directions(of: $0) == 2 } && random.chance(0.85)
      lines.append(axes(isCylindrical: isCylindrical, isInPlane: isInPlane))
    }
  }

  /// Equations whose first term belongs to a node that nothing else holds.
  mutating func writeEquations() {
    // A node of one wedge and one of a whole body in one equation: what that means is anyone's guess.
    let isMixed = theories.count > 1 && theories.contains(.axisymmetric)
    guard random.chance(0.25), !isMixed, points.count > ends[0].count + 1 else { return }
    let held = Set(ends[0] + axisNodes)
    let free = points.indices.filter { !held.contains($0) }
    guard free.count > 1 else { return }
    var dependent: Set<SIMD2<Int>> = []
    var independent: Set<SIMD2<Int>> = []
    for _ in 0..<random.count(1...3) {
      let isHeat = steps.contains(.heat) && (!steps.contains(.mechanical) || random.chance(0.4))
      let first = random.one(of: free)
      let head = SIMD2(first, isHeat ? 11 : direction(of: first))
      guard !dependent.contains(head), !independent.contains(head) else { continue }
      var terms = [head]
      for _ in 0..<random.count(1...4) {
        let node = random.one(of: Array(points.indices))
        let term = SIMD2(node, isHeat ? 11 : direction(of: node))
        if !terms.contains(term), !dependent.contains(term) { terms.append(term) }
      }
      guard terms.count > 1 else { continue }
      dependent.insert(head)
      independent.formUnion(terms.dropFirst())
      tied.formUnion(terms)
      lines.append("*EQUATION")
      lines.append("\(terms.count)")
      var share = Double(terms.count - 1)
      if random.chance(0.3) { share = 1 }
      let texts = terms.enumerated().map { index, term in
        let factor = index == 0 ? share : random.chance(0.6) ? -1 : random.number(-1.2...(-0.3))
        return "\(nodeLabels[term.x]), \(term.y), \(factor.inDeck)"
      }
      for start in stride(from: 0, to: texts.count, by: 4) {
        lines.append(texts[start..<min(start + 4, texts.count)].joined(separator: ", "))
      }
    }
    self.dependent = dependent
  }

  /// Temperatures without strain.
  mutating func writeInitialTemperatures() {
    hasInitialTemperature = random.chance(0.75)
    guard hasInitialTemperature else { return }
    lines.append("*INITIAL CONDITIONS, TYPE=TEMPERATURE")
    lines.append("NALL, \(random.one(of: [0, 20, random.number(-10...50)]).inDeck)")
    if random.chance(0.15) { lines.append("NS0, \(random.number(-10...50).inDeck)") }
  }

  /// Curves of step time and of total time, and times to print at.
  mutating func writeAmplitudes() {
    for index in 0..<random.count(0...2) {
      let isTotal = random.chance(0.3)
      lines.append("*AMPLITUDE, NAME=AMP\(index)" + (isTotal ? ", TIME=TOTAL TIME" : ""))
      var time = 0.0
      var numbers: [Double] = []
      for _ in 0..<random.count(2...4) {
        numbers += [time, random.number(0...1.5)]
        time += random.one(of: [0.25, 0.4, 0.5, 1, 1.3])
      }
      lines.append(numbers.map(\.inDeck).joined(separator: ", "))
      amplitudes.append("AMP\(index)")
    }
    guard steps.contains(.heat), random.chance(0.25) else { return }
    lines.append("*TIME POINTS, NAME=TP0" + (random.chance(0.3) ? ", TIME=TOTAL TIME" : ""))
    lines.append("0.15, 0.4, 0.75" + (random.chance(0.5) ? ", 1.3" : ""))
    timePoints.append("TP0")
  }

  /// What holds in all steps.
  mutating func writeSupports() {
    if steps.contains(.heat) { heldNodes = chooseHeldNodes() }
    isClamped = random.chance(0.6)
    writeSupportCards("*BOUNDARY")
  }

  /// The supports again, after `OP=NEW` took them away.
  mutating func writeSupportCards(_ head: String) {
    lines.append(head)
    let last = theories.contains(.solid) || random.chance(0.3) ? 3 : 2
    if isClamped {
      lines.append("NLEFT, 1, \(last)")
    } else {
      // Three nodes of each end, and one direction of the others.
      var first = 0
      for body in bodies {
        for node in body.ends[0].prefix(3) {
          lines.append("\(nodeLabels[first + node]), 1, \(last)")
        }
        first += body.points.count
      }
      if random.chance(0.5) { lines.append("NLEFT, 1") }
    }
    for node in axisNodes { lines.append("\(nodeLabels[node]), 1, 1") }
    guard steps.contains(.heat) else { return }
    for node in heldNodes where !dependent.contains(SIMD2(node, 11)) {
      lines.append("\(nodeLabels[node]), 11, 11, \(random.number(0...80).inDeck)")
    }
  }

  /// An end of each body, and of cells with one point all nodes but one.
  private mutating func chooseHeldNodes() -> [Int] {
    var held = Set(ends[0])
    let isUnheld = Set(dependent.filter { $0.y == 11 }.map(\.x))
    for cell in cells where cell.type.isReduced && !cell.type.isQuadratic {
      held.formUnion(cell.nodes)
    }
    if let free = held.subtracting(ends[0]).sorted().first { held.remove(free) }
    return held.subtracting(isUnheld).sorted()
  }
}
