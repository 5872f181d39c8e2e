internal import CTorch

/// How precise the numbers of a tensor are.
package enum TensorPrecision: Sendable, Hashable, CaseIterable {
  /// 32 bits: what networks are trained in.
  case single
  /// 64 bits: what gradients are tested in.
  case double

  var code: gct_precision {
    switch self {
    case .single: .single
    case .double: .double
    }
  }

  init(_ code: gct_precision) {
    switch code {
    case .single: self = .single
    case .double: self = .double
    @unknown default: fatalError("a precision that is neither single nor double")
    }
  }
}

/// A number that tensors hold: `Float` or `Double`.
package protocol TensorScalar: BitwiseCopyable, Sendable, BinaryFloatingPoint {
  /// The precision of a tensor of such numbers.
  static var precision: TensorPrecision { get }
}

extension Float: TensorScalar {
  /// Single.
  package static var precision: TensorPrecision { .single }
}

extension Double: TensorScalar {
  /// Double.
  package static var precision: TensorPrecision { .double }
}
