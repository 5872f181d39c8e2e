internal import CTorch

/// Arithmetic element by element; axes of length 1, and axes that one side lacks in front, are repeated.
extension Tensor {
  /// The sum.
  package static func + (left: Tensor, right: Tensor) -> Tensor { left.combined(.add, right) }
  /// The difference.
  package static func - (left: Tensor, right: Tensor) -> Tensor { left.combined(.subtract, right) }
  /// The product.
  package static func * (left: Tensor, right: Tensor) -> Tensor { left.combined(.multiply, right) }
  /// The quotient.
  package static func / (left: Tensor, right: Tensor) -> Tensor { left.combined(.divide, right) }

  /// A number added.
  package static func + (left: Tensor, right: Double) -> Tensor { left.combined(.add, right) }
  /// A number subtracted.
  package static func - (left: Tensor, right: Double) -> Tensor { left.combined(.subtract, right) }
  /// Times a number.
  package static func * (left: Tensor, right: Double) -> Tensor { left.combined(.multiply, right) }
  /// Divided by a number.
  package static func / (left: Tensor, right: Double) -> Tensor { left.combined(.divide, right) }

  /// Added to a number.
  package static func + (left: Double, right: Tensor) -> Tensor { combined(.add, left, right) }
  /// Subtracted from a number.
  package static func - (left: Double, right: Tensor) -> Tensor { combined(.subtract, left, right) }
  /// Times a number.
  package static func * (left: Double, right: Tensor) -> Tensor { combined(.multiply, left, right) }
  /// A number divided by the elements.
  package static func / (left: Double, right: Tensor) -> Tensor { combined(.divide, left, right) }

  /// The negative.
  package static prefix func - (tensor: Tensor) -> Tensor { tensor.applied(.negated) }

  /// Adds in place of the old value.
  package static func += (left: inout Tensor, right: Tensor) { left = left + right }
  /// Subtracts in place of the old value.
  package static func -= (left: inout Tensor, right: Tensor) { left = left - right }
  /// Multiplies in place of the old value.
  package static func *= (left: inout Tensor, right: Double) { left = left * right }

  /// Each element to a power.
  package func pow(_ exponent: Double) -> Tensor { combined(.power, exponent) }
  /// Each element to the power of its partner.
  package func pow(_ exponent: Tensor) -> Tensor { combined(.power, exponent) }

  private func combined(_ function: gct_binary, _ other: Tensor) -> Tensor {
    making(with: other) { gct_combine(function, $0, $1, $2) }
  }

  private func combined(_ function: gct_binary, _ other: Double) -> Tensor {
    making { gct_combine_scalar(function, $0, other, $1) }
  }

  private static func combined(_ function: gct_binary, _ left: Double, _ right: Tensor) -> Tensor {
    right.making { gct_combine_scalar_first(function, left, $0, $1) }
  }

  func applied(_ function: gct_unary) -> Tensor {
    making { gct_apply(function, $0, $1) }
  }
}
