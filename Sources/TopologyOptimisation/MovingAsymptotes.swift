import Manufacturability

/// The method of moving asymptotes for *min f(x), gᵢ(x) ≤ 0, l ≤ x ≤ u* with many variables and a few constraints.
///
/// At every design each function is replaced by a convex, separable one with the same value and slopes and with poles, the
/// asymptotes, on both sides of every variable; the next design is the minimum of that problem. Asymptotes close in where a
/// variable oscillates and draw back where it keeps its course. Constraints that cannot all hold are violated as
/// little as possible, so any start will do.
///
/// ```swift
/// var optimiser = MovingAsymptotes(design: start, bounds: .init(0...1, count: start.count), constraintCount: 1)
/// while optimiser.change > 0.01 { try optimiser.step(after: evaluate(optimiser.design)) }
/// ```
///
/// A value: a copy, or one read back from its coded form, goes on exactly where it was. The same evaluations give
/// the same bits.
///
/// Variables are measured in their ranges, and each function by its steepest slope at the design, so that units do
/// not matter.
///
/// - Source: Svanberg, *The method of moving asymptotes – a new method for structural optimization*, Int. J. Numer. Meth.
///   Engng 24 (1987) 359–373; Svanberg, *MMA and GCMMA – two methods for nonlinear optimization* (2007), whose
///   approximations, asymptotes and primal-dual method these are.
///   With one constraint the dual of the first paper is solved instead, which is faster and exact.
package struct MovingAsymptotes: Codable, Sendable, Equatable {
  /// What may be chosen; by default the values of the source.
  package struct Options: Codable, Sendable, Equatable {
    /// The largest move of a variable in one step, in its range.
    package var moveLimit: Double
    /// The distance of the asymptotes in the first two steps, in ranges.
    package var firstAsymptote: Double
    /// The least distance, in ranges: where the objective is curved more than its slopes tell, a variable swings by
    /// about as much without end. The source's is 0.01.
    package var leastAsymptote: Double
    /// By what the distance is multiplied where a variable turns back.
    package var contraction: Double
    /// By what the distance is multiplied where a variable goes on.
    package var expansion: Double
    /// What a constraint's violation costs per unit, both functions measured by their steepest slope: more than any
    /// multiplier at the optimum, or the constraint will not hold.
    package var violationCost: Double

    /// Options.
    package init(
      moveLimit: Double = 0.5, firstAsymptote: Double = 0.5, leastAsymptote: Double = 1e-6,
      contraction: Double = 0.7, expansion: Double = 1.2, violationCost: Double = 1000
    ) {
      precondition(moveLimit > 0, "a move limit of \(moveLimit)")
      precondition(
        leastAsymptote > 0 && leastAsymptote <= firstAsymptote && firstAsymptote <= 10,
        "asymptotes at a distance of \(leastAsymptote) and \(firstAsymptote) ranges")
      precondition(contraction > 0 && contraction < 1, "contraction by \(contraction)")
      precondition(expansion > 1, "expansion by \(expansion)")
      precondition(violationCost > 0, "violations at the price \(violationCost)")
      self.moveLimit = moveLimit
      self.firstAsymptote = firstAsymptote
      self.leastAsymptote = leastAsymptote
      self.contraction = contraction
      self.expansion = expansion
      self.violationCost = violationCost
    }
  }

  /// The design that is to be evaluated next.
  package private(set) var design: [Double]
  /// Where the variables may be.
  package let bounds: DesignBounds
  /// Constraints.
  package let constraintCount: Int
  /// What was chosen.
  package internal(set) var options: Options
  /// Steps made.
  package private(set) var iteration = 0
  /// The constraints' multipliers in the last step's approximation, which become those of the problem where steps end.
  package private(set) var multipliers: [Double]
  /// The largest move of the last step, in the variable's range; infinite before the first.
  package private(set) var change = Double.infinity

  /// The two designs before ``design``, latest first, in ranges.
  private var previous: [[Double]] = []
  /// Distances of the asymptotes from the design of the last step, in ranges.
  private var distances: [Double] = []

  /// Starts at a design, which is moved into its bounds.
  package init(
    design: [Double], bounds: DesignBounds, constraintCount: Int, options: Options = .init()
  ) {
    precondition(constraintCount >= 0, "\(constraintCount) constraints")
    self.design = bounds.clamp(design)
    self.bounds = bounds
    self.constraintCount = constraintCount
    self.options = options
    multipliers = Array(repeating: 0, count: constraintCount)
  }

  /// Moves on from what was found at ``design``.
  ///
  /// - Complexity: O(*n*) times some ten Newton steps for one constraint, O(*n* · *m*²) times some twenty-five for more.
  package mutating func step(after evaluation: ConstrainedEvaluation) throws(OptimisationError) {
    precondition(
      evaluation.constraints.count == constraintCount,
      "\(evaluation.constraints.count) constraints instead of \(constraintCount)")
    precondition(
      evaluation.gradient.count == design.count,
      "\(evaluation.gradient.count) slopes for \(design.count) variables")
    try evaluation.checkFinite()
    let free = design.indices.filter { bounds.lower[$0] < bounds.upper[$0] }
    let ranges = free.map { bounds.upper[$0] - bounds.lower[$0] }
    // Rounding may put a quotient a bit past 1.
    let places = free.indices.map {
      min(1, max(0, (design[free[$0]] - bounds.lower[free[$0]]) / ranges[$0]))
    }
    moveAsymptotes(around: places)
    let (problem, scales) = approximation(of: evaluation, at: places, free, ranges)
    let optimum = problem.minimum()

    change = 0
    for variable in free.indices {
      let step = optimum.places[variable / 8][variable % 8]
      let place = places[variable] + distances[variable] * step
      change = max(change, abs(place - places[variable]))
      let index = free[variable]
      design[index] = min(
        bounds.upper[index],
        max(bounds.lower[index], bounds.lower[index] + ranges[variable] * place))
    }
    for constraint in 0..<constraintCount {
      multipliers[constraint] =
        optimum.multipliers[constraint] * scales[constraint + 1] / scales[0]
    }
    previous = [places] + previous.prefix(1)
    iteration += 1
  }

  /// Svanberg (2007), equations 3.10 to 3.14.
  private mutating func moveAsymptotes(around places: [Double]) {
    guard iteration >= 2 else {
      distances = Array(repeating: options.firstAsymptote, count: places.count)
      return
    }
    for variable in places.indices {
      let turn =
        (places[variable] - previous[0][variable])
        * (previous[0][variable] - previous[1][variable])
      if turn < 0 {
        distances[variable] *= options.contraction
      } else if turn > 0 {
        distances[variable] *= options.expansion
      }
      distances[variable] = min(10, max(options.leastAsymptote, distances[variable]))
    }
  }

  /// The convex problem at a design: Svanberg (2007), equations 3.2 to 3.9.
  private func approximation(
    of evaluation: ConstrainedEvaluation, at places: [Double], _ free: [Int], _ ranges: [Double]
  ) -> (SeparableProblem, scales: [Double]) {
    var problem = SeparableProblem(
      variableCount: free.count, constraintCount: constraintCount,
      violationCost: options.violationCost)
    for variable in free.indices {
      let (place, distance) = (places[variable], distances[variable])
      // A tenth of the way to the asymptotes stays free, so that slopes remain finite.
      problem.setBounds(
        variable, max(-0.9, -place / distance, -options.moveLimit / distance),
        min(0.9, (1 - place) / distance, options.moveLimit / distance))
    }
    var scales = Array(repeating: 1.0, count: constraintCount + 1)
    for function in 0...constraintCount {
      let slopes =
        function == 0 ? evaluation.gradient : evaluation.constraintGradients[function - 1]
      var steepest = 0.0
      for variable in free.indices {
        steepest = max(steepest, abs(slopes[free[variable]]) * ranges[variable])
      }
      // A slope so small that its inverse overflows is as good as none.
      if (1 / steepest).isFinite { scales[function] = 1 / steepest }
      let scale = scales[function]
      var constant = function == 0 ? 0 : scale * evaluation.constraints[function - 1]
      for variable in free.indices {
        let slope = scale * slopes[free[variable]] * ranges[variable]
        let distance = distances[variable]
        // Both parts are positive, so that the function is strictly convex, and their slopes differ by the function's.
        let rise = 1.001 * max(0, slope) + 0.001 * max(0, -slope) + 1e-5
        let fall = 0.001 * max(0, slope) + 1.001 * max(0, -slope) + 1e-5
        problem.setFunction(
          function, variable, rise: rise * distance, fall: fall * distance)
        constant -= (rise + fall) * distance
      }
      if function > 0 { problem.limits[function - 1] = -constant }
    }
    return (problem, scales)
  }
}
