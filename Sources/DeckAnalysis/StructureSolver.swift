public import ThermoElasticity

/// What a run asks of the physics: one solve at a time.
///
/// The run knows nothing of matrices; the solver decides what it may reuse from the solve before.
public protocol StructureSolver {
  /// Solves a static load case.
  mutating func solve(_ loads: MechanicalLoads) throws -> ElasticSolution
  /// Solves a steady heat case.
  mutating func solve(_ loads: ThermalLoads) throws -> HeatSolution
}
