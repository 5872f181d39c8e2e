public import ThermoElasticity

/// What a run asks of the physics: one solve at a time.
///
/// The run knows nothing of matrices; the solver decides what it may reuse from the solve before.
public protocol StructureSolver {
  /// Solves a static load case.
  ///
  /// - Returns: The answer, and the nodal forces as they are printed.
  mutating func solve(_ loads: MechanicalLoads) throws
    -> (answer: ElasticSolution, printedForce: [SIMD3<Double>])
  /// Solves a steady heat case.
  mutating func solve(_ loads: ThermalLoads) throws -> HeatSolution
}
