internal import DesignProblem

extension DesignTask {
  /// Whether the best design stays the same under the opposite forces: nothing is warm, and no term has a sign of its own.
  ///
  /// A task that is warm does not become another one of its family when its heat is taken away instead.
  package var isSameUnderOppositeLoads: Bool {
    !stated.isWarmed
      && stated.terms.allSatisfy { if case .displacement = $0.measure { false } else { true } }
  }
}
