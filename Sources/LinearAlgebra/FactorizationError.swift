/// Why a matrix could not be factored or a system not solved.
public enum FactorizationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A pivot was not positive: the matrix is not positive definite from this column on.
  case notPositiveDefinite(column: Int)
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
    case .outOfMemory(let bytes):
      "no memory for the factor, which needs about \(bytes / 1_048_576) MiB"
    case .tooLarge: "the problem is too large for the library's integers"
    case .failed(let status): "CHOLMOD failed with status \(status)"
    }
  }
}
