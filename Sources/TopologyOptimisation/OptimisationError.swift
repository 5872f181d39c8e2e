import Manufacturability

/// Why an optimisation could not go on.
package enum OptimisationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A value that must be a finite number is none.
  case notFinite(what: String, index: Int?)

  /// What happened, for a user.
  package var description: String {
    switch self {
    case .notFinite(let what, let index):
      "the \(what)\(index.map { " has a value at place \($0) that" } ?? "") is not a finite number"
    }
  }
}
