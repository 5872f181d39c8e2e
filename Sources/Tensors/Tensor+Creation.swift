internal import CTorch

extension Tensor {
  /// A tensor of the numbers given, C order: the last axis is the fastest. Copies once.
  ///
  /// - Precondition: `values` are as many as the product of `shape`.
  package init<Scalar: TensorScalar>(_ values: Span<Scalar>, shape: [Int]) {
    Self.check(shape, values.count)
    self = values.withUnsafeBufferPointer { values in
      Crossing.lend(shape) { lengths, rank in
        Crossing.make {
          gct_create(values.baseAddress, Scalar.precision.code, lengths, rank, $0)
        }
      }
    }
  }

  /// A tensor of the numbers given, in single precision.
  ///
  /// - Precondition: `values` are as many as the product of `shape`.
  package init(_ values: [Float], shape: [Int]) { self.init(values.span, shape: shape) }

  /// A tensor of the numbers given, in double precision.
  ///
  /// - Precondition: `values` are as many as the product of `shape`.
  package init(_ values: [Double], shape: [Int]) { self.init(values.span, shape: shape) }

  /// One number, with no axes.
  package init(_ value: Double, precision: TensorPrecision = .single) {
    self = .full([], value, precision: precision)
  }

  /// Zeros.
  package static func zeros(_ shape: [Int], precision: TensorPrecision = .single) -> Tensor {
    full(shape, 0, precision: precision)
  }

  /// Ones.
  package static func ones(_ shape: [Int], precision: TensorPrecision = .single) -> Tensor {
    full(shape, 1, precision: precision)
  }

  /// The same number everywhere.
  package static func full(
    _ shape: [Int], _ value: Double, precision: TensorPrecision = .single
  ) -> Tensor {
    check(shape)
    return Crossing.lend(shape) { lengths, rank in
      Crossing.make { gct_filled(value, precision.code, lengths, rank, $0) }
    }
  }

  private static func check(_ shape: [Int], _ count: Int? = nil) {
    precondition(shape.allSatisfy { $0 >= 0 }, "a shape has no negative numbers, found \(shape)")
    guard let count else { return }
    let needed = shape.contains(0) ? 0 : shape.reduce(1, *)
    precondition(count == needed, "a tensor of shape \(shape) has \(needed) values, found \(count)")
  }
}
