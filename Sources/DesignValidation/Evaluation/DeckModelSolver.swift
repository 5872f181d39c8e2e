import DeckAnalysis
import DeckLanguage
import Meshing
import NumericalMethods
import ThermoElasticity

/// Solves decks with gcgan's own solver.
public struct DeckModelSolver: ModelSolver {
  /// A solver without options.
  public init() {}

  public func solve(deckAt path: String) throws -> SolvedModel {
    let outcome = try DeckSolve.outcome(ofDeckAt: path)
    let mesh = outcome.deck.mesh
    var steps = outcome.states.map { SolvedModel.Step($0, on: mesh) }
    // The estimate is of the last static step.
    if let last = steps.indices.last(where: { steps[$0].stress != nil }) {
      steps[last].energyErrorEstimate = outcome.report.error?.relativeError
    }
    return SolvedModel(mesh: mesh, steps: steps) { $0.weights(at: $1) }
  }
}

extension SolvedModel.Step {
  /// What checks read of the last state of a step.
  init(_ state: DeckState, on mesh: Mesh) {
    self.init()
    temperature = state.temperature
    if let elastic = state.elastic {
      displacement = elastic.displacement
      reaction = elastic.reaction
      stress = elastic.stress.nodalAverage(on: mesh)
      strain = elastic.strain.nodalAverage(on: mesh)
      strainEnergy = elastic.strainEnergy
      soundness = elastic.soundness
    }
    if let heat = state.heat {
      temperature = heat.temperature
      heatFlow = heat.reaction
      soundness = heat.soundness
    }
  }
}
