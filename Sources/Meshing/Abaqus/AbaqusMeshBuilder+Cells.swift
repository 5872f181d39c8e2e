public import Files

extension AbaqusMeshBuilder {
  /// Adds the cells of `*ELEMENT` cards; cells of one type form one block.
  mutating func addCells(_ cards: [DeckCard], faults: inout FaultList) {
    var blocks: [CellBlock] = []
    var spans: [(block: Int, range: Range<Int>)?] = []
    for card in cards {
      warn(of: card, known: ["TYPE", "ELSET"], faults: &faults)
      guard let type = elementType(of: card, faults: &faults) else {
        spans.append(nil)
        skipCells(of: card)
        continue
      }
      let block = blocks.firstIndex { $0.elementType == type } ?? blocks.count
      if block == blocks.count {
        blocks.append(CellBlock(shape: type.shape, elementType: type, connectivity: [], labels: []))
      }
      let first = blocks[block].labels.count
      readCells(of: card, into: &blocks[block], faults: &faults)
      spans.append((block, first..<blocks[block].labels.count))
    }
    result.mesh.blocks = blocks
    let labels = blocks.count == 1 ? blocks[0].labels : blocks.flatMap(\.labels)
    result.cellIndex = LabelIndex(labels)
    if !result.cellIndex.repetitions.isEmpty { reportRepeatedCells(cards, faults: &faults) }
    for (card, span) in zip(cards, spans) {
      guard let name = card.value(of: "ELSET") else { continue }
      if let span {
        let offset = Int32(result.mesh.firstCell(ofBlock: span.block))
        cellSets.append(span.range.map { Int32($0) + offset }, to: name)
      } else {
        cellSets.append([], to: name)
      }
    }
  }

  /// The element type a card names; `nil` and a fault where there is none.
  private func elementType(of card: DeckCard, faults: inout FaultList) -> ElementType? {
    guard var name = card.value(of: "TYPE") else {
      faults.add(
        at: card.location, "*ELEMENT has no TYPE", remedy: "write *ELEMENT, TYPE=C3D8 or the like")
      return nil
    }
    // Heat transfer elements are the others with a D before them.
    if name.hasPrefix("DC") && !name.hasPrefix("DCOUP") { name.removeFirst() }
    if let type = ElementType(rawValue: name) { return type }
    let known = ElementType.allCases.map(\.rawValue)
    // Trusses are what gmsh makes of the lines of a drawing.
    let advice =
      name.hasPrefix("T3D")
      ? "gmsh writes such cells for lines: delete the *ELEMENT block, or export the volumes (in the plane the surfaces) only; "
      : ""
    faults.add(
      at: card.location, "the element type \(name) is not supported",
      remedy: advice + "supported are \(known.joined(separator: ", "))")
    return nil
  }

  /// Remembers the numbers of cells that are not read, so that sets may name them.
  private mutating func skipCells(of card: DeckCard) {
    for line in card.lines {
      if let label = line.integer(0) { result.skippedCells.insert(label) }
      if result.skippedCells.count >= 10_000_000 { return }
    }
  }

  /// Reads `number, node, node, …` lines, which may go on in the next line; numbers beyond the last node
  /// are ignored, as in ccx.
  private func readCells(of card: DeckCard, into block: inout CellBlock, faults: inout FaultList) {
    let nodeCount = block.shape.nodeCount
    var label = 0
    var count = nodeCount  // nodes of the current cell that are there
    var isGood = true
    var place = card.location
    let expected = card.segments.reduce(0) { $0 + $1.range.count } / (2 * nodeCount + 2)
    block.labels.reserveCapacity(block.labels.count + min(expected, 1 << 24) / 4)
    let index = result.nodeIndex
    for segment in card.segments {
      segment.file.bytes.withUnsafeBufferPointer { bytes in
        var reader = LineReader(segment)
        while let line = reader.next(in: bytes), !faults.isFull {
          var field = FieldCursor(line)
          if count == nodeCount {
            let range = field.next(in: bytes)
            guard
              let number = DeckNumber.integer(in: bytes, from: range.0, to: range.1),
              number > 0, number <= Self.largestLabel
            else {
              faults.add(
                at: InputFault.Location(file: segment.file.name, line: line.number),
                Self.complaint(aboutNumber: bytes, range, of: "cell"))
              continue
            }
            label = number
            count = 0
            isGood = true
            place = InputFault.Location(file: segment.file.name, line: line.number)
          }
          while count < nodeCount, !field.isAtEnd {
            let range = field.next(in: bytes)
            guard let number = DeckNumber.integer(in: bytes, from: range.0, to: range.1) else {
              // A blank after the last comma of a line is no node.
              if field.isAtEnd, Self.isBlank(bytes, range) { break }
              faults.add(
                at: InputFault.Location(file: segment.file.name, line: line.number),
                "cell \(label) has a bad node: "
                  + Self.complaint(aboutNumber: bytes, range, of: "node"))
              isGood = false
              count = nodeCount
              break
            }
            count += 1
            if let node = index[number] {
              block.connectivity.append(node)
            } else {
              block.connectivity.append(0)
              isGood = false
              faults.add(
                at: InputFault.Location(file: segment.file.name, line: line.number),
                "cell \(label) names node \(number), which is not defined",
                remedy: "add the node under *NODE or correct the number")
            }
          }
          if count == nodeCount {
            if isGood {
              block.labels.append(label)
            } else {
              block.connectivity.removeLast(
                block.connectivity.count - block.labels.count * nodeCount)
            }
          }
        }
      }
    }
    if count < nodeCount {
      faults.add(
        at: place,
        "cell \(label) has \(count) nodes where a \(block.elementType?.rawValue ?? "cell") "
          + "has \(nodeCount)",
        remedy: "complete the line; the file may be cut off here")
      block.connectivity.removeLast(block.connectivity.count - block.labels.count * nodeCount)
    }
  }

  /// A cell must not be defined twice, not even alike: ccx refuses that too.
  private func reportRepeatedCells(_ cards: [DeckCard], faults: inout FaultList) {
    let labels = result.mesh.blocks.flatMap(\.labels)
    let wanted = Set(result.cellIndex.repetitions.map { labels[$0.place] })
    var first: [Int: InputFault.Location] = [:]
    AbaqusReader.forEachCell(of: cards) { label, location in
      guard wanted.contains(label) else { return }
      if let place = first[label] {
        faults.add(
          at: location,
          "cell \(label) is defined again; it is at \(place.file):\(place.line ?? 0) first",
          remedy: "remove or renumber one of them")
      } else {
        first[label] = location
      }
    }
  }
}

extension AbaqusReader {
  /// Calls `visit` with the number of every cell of the `*ELEMENT` cards and the line it begins in.
  package static func forEachCell(
    of cards: [DeckCard], _ visit: (_ label: Int, _ location: InputFault.Location) -> Void
  ) {
    for card in cards where card.keyword == "ELEMENT" {
      guard let name = card.value(of: "TYPE"),
        let type = ElementType(rawValue: name.hasPrefix("DC") ? String(name.dropFirst()) : name)
      else { continue }
      var missing = 0
      for line in card.lines {
        if missing > 0 {
          missing -= line.count
          continue
        }
        missing = type.shape.nodeCount + 1 - line.count
        if let label = line.integer(0) { visit(label, line.location) }
      }
    }
  }
}
