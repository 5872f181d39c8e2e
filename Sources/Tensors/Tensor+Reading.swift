internal import CTorch

extension Tensor {
  /// The numbers in C order, rounded to single precision where they are double. Copies once.
  package var scalars: [Float] { values() }

  /// The numbers in C order, in double precision.
  package var doubles: [Double] { values() }

  /// The only number.
  ///
  /// - Precondition: There is exactly one.
  package var item: Double {
    precondition(count == 1, "one number is asked for, and there are \(count) of shape \(shape)")
    return doubles[0]
  }

  /// Copies the numbers in C order to where they are wanted, rounded or widened.
  ///
  /// - Precondition: `place` has as many elements as the tensor.
  package func copy<Scalar: TensorScalar>(to place: inout MutableSpan<Scalar>) {
    precondition(place.count == count, "\(count) numbers do not fit into \(place.count) places")
    place.withUnsafeMutableBufferPointer { read(into: $0) }
  }

  private func values<Scalar: TensorScalar>() -> [Scalar] {
    let count = count
    return [Scalar](unsafeUninitializedCapacity: count) { buffer, filled in
      read(into: buffer)
      filled = count
    }
  }

  private func read<Scalar: TensorScalar>(into buffer: UnsafeMutableBufferPointer<Scalar>) {
    lend { Crossing.check(gct_read($0, Scalar.precision.code, buffer.baseAddress)) }
  }
}
