import Manufacturability

/// An objective and its constraints *g* ≤ 0 at one design, with their gradients: what an optimiser is told.
package struct ConstrainedEvaluation: Sendable, Equatable {
  /// What is to become small.
  package var objective: Double
  /// ∂objective/∂x, one value per variable.
  package var gradient: [Double]
  /// *g*, at most 0 where the constraint holds.
  package var constraints: [Double]
  /// ∂g/∂x, one row per constraint, one value per variable in each.
  package var constraintGradients: [[Double]]

  /// What was found at a design.
  package init(
    objective: Double, gradient: [Double], constraints: [Double] = [],
    constraintGradients: [[Double]] = []
  ) {
    precondition(
      constraints.count == constraintGradients.count,
      "\(constraints.count) constraints with \(constraintGradients.count) gradients")
    for row in constraintGradients {
      precondition(
        row.count == gradient.count,
        "a constraint's gradient of \(row.count) values for \(gradient.count) variables")
    }
    self.objective = objective
    self.gradient = gradient
    self.constraints = constraints
    self.constraintGradients = constraintGradients
  }

  /// Finds NaN and infinity before they spread into a design.
  func checkFinite() throws(OptimisationError) {
    guard objective.isFinite else { throw .notFinite(what: "objective", index: nil) }
    try Self.check(gradient, "objective's gradient")
    for (index, row) in constraintGradients.enumerated() {
      guard constraints[index].isFinite else {
        throw .notFinite(what: "constraint \(index + 1)", index: nil)
      }
      try Self.check(row, "gradient of constraint \(index + 1)")
    }
  }

  private static func check(_ values: [Double], _ what: String) throws(OptimisationError) {
    // x − x is zero for finite numbers alone: one sum tells whether the place must be looked for.
    var sum = 0.0
    for value in values { sum += value - value }
    guard sum != 0 else { return }
    let place = values.firstIndex { !$0.isFinite }
    throw .notFinite(what: what, index: place)
  }
}
