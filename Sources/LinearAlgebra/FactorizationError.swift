/// Why a matrix could not be factored or a system not solved.
public enum FactorizationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A pivot was not positive: the matrix is not positive definite from this column on.
  case notPositiveDefinite(column: Int)
  /// A motion, largest at this column, has no stiffness: the matrix is singular or not positive definite.
  case noResistance(column: Int)
  /// An iteration did not come to its end; the residual is over that of zero.
  case notConverged(iterations: Int, residual: Double)
  /// The library had no memory for the factor.
  case outOfMemory(neededBytes: Int)
  /// The problem is larger than the library's integers.
  case tooLarge
  /// Anything else, with the library's status.
  case failed(status: Int)

  /// What happened, for a user.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let column):
      "the matrix is not positive definite: the pivot of unknown \(column) is not positive"
    case .noResistance(let column):
      "the matrix is numerically singular: a motion that is largest at unknown \(column) has no stiffness"
    case .notConverged(let iterations, let residual):
      "conjugate gradients leave \(residual) of the residual after \(iterations) iterations; take the direct solver"
    case .outOfMemory(let bytes):
      "no memory for the factor, which needs about \(bytes / 1_048_576) MiB"
    case .tooLarge: "the problem is too large for the library's integers"
    case .failed(let status): "CHOLMOD failed with status \(status)"
    }
  }
}
