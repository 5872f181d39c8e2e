/// How a design is looked for.
package struct OptimisationOptions: Codable, Sendable, Equatable {
  /// The rule by which designs follow each other.
  package enum Method: String, Codable, Sendable, CaseIterable {
    /// Optimality criteria: one solid, the volume fraction is met exactly. Best where more material never hurts, as
    /// with compliance under forces alone.
    case optimalityCriteria = "oc"
    /// The method of moving asymptotes: any objective, any constraints; the volume fraction is a limit.
    case movingAsymptotes = "mma"
  }
  /// The rule by which designs follow each other.
  package var method: Method
  /// The mean physical density to be met or not to be exceeded, above 0 and up to 1; all optimality criteria need one.
  package var volumeFraction: Double?
  /// What terms may be at most.
  package var limits: [TermLimit]
  /// Designs evaluated at most.
  package var iterationLimit: Int
  /// The run ends where no density has moved more, once penalty and steepness are at their ends.
  package var changeTolerance: Double
  /// The largest move of a density in one iteration; above a steepness of 4 it is multiplied by 4/β, because physical densities
  /// then move β/2 times as much.
  package var moveLimit: Double
  /// The density to start with everywhere; by default the one that gives the volume fraction, and 0.5 without it.
  package var initialDensity: Double?

  /// Options.
  package init(
    method: Method = .optimalityCriteria, volumeFraction: Double? = nil,
    limits: [TermLimit] = [], iterationLimit: Int = 200, changeTolerance: Double = 0.01,
    moveLimit: Double = 0.2, initialDensity: Double? = nil
  ) {
    self.method = method
    self.volumeFraction = volumeFraction
    self.limits = limits
    self.iterationLimit = iterationLimit
    self.changeTolerance = changeTolerance
    self.moveLimit = moveLimit
    self.initialDensity = initialDensity
  }
}

/// A constraint: what a term may be at most.
package struct TermLimit: Codable, Sendable, Equatable {
  /// The term's name; its weight may be 0.
  package var term: String
  /// The largest value, in the term's own unit.
  package var atMost: Double

  /// A limit.
  package init(_ term: String, atMost: Double) {
    self.term = term
    self.atMost = atMost
  }
}

extension OptimisationOptions {
  /// All that is wrong with the options for a problem; the problem's own faults are ``ManufacturabilityProblem/faults()``.
  ///
  /// - Parameter volumes: The mean physical densities that designs of the problem can have.
  package func faults(in problem: ManufacturabilityProblem, volumes: ClosedRange<Double>)
    -> [ProblemFault]
  {
    var faults: [ProblemFault] = []
    func check(_ holds: Bool, _ property: String, _ text: String, remedy: String = "") {
      if !holds { faults.append(.init("optimisation.\(property)", text, remedy: remedy)) }
    }
    if let fraction = volumeFraction {
      if !(fraction > 0 && fraction <= 1) {
        check(
          false, "volumeFraction", "\(fraction) is no volume fraction", remedy: "above 0, up to 1")
      } else if fraction < volumes.lowerBound * (1 - 1e-12) {
        check(
          false, "volumeFraction",
          "\(fraction) cannot be reached: what is solid by decree alone takes \(volumes.lowerBound)"
        )
      } else if fraction > volumes.upperBound * (1 + 1e-12) {
        check(
          false, "volumeFraction",
          "\(fraction) cannot be reached: what is void by decree leaves \(volumes.upperBound)")
      }
    }
    if method == .optimalityCriteria {
      check(
        volumeFraction != nil, "volumeFraction", "the method 'oc' needs one",
        remedy: "give one, or take the method 'mma'")
      check(limits.isEmpty, "limits", "the method 'oc' knows no limits", remedy: "take 'mma'")
      check(
        problem.channelCount == 1, "method", "the method 'oc' knows one solid",
        remedy: "take 'mma'")
    }
    faults += problem.targetFaults(volumeFraction: volumeFraction, limits: limits)
    let names = problem.terms.map(\.name)
    for (place, limit) in limits.enumerated() {
      check(
        names.contains(limit.term), "limits[\(place)].term", "there is no term '\(limit.term)'",
        remedy: "there are \(names.joined(separator: ", "))")
      check(limit.atMost.isFinite, "limits[\(place)].atMost", "it is not finite")
    }
    check(
      problem.terms.contains { $0.weight > 0 }, "terms",
      "nothing has a weight: there is no objective")
    check(
      iterationLimit > 0, "iterationLimit", "\(iterationLimit) iterations", remedy: "at least 1")
    check(
      changeTolerance >= 0, "changeTolerance", "\(changeTolerance) is negative",
      remedy: "0.01 is usual")
    check(
      moveLimit > 0 && moveLimit <= 1, "moveLimit", "\(moveLimit) is not within 0…1",
      remedy: "0.2 is usual")
    if let initialDensity {
      check(
        initialDensity >= 0 && initialDensity <= 1, "initialDensity",
        "\(initialDensity) is no density")
    }
    for (name, schedule) in [
      ("penaltyContinuation", problem.penaltyContinuation),
      ("projectionContinuation", problem.projectionContinuation),
    ] {
      guard let schedule else { continue }
      faults += schedule.faults.map { .init("\(name).\($0.place)", $0.problem, remedy: $0.remedy) }
    }
    return faults
  }
}

extension Continuation {
  /// What is wrong; places are properties.
  var faults: [ProblemFault] {
    var faults: [ProblemFault] = []
    func check(_ holds: Bool, _ property: String, _ text: String) {
      if !holds { faults.append(.init(property, text)) }
    }
    // Whether the values themselves make sense is known to the problem that they are put into.
    check(start.isFinite && (start > 0 || !isGeometric), "start", "from \(start) nothing grows")
    check(end.isFinite && end >= start, "end", "\(end) is below the start, \(start)")
    check(interval > 0, "interval", "\(interval) iterations between steps")
    check(
      step.isFinite && step > (isGeometric ? 1 : 0), "step", "with steps of \(step) nothing grows")
    return faults
  }
}
