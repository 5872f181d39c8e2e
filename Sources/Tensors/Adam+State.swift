extension Adam {
  /// What the optimizer remembers, to be kept and read back: the same bits follow.
  package struct State: Sendable {
    /// The steps made.
    package var stepCount: Int
    /// m, one for each parameter; empty before the first step.
    package var firstMoments: [Tensor]
    /// v, one for each parameter; empty before the first step.
    package var secondMoments: [Tensor]

    /// A state as it was kept.
    ///
    /// - Precondition: As many first moments as second.
    package init(stepCount: Int, firstMoments: [Tensor], secondMoments: [Tensor]) {
      precondition(
        firstMoments.count == secondMoments.count,
        "\(firstMoments.count) first moments and \(secondMoments.count) second")
      self.stepCount = stepCount
      self.firstMoments = firstMoments
      self.secondMoments = secondMoments
    }

    /// The moments under the names of the parameters: `<name>.first` and `<name>.second`.
    ///
    /// - Precondition: As many names as moments, if there are moments.
    package func named(_ names: [String]) -> [(name: String, tensor: Tensor)] {
      guard !firstMoments.isEmpty else { return [] }
      precondition(
        names.count == firstMoments.count,
        "\(names.count) names for \(firstMoments.count) parameters")
      return names.indices.flatMap { place in
        [
          (names[place] + ".first", firstMoments[place]),
          (names[place] + ".second", secondMoments[place]),
        ]
      }
    }
  }

  /// What the optimizer remembers.
  package var state: State {
    get {
      State(stepCount: stepCount, firstMoments: firstMoments, secondMoments: secondMoments)
    }
    set {
      stepCount = newValue.stepCount
      firstMoments = newValue.firstMoments
      secondMoments = newValue.secondMoments
    }
  }
}
