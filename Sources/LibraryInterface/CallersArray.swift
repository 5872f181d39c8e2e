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
      forEachRow(in: item, count: count) { first, length, address, step in
        if isDouble {
          for place in 0..<length {
            buffer[first + place] = (address + place * step).loadUnaligned(as: Double.self)
          }
        } else {
          for place in 0..<length {
            buffer[first + place] = Double(
              (address + place * step).loadUnaligned(as: Float.self))
          }
        }
      }
      filled = count
    }
  }

  /// Sets elements of an item of the first axis, from an index on; whole rows.
  func set(_ values: [Double], of item: Int, from first: Int = 0) {
    values.withUnsafeBufferPointer { values in
      forEachRow(in: item, from: first, count: values.count) { first, length, address, step in
        if isDouble {
          for place in 0..<length {
            (address + place * step).storeBytes(of: values[first + place], as: Double.self)
          }
        } else {
          for place in 0..<length {
            (address + place * step).storeBytes(of: Float(values[first + place]), as: Float.self)
          }
        }
      }
    }
  }

  /// Rows, along the last axis, of an item: the index of the first element counted from `first`, their number, the address of the first, and the bytes
  /// from one to the next.
  private func forEachRow(
    in item: Int, from first: Int = 0, count: Int,
    _ body: (Int, Int, UnsafeMutableRawPointer, Int) -> Void
  ) {
    guard count > 0 else { return }
    let inner = Array(shape.dropFirst())
    let length = inner.last ?? 1
    let step = inner.isEmpty ? 0 : strides[strides.count - 1]
    for row in 0..<(count / length) {
      var (rest, offset) = (row + first / length, item * strides[0])
      for axis in stride(from: inner.count - 2, through: 0, by: -1) {
        offset += rest % inner[axis] * strides[axis + 1]
        rest /= inner[axis]
      }
      body(row * length, length, base + offset, step)
    }
  }
}

extension [Int] {
  /// `32 × 64 × 64`
  fileprivate var shapeText: String { isEmpty ? "()" : map(String.init).joined(separator: " × ") }
}
