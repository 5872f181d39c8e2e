import Manufacturability

/// The rule that makes the next design of what was found at the last.
enum DesignUpdate: Sendable, Equatable {
  case criteria(OptimalityCriteria)
  case asymptotes(MovingAsymptotes)

  /// What is to be evaluated next.
  var design: [Double] {
    switch self {
    case .criteria(let update): update.design
    case .asymptotes(let update): update.design
    }
  }

  /// The largest move of the last step; infinite before the first.
  var change: Double {
    switch self {
    case .criteria(let update): update.change
    case .asymptotes(let update): update.change
    }
  }

  /// Moves on.
  ///
  /// - Parameters:
  ///   - moveLimit: The largest move of a variable, in its range.
  ///   - constraint: The one constraint of optimality criteria where it is not linear.
  mutating func step(
    after evaluation: ConstrainedEvaluation, moveLimit: Double,
    constraint: (([Double]) -> Double)?
  ) throws(OptimisationError) {
    switch self {
    case .criteria(var update):
      update.options.moveLimit = moveLimit
      if let constraint {
        try update.step(after: evaluation, constraint: constraint)
      } else {
        try update.step(after: evaluation)
      }
      self = .criteria(update)
    case .asymptotes(var update):
      update.options.moveLimit = moveLimit
      try update.step(after: evaluation)
      self = .asymptotes(update)
    }
  }
}
