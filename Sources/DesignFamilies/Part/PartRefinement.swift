internal import Manufacturability

/// Improves drawn designs by a few iterations of topology optimisation from where they are.
public struct PartRefinement: Sendable {
  /// Iterations.
  public var iterationCount: Int
  /// The radius of the cone filter in elements.
  public var filterRadius: Double

  /// A refinement, with the filter of the reference designs by default.
  public init(iterationCount: Int, filterRadius: Double = 1.5) {
    self.iterationCount = iterationCount
    self.filterRadius = filterRadius
  }

  /// The improved physical densities; a design that cannot be evaluated is left as it is.
  ///
  /// *k* iterations cost *k* + 1 solves: the last design is evaluated too.
  ///
  /// - Parameters:
  ///   - designs: Densities, `[row][column]`.
  ///   - problems: One per design, all on one grid.
  public func refined(_ designs: [[Double]], for problems: [PartProblem]) throws -> [[Double]] {
    guard iterationCount > 0 else { return designs }
    var runs = try zip(problems, designs).map { problem, design in
      try TopologyOptimisation(
        of: problem.manufacturability(filter: DensityFilter(radius: filterRadius)),
        .init(
          volumeFraction: problem.volumeFraction, iterationLimit: iterationCount + 1,
          changeTolerance: 0),
        // Elements at the bounds move too: what is void may become solid.
        startingAt: design.map { min(1, max(0.001, $0)) })
    }
    try TopologyOptimisation.run(&runs)
    return zip(designs, runs).map { design, run in
      if case .failed = run.state { design } else { run.physicalDensity }
    }
  }
}
