@testable import Manufacturability
@testable import TopologyOptimisation

/// How far a design is from satisfying the Karush-Kuhn-Tucker conditions of *min f, g ≤ 0, l ≤ x ≤ u*; all zero where it does.
///
/// Lengths are measured in the ranges *w* = *u* − *l* of the variables, and the objective by *S* = maxⱼ |∂f/∂xⱼ| wⱼ, its
/// steepest slope, so that the units of neither matter. Constraints are taken as they come.
///
/// - Source: Nocedal and Wright, *Numerical Optimization* (2006), §12.3; the multipliers of the bounds are eliminated by
///   the projection on the box, which is zero exactly where they have the right sign.
struct OptimalityResidual: Sendable, Equatable {
  /// max over the variables of | x̂ − P(x̂ − ∇L̂ / S) |, *L* = *f* + Σ λ *g*, *P* the nearest point of the unit box.
  var stationarity: Double
  /// The largest *g*, where one is positive.
  var violation: Double
  /// max | λ g | / *S*.
  var complementarity: Double
  /// The most negative multiplier's size over *S*.
  var wrongSign: Double

  /// The largest of all.
  var largest: Double { max(max(stationarity, violation), max(complementarity, wrongSign)) }

  /// Measures a design.
  ///
  /// - Parameters:
  ///   - multipliers: λ, one per constraint, as ``MovingAsymptotes/multipliers`` or
  ///     ``OptimalityCriteria/multiplier`` give them.
  ///   - steepestSlope: *S*, by default that of the evaluation; where the optimum lies free inside its box all slopes
  ///     vanish there, and only that of another design, the first say, is a measure.
  /// - Complexity: O(*n* · *m*)
  init(
    of evaluation: ConstrainedEvaluation, at design: [Double], multipliers: [Double],
    bounds: DesignBounds, steepestSlope: Double? = nil
  ) {
    let constraintCount = evaluation.constraints.count
    precondition(
      multipliers.count == constraintCount,
      "\(multipliers.count) multipliers for \(constraintCount) constraints")
    precondition(
      design.count == bounds.count && evaluation.gradient.count == bounds.count,
      "\(design.count) variables with \(evaluation.gradient.count) slopes and \(bounds.count) bounds"
    )
    let ranges = design.indices.map { bounds.upper[$0] - bounds.lower[$0] }
    let steepest = zip(evaluation.gradient, ranges).reduce(0) { max($0, abs($1.0) * $1.1) }
    let scale = steepestSlope ?? (steepest > 0 ? steepest : 1)
    stationarity = 0
    for variable in design.indices where ranges[variable] > 0 {
      var slope = evaluation.gradient[variable]
      for constraint in 0..<constraintCount {
        slope +=
          multipliers[constraint] * evaluation.constraintGradients[constraint][variable]
      }
      let place = (design[variable] - bounds.lower[variable]) / ranges[variable]
      let moved = min(1, max(0, place - slope * ranges[variable] / scale))
      stationarity = max(stationarity, abs(place - moved))
    }
    violation = 0
    complementarity = 0
    wrongSign = 0
    for (multiplier, value) in zip(multipliers, evaluation.constraints) {
      violation = max(violation, value)
      complementarity = max(complementarity, abs(multiplier * value) / scale)
      wrongSign = max(wrongSign, -multiplier / scale)
    }
  }
}
