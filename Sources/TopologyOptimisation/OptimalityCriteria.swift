internal import Glibc
internal import Manufacturability

/// The optimality criteria update for one constraint that all variables strain, such as volume.
///
/// Every variable is multiplied by *s* = (−∂f/∂x / λ ∂g/∂x)^η within a move limit; λ is the multiplier for which the constraint
/// holds, found by bisection and secants. Where the objective would gain from less of a variable, it becomes as small as it may.
/// What is nearly nothing would take many steps to come back: to grow, variables below a hundredth of their range count as that,
/// *x* + max(*x*, *w*/100) (*s* − 1), which leaves the optimum, *s* = 1, where it is.
///
/// ```swift
/// var criteria = OptimalityCriteria(design: start, bounds: .init(0...1, count: start.count))
/// while criteria.change > 0.01 {
///   let evaluation = evaluate(criteria.design)
///   try criteria.step(after: evaluation) { volumeExcess(of: $0) }
/// }
/// ```
///
/// - Source: Bendsøe and Sigmund, *Topology Optimization* (2003), §1.2; Andreassen, Clausen, Schevenels, Lazarov and
///   Sigmund, *Efficient topology optimization in MATLAB using 88 lines of code*, Struct. Multidisc. Optim. 43 (2011).
package struct OptimalityCriteria: Codable, Sendable, Equatable {
  /// What may be chosen.
  package struct Options: Codable, Sendable, Equatable {
    /// The largest move of a variable in one step, in its range.
    package var moveLimit: Double
    /// The exponent η.
    package var damping: Double

    /// Options; by default those of the source.
    package init(moveLimit: Double = 0.2, damping: Double = 0.5) {
      precondition(moveLimit > 0, "a move limit of \(moveLimit)")
      precondition(damping > 0 && damping <= 1, "damping with the exponent \(damping)")
      self.moveLimit = moveLimit
      self.damping = damping
    }
  }

  /// The design that is to be evaluated next.
  package private(set) var design: [Double]
  /// Where the variables may be.
  package let bounds: DesignBounds
  /// What was chosen.
  package internal(set) var options: Options
  /// Steps made.
  package private(set) var iteration = 0
  /// The constraint's multiplier λ in the last step; 0 before the first, and where the constraint was loose.
  package private(set) var multiplier = 0.0
  /// The largest move of the last step, in the variable's range; infinite before the first.
  package private(set) var change = Double.infinity

  /// Starts at a design, which is moved into its bounds.
  package init(design: [Double], bounds: DesignBounds, options: Options = .init()) {
    self.design = bounds.clamp(design)
    self.bounds = bounds
    self.options = options
  }

  /// Moves on from what was found at ``design``, taking the constraint for linear.
  ///
  /// - Parameter evaluation: The objective and one constraint.
  /// - Complexity: O(*n*)
  package mutating func step(after evaluation: ConstrainedEvaluation) throws(OptimisationError) {
    let from = design
    try step(after: evaluation) { candidate in
      var value = evaluation.constraints[0]
      for index in candidate.indices {
        value += evaluation.constraintGradients[0][index] * (candidate[index] - from[index])
      }
      return value
    }
  }

  /// Moves on from what was found at ``design`` so that the constraint holds exactly after the step, whatever its form.
  ///
  /// - Parameters:
  ///   - evaluation: The objective and one constraint, whose gradient is nowhere negative.
  ///   - constraint: The constraint's value at a design, growing with every variable; it is asked some ten times.
  package mutating func step(
    after evaluation: ConstrainedEvaluation, constraint: ([Double]) -> Double
  ) throws(OptimisationError) {
    precondition(
      evaluation.constraints.count == 1, "\(evaluation.constraints.count) constraints instead of 1")
    precondition(
      evaluation.gradient.count == design.count,
      "\(evaluation.gradient.count) slopes for \(design.count) variables")
    try evaluation.checkFinite()
    let update = Update(of: self, evaluation)
    var candidate = design
    multiplier = try update.multiplier(near: multiplier) { value throws(OptimisationError) in
      update.move(&candidate, multiplier: value)
      let excess = constraint(candidate)
      guard excess.isFinite else { throw .notFinite(what: "constraint", index: nil) }
      return excess
    }
    change = 0
    for index in design.indices where bounds.upper[index] > bounds.lower[index] {
      let move = abs(candidate[index] - design[index])
      change = max(change, move / (bounds.upper[index] - bounds.lower[index]))
    }
    design = candidate
    iteration += 1
  }
}

/// One step for every multiplier.
private struct Update {
  /// (−∂f/∂x / ∂g/∂x)^η: *s* for λ = 1.
  var gains: [Double]
  var from: [Double]
  /// What counts as the variable where it grows.
  var stock: [Double]
  var lower: [Double]
  var upper: [Double]
  var damping: Double

  init(of criteria: OptimalityCriteria, _ evaluation: ConstrainedEvaluation) {
    let (design, bounds, options) = (criteria.design, criteria.bounds, criteria.options)
    damping = options.damping
    from = design
    gains = design
    stock = design
    lower = design
    upper = design
    for index in design.indices {
      let range = bounds.upper[index] - bounds.lower[index]
      stock[index] = max(design[index], 0.01 * range)
      lower[index] = max(bounds.lower[index], design[index] - options.moveLimit * range)
      upper[index] = min(bounds.upper[index], design[index] + options.moveLimit * range)
      let use = max(0, evaluation.constraintGradients[0][index])
      let gain = max(0, -evaluation.gradient[index])
      if use > 0 {
        let ratio = gain / use
        gains[index] = damping == 0.5 ? ratio.squareRoot() : pow(ratio, damping)
      } else if gain > 0 {
        gains[index] = .infinity
      } else {
        // Neither the objective nor the constraint feels the variable: it stays.
        (lower[index], upper[index]) = (design[index], design[index])
      }
    }
  }

  /// Multipliers that together embrace all that a step can do; 0 and 0 where nothing depends on them.
  var multipliers: (low: Double, high: Double) {
    var (low, high) = (Double.infinity, 0.0)
    for index in gains.indices {
      guard gains[index] > 0, gains[index] < .infinity, lower[index] < upper[index] else {
        continue
      }
      // The variable is at its upper limit for the first s, at the lower one (or next to nothing) for the second.
      let most = 1 + (upper[index] - from[index]) / stock[index]
      let least = from[index] > 0 ? max(lower[index] / from[index], 1e-9) : 1
      low = min(low, pow(gains[index] / most, 1 / damping))
      high = max(high, pow(gains[index] / least, 1 / damping))
    }
    return low <= high ? (low, high) : (0, 0)
  }

  /// The multiplier for which a constraint that falls with it is met, or the end of what a step can do; 0 where it is loose.
  ///
  /// Regula falsi in ln λ with the Illinois rule, bisection where that is slow. `excess` was last asked at what is returned, or at a multiplier
  /// at which the constraint is met as exactly.
  func multiplier(near guess: Double, _ excess: (Double) throws(OptimisationError) -> Double)
    throws(OptimisationError) -> Double
  {
    let (lowest, highest) = multipliers
    let atLowest = try excess(lowest)
    if atLowest <= 0 || lowest == highest { return atLowest <= 0 ? 0 : highest }
    let atHighest = try excess(highest)
    if atHighest >= 0 { return highest }
    // Sums of n terms are exact to about this.
    let tolerance = 1e-14 * (atLowest - atHighest)
    var low = (logarithm: log(lowest), value: atLowest)
    var high = (logarithm: log(highest), value: atHighest)

    /// Tightens the bracket; says on which side.
    func tighten(_ logarithm: Double) throws(OptimisationError) -> FloatingPointSign? {
      let value = try excess(exp(logarithm))
      if abs(value) <= tolerance { return nil }
      if value > 0 { low = (logarithm, value) } else { high = (logarithm, value) }
      return value > 0 ? .plus : .minus
    }

    // Multipliers change little from step to step.
    if guess > lowest, guess < highest {
      guard let side = try tighten(log(guess)) else { return guess }
      let next = log(guess) + (side == .plus ? 0.25 : -0.25)
      if next > low.logarithm, next < high.logarithm {
        guard try tighten(next) != nil else { return exp(next) }
      }
    }
    var lastSide: FloatingPointSign?
    var widths = [Double.infinity, .infinity, .infinity]
    while true {
      let width = high.logarithm - low.logarithm
      let isSlow = width > 0.5 * widths[0] || width > 1
      widths = [widths[1], widths[2], width]
      let middle = 0.5 * (low.logarithm + high.logarithm)
      guard middle > low.logarithm, middle < high.logarithm else { break }
      var logarithm = middle
      if !isSlow {
        let secant = low.logarithm + width * low.value / (low.value - high.value)
        if secant > low.logarithm, secant < high.logarithm { logarithm = secant }
      }
      guard let side = try tighten(logarithm) else { return exp(logarithm) }
      if side == lastSide {
        if side == .plus { high.value *= 0.5 } else { low.value *= 0.5 }
      }
      lastSide = side
    }
    // The bracket is as narrow as numbers are: the constraint jumps, and the end where it holds is taken.
    _ = try excess(exp(high.logarithm))
    return exp(high.logarithm)
  }

  func move(_ design: inout [Double], multiplier: Double) {
    let factor = multiplier > 0 ? pow(multiplier, -damping) : 1
    for index in design.indices {
      let s = gains[index] * factor
      let moved = s <= 1 ? from[index] * s : from[index] + stock[index] * (s - 1)
      design[index] = min(upper[index], max(lower[index], moved))
    }
  }
}
