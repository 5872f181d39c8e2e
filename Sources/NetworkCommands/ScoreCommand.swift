import DesignCommands
package import DesignFamilies
import DesignNetworks
import Files
import Parallelism
package import ProgramSupport
import Tensors

/// `gcgan-score`: how good a model is on problems it was not trained on, both ways of Docs/Design.md §5, nothing dropped.
package struct ScoreCommand: Sendable {
  /// The model, or the folder of a run.
  package var model: String
  /// The data set that held-out problems and their references are taken from.
  package var dataset: String
  /// Which problems.
  package var split: DatasetSplit
  /// How many of them at most.
  package var count: Int
  /// Iterations of refinement.
  package var refinement: Int
  /// Designs drawn per problem.
  package var bestOf: Int
  /// What codes are drawn from.
  package var seed: UInt64
  /// Whether a network is asked at all: without one the uniform design is refined, which is what the solver alone does with as many solves.
  package var usesNetwork: Bool
  /// Designs of each problem whose variety is told, in place of the score; `nil` for the score.
  package var seedCount: Int?
  /// Whether only errors are said.
  package var isQuiet: Bool
  /// Where the families of model and data are looked for.
  package var families: Families

  /// A command.
  package init(
    model: String, dataset: String, split: DatasetSplit, count: Int, refinement: Int,
    bestOf: Int = 1, seed: UInt64 = 1, usesNetwork: Bool = true, seedCount: Int? = nil,
    isQuiet: Bool = false,
    families: Families = .known
  ) {
    self.families = families
    self.model = model
    self.dataset = dataset
    self.split = split
    self.count = count
    self.refinement = refinement
    self.bestOf = bestOf
    self.seed = seed
    self.usesNetwork = usesNetwork
    self.seedCount = seedCount
    self.isQuiet = isQuiet
  }

  /// Problems drawn, refined or judged at a time.
  private static let partLength = 128

  /// Runs the command and prints one JSON object.
  package func run() -> ProgramStatus {
    ProgramStatus.of(dataset) {
      do {
        TorchThreads.set(perOperation: 1)
        let json = try seedCount.map { try variety(seedCount: $0).json } ?? score().json
        print(json.text, terminator: "")
        return .success
      } catch let fault as TrainingFault {
        StandardError.say(fault.description)
        return .badData
      }
    }
  }

  /// The problems to be judged on, and the objectives of their references.
  func heldProblems() throws -> (
    family: any DesignFamily, tasks: [DesignTask], references: [Double]
  ) {
    let set = try Dataset(contentsOf: dataset)
    let family = try set.manifest.family(in: families, folder: dataset)
    let places = Array(set.places(of: split).prefix(count))
    guard !places.isEmpty else { throw DatasetFault.empty(folder: "\(dataset), \(split.rawValue)") }
    return (family, places.map { set.all.problems[$0] }, places.map { set.all.objectives[$0] })
  }

  /// The model, which has to be of the data's family.
  ///
  /// - Throws: ``DatasetFault/mismatch(folder:expected:found:)`` with the names, or the hashes of the families' files.
  func model(for family: any DesignFamily) throws -> DesignModel {
    let model = try DesignModel(contentsOf: RunFolder.model(at: model), families: families)
    guard model.family.name == family.name else {
      throw DatasetFault.mismatch(
        folder: dataset, expected: "the model's family, '\(model.family.name)',",
        found: "the family '\(family.name)'")
    }
    if let reason = model.card.mismatch(with: family) {
      throw TrainingFault.unusableCheckpoint(path: self.model, reason: reason)
    }
    if !isQuiet, let warning = model.warning { StandardError.say(warning) }
    return model
  }

  /// Draws, finishes and judges.
  package func score() throws -> ModelScore {
    let held = try heldProblems()
    let (problems, references) = (held.tasks, held.references)
    let progress = isQuiet ? nil : ProgressLine()
    defer { progress?.erase() }
    /// Goes over the problems part by part, and says how far it is.
    func inParts(of length: Int, _ unit: String, _ body: (Range<Int>) throws -> Void) rethrows {
      for first in stride(from: 0, to: problems.count, by: length) {
        progress?.show(first, of: problems.count, before: problems.count, unit: unit)
        try body(first..<min(first + length, problems.count))
      }
    }
    let refinement = DesignRefinement(iterationCount: self.refinement)
    var finished: [FinishedDesign] = []
    var images: [[Double]] = []
    var chances: [Double] = []
    var solveCount = 0
    let clock = ContinuousClock()
    let start = clock.now
    if usesNetwork {
      let model = try model(for: held.family)
      let drawer = DesignDrawer(model: model, seed: seed, bestOf: bestOf, refinement: refinement)
      try inParts(of: DesignDrawer.batchLength(bestOf: bestOf), "designs drawn") { range in
        let drawn = try drawer.draw(for: Array(problems[range]), streams: range.map(UInt64.init))
          .map { try $0.get() }
        finished += drawn.map(\.choice.finished)
        images += drawn.map(\.choice.density)
        chances += drawn.map(\.signOffChance)
        solveCount += drawn.reduce(0) { $0 + $1.solveCount }
      }
    } else {
      try inParts(of: Self.partLength, "designs refined") { range in
        let batch = Array(problems[range])
        let refined = try refinement.refined(
          batch.map { [Double](repeating: $0.volumeFraction, count: $0.size.elementCount) },
          for: batch)
        finished += zip(refined, batch).map { FinishedDesign($0, for: $1) }
        images += refined
      }
      solveCount = problems.count * (self.refinement > 0 ? self.refinement + 1 : 0)
    }
    let seconds = start.duration(to: clock.now) / .seconds(1)
    let raw = zip(images, problems).map {
      SolidDesign(size: $1.size, thresholding: $1.withPassive($0))
    }
    let guesses = self.refinement > 0 ? [] : chances
    func qualities(_ unit: String, of designs: [SolidDesign]) throws -> [DesignQuality] {
      var qualities: [DesignQuality] = []
      try inParts(of: Self.partLength, unit) { range in
        qualities += try DesignQuality.of(
          Array(designs[range]), for: Array(problems[range]), references: Array(references[range]))
      }
      return qualities
    }
    var score = ModelScore(
      objectiveName: problems[0].objectiveName, split: split, refinement: self.refinement,
      solvesPerDesign: Double(solveCount) / Double(problems.count),
      finished: try qualities("finished designs judged", of: finished.map(\.design)),
      raw: try qualities("raw designs judged", of: raw), signOffChances: guesses)
    score.limitNames = problems[0].limits.map(\.term)
    score.seconds = seconds
    return score
  }
}

extension RunFolder {
  /// The model at a path: the file itself, or that of a run.
  static func model(at path: String) -> String {
    AtomicFile.exists(path + "/model.safetensors") ? path + "/model.safetensors" : path
  }
}
