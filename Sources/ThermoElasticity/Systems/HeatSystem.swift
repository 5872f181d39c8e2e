/// Steady heat conduction in a structure.
///
/// The system keeps the factor of its last load case. The next one costs
/// - a back-substitution, where it holds the same nodes and has the same film coefficients, and conductivities do not
///   depend on temperature: whatever the sources, fluxes, ambient and prescribed temperatures;
/// - a numeric factorization on the same analysis, where film coefficients or conductivities differ;
/// - an analysis and a factorization, where other nodes are held.
public struct HeatSystem: ~Copyable {
  private let analysis: HeatAnalysis

  /// Prepares a structure for heat solves.
  ///
  /// - Parameter announce: Told what a factor will take before it is made.
  /// - Throws: ``SolveError`` where a block has no element type or a cell no section.
  public init(
    _ model: ThermoElasticModel, options: SolveOptions = SolveOptions(),
    announce: ((LinearSystemSize) -> Void)? = nil
  ) throws {
    analysis = try HeatAnalysis(model, options, announce: announce)
  }

  /// Solves for one load case; conductivities that depend on temperature are iterated to rest.
  ///
  /// - Parameter guess: Temperatures to start from where conductivities depend on them.
  /// - Throws: ``SolveError``: a body without any temperature, an inverted cell, a failed factorization.
  /// - Complexity: Two passes over the cells and as many back-substitutions as refinement takes; the same again and a
  ///   factorization for each iteration.
  public borrowing func solve(_ loads: ThermalLoads, guess: [Double]? = nil) throws -> HeatSolution
  {
    try analysis.solve(loads, guess: guess)
  }

  /// Factors for a load case, so far as the factor of the last one does not serve; ``solve(_:guess:)`` does so itself.
  ///
  /// - Throws: ``SolveError`` as ``solve(_:guess:)``.
  public borrowing func prepare(_ loads: ThermalLoads, guess: [Double]? = nil) throws {
    try analysis.prepare(loads, guess: guess)
  }
}
