import DeckAnalysis
import DesignCommands
import DesignFamilies
import DesignNetworks
import DesignProblem
import DesignValidation
import Foundation
import Manufacturability
import Parallelism
import ProgramSupport
import TestSupport
import Testing

@testable import Files
@testable import NetworkCommands

/// A family that no room knows goes all the way that parts go.
@Suite("A second design family") struct SecondFamilyTests {
  private static let size = GridSize(columns: 32, rows: 32)
  private static let family = HeatedSquare()
  private static let families = Families([PartProblems.family, family])

  /// Settings of the smallest networks, with the solver in the loss.
  private static func config(_ data: String) -> String {
    """
    gcgan: training/1
    data: \(data)
    steps: 2
    micro-batch: 4
    accumulation: {rule: fixed, count: 2, largest: 2}
    generator: {width: 8, blocks: 1, global-code: 4, local-code: 2}
    discriminators: {width: 8, scales: 2}
    sign-off-width: 4
    physics: {share: 1, start: 0, ramp: 0}

    """
  }

  @Test func `goes from a data set through training to scored and judged part folders`() throws {
    let place = try TemporaryPlace()
    let (set, run, parts) = (place.path + "/set", place.path + "/run", place.path + "/parts")
    let data = DatasetCommand(
      family: Self.family, count: 64, seed: 1, size: Self.size, outputFolder: set, isQuiet: true)
    #expect(data.run() == .success)

    let stored = try Dataset(contentsOf: set)
    #expect(stored.manifest.family == "heated-square")
    #expect(stored.manifest.distribution == "sides")
    // Read back as drawn, with the whole problem of each.
    for (number, task) in zip(stored.all.numbers, stored.all.problems) {
      #expect(try task == Self.family.task(number, seed: 1, size: Self.size, from: "sides"))
    }
    for (task, design) in zip(stored.all.problems, stored.all.designs) {
      #expect(design.solidCount == task.solidCount)
    }
    #expect(!stored.places(of: .l1).isEmpty)

    let config = try place.write(Self.config(set), to: "config.yml")
    let train = TrainCommand(
      config: config, outputFolder: run, isQuiet: true, families: Self.families)
    #expect(train.run() == .success)
    let model = try DesignModel(contentsOf: run + "/model.safetensors", families: Self.families)
    #expect(model.card.family == "heated-square")
    #expect(model.card.fieldNames == Self.family.fieldNames)

    let score = try ScoreCommand(
      model: run, dataset: set, split: .l1, count: 4, refinement: 12, isQuiet: true,
      families: Self.families
    ).score()
    #expect(score.json.text.contains("\"medianTemperatureError\""))
    // Untrained drawings, twelve steps: joined to their sinks, of the volume that is asked for, less than twice as hot as the references.
    #expect(score.finished.allSatisfy { !$0.isFailure && !$0.isFloating && $0.volumeError == 0 })

    let variety = try ScoreCommand(
      model: run, dataset: set, split: .l1, count: 2, refinement: 0, isQuiet: true,
      families: Self.families
    ).variety(seedCount: 3)
    #expect(variety.problems.map(\.objectiveErrors.count) == [3, 3])
    // What an untrained network draws is made to carry its loads: the codes change much of it.
    #expect(variety.meanOverlap > 0 && variety.meanOverlap < 1)
    #expect(variety.json.text.contains("\"meanPairwiseIoU\""))

    let generate = GenerateCommand(
      model: run, source: .family("heated-square"), count: 2, seed: 3, refinement: 12,
      outputFolder: parts, isQuiet: true, families: Self.families)
    #expect(generate.run() == .success)
    for number in 0..<2 {
      let folder = try #require(PartFolder(at: "\(parts)/heated-square-000\(number)"))
      let result = PartEvaluator(solver: DeckModelSolver()).evaluate(folder)
      #expect(result.family?.rawValue == "heated-square")
      #expect(result.verdict == .pass || result.verdict == .fail, "\(result)")
      // The decks' solver finds the temperature that the solver of images predicts.
      let pixels = result.quantities.filter { $0.name == "largest temperature, pixels" }
      #expect(pixels.map(\.verdict) == [.pass])
      #expect(result.limits.contains { $0.name.contains("temperatures, norm of order 8, at most") })
    }
  }

  @Test func `reference designs keep their limits by the judgement of the decks`() throws {
    let place = try TemporaryPlace()
    let tasks = try (0..<3).map {
      try Self.family.task($0, seed: 5, size: Self.size, from: nil)
    }
    for (number, reference) in try Self.family.search.references(for: tasks).enumerated() {
      let reference = try reference.get()
      var task = tasks[number]
      task.limits = task.limits(judgedBy: reference)
      let export = try DesignExport(
        problem: task, family: Self.family.name, density: reference.design.density,
        provenance: DesignProvenance(program: "a test"))
      #expect(export.carriesLoads)
      let path = "\(place.path)/square-\(number)"
      try export.write(to: path)
      let result = PartEvaluator(solver: DeckModelSolver()).evaluate(
        try #require(PartFolder(at: path)))
      #expect(result.verdict == .pass, "\(result)")
    }
  }

  @Test func `a solid that heat enters and no sink cools is exported with a warning`() throws {
    let task = try Self.family.task(0, seed: 5, size: Self.size, from: nil)
    // Solid beside the sources alone.
    var density = [Double](repeating: 0, count: Self.size.elementCount)
    for element in task.loadElements.joined() { density[element] = 1 }
    let export = try DesignExport(problem: task, family: Self.family.name, density: density)
    #expect(!export.carriesLoads)
    #expect(export.warnings.contains { $0.contains("does not carry its loads") })
  }

  @Test func `a program that does not know the family says so, and what it knows`() throws {
    let place = try TemporaryPlace()
    let set = place.path + "/set"
    let data = DatasetCommand(
      family: Self.family, count: 40, seed: 1, size: Self.size, outputFolder: set, isQuiet: true)
    #expect(data.run() == .success)
    let text = "the family 'heated-square' is not known; there is \(Families.known.names)"
    #expect {
      try TrainingData(try Dataset(contentsOf: set))
    } throws: {
      "\($0)" == "\(set): \(text)"
    }
    let trainer = Trainer(
      try TrainingConfig(parsing: Array(Self.config(set).utf8), file: "config.yml"),
      try TrainingData(try Dataset(contentsOf: set), families: Self.families))
    let model = place.path + "/model.safetensors"
    try DesignModel(of: trainer).write(to: model)
    #expect {
      try DesignModel(contentsOf: model)
    } throws: {
      "\($0)".contains(text)
    }
    // Known, but not the one that is asked for; and data of one family do not score a model of another.
    let generate = GenerateCommand(
      model: model, source: .family("part"), count: 1, seed: 1, outputFolder: place.path + "/parts",
      isQuiet: true, families: Self.families)
    #expect(generate.run() == .badData)
    let parts = place.path + "/part-set"
    let other = DatasetCommand(
      family: PartProblems.family, count: 1, seed: 1, size: Self.size, split: .l1,
      outputFolder: parts,
      isQuiet: true)
    #expect(other.run() == .success)
    #expect {
      try ScoreCommand(
        model: model, dataset: parts, split: .l1, count: 1, refinement: 0, isQuiet: true,
        families: Self.families
      ).score()
    } throws: {
      "\($0)".contains("the model's family, 'heated-square'")
    }
  }

  @Test func `a family file that is not the one a model was trained with draws nothing`() throws {
    let place = try TemporaryPlace()
    let family = try Families.known.named("heat-sink")
    let set = place.path + "/set"
    let data = DatasetCommand(
      family: family, count: 24, seed: 1, size: family.sizes[0], outputFolder: set, isQuiet: true)
    #expect(data.run() == .success)
    let trainer = Trainer(
      try TrainingConfig(parsing: Array(Self.config(set).utf8), file: "config.yml"),
      try TrainingData(try Dataset(contentsOf: set)))
    let model = place.path + "/model.safetensors"
    try DesignModel(of: trainer).write(to: model)
    let text = try #require(family.text)
    let same = try place.write(text, to: "same.yml")
    let changed = try place.write(text + "# another file\n", to: "changed.yml")
    func status(_ file: String, _ parts: String) -> ProgramStatus {
      GenerateCommand(
        model: model, source: .family(file), count: 1, seed: 1,
        outputFolder: place.path + "/" + parts, isQuiet: true
      ).run()
    }
    #expect(status(changed, "none") == .badData)
    #expect(!FileManager.default.fileExists(atPath: place.path + "/none"))
    #expect(status(same, "parts") != .badData)
  }

  @Test func `a name that is nearly a family's is answered with that name`() {
    #expect {
      try Self.families.named("heated-sqare")
    } throws: {
      "\($0)"
        == "the family 'heated-sqare' is not known; did you mean 'heated-square'? there is part, heated-square"
    }
  }
}

/// What every family promises.
@Suite("The promises of a design family") struct FamilyPromiseTests {
  static let families: [any DesignFamily] = [PartProblems.family, HeatedSquare()]

  @Test(arguments: families)
  func `a task depends on seed and number alone, has no fault and is stored as it is`(
    _ family: any DesignFamily
  ) throws {
    for distribution in [nil] + family.distributions.map({ Optional($0.name) }) {
      for number in [0, 1, 9] {
        func task(seed: UInt64) throws -> DesignTask {
          try family.task(number, seed: seed, size: family.sizes[0], from: distribution)
        }
        let drawn = try task(seed: 2)
        #expect(try drawn == task(seed: 2) && drawn != task(seed: 3))
        #expect(drawn.size == family.sizes[0])
        #expect(drawn.manufacturability().faults().isEmpty)
        let stored = try JSONEncoder().encode(drawn)
        #expect(try JSONDecoder().decode(DesignTask.self, from: stored) == drawn)
        let isUnseen = family.split(of: drawn) == .l2
        if isUnseen {
          #expect(family.distributions.contains { $0.name == distribution && $0.hasUnseen })
        }
      }
    }
  }

  @Test(arguments: families)
  func `fields are those named, the volume first, and turn with the task`(
    _ family: any DesignFamily
  ) throws {
    let size = family.sizes[0]
    let drawn = try family.task(4, seed: 2, size: size, from: nil)
    let task = drawn.resolvingLimits(
      by: [Double](repeating: 100, count: drawn.stated.terms.count))
    let fields = try family.conditioning.fields(of: [task])[0].get()
    #expect(fields.count == family.fieldNames.count * size.elementCount)
    #expect(fields.prefix(size.elementCount).allSatisfy { $0 == Float(task.volumeFraction) })
    #expect(fields.allSatisfy(\.isFinite) && fields.allSatisfy { abs($0) <= 4 })
    for symmetry in Symmetry.all(of: size) {
      let sources = symmetry.sources(on: size)
      let turned = family.conditioning.imaged(
        fields, by: symmetry, negatesLoads: false, sources: sources)
      let solved = try family.conditioning.fields(of: [task.imaged(symmetry)])[0].get()
      let largest = zip(turned, solved).map { abs($0 - $1) }.max() ?? .nan
      // Single precision, logarithms and roots of what is next to nothing.
      #expect(largest < 1e-3)
      #expect(family.split(of: task.imaged(symmetry)) == family.split(of: task))
    }
  }
}
