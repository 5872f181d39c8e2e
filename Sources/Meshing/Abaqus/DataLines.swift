/// The data lines of a card, without blank lines and comments.
package struct DataLines: Sequence, IteratorProtocol, Sendable {
  private let segments: [DeckCard.Segment]
  private var segment = 0
  private var reader: LineReader?

  init(_ segments: [DeckCard.Segment]) { self.segments = segments }

  /// The next data line.
  package mutating func next() -> DataLine? {
    while segment < segments.count {
      let current = segments[segment]
      var reader = self.reader ?? LineReader(current)
      let line = current.file.bytes.withUnsafeBufferPointer { reader.next(in: $0) }
      if let line {
        self.reader = reader
        return DataLine(
          file: current.file, number: line.number, start: line.start, end: line.end)
      }
      self.reader = nil
      segment += 1
    }
    return nil
  }
}
