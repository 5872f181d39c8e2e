internal import Glibc

/// The optimality criteria update for one constraint that all variables strain, such as volume.
///
/// Every variable is multiplied by (−∂f/∂x / λ ∂g/∂x)^η within a move limit; λ is the multiplier for which the constraint
/// holds, found by bisection. Where the objective would gain from less of a variable, it becomes as small as it may.
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
public struct OptimalityCriteria: Codable, Sendable, Equatable {
  /// What may be chosen.
  public struct Options: Codable, Sendable, Equatable {
    /// The largest move of a variable in one step, in its range.
    public var moveLimit: Double
    /// The exponent η.
    public var damping: Double

    /// Options; by default those of the source.
    public init(moveLimit: Double = 0.2, damping: Double = 0.5) {
      precondition(moveLimit > 0, "a move limit of \(moveLimit)")
      precondition(damping > 0 && damping <= 1, "damping with the exponent \(damping)")
      self.moveLimit = moveLimit
      self.damping = damping
    }
  }

  /// The design that is to be evaluated next.
  public private(set) var design: [Double]
  /// Where the variables may be.
  public let bounds: DesignBounds
  /// What was chosen.
  public let options: Options
  /// Steps made.
  public private(set) var iteration = 0
  /// The constraint's multiplier λ in the last step; 0 before the first, and where the constraint was loose.
  public private(set) var multiplier = 0.0
  /// The largest move of the last step, in the variable's range; infinite before the first.
  public private(set) var change = Double.infinity

  /// Starts at a design, which is moved into its bounds.
  public init(design: [Double], bounds: DesignBounds, options: Options = .init()) {
    self.design = bounds.clamp(design)
    self.bounds = bounds
    self.options = options
  }

  /// Moves on from what was found at ``design``, taking the constraint for linear.
  ///
  /// - Parameter evaluation: The objective and one constraint.
  /// - Complexity: O(*n* · log of the precision)
  public mutating func step(after evaluation: ConstrainedEvaluation) throws(OptimisationError) {
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
  ///   - constraint: The constraint's value at a design, growing with every variable; it is asked some fifty times.
  public mutating func step(
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
    func excess(_ multiplier: Double) throws(OptimisationError) -> Double {
      update.move(&candidate, multiplier: multiplier)
      let value = constraint(candidate)
      guard value.isFinite else { throw .notFinite(what: "constraint", index: nil) }
      return value
    }
    // The gains at which every variable is at its largest, and at its smallest.
    var (low, high) = update.multipliers
    if try excess(low) <= 0 {
      multiplier = 0
    } else if try excess(high) > 0 {
      multiplier = high
    } else {
      // Bisection of the logarithm: multipliers differ by orders of magnitude.
      while high / low > 1 + 1e-14 {
        let middle = low * (high / low).squareRoot()
        guard middle > low, middle < high else { break }
        if try excess(middle) > 0 { low = middle } else { high = middle }
      }
      multiplier = high
      _ = try excess(high)
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
  /// x (−∂f/∂x / ∂g/∂x)^η: a variable for λ = 1.
  var gains: [Double]
  var lower: [Double]
  var upper: [Double]
  var damping: Double

  init(of criteria: OptimalityCriteria, _ evaluation: ConstrainedEvaluation) {
    let (design, bounds, options) = (criteria.design, criteria.bounds, criteria.options)
    damping = options.damping
    gains = design
    lower = design
    upper = design
    for index in design.indices {
      let reach = options.moveLimit * (bounds.upper[index] - bounds.lower[index])
      lower[index] = max(bounds.lower[index], design[index] - reach)
      upper[index] = min(bounds.upper[index], design[index] + reach)
      let use = max(0, evaluation.constraintGradients[0][index])
      let gain = max(0, -evaluation.gradient[index])
      if use > 0 {
        let ratio = gain / use
        gains[index] = design[index] * (damping == 0.5 ? ratio.squareRoot() : pow(ratio, damping))
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
      // x(λ) = gain · λ^(−η) is the upper limit at the first, the lower one (or next to nothing) at the second.
      low = min(low, pow(gains[index] / upper[index], 1 / damping))
      let least = max(lower[index], 1e-9 * upper[index])
      high = max(high, pow(gains[index] / least, 1 / damping))
    }
    return low <= high ? (low, high) : (0, 0)
  }

  func move(_ design: inout [Double], multiplier: Double) {
    let factor = multiplier > 0 ? pow(multiplier, -damping) : 1
    for index in design.indices {
      design[index] = min(upper[index], max(lower[index], gains[index] * factor))
    }
  }
}
