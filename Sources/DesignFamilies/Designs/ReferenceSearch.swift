internal import DesignProblem
internal import Manufacturability
internal import TopologyOptimisation

/// How reference designs are found: optimality criteria with SIMP, sixteen problems to a factorization.
public struct ReferenceSearch: Codable, Sendable, Equatable {
  /// Iterations, one solve each.
  public var iterationCount: Int
  /// The radius of the cone filter in elements.
  public var filterRadius: Double

  /// A search; by default what keeps compliance within a per cent of a search three times as long.
  public init(iterationCount: Int = 80, filterRadius: Double = 1.5) {
    self.iterationCount = iterationCount
    self.filterRadius = filterRadius
  }

  /// The designs, one per problem, or why there is none.
  ///
  /// - Throws: `FactorizationError` where a grid cannot be analysed.
  public func references(for problems: [DesignTask]) throws
    -> [Result<ReferenceDesign, ReferenceFault>]
  {
    var runs = try problems.map { try optimisation(of: $0) }
    try TopologyOptimisation.run(&runs)
    var results = runs.map { run -> Result<ReferenceDesign, ReferenceFault> in
      .failure(run.faultText.map { .notEvaluated($0) } ?? .tooLittleMaterial)
    }
    // What one support alone cannot hold is cut once more, with all of them joined.
    for joinsAllSupports in [false, true] {
      let candidates = runs.indices.compactMap { place -> (place: Int, design: SolidDesign)? in
        if case .success = results[place] { return nil }
        guard runs[place].faultText == nil else { return nil }
        return SolidDesign(
          making: runs[place].physicalDensity, for: problems[place],
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

  private func optimisation(of problem: DesignTask) throws -> TopologyOptimisation {
    try TopologyOptimisation(
      of: problem.manufacturability(
        filter: DensityFilter(radius: filterRadius), isObjectiveAlone: true),
      .init(
        volumeFraction: problem.volumeFraction, iterationLimit: iterationCount, changeTolerance: 0))
  }
}

extension TopologyOptimisation {
  /// Why a run came to no design.
  fileprivate var faultText: String? {
    if case .failed(let fault) = state { "\(fault)" } else { nil }
  }
}
