import NumericalMethods
package import ThermoElasticity

/// Solves one load case after the other, and keeps the factor while the stiffness and the held unknowns are
/// those of the case before.
///
/// A class, because the factors have one owner.
package final class FactorReusingSolver {
  /// Seconds spent.
  package private(set) var times = StageTimes()
  private let model: ThermoElasticModel
  private let options: SolveOptions
  private let announce: ((LinearSystemSize) -> Void)?
  private let stiffnessDependsOnTemperature: Bool
  private var elastic: ElasticSystem?
  private var elasticKey: Key?
  private var heat: HeatSystem?
  private var guess: [Double]?

  /// What a factor belongs to.
  private struct Key: Equatable {
    var held: [Int]
    var temperature: [Double]?
  }

  /// A solver that has not solved anything.
  ///
  /// - Parameter announce: Told what each linear system will take before it is made.
  package init(
    _ model: ThermoElasticModel, _ options: SolveOptions,
    announce: ((LinearSystemSize) -> Void)? = nil
  ) {
    (self.model, self.options, self.announce) = (model, options, announce)
    stiffnessDependsOnTemperature = model.materials.contains {
      !($0.elasticity?.curve.isConstant ?? true)
    }
  }

  /// Solves a static step, with the last factor where supports and stiffness are what they were.
  ///
  /// - Returns: The answer, and the nodal forces as they are printed.
  package func solve(_ loads: MechanicalLoads) throws
    -> (answer: ElasticSolution, printedForce: [SIMD3<Double>])
  {
    let key = Key(
      held: loads.prescribed.map { 3 * Int($0.node) + $0.component },
      temperature: stiffnessDependsOnTemperature ? loads.temperature : nil)
    if elasticKey != key {
      // The old factor goes before the new one comes: memory holds one.
      elastic = nil
      elasticKey = nil
      elastic = try times.measure(.factor) {
        try ElasticSystem(
          model, held: loads.prescribed, temperature: key.temperature, options: options,
          announce: announce)
      }
      elasticKey = key
    }
    return try times.measure(.solve) {
      guard let answer = try elastic?.solve(loads) else { preconditionFailure("no system") }
      let force = elastic?.printedForce(of: answer, temperature: loads.temperature)
      return (answer, force ?? answer.internalForce)
    }
  }

  /// Solves a heat step, beginning from the last temperatures, with as much of the last factor as serves.
  package func solve(_ loads: ThermalLoads) throws -> HeatSolution {
    try times.measure(.factor) {
      if heat == nil { heat = try HeatSystem(model, options: options, announce: announce) }
      try heat?.prepare(loads, guess: guess)
    }
    return try times.measure(.solve) {
      guard let answer = try heat?.solve(loads, guess: guess) else {
        preconditionFailure("no system")
      }
      guess = answer.temperature
      return answer
    }
  }
}
