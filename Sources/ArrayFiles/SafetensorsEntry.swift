/// What the header of a `.safetensors` file says of one array.
package struct SafetensorsEntry: Sendable, Equatable {
  /// What it is called.
  package var name: String
  /// How its numbers lie in the file.
  package var element: SafetensorsElement
  /// How many along each axis, slowest first; empty for a single number.
  package var shape: [Int]
  /// Where its bytes are, from the end of the header.
  package var range: Range<Int>

  /// The product of the shape.
  package var count: Int { range.count / element.size }

  /// Bytes that a shape needs, or `nil` where they are more than there can be.
  static func byteCount(of element: SafetensorsElement, shape: [Int]) -> Int? {
    guard !shape.contains(0) else { return 0 }
    var size = element.size
    for length in shape {
      let (product, isOverflow) = size.multipliedReportingOverflow(by: length)
      guard !isOverflow else { return nil }
      size = product
    }
    return size
  }
}
