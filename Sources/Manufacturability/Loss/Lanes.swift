internal import BatchLinearAlgebra
internal import LinearAlgebra

/// Moves numbers between arrays of one design and arrays of eight side by side.
enum Lanes {
  static let count = ScaledElements.laneCount

  /// The same number in every lane.
  static func repeated(_ number: Double) -> [Double] { Array(repeating: number, count: count) }

  /// One number per design; lanes without a design are zero.
  static func padded(_ numbers: [Double]) -> [Double] {
    numbers + Array(repeating: 0, count: count - numbers.count)
  }

  /// Puts one array per design side by side, `[index][8]`; lanes without a design are zero.
  static func interleaved(_ arrays: [[Double]], length: Int) -> [Double] {
    var result = [Double](repeating: 0, count: length * count)
    var target = result.mutableSpan
    for (lane, array) in arrays.enumerated() where !array.isEmpty {
      precondition(array.count == length, "\(array.count) numbers in a lane of \(length)")
      let source = array.span
      var place = lane
      for index in 0..<length {
        target[place] = source[index]
        place += count
      }
    }
    return result
  }

  /// a + f b with a factor for each lane.
  static func sum(_ a: [Double], _ b: [Double], times factors: [Double]) -> [Double] {
    guard factors.contains(where: { $0 != 0 }) else { return a }
    precondition(a.count == b.count && factors.count == count, "vectors of two lengths")
    var result = a
    var sum = result.mutableSpan
    let (b, factors) = (b.span, factors.span)
    for place in sum.indices { sum[place] += factors[place % count] * b[place] }
    return result
  }

  /// The numbers of one lane: every `stride`-th vector, from an offset.
  static func lane(_ lane: Int, of values: [Double], offset: Int = 0, stride: Int = 1) -> [Double] {
    let length = values.count / (count * stride)
    let source = values.span
    var result = [Double](repeating: 0, count: length)
    var target = result.mutableSpan
    var place = offset * count + lane
    for index in 0..<length {
      target[index] = source[place]
      place += count * stride
    }
    return result
  }
}
