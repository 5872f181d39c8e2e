public import LinearAlgebra

/// How one design of a batch is solved, or why it is not.
public enum LaneStatus: Sendable, Equatable {
  /// With a factor in single precision, refined in double.
  case single
  /// With a factor in double precision: single broke down or its refinement did not converge.
  case double
  /// Not at all; the error's column is the caller's number of the unknown.
  case failed(FactorizationError)
  /// The lane holds no design.
  case unused
}
