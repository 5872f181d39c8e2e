package import DesignProblem
internal import Glibc
internal import Manufacturability
internal import TopologyOptimisation

/// How reference designs are found: SIMP on the strict void, sixteen problems to a factorization.
package struct ReferenceSearch: Sendable, Equatable {
  /// The rule by which designs follow each other: optimality criteria on the objective alone, or moving asymptotes, which keep limits with values too.
  package var method: OptimisationOptions.Method
  /// Iterations, one solve each.
  package var iterationCount: Int
  /// The radius of the cone filter in elements.
  package var filterRadius: Double
  /// Designs that the search begins with: the uniform one, and others that differ smoothly from it.
  package var startCount: Int
  /// Whether the design of every start is kept, and not the best alone.
  package var keepsAll: Bool
  /// The steepness that the projection of densities at a half grows to from 1, doubled at even intervals; `nil` for none.
  package var projection: Double?

  /// A search; by default what keeps compliance within a per cent of a search three times as long.
  package init(
    method: OptimisationOptions.Method = .optimalityCriteria, iterationCount: Int = 80,
    filterRadius: Double = 1.5, startCount: Int = 1, keepsAll: Bool = false,
    projection: Double? = nil
  ) {
    self.method = method
    self.iterationCount = iterationCount
    self.filterRadius = filterRadius
    self.startCount = startCount
    self.keepsAll = keepsAll
    self.projection = projection
  }

  /// The best design of each problem, or why there is none.
  ///
  /// - Throws: `FactorizationError` where a grid cannot be analysed.
  package func references(for problems: [DesignTask]) throws
    -> [Result<ReferenceDesign, ReferenceFault>]
  {
    try ranked(for: problems).map { designs in designs[0] }
  }

  /// The designs of each problem that are kept, the best first: one, or one of each start; or why there is none.
  ///
  /// - Parameters:
  ///   - didIterate: Told the share of the iterations that is done.
  ///   - shouldStop: Asked after every iteration; where it says yes, designs are what they are by then.
  /// - Throws: `FactorizationError` where a grid cannot be analysed.
  package func allReferences(
    for problems: [DesignTask], didIterate: (_ share: Double) -> Void = { _ in },
    shouldStop: () -> Bool = { false }
  ) throws -> [Result<[ReferenceDesign], ReferenceFault>] {
    try ranked(for: problems, didIterate, shouldStop).map { designs in
      let good = designs.compactMap { try? $0.get() }
      if case .failure(let fault) = designs[0] { return .failure(fault) }
      return .success(keepsAll ? good : Array(good.prefix(1)))
    }
  }

  /// What came of every start of each problem, the best first.
  private func ranked(
    for problems: [DesignTask], _ didIterate: (Double) -> Void = { _ in },
    _ shouldStop: () -> Bool = { false }
  ) throws -> [[Result<ReferenceDesign, ReferenceFault>]] {
    let all = problems.flatMap { problem in (0..<startCount).map { (problem, $0) } }
    let results = try search(all, didIterate, shouldStop)
    return problems.indices.map { place in
      let own = results[(place * startCount)..<((place + 1) * startCount)]
      return own.enumerated().sorted {
        (rank($0.element, problems[place]), $0.offset) < (
          rank($1.element, problems[place]), $1.offset
        )
      }.map(\.element)
    }
  }

  /// What is least for the best design: the objective, more where a limit with a value is broken.
  private func rank(
    _ result: Result<ReferenceDesign, ReferenceFault>, _ task: DesignTask
  ) -> Double {
    guard case .success(let design) = result else { return .infinity }
    let excesses = task.limits.compactMap { limit -> Double? in
      guard let bound = limit.value,
        let term = task.stated.terms.firstIndex(where: { $0.name == limit.term })
      else { return nil }
      return max(0, design.values[term] / bound - 1)
    }
    return design.objective * (1 + excesses.reduce(0, +))
  }

  private func search(
    _ starts: [(problem: DesignTask, number: Int)], _ didIterate: (Double) -> Void,
    _ shouldStop: () -> Bool
  ) throws -> [Result<ReferenceDesign, ReferenceFault>] {
    let problems = starts.map(\.problem)
    var runs = try starts.map { try optimisation(of: $0.problem, start: $0.number) }
    try TopologyOptimisation.run(
      &runs,
      didIterate: { runs in
        let count = runs.lazy.map(\.history.count).max() ?? 0
        didIterate(Double(count) / Double(iterationCount))
      }, shouldStop: shouldStop)
    var results = runs.map { run -> Result<ReferenceDesign, ReferenceFault> in
      .failure(run.faultText.map { .notEvaluated($0) } ?? .tooLittleMaterial)
    }
    // What one support alone cannot hold is cut once more, with all of them joined.
    for joinsAllSupports in [false, true] {
      let candidates = runs.indices.compactMap { place -> (place: Int, design: SolidDesign)? in
        if case .success = results[place] { return nil }
        guard runs[place].faultText == nil else { return nil }
        return SolidDesign(
          making: runs[place].physicalDesign, for: problems[place],
          joinsAllSupports: joinsAllSupports
        ).map { (place, $0) }
      }
      // Black and white with the strict void: what would be made is what is judged.
      let evaluations = try ManufacturabilityLoss.evaluate(
        candidates.map { candidate in
          let problem = problems[candidate.place]
          return (
            try ManufacturabilityLoss(of: problem.manufacturability()), candidate.design.density
          )
        }, EvaluationOptions(gradient: .none))
      for ((place, design), evaluation) in zip(candidates, evaluations) {
        results[place] = judge(design, evaluation, runs[place], problems[place].objectiveName)
      }
    }
    return results
  }

  private func judge(
    _ design: SolidDesign, _ evaluation: Result<DesignEvaluation, DesignFault>,
    _ run: TopologyOptimisation, _ measure: String
  ) -> Result<ReferenceDesign, ReferenceFault> {
    let optimised = run.history.last?.objective ?? .infinity
    switch evaluation {
    case .failure(let fault): return .failure(.notEvaluated("\(fault)"))
    case .success(let evaluation) where evaluation.total > 1.5 * optimised:
      return .failure(
        .doesNotCarry(measure: measure, value: evaluation.total, optimised: optimised))
    case .success(let evaluation):
      return .success(
        ReferenceDesign(
          design: design, density: run.physicalDensity, objective: evaluation.total,
          optimisedObjective: optimised, values: evaluation.terms.map(\.value),
          solveCount: run.history.count + 1))
    }
  }

  private func optimisation(of problem: DesignTask, start: Int) throws -> TopologyOptimisation {
    let keepsLimits = method == .movingAsymptotes
    var searched = problem.manufacturability(
      filter: DensityFilter(radius: filterRadius), isObjectiveAlone: !keepsLimits)
    if let projection {
      // The last third is at the end of the schedule.
      let stepCount = max(1, Int(log2(projection).rounded(.up)))
      searched.projectionContinuation = Continuation(
        start: 1, step: 2, interval: max(1, 2 * iterationCount / (3 * stepCount)), end: projection,
        isGeometric: true)
    }
    return try TopologyOptimisation(
      of: searched,
      .init(
        method: method, volumeFraction: problem.volumeFraction,
        limits: keepsLimits ? problem.valueLimits : [],
        iterationLimit: iterationCount, changeTolerance: 0),
      startingAt: problem.searchStart(start))
  }
}

extension ReferenceSearch: Codable {
  private enum CodingKeys: String, CodingKey {
    case method, iterationCount, filterRadius, startCount, keepsAll, projection
  }

  /// Reads a search; what is not there is as by default.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      method: try values.decodeIfPresent(OptimisationOptions.Method.self, forKey: .method)
        ?? .optimalityCriteria,
      iterationCount: try values.decode(Int.self, forKey: .iterationCount),
      filterRadius: try values.decode(Double.self, forKey: .filterRadius),
      startCount: try values.decodeIfPresent(Int.self, forKey: .startCount) ?? 1,
      keepsAll: try values.decodeIfPresent(Bool.self, forKey: .keepsAll) ?? false,
      projection: try values.decodeIfPresent(Double.self, forKey: .projection))
  }

  /// Writes a search; what is as by default is left out, as before there was a choice.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(iterationCount, forKey: .iterationCount)
    try values.encode(filterRadius, forKey: .filterRadius)
    if method != .optimalityCriteria { try values.encode(method, forKey: .method) }
    if startCount != 1 { try values.encode(startCount, forKey: .startCount) }
    if keepsAll { try values.encode(keepsAll, forKey: .keepsAll) }
    try values.encodeIfPresent(projection, forKey: .projection)
  }
}

extension TopologyOptimisation {
  /// Why a run came to no design.
  fileprivate var faultText: String? {
    if case .failed(let fault) = state { "\(fault)" } else { nil }
  }
}
