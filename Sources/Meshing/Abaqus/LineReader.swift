import Glibc

/// Walks over the data lines of a segment, past blank lines and comments.
struct LineReader: Sendable {
  /// The bytes of one line, blanks at its start left out.
  struct Line {
    let start: Int
    let end: Int
    let number: Int
  }

  private var position: Int
  private let end: Int
  private var number: Int

  init(_ segment: DeckCard.Segment) {
    position = segment.range.lowerBound
    end = segment.range.upperBound
    number = segment.firstLine - 1
  }

  /// The next line with data; `nil` at the end of the segment.
  ///
  /// - Parameter bytes: The whole file of the segment.
  @inline(__always)
  mutating func next(in bytes: UnsafeBufferPointer<UInt8>) -> Line? {
    // The segment's bounds lie in the file's, so every position below is inside `bytes`.
    while position < end {
      var start = position
      let stop = LineReader.lineEnd(in: bytes, from: start, to: end)
      position = stop + 1
      number += 1
      while start < stop, DeckNumber.isBlank(bytes[start]) { start += 1 }
      if start == stop { continue }
      if bytes[start] == UInt8(ascii: "*") { continue }  // a comment: keywords end segments
      return Line(start: start, end: stop, number: number)
    }
    return nil
  }

  /// The position of the next line feed, or the end.
  @inline(__always)
  static func lineEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
    guard let base = bytes.baseAddress, start < end else { return end }
    guard let lineFeed = memchr(base + start, 0x0A, end - start) else { return end }
    return UnsafeRawPointer(lineFeed) - UnsafeRawPointer(base)
  }
}
