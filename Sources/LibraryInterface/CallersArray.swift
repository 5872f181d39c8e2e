internal import CGcgan

/// A strided array in the caller's memory, whose elements are taken or set in the order of rows.
struct CallersArray {
  private let base: UnsafeMutableRawPointer
  private let isDouble: Bool
  private var shape: [Int]
  /// In bytes.
  private var strides: [Int]

  /// - Returns: `nil` where the data are `NULL`.
  /// - Throws: ``ArgumentFault`` for another shape or an unknown type.
  init?(_ array: gcgan_array, shape expected: [Int], _ name: String) throws(ArgumentFault) {
    guard let data = array.data else { return nil }
    let isDouble = array.type == Int32(GCGAN_FLOAT64.rawValue)
    guard isDouble || array.type == Int32(GCGAN_FLOAT32.rawValue) else {
      throw ArgumentFault(description: "'\(name)' has elements of the unknown type \(array.type)")
    }
    let rank = Int(array.rank)
    let shape = rank >= 0 && rank <= 8 ? (0..<rank).map { Int(array.shape[$0]) } : []
    guard shape == expected else {
      throw ArgumentFault(
        description:
          "'\(name)' has the shape \(shape.shapeText), and the problem needs \(expected.shapeText)")
    }
    base = data
    self.isDouble = isDouble
    self.shape = shape
    let size = isDouble ? 8 : 4
    if let strides = array.strides {
      self.strides = (0..<rank).map { Int(strides[$0]) }
    } else {
      var strides = [Int](repeating: size, count: rank)
      for axis in stride(from: rank - 2, through: 0, by: -1) {
        strides[axis] = strides[axis + 1] * shape[axis + 1]
      }
      self.strides = strides
    }
  }

  /// An array that is one item, without the axis of a batch.
  init?(whole array: gcgan_array, shape: [Int], _ name: String) throws(ArgumentFault) {
    guard var item = try Self(array, shape: shape, name) else { return nil }
    item.shape.insert(1, at: 0)
    item.strides.insert(0, at: 0)
    self = item
  }

  /// The elements of an item of the first axis.
  func values(of item: Int) -> [Double] {
    let count = shape.dropFirst().reduce(1, *)
    return [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      forEachPlace(in: item) { index, address in
        buffer[index] =
          isDouble
          ? address.loadUnaligned(as: Double.self) : Double(address.loadUnaligned(as: Float.self))
      }
      filled = count
    }
  }

  /// Sets the elements of an item of the first axis, or of an item of the first two, from an index on.
  func set(_ values: [Double], of item: Int, from first: Int = 0) {
    forEachPlace(in: item, from: first, count: values.count) { index, address in
      if isDouble {
        address.storeBytes(of: values[index], as: Double.self)
      } else {
        address.storeBytes(of: Float(values[index]), as: Float.self)
      }
    }
  }

  /// Rows are walked along the last axis; the places of the others are counted.
  private func forEachPlace(
    in item: Int, from first: Int = 0, count: Int? = nil,
    _ body: (Int, UnsafeMutableRawPointer) -> Void
  ) {
    let inner = Array(shape.dropFirst())
    let total = count ?? inner.reduce(1, *)
    guard let last = inner.last, last > 0 else {
      if total > 0 { body(0, base + item * strides[0]) }
      return
    }
    let step = strides[strides.count - 1]
    for row in 0..<(total / last) {
      var (rest, offset) = (row + first / last, item * strides[0])
      for axis in stride(from: inner.count - 2, through: 0, by: -1) {
        offset += rest % inner[axis] * strides[axis + 1]
        rest /= inner[axis]
      }
      for place in 0..<last { body(row * last + place, base + offset + place * step) }
    }
  }
}

extension [Int] {
  /// `32 × 64 × 64`
  fileprivate var shapeText: String { isEmpty ? "()" : map(String.init).joined(separator: " × ") }
}
