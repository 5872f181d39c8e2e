/// Numbers with a shape, in C order: the last axis is the fastest.
package struct NumericArray: Sendable, Equatable {
  /// How many along each axis, slowest first; empty for a single number.
  package let shape: [Int]
  /// As many as the product of the shape; what they mean, and whether NaN is allowed, is the owner's matter.
  package var values: [Double] {
    didSet { Self.check(shape, values) }
  }

  /// An array.
  ///
  /// - Precondition: `values` are as many as the product of `shape`.
  package init(shape: [Int], values: [Double]) {
    Self.check(shape, values)
    self.shape = shape
    self.values = values
  }

  private static func check(_ shape: [Int], _ values: [Double]) {
    precondition(shape.allSatisfy { $0 >= 0 }, "a shape has no negative numbers, found \(shape)")
    let count = shape.contains(0) ? 0 : shape.reduce(1, *)
    precondition(
      values.count == count, "an array of shape \(shape) has \(count) values, found \(values.count)"
    )
  }

  /// The shape as people write it: `64 × 128`.
  package var shapeText: String { Self.text(ofShape: shape) }

  /// A shape as people write it: `64 × 128`.
  package static func text(ofShape shape: [Int]) -> String {
    shape.isEmpty ? "a single number" : shape.map(String.init).joined(separator: " × ")
  }
}
