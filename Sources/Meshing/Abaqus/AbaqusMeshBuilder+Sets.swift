internal import Files

extension AbaqusMeshBuilder {
  /// Adds `*NSET` cards.
  mutating func addNodeSets(_ cards: [DeckCard], faults: inout FaultList) {
    let index = result.nodeIndex
    let (mesh, cells) = (result.mesh, cellSets)
    Self.addSets(
      cards, to: &nodeSets, index: index, member: "node", skipped: [],
      nodesOfCells: (cells, { mesh.nodes(ofCells: $0) }), faults: &faults)
  }

  /// Adds `*ELSET` cards.
  mutating func addCellSets(_ cards: [DeckCard], faults: inout FaultList) {
    Self.addSets(
      cards, to: &cellSets, index: result.cellIndex, member: "cell",
      skipped: result.skippedCells, faults: &faults)
  }

  private static func addSets(
    _ cards: [DeckCard], to sets: inout AbaqusSets, index: LabelIndex, member: String,
    skipped: Set<Int>, nodesOfCells: (sets: AbaqusSets, nodes: ([Int32]) -> [Int32])? = nil,
    faults: inout FaultList
  ) {
    var links: [String: [String]]?  // which sets name which, made when a name is not there
    var total = 0  // members named so far, repetitions too
    for card in cards {
      if faults.isFull { return }
      guard let name = card.value(of: sets.label), !name.isEmpty else {
        faults.add(
          at: card.location, "\(card.title) has no name",
          remedy: "write \(card.title), \(sets.label)=name")
        continue
      }
      var known: Set<String> = [sets.label, "GENERATE", "UNSORTED", "INTERNAL"]
      if nodesOfCells != nil { known.insert("ELSET") }
      for parameter in card.parameters where !known.contains(parameter.key) {
        faults.warn(
          at: card.location, "\(card.title) has no parameter '\(parameter.key)'; it is ignored")
      }
      var members: [Int32] = []
      if let (cellSets, nodes) = nodesOfCells, let name = card.value(of: "ELSET") {
        if let cells = cellSets.members[name] {
          members = nodes(cells)
        } else {
          let (problem, remedy) = Suggestion.missing(
            cellSets.kind, named: name, among: Array(cellSets.members.keys))
          faults.add(at: card.location, problem, remedy: remedy)
        }
      }
      for line in card.lines {
        if faults.isFull { return }
        if card.has("GENERATE") {
          generate(line, into: &members, index: index, faults: &faults)
        } else {
          read(
            line, into: &members, of: name, cards: cards, sets: sets, index: index,
            member: member, skipped: skipped, links: &links, faults: &faults)
        }
        if total + members.count > largestMemberCount {
          faults.add(
            at: line.location, "the sets of the deck name more than \(largestMemberCount) members")
          return
        }
      }
      total += members.count
      sets.append(members, to: name)
    }
  }

  /// Members of all sets together, sets of sets written out: a bound for memory.
  static let largestMemberCount = 1 << 27

  /// One line `first, last, increment`; numbers without a member are passed over, as in ccx.
  private static func generate(
    _ line: DataLine, into members: inout [Int32], index: LabelIndex, faults: inout FaultList
  ) {
    let first = line.integer(0)
    let last = line.isBlank(1) ? first : line.integer(1)
    let increment = line.isBlank(2) ? 1 : line.integer(2)
    guard let first, let last, let increment, first > 0 else {
      faults.add(
        at: line.location, "a line under GENERATE is 'first, last, increment', three whole numbers")
      return
    }
    guard increment > 0 else {
      faults.add(
        at: line.location, "the increment \(increment) is not positive", remedy: "write 1 or more")
      return
    }
    guard first <= last else {
      faults.add(at: line.location, "the first number, \(first), is after the last, \(last)")
      return
    }
    members += index.places(from: first, through: last, by: increment)
  }

  /// One line of numbers and names of earlier sets.
  private static func read(
    _ line: DataLine, into members: inout [Int32], of name: String, cards: [DeckCard],
    sets: AbaqusSets, index: LabelIndex, member: String, skipped: Set<Int>,
    links: inout [String: [String]]?, faults: inout FaultList
  ) {
    for field in 0..<line.count where !line.isBlank(field) && members.count <= largestMemberCount {
      if let label = line.integer(field) {
        if let place = index[label] {
          members.append(place)
        } else if !skipped.contains(label) {
          faults.warn(
            at: line.location,
            "\(sets.kind) \(name) names \(member) \(label), which is not defined; "
              + "it is left out")
        }
        continue
      }
      let other = line.name(field)
      if other != name, let known = sets.members[other] {
        members += known
        continue
      }
      if let circle = circle(
        through: name, and: other, cards: cards, label: sets.label, links: &links)
      {
        faults.add(
          at: line.location, "a set contains itself: " + circle.joined(separator: " → "),
          remedy: "a set may hold only sets that do not hold it")
      } else if let later = cards.first(where: { $0.value(of: sets.label) == other }) {
        faults.add(
          at: line.location,
          "\(sets.kind) \(other) is used before it is defined at "
            + "\(later.location.file):\(later.location.line ?? 0)",
          remedy: "move its definition up")
      } else {
        let (problem, remedy) = Suggestion.missing(
          sets.kind, named: other, among: Array(sets.members.keys))
        faults.add(at: line.location, problem, remedy: remedy)
      }
    }
  }

  /// The sets that each set names.
  private static func setLinks(in cards: [DeckCard], label: String) -> [String: [String]] {
    var links: [String: [String]] = [:]
    for card in cards where !card.has("GENERATE") {
      guard let owner = card.value(of: label) else { continue }
      for line in card.lines {
        for field in 0..<line.count where !line.isBlank(field) && line.integer(field) == nil {
          links[owner, default: []].append(line.name(field))
        }
      }
    }
    return links
  }

  /// The way from a set over one of its members back to it; `nil` where there is none.
  private static func circle(
    through name: String, and member: String, cards: [DeckCard], label: String,
    links: inout [String: [String]]?
  ) -> [String]? {
    let children = links ?? setLinks(in: cards, label: label)
    links = children
    // Breadth first, so that the way is the shortest; each set remembers who led to it.
    var parents: [String: String] = [member: name]
    var queue = [member]
    var next = 0
    while next < queue.count {
      let current = queue[next]
      next += 1
      if current == name {
        var way = [name]
        var step = parents[name]
        while let owner = step, owner != name {
          way.append(owner)
          step = parents[owner]
        }
        return [name] + way.reversed()
      }
      for child in children[current] ?? [] where parents[child] == nil {
        parents[child] = current
        queue.append(child)
      }
    }
    return nil
  }

  /// Adds `*SURFACE` cards.
  mutating func addSurfaces(_ cards: [DeckCard], faults: inout FaultList) {
    for card in cards {
      if faults.isFull { return }
      warn(of: card, known: ["NAME", "TYPE", "INTERNAL"], faults: &faults)
      guard let name = card.value(of: "NAME"), !name.isEmpty else {
        faults.add(
          at: card.location, "*SURFACE has no name", remedy: "write *SURFACE, NAME=name")
        continue
      }
      switch card.value(of: "TYPE") ?? "ELEMENT" {
      case "ELEMENT": addFacets(of: card, to: name, faults: &faults)
      case "NODE": addNodes(of: card, to: name, faults: &faults)
      case let type:
        faults.add(
          at: card.location, "*SURFACE, TYPE=\(type) is not supported",
          remedy: "supported are ELEMENT and NODE")
      }
    }
  }

  private mutating func addNodes(of card: DeckCard, to name: String, faults: inout FaultList) {
    var nodes = nodeSurfaces[name] ?? []
    for line in card.lines {
      if let label = line.integer(0) {
        if let node = result.nodeIndex[label] {
          nodes.append(node)
        } else {
          faults.warn(
            at: line.location,
            "surface \(name) names node \(label), which is not defined; "
              + "it is left out")
        }
      } else if let set = nodeSets.members[line.name(0)] {
        nodes += set
      } else {
        let (problem, remedy) = Suggestion.missing(
          "node set", named: line.name(0), among: Array(nodeSets.members.keys))
        faults.add(at: line.location, problem, remedy: remedy)
      }
    }
    nodeSurfaces[name] = nodes
  }

  private mutating func addFacets(of card: DeckCard, to name: String, faults: inout FaultList) {
    var facets = surfaces[name] ?? []
    for line in card.lines {
      if faults.isFull { return }
      guard let side = Self.side(line.name(1), letter: "S") else {
        faults.add(
          at: line.location, "'\(line.name(1))' is not a side of a cell",
          remedy: "write the cell or element set, a comma, and S1 to S6")
        continue
      }
      let cells: [Int32]
      if let label = line.integer(0) {
        guard let cell = result.cellIndex[label] else {
          if !result.skippedCells.contains(label) {
            faults.warn(
              at: line.location,
              "surface \(name) names cell \(label), which is not defined; "
                + "it is left out")
          }
          continue
        }
        cells = [cell]
      } else if let set = cellSets.members[line.name(0)] {
        cells = set
      } else {
        let (problem, remedy) = Suggestion.missing(
          "element set", named: line.name(0), among: Array(cellSets.members.keys))
        faults.add(at: line.location, problem, remedy: remedy)
        continue
      }
      facets += result.mesh.facets(
        of: cells, side: side, at: line.location, letter: "S", faults: &faults)
      if facets.count > Self.largestMemberCount / 2 {
        faults.add(
          at: line.location,
          "the surface \(name) has more than \(Self.largestMemberCount / 2) sides")
        return
      }
    }
    surfaces[name] = facets
  }

  /// The side, from zero, that a label such as `S3` or `P3` names.
  package static func side(_ label: String, letter: Character) -> Int? {
    guard label.count == 2, label.first == letter, let digit = label.last?.wholeNumberValue,
      (1...6).contains(digit)
    else { return nil }
    return digit - 1
  }
}

extension Mesh {
  /// The nodes of some cells, each once, in the order of their numbers.
  fileprivate func nodes(ofCells cells: [Int32]) -> [Int32] {
    var isMember = [Bool](repeating: false, count: nodes.count)
    for cell in cells {
      let (block, index) = place(of: Int(cell))
      for node in blocks[block].nodes(of: index) { isMember[Int(node)] = true }
    }
    let members = isMember.indices.filter { isMember[$0] }
    return members.sorted { nodeLabels[$0] < nodeLabels[$1] }.map { Int32($0) }
  }
}
