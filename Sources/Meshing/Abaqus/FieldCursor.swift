/// Steps through the comma-separated fields of a line.
struct FieldCursor {
  private var position: Int
  private let end: Int

  @inline(__always)
  init(_ line: LineReader.Line) {
    position = line.start
    end = line.end
  }

  /// Whether nothing but blanks is left.
  var isAtEnd: Bool { position >= end }

  /// The bounds of the next field; empty at the end of the line.
  @inline(__always)
  mutating func next(in bytes: UnsafeBufferPointer<UInt8>) -> (Int, Int) {
    let start = position
    guard start < end else { return (end, end) }
    var stop = start
    while stop < end, bytes[stop] != UInt8(ascii: ",") { stop += 1 }
    position = stop + 1
    return (start, stop)
  }
}
