internal import LinearAlgebra

/// Moves numbers between arrays of one design and arrays of sixteen side by side.
enum Lanes {
  static let count = ScaledElements.laneCount

  /// Puts one array per design side by side; lanes without a design are zero.
  static func interleaved(_ arrays: [[Double]], length: Int) -> [Double] {
    var result = [Double](repeating: 0, count: length * count)
    for (lane, array) in arrays.enumerated() where !array.isEmpty {
      for index in 0..<length { result[index * count + lane] = array[index] }
    }
    return result
  }

  /// The numbers of one lane: every `stride`-th place, from an offset.
  static func lane(_ lane: Int, of values: [Double], offset: Int = 0, stride: Int = 1) -> [Double] {
    let length = values.count / (count * stride)
    return (0..<length).map { values[($0 * stride + offset) * count + lane] }
  }
}
