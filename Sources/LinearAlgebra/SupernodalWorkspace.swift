/// What one thread needs beside the factor while it computes a supernode.
final class SupernodalWorkspace: @unchecked Sendable {
  // Unchecked: used by one thread at a time.
  /// For every row of the matrix its place in the block of the supernode that is computed.
  let places: UnsafeMutablePointer<Int32>
  /// For every row of a product its place in the block.
  let relative: UnsafeMutablePointer<Int32>
  /// A product that is to be taken away.
  let product: UnsafeMutablePointer<Double>

  init(size: Int, rows: Int, product capacity: Int) {
    places = .allocate(capacity: max(1, size))
    relative = .allocate(capacity: max(1, rows))
    product = .allocate(capacity: capacity)
  }

  deinit {
    places.deallocate()
    relative.deallocate()
    product.deallocate()
  }

  /// Numbers the rows of a supernode from zero.
  func number(_ rows: UnsafePointer<Int>, count: Int) {
    for place in 0..<count { places[rows[place]] = Int32(truncatingIfNeeded: place) }
  }
}
