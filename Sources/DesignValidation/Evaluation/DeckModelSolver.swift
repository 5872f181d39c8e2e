import DeckAnalysis
import DeckLanguage
import Meshing
import NumericalMethods
internal import ProgramSupport
import ThermoElasticity

/// Solves decks with gcgan's own solver.
package struct DeckModelSolver: ModelSolver {
  /// A solver without options.
  package init() {}

  /// Lets the libraries take their memory.
  package func prepare() { MemoryLimit.prepareLibraries() }

  /// Reads and solves a deck as `gcgan-solve` does, and keeps what parts read from.
  package func solve(deckAt path: String) throws -> SolvedModel {
    let solved = try SolvedDeck(solvingDeckAt: path)
    let mesh = solved.deck.mesh
    var steps = solved.states.map { SolvedModel.Step($0, of: solved.deck) }
    // The estimate is of the last static step.
    if let last = steps.indices.last(where: { steps[$0].stress != nil }) {
      steps[last].energyErrorEstimate = solved.report.error?.relativeError
    }
    var model = SolvedModel(mesh: mesh, steps: steps) { $0.weights(at: $1) }
    let deck = solved.deck
    let used = Set(deck.sections.filter { !$0.cells.isEmpty }.map(\.material))
    model.materials = used.sorted().map { deck.materials[$0] }
    model.isAtRest = solved.isAtRest
    model.fields = { ModelFields(of: solved) }
    for (stage, seconds) in solved.report.times.seconds {
      model.stageSeconds[stage.rawValue] = seconds
    }
    return model
  }

  /// Reads a deck and looks whether its loads reach supports.
  package func loadPath(ofDeckAt path: String) throws -> LoadPath? {
    LoadPath(of: try Deck(contentsOf: path))
  }
}

extension SolvedModel.Step {
  /// What checks read of the last state of a step.
  init(_ state: DeckState, of deck: Deck) {
    self.init()
    let mesh = deck.mesh
    temperature = state.temperature
    if let elastic = state.elastic {
      displacement = elastic.displacement
      reaction = elastic.reaction
      stress = elastic.stress.nodalAverage(on: mesh)
      cellStress = elastic.stress.cellMeans
      strain = elastic.strain.nodalAverage(on: mesh)
      strainEnergy = elastic.strainEnergy
      loadWork = deck.loadWork(of: elastic)
      volume = elastic.pointVolume.total
      cellVolume = elastic.pointVolume.cellSums
      soundness = elastic.soundness
    }
    if let heat = state.heat {
      temperature = heat.temperature
      heatFlow = heat.reaction
      soundness = heat.soundness
      volume = heat.pointVolume.total
      cellVolume = heat.pointVolume.cellSums
    }
  }
}

extension PointField<SymmetricTensor> {
  /// The mean over the points of every cell, block after block.
  fileprivate var cellMeans: [SymmetricTensor] {
    blocks.flatMap { block in
      (0..<block.values.count / max(1, block.pointCount)).map { cell in
        (1 / Double(block.pointCount)) * block[cell: cell].reduce(.zero, +)
      }
    }
  }
}

extension PointField<Double> {
  /// The sum over the points of every cell, block after block.
  fileprivate var cellSums: [Double] {
    blocks.flatMap { block in
      (0..<block.values.count / max(1, block.pointCount)).map { cell in
        block[cell: cell].reduce(0, +)
      }
    }
  }

  /// The sum over all points, block after block.
  fileprivate var total: Double {
    blocks.reduce(0) { $1.values.reduce($0, +) }
  }
}
