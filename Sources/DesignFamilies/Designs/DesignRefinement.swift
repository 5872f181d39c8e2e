internal import DesignProblem
internal import Manufacturability
internal import TopologyOptimisation

/// Improves drawn designs by a few iterations of topology optimisation from where they are.
package struct DesignRefinement: Sendable {
  /// Iterations.
  package var iterationCount: Int
  /// The largest move of a density in one iteration.
  package var moveLimit: Double
  /// The radius of the cone filter in elements.
  package var filterRadius: Double

  /// A refinement; by default with a sharper filter and longer moves than the search for references: few steps have to end near black and white.
  package init(iterationCount: Int, filterRadius: Double = 1.2, moveLimit: Double = 0.3) {
    self.iterationCount = iterationCount
    self.moveLimit = moveLimit
    self.filterRadius = filterRadius
  }

  /// The improved physical densities; a design that cannot be evaluated is left as it is.
  ///
  /// *k* iterations cost *k* + 1 solves, after each of which the design moves.
  ///
  /// - Parameters:
  ///   - designs: Densities, `[row][column]`, with two solids the shares of the second behind them.
  ///   - problems: One per design, all on one grid.
  package func refined(_ designs: [[Double]], for problems: [DesignTask]) throws -> [[Double]] {
    try images(of: designs, for: problems).map(\.density)
  }

  /// What refinement makes of a design.
  struct Image {
    /// Physical densities, `[row][column]`, with two solids the shares of the second behind them.
    let density: [Double]
    /// *f*·*u* of the last grey design that was solved; infinite where none was.
    let objective: Double
  }

  /// The same with the compliance that the last solve found.
  func images(of designs: [[Double]], for problems: [DesignTask]) throws -> [Image] {
    guard iterationCount > 0 else {
      return designs.map { Image(density: $0, objective: .infinity) }
    }
    var images = designs.map { Image(density: $0, objective: .infinity) }
    for way in [Way.objective, .limits, .asymptotes] {
      let places = problems.indices.filter { way == Way(problems[$0]) }
      guard !places.isEmpty else { continue }
      let (those, tasks) = (places.map { designs[$0] }, places.map { problems[$0] })
      let found =
        way == .limits
        ? try imagesWithinLimits(of: those, for: tasks)
        : try imagesOfObjective(those, tasks, byAsymptotes: way == .asymptotes)
      for (place, image) in zip(places, found) { images[place] = image }
    }
    return images
  }

  /// How a design is improved: optimality criteria know one solid.
  private enum Way {
    case objective, limits, asymptotes

    init(_ problem: DesignTask) {
      self =
        problem.hasTwoSolids ? .asymptotes : problem.limits.isEmpty ? .objective : .limits
    }
  }

  /// Steps on the objective alone, or by moving asymptotes within the limits that are values.
  private func imagesOfObjective(
    _ designs: [[Double]], _ problems: [DesignTask], byAsymptotes: Bool
  ) throws -> [Image] {
    var runs = try zip(problems, designs).map { problem, design in
      try TopologyOptimisation(
        of: problem.manufacturability(
          filter: DensityFilter(radius: filterRadius), isObjectiveAlone: !byAsymptotes),
        .init(
          method: byAsymptotes ? .movingAsymptotes : .optimalityCriteria,
          volumeFraction: problem.volumeFraction,
          limits: byAsymptotes ? problem.valueLimits : [], iterationLimit: iterationCount + 2,
          changeTolerance: 0, moveLimit: moveLimit),
        // Elements at the bounds move too: what is void may become solid.
        startingAt: design.map { min(1, max(0.001, $0)) })
    }
    var solveCount = 0
    try TopologyOptimisation.run(&runs, didIterate: { _ in solveCount += 1 }) {
      solveCount == iterationCount + 1
    }
    // What the last solve has found moves the design once more.
    return zip(designs, runs).map { design, run in
      if case .failed = run.state { return Image(density: design, objective: .infinity) }
      return Image(
        density: run.nextPhysicalDesign, objective: run.history.last?.objective ?? .infinity)
    }
  }
}
