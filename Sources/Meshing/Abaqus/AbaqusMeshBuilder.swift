internal import Files

/// Gathers nodes and cells from the cards of a deck.
struct AbaqusMeshBuilder {
  var result = AbaqusMesh()
  /// Node sets and cell sets while they grow; members may repeat.
  var nodeSets = AbaqusSets(kind: "node set", label: "NSET")
  var cellSets = AbaqusSets(kind: "element set", label: "ELSET")
  var surfaces: [String: [Facet]] = [:]
  /// Nodes by the name of a surface of nodes.
  var nodeSurfaces: [String: [Int32]] = [:]

  /// The largest number a node or element may have: what ccx's integers hold.
  static let largestLabel = Int(Int32.max)

  // MARK: Nodes

  /// Adds the nodes of `*NODE` cards.
  mutating func addNodes(_ cards: [DeckCard], faults: inout FaultList) {
    var nodes: [SIMD3<Double>] = []
    var labels: [Int] = []
    // What may be there is bounded by the bytes that are: `1,` and a line feed.
    let expected = cards.reduce(0) { $0 + $1.segments.reduce(0) { $0 + $1.range.count } } / 24
    nodes.reserveCapacity(expected)
    labels.reserveCapacity(expected)
    var ranges: [Range<Int>] = []
    for card in cards {
      warn(of: card, known: ["NSET", "SYSTEM"], faults: &faults)
      if let system = card.value(of: "SYSTEM"), system != "R" {
        faults.add(
          at: card.location, "*NODE, SYSTEM=\(system) is not supported",
          remedy: "write nodes in rectangular coordinates")
      }
      let first = nodes.count
      for segment in card.segments {
        readNodes(in: segment, nodes: &nodes, labels: &labels, faults: &faults)
      }
      ranges.append(first..<nodes.count)
    }
    result.nodeIndex = LabelIndex(labels)
    if !result.nodeIndex.repetitions.isEmpty {
      reportRepeatedNodes(cards, nodes: nodes, labels: labels, faults: &faults)
      (nodes, labels, ranges) = withoutRepetitions(nodes, labels, ranges)
      result.nodeIndex = LabelIndex(labels)
    }
    for (card, range) in zip(cards, ranges) {
      if let name = card.value(of: "NSET") {
        nodeSets.append(range.map(Int32.init), to: name)
      }
    }
    result.mesh.nodes = nodes
    result.mesh.nodeLabels = labels
  }

  /// Reads `number, x, y, z` lines; missing coordinates are zero, as in ccx.
  private func readNodes(
    in segment: DeckCard.Segment, nodes: inout [SIMD3<Double>], labels: inout [Int],
    faults: inout FaultList
  ) {
    segment.file.bytes.withUnsafeBufferPointer { bytes in
      var reader = LineReader(segment)
      while let line = reader.next(in: bytes) {
        var field = FieldCursor(line)
        var point = SIMD3<Double>.zero
        let labelField = field.next(in: bytes)
        guard
          let label = DeckNumber.integer(in: bytes, from: labelField.0, to: labelField.1),
          label > 0, label <= Self.largestLabel
        else {
          faults.add(
            at: InputFault.Location(file: segment.file.name, line: line.number),
            Self.complaint(aboutNumber: bytes, labelField, of: "node"))
          if faults.isFull { return }
          continue
        }
        for axis in 0..<3 where !field.isAtEnd {
          let range = field.next(in: bytes)
          if let value = DeckNumber.double(in: bytes, from: range.0, to: range.1) {
            point[axis] = value
          } else if !Self.isBlank(bytes, range) {
            faults.add(
              at: InputFault.Location(file: segment.file.name, line: line.number),
              "node \(label) has a bad coordinate: "
                + DeckNumber.complaint(about: Self.text(bytes, range)))
            if faults.isFull { return }
          }
        }
        nodes.append(point)
        labels.append(label)
      }
    }
  }

  /// A node may be written twice, but not at two places.
  private func reportRepeatedNodes(
    _ cards: [DeckCard], nodes: [SIMD3<Double>], labels: [Int], faults: inout FaultList
  ) {
    let conflicts = result.nodeIndex.repetitions.filter { nodes[$0.place] != nodes[$0.first] }
    guard !conflicts.isEmpty else { return }
    // Lines were not kept; they are found again only now that they are needed.
    let places = cards.flatMap { card in card.lines.map(\.location) }
    guard places.count == nodes.count else {
      for conflict in conflicts {
        faults.add(
          at: cards[0].location, "node \(labels[conflict.place]) is defined twice, at two places")
      }
      return
    }
    for conflict in conflicts {
      let first = places[conflict.first]
      faults.add(
        at: places[conflict.place],
        "node \(labels[conflict.place]) is defined again at another place; it is at "
          + "\(first.file):\(first.line ?? 0) first",
        remedy: "remove or renumber one of them")
    }
  }

  private func withoutRepetitions(
    _ nodes: [SIMD3<Double>], _ labels: [Int], _ ranges: [Range<Int>]
  ) -> ([SIMD3<Double>], [Int], [Range<Int>]) {
    let repeated = Set(result.nodeIndex.repetitions.map(\.place))
    let kept = nodes.indices.filter { !repeated.contains($0) }
    var place = 0
    let keptRanges = ranges.map { range in
      let count = range.count { !repeated.contains($0) }
      defer { place += count }
      return place..<place + count
    }
    return (kept.map { nodes[$0] }, kept.map { labels[$0] }, keptRanges)
  }

  // MARK: Messages

  /// Warns of parameters that have no effect, as ccx does.
  func warn(of card: DeckCard, known: Set<String>, faults: inout FaultList) {
    for parameter in card.parameters where !known.contains(parameter.key) {
      faults.warn(
        at: card.location, "\(card.title) has no parameter '\(parameter.key)'; it is ignored")
    }
  }

  /// Why a field is not the number of a node or element.
  static func complaint(
    aboutNumber bytes: UnsafeBufferPointer<UInt8>, _ range: (Int, Int), of thing: String
  ) -> String {
    let text = text(bytes, range)
    if text.isEmpty { return "the number of a \(thing) is missing" }
    if let value = DeckNumber.integer(in: bytes, from: range.0, to: range.1) {
      return value < 1
        ? "\(value) is not the number of a \(thing): they start at 1"
        : "\(value) is too large a number of a \(thing); the largest is \(largestLabel)"
    }
    return text.count > 9 && text.allSatisfy(\.isNumber)
      ? "\(text) is too large a number of a \(thing); the largest is \(largestLabel)"
      : "'\(DeckScanner.shortened(text))' is not the number of a \(thing)"
  }

  static func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: (Int, Int)) -> String {
    DeckScanner.shortened(DeckScanner.trimmed(Array(bytes[range.0..<range.1])[...]))
  }

  static func isBlank(_ bytes: UnsafeBufferPointer<UInt8>, _ range: (Int, Int)) -> Bool {
    bytes[range.0..<range.1].allSatisfy(DeckNumber.isBlank)
  }

  // MARK: Result

  /// The mesh, its sets without repetition.
  func finished() -> AbaqusMesh {
    var result = result
    var seen = [Int32](repeating: -1, count: max(result.mesh.nodes.count, result.mesh.cellCount))
    var mark: Int32 = 0
    func unique(_ members: [Int32]) -> [Int32] {
      mark += 1
      return members.filter { member in
        defer { seen[Int(member)] = mark }
        return seen[Int(member)] != mark
      }
    }
    for (name, members) in nodeSets.members {
      if members.isEmpty {
        result.emptyNames.insert(name)
      } else {
        let nodes = unique(members)
        result.mesh.nodeSets[name] = nodes
        if nodes.count < members.count { result.listedNodes[name] = members }
      }
    }
    for (name, members) in cellSets.members {
      if members.isEmpty {
        result.emptyNames.insert(name)
      } else {
        let cells = unique(members)
        result.mesh.cellSets[name] = cells
        if cells.count < members.count { result.listedCells[name] = members }
      }
    }
    for (name, nodes) in nodeSurfaces where result.mesh.nodeSets[name] == nil {
      result.mesh.nodeSets[name] = unique(nodes)
    }
    for (name, facets) in surfaces {
      var known = Set<Facet>(minimumCapacity: facets.count)
      if facets.isEmpty {
        result.emptyNames.insert(name)
      } else {
        result.mesh.surfaces[name] = facets.filter { known.insert($0).inserted }
      }
    }
    return result
  }
}
