import DeckAnalysis
public import DesignCommands
public import DesignFamilies
import DesignNetworks
import Meshing
import Parallelism
import Tensors

/// `gcgan-score`: how good a model is on problems it was not trained on, both ways of DESIGN §5, nothing dropped.
public struct ScoreCommand: Sendable {
  /// The model, or the folder of a run.
  public var model: String
  /// The data set that held-out problems and their references are taken from.
  public var dataset: String
  /// Which problems.
  public var split: DatasetSplit
  /// How many of them at most.
  public var count: Int
  /// Iterations of refinement.
  public var refinement: Int
  /// Designs drawn per problem.
  public var bestOf: Int
  /// What codes are drawn from.
  public var seed: UInt64
  /// Whether a network is asked at all: without one the uniform design is refined, which is what the solver alone does with as many solves.
  public var usesNetwork: Bool
  /// Whether only errors are said.
  public var isQuiet: Bool

  /// A command.
  public init(
    model: String, dataset: String, split: DatasetSplit, count: Int, refinement: Int,
    bestOf: Int = 1, seed: UInt64 = 1, usesNetwork: Bool = true, isQuiet: Bool = false
  ) {
    self.model = model
    self.dataset = dataset
    self.split = split
    self.count = count
    self.refinement = refinement
    self.bestOf = bestOf
    self.seed = seed
    self.usesNetwork = usesNetwork
    self.isQuiet = isQuiet
  }

  /// Problems drawn, refined or judged at a time.
  private static let partLength = 128

  /// Runs the command and prints one JSON object.
  public func run() -> DesignStatus {
    DesignStatus.of(dataset) {
      do {
        TorchThreads.set(perOperation: 1)
        print(try score().json.text, terminator: "")
        return .success
      } catch let fault as TrainingFault {
        DesignStatus.say(fault.description)
        return .badData
      }
    }
  }

  /// Draws, finishes and judges.
  public func score() throws -> ModelScore {
    let set = try Dataset(contentsOf: dataset)
    let places = Array(set.places(of: split).prefix(count))
    guard !places.isEmpty else { throw DatasetFault.empty(folder: "\(dataset), \(split.rawValue)") }
    let problems = places.map { set.all.problems[$0] }
    let references = places.map { set.all.compliances[$0] }
    let progress = isQuiet ? nil : ProgressLine()
    defer { progress?.erase() }
    /// Goes over the problems part by part, and says how far it is.
    func inParts(_ unit: String, _ body: (Range<Int>) throws -> Void) rethrows {
      for first in stride(from: 0, to: problems.count, by: Self.partLength) {
        progress?.show(first, of: problems.count, before: problems.count, unit: unit)
        try body(first..<min(first + Self.partLength, problems.count))
      }
    }
    var drawn: [[Double]] = []
    var chances: [Double] = []
    if usesNetwork {
      let model = try DesignModel(contentsOf: RunFolder.model(at: model))
      if !isQuiet, let warning = model.warning { DesignStatus.say(warning) }
      try inParts("designs drawn") { range in
        let drawings = try model.draw(
          for: Array(problems[range]), streams: range.map(UInt64.init), seed: seed, bestOf: bestOf
        ).map { try $0.get() }
        drawn += drawings.map(\.density)
        chances += drawings.map(\.signOffChance)
      }
    } else {
      drawn = problems.map { problem in
        [Double](repeating: problem.volumeFraction, count: problem.size.elementCount)
      }
    }
    // A load that hangs on nothing is given its members first, or the steps pass until material has grown to it.
    let start =
      usesNetwork && refinement > 0
      ? zip(drawn, problems).map { MissingMembers(in: $0, for: $1).density } : drawn
    var refined = start
    if refinement > 0 {
      try inParts("designs refined") { range in
        refined.replaceSubrange(
          range,
          with: try PartRefinement(iterationCount: refinement)
            .refined(Array(start[range]), for: Array(problems[range])))
      }
    }
    let finished = zip(refined, problems).map { FinishedDesign($0, for: $1) }
    let raw = zip(refined, problems).map { SolidDesign(size: $1.size, thresholding: $0) }
    let guesses = chances.isEmpty || refinement > 0 ? [] : chances
    func qualities(_ unit: String, of designs: [SolidDesign]) throws -> [PartQuality] {
      var qualities: [PartQuality] = []
      try inParts(unit) { range in
        qualities += try PartQuality.of(
          Array(designs[range]), for: Array(problems[range]), references: Array(references[range]))
      }
      return qualities
    }
    return ModelScore(
      split: split, refinement: refinement,
      solvesPerDesign: (usesNetwork ? 1 : 0) + (refinement > 0 ? refinement + 1 : 0),
      finished: try qualities("finished designs judged", of: finished.map(\.design)),
      raw: try qualities("raw designs judged", of: raw), signOffChances: guesses)
  }
}

extension RunFolder {
  /// The model at a path: the file itself, or that of a run.
  static func model(at path: String) -> String {
    AtomicFile.exists(path + "/model.safetensors") ? path + "/model.safetensors" : path
  }
}
