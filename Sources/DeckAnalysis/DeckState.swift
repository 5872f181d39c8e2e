package import DeckLanguage
package import NumericalMethods
package import ThermoElasticity

/// The structure at one printed moment of a run.
package struct DeckState: Sendable {
  /// The step, from 1.
  package var step: Int
  /// The increment of the step, from 1.
  package var increment: Int
  /// Time since the start of the first step.
  package var totalTime: Double
  /// What the step solves.
  package var procedure: DeckStep.Procedure
  /// Temperature of every node; `nil` where the deck knows no temperature.
  package var temperature: [Double]?
  /// Displacement of every node, in global axes.
  package var displacement: [SIMD3<Double>]
  /// Nodal forces as CalculiX prints them; empty in a heat step.
  package var printedForce: [SIMD3<Double>]
  /// Mechanical strains of the last static step, which CalculiX prints in heat steps after it.
  package var lastMechanicalStrain: PointField<SymmetricTensor>?
  /// Energy densities of the last static step and what each point stands for, which CalculiX prints in heat steps after it.
  package var lastEnergy: (density: PointField<Double>, volume: PointField<Double>)?
  /// The answer of a static step.
  package var elastic: ElasticSolution?
  /// The answer of a heat step.
  package var heat: HeatSolution?
  /// Heat sources (`BF`) as they are now, power per volume, where `EBHE` is printed.
  package var heatSources: [(cells: [Int32], power: Double)] = []
  /// Rotations (`CENTRIF`) as they are now, angular speed squared, where `CENT` is printed; a cell is in one at most.
  package var rotations: [(cells: [Int32], speedSquared: Double)] = []
}
