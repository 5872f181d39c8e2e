package import DeckLanguage
package import Files
import FiniteElements
import Glibc
import LinearAlgebra
import Meshing
import NumericalMethods
import Parallelism
import ProgramSupport
package import ThermoElasticity

/// What was checked and measured while a deck was solved: the content of `DECK.json`.
package struct SolveReport: Sendable {
  /// The checks of one printed moment.
  package struct Moment: Sendable {
    /// The step, from 1.
    package var step: Int
    /// The increment of the step, from 1.
    package var increment: Int
    /// Time since the start of the first step.
    package var totalTime: Double
    /// What the step solves.
    package var procedure: DeckStep.Procedure
    /// How well the equations were solved.
    package var soundness: Soundness
    /// Elastic energy of the whole structure; `nil` in heat steps.
    package var strainEnergy: Double?
    /// The largest displacement of a node, and the node's number.
    package var largestDisplacement: (size: Double, node: Int)?
    /// The largest von Mises stress at an integration point, and the cell's number.
    package var largestStress: (size: Double, element: Int)?
    /// The lowest and highest temperature of a node.
    package var temperatureRange: ClosedRange<Double>?
  }

  /// The deck's file name.
  package var name: String
  /// Nodes of the mesh.
  package var nodeCount: Int
  /// Cells of the mesh.
  package var cellCount: Int
  /// Things the deck says that have no effect.
  package var warnings: [String]
  /// The last moment of every step.
  package private(set) var moments: [Moment] = []
  /// Seconds by stage.
  package private(set) var times = StageTimes()
  /// Most memory the process ever held, in bytes.
  package private(set) var peakMemory = 0
  /// The estimated discretisation error of the last static state, in the energy norm.
  package var error: ErrorEstimate?
  /// How the deck was solved.
  package let options: SolveOptions
  private let labels: (nodes: [Int], cells: [[Int]])

  /// A report of a deck that has not been solved.
  init(deck: Deck, name: String, options: SolveOptions) {
    self.name = name
    self.options = options
    nodeCount = deck.mesh.nodes.count
    cellCount = deck.mesh.cellCount
    warnings = deck.warnings.lines
    labels = (deck.mesh.nodeLabels, deck.mesh.blocks.map(\.labels))
  }

  /// Takes a printed moment; a later one of the same step replaces it.
  mutating func add(_ state: DeckState) {
    guard let soundness = state.elastic?.soundness ?? state.heat?.soundness else { return }
    var moment = Moment(
      step: state.step, increment: state.increment, totalTime: state.totalTime,
      procedure: state.procedure, soundness: soundness, strainEnergy: state.elastic?.strainEnergy)
    if let elastic = state.elastic {
      let sizes = elastic.displacement.map(\.length)
      if let node = sizes.indices.max(by: { sizes[$0] < sizes[$1] }) {
        moment.largestDisplacement = (sizes[node], labels.nodes[node])
      }
      for (block, cells) in zip(elastic.stress.blocks, labels.cells) {
        for (place, stress) in block.values.enumerated() {
          let size = stress.vonMises
          if size > moment.largestStress?.size ?? -1 {
            moment.largestStress = (size, cells[place / block.pointCount])
          }
        }
      }
    }
    if let temperature = state.temperature, let low = temperature.min(),
      let high = temperature.max()
    {
      moment.temperatureRange = low...high
    }
    if moments.last?.step == moment.step { moments.removeLast() }
    moments.append(moment)
  }

  /// Closes the report with the time spent.
  mutating func finish(_ times: StageTimes) {
    self.times = times
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    // Linux counts in kibibytes.
    peakMemory = usage.ru_maxrss * 1024
  }

  /// Replaces the times, when a stage was added after the solve.
  mutating func add(_ times: StageTimes) { finish(self.times + times) }

  /// The most bytes that the solver of a step took for its factor, or for what it keeps instead.
  var largestSolverByteCount: Int { moments.compactMap(\.soundness.solverByteCount).max() ?? 0 }

  /// The worst balance of loads and reactions; `nil` where equations tie nodes.
  var reactionBalance: Double? { moments.compactMap(\.soundness.reactionBalance).max() }

  /// The text of `DECK.json`; its keys are described in `Docs/SolveOutput.md`.
  package var json: JSONText {
    let last = moments.last
    func worst(_ value: (Soundness) -> Double) -> JSONText {
      .number(moments.map { value($0.soundness) }.max() ?? 0)
    }
    let condition = moments.map(\.soundness.reciprocalCondition).min().map { 1 / $0 }
    return .object([
      ("deck", .string(name)),
      ("nodes", .integer(nodeCount)),
      ("elements", .integer(cellCount)),
      ("elementFormulas", .string(options.elements.rawValue)),
      ("unknowns", .integer(last?.soundness.unknownCount ?? 0)),
      ("storedEntries", .integer(last?.soundness.storedEntryCount ?? 0)),
      ("linearSolver", .string(options.solver.rawValue)),
      ("solverBytes", .integer(largestSolverByteCount)),
      ("factorEntries", .optional(last?.soundness.factorEntryCount)),
      ("iterations", .optional(last?.soundness.iterationCount)),
      (
        "secondsByStage",
        .object(
          StageTimes.Stage.allCases.map { ($0.rawValue, .number(times.seconds[$0] ?? 0)) })
      ),
      ("peakMemoryBytes", .integer(peakMemory)),
      ("relativeResidual", worst(\.relativeResidual)),
      ("reactionBalance", .optional(reactionBalance)),
      ("strainEnergy", .optional(moments.last { $0.strainEnergy != nil }?.strainEnergy)),
      ("conditionEstimate", .optional(condition)),
      (
        "discretisationError",
        error.map {
          .object([("energyNorm", .number($0.norm)), ("relative", .number($0.relativeError))])
        } ?? .null
      ),
      (
        "versions",
        .object(
          (Versions.program + NumericalLibraries.versions).map { ($0.name, .string($0.version)) })
      ),
      (
        "threads",
        .object([
          ("loops", .integer(WorkerPool.threadCount)), ("blas", .integer(BLASThreads.count)),
          ("processors", .integer(WorkerPool.availableProcessorCount)),
        ])
      ),
      ("steps", .array(moments.map(\.json))),
      ("warnings", .array(warnings.map { .string($0) })),
    ])
  }
}

extension SolveReport.Moment {
  /// The moment as an object.
  var json: JSONText {
    .object([
      ("step", .integer(step)),
      ("increment", .integer(increment)),
      ("totalTime", .number(totalTime)),
      ("procedure", .string(procedure.traits.name)),
      ("relativeResidual", .number(soundness.relativeResidual)),
      ("reactionBalance", .optional(soundness.reactionBalance)),
      ("refinements", .integer(soundness.refinementCount)),
      ("strainEnergy", .optional(strainEnergy)),
      (
        "largestDisplacement",
        largestDisplacement.map {
          .object([("value", .number($0.size)), ("node", .integer($0.node))])
        } ?? .null
      ),
      (
        "largestVonMisesStress",
        largestStress.map {
          .object([
            ("value", .number($0.size)), ("element", .integer($0.element)),
            ("at", .string("integration points")),
          ])
        } ?? .null
      ),
      ("lowestTemperature", .optional(temperatureRange?.lowerBound)),
      ("highestTemperature", .optional(temperatureRange?.upperBound)),
    ])
  }
}
