/// What a check came to.
package enum Verdict: String, Codable, CaseIterable, Sendable {
  case pass
  case fail
  /// The data allow neither; the check says which uncertainty to shrink.
  case undecided
  /// The measurement and the mesh cannot answer at this tolerance.
  case notCapable = "not-capable"
  /// There is no trustworthy number.
  case notEvaluable = "not-evaluable"

  /// How bad it is: the verdict of several checks is the worst of theirs.
  var weight: Int {
    switch self {
    case .pass: 0
    case .undecided: 1
    case .notCapable: 2
    case .fail: 3
    case .notEvaluable: 4
    }
  }

  /// Whether a run that ends at the first failure ends here.
  package var isFailure: Bool { self == .fail || self == .notEvaluable }

  /// The worst of several; a part without checks that was solved soundly passes.
  package static func worst(of verdicts: some Sequence<Verdict>) -> Verdict {
    verdicts.max { $0.weight < $1.weight } ?? .pass
  }
}
