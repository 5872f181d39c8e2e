import ArrayFiles
import DesignCommands
package import DesignFamilies
import DesignNetworks
import DesignProblem
import Files
import Manufacturability
import Parallelism
package import ProgramSupport
import Tensors
import TopologyOptimisation

/// `gcgan-generate`: draws parts and writes a folder for each that `gcgan-validate` takes as it is.
package struct GenerateCommand: Sendable {
  /// Where problems come from.
  package enum Source: Sendable, Equatable {
    /// A family, by its name or the path of its file: the model's own.
    case family(String)
    /// A problem file, or a folder of them.
    case problem(String)
  }
  /// The folder of a run, or a model.
  package var model: String
  /// Where problems come from.
  package var source: Source
  /// Designs: of the family, or of each problem.
  package var count: Int
  /// What problems and codes are drawn from.
  package var seed: UInt64
  /// Iterations of refinement.
  package var refinement: Int
  /// Designs drawn for each that is kept.
  package var bestOf: Int
  /// Where part folders go.
  package var outputFolder: String
  /// Threads; all processors where there is none.
  package var threadCount: Int?
  /// Whether only errors are said.
  package var isQuiet: Bool
  /// The distribution that the family's problems are drawn from; what training sees of its first where there is none.
  package var distribution: String?
  /// Where the model's family is looked for.
  package var families: Families

  /// A command.
  package init(
    model: String, source: Source, count: Int, seed: UInt64, refinement: Int = 0, bestOf: Int = 1,
    outputFolder: String, threadCount: Int? = nil, isQuiet: Bool = false,
    distribution: String? = nil, families: Families = .known
  ) {
    self.distribution = distribution
    self.families = families
    self.model = model
    self.source = source
    self.count = count
    self.seed = seed
    self.refinement = refinement
    self.bestOf = bestOf
    self.outputFolder = outputFolder
    self.threadCount = threadCount
    self.isQuiet = isQuiet
  }

  /// Runs the command; a signal ends it after the part at hand.
  package func run() -> ProgramStatus {
    ProgramSignals.noteStops()
    return ProgramStatus.of(model) {
      do {
        return try generate()
      } catch let fault as TrainingFault {
        StandardError.say(fault.description)
        return .badData
      }
    }
  }

  /// A problem, what its folder is called, and which design of it this is.
  private struct Order {
    let name: String
    let problem: DesignTask
    let number: Int
    /// What its file asks for; `nil` for the family's own problems.
    var requirements: DesignRequirements?
  }

  private func generate() throws -> ProgramStatus {
    if let threadCount { WorkerPool.threadCount = threadCount }
    TorchThreads.set(perOperation: 1)
    let path = RunFolder.model(at: model)
    let bytes = try AtomicFile.read(path, upTo: 1 << 30)
    let network = try DesignModel(contentsOf: path, families: families)
    var asked: String?
    if case .family(let argument) = source {
      asked = argument
      if Families.isPath(argument) {
        let family = try families.family(argument)
        asked = family.name
        if asked == network.family.name, let reason = network.card.mismatch(with: family) {
          StandardError.say("\(path): \(reason)")
          return .badData
        }
      }
    }
    if !isQuiet, let warning = network.warning { StandardError.say(warning) }
    if let asked, asked != network.family.name {
      StandardError.say(
        "\(path): the model draws designs of the family '\(network.family.name)', not of '\(asked)'"
      )
      return .badData
    }
    let (orders, areAllRead) = try orders(of: network.family, at: network.card.size)
    guard !orders.isEmpty else { return areAllRead ? .success : .badData }
    try OutputFolder(path: outputFolder).check()
    try OutputFolder(path: outputFolder).make()
    let claim = try FolderClaim(outputFolder, for: .drawing)
    defer { claim.end() }
    let set = PartSet(folder: outputFolder, names: Set(orders.map(\.name)))
    try set.check()
    try set.clear()
    let progress = isQuiet ? nil : ProgressLine()
    defer { progress?.erase() }
    progress?.show(0, of: orders.count, unit: "parts")
    let hash = Digest.text(of: bytes)
    var written = 0
    var isAnyFailed = false
    let drawer = DesignDrawer(
      model: network, seed: seed, bestOf: bestOf,
      refinement: DesignRefinement(iterationCount: refinement))
    let length = DesignDrawer.batchLength(bestOf: bestOf)
    for start in stride(from: 0, to: orders.count, by: length) {
      let places = Array(start..<min(start + length, orders.count))
      let stated = try stated(places.map { orders[$0].problem }, network.family)
      let drawings = try drawer.draw(
        for: stated.map(\.drawn), streams: places.map(UInt64.init))
      for (place, drawing) in zip(places, drawings) {
        if let status = ProgramSignals.stopStatus {
          progress?.erase()
          StandardError.say("interrupted with \(written) of \(orders.count) parts written")
          return status == .hungUp ? .hungUp : .interrupted
        }
        let order = orders[place]
        do {
          let fault = try write(order, try drawing.get(), network, hash, stated[place - start])
          written += 1
          if let fault {
            progress?.erase()
            StandardError.say("\(order.name): \(fault); the part is written and fails")
            isAnyFailed = true
          }
        } catch let fault as ExportFault {
          // One design that cannot be exported does not stop the others.
          progress?.erase()
          StandardError.say("\(order.name): \(fault)")
          isAnyFailed = true
        } catch let fault as DesignFault {
          progress?.erase()
          StandardError.say("\(order.name): \(fault)")
          isAnyFailed = true
        }
        progress?.show(written, of: orders.count, unit: "parts")
      }
    }
    progress?.erase()
    if !isQuiet {
      let parts = written == 1 ? "1 part" : "\(written) parts"
      print("\(parts) in \(outputFolder); judge them with: gcgan-validate \(outputFolder)")
    }
    return isAnyFailed ? .notEvaluated : areAllRead ? .success : .badData
  }

  /// A problem with the limits that hold for its drawings.
  private struct Stated {
    /// What is drawn, chosen and refined: limits that are multiples of a reference design are values, or left out where there is none.
    var drawn: DesignTask
    /// What the part is judged by.
    var judged: DesignTask
    /// Why limits are left out.
    var warning: String?
  }

  /// Problems of files as they are; the family's own with bounds that are multiples of a reference design as values. A problem without limits is drawn
  /// without, and its part judged by the reference's objective.
  private func stated(_ problems: [DesignTask], _ family: any DesignFamily) throws -> [Stated] {
    guard case .family = source else { return problems.map { Stated(drawn: $0, judged: $0) } }
    return try zip(problems, family.search.references(for: problems)).map { problem, reference in
      var (drawn, judged) = (problem, problem)
      switch reference {
      case .success(let design):
        judged.limits = problem.limits(judgedBy: design)
        if !problem.limits.isEmpty { drawn.limits = judged.limits }
        return Stated(drawn: drawn, judged: judged)
      case .failure(let fault):
        drawn.limits.removeAll { $0.value == nil }
        return Stated(
          drawn: drawn, judged: drawn,
          warning:
            "no reference design says how \(problem.qualityWord) the part can be: \(fault)")
      }
    }
  }

  /// Writes a part folder.
  ///
  /// - Returns: Why what was written is known to fail; `nil` where the decks have to show.
  private func write(
    _ order: Order, _ drawn: DesignDrawer.Drawn, _ network: DesignModel, _ hash: String,
    _ stated: Stated
  ) throws -> String? {
    let finished = drawn.choice.finished
    var warnings = network.family.warnings(of: order.problem)
    let isTooSmall = "the volume is too small to join every load to a support"
    if !finished.isJoined { warnings.append(isTooSmall) }
    if let warning = stated.warning { warnings.append(warning) }
    let export = try DesignExport(
      problem: stated.judged, family: network.family.name, density: finished.density,
      provenance: DesignProvenance(
        program: "gcgan-generate \(Versions.gcgan)", model: model, modelHash: hash,
        configHash: network.card.configHash, dataHash: network.card.dataHash, seed: seed,
        number: order.number,
        solveCount: drawn.solveCount, refinementStepCount: drawn.choice.stepCount),
      requirements: order.requirements, warnings: warnings)
    try export.write(to: outputFolder + "/" + order.name)
    if !export.carriesLoads { return "the drawing does not carry its loads to the supports" }
    return finished.isJoined ? nil : isTooSmall
  }

  /// What is to be drawn, and whether every problem file could be read.
  private func orders(of family: any DesignFamily, at size: GridSize) throws -> (
    orders: [Order], areAllRead: Bool
  ) {
    switch source {
    case .family:
      let orders = try (0..<count).map { number in
        Order(
          name: "\(family.name)-\(Self.padded(number))",
          problem: try family.task(number, seed: seed, size: size, from: distribution),
          number: number)
      }
      return (orders, true)
    case .problem(let path):
      var orders: [Order] = []
      var areAllRead = true
      for file in try OptimiseCommand.files(at: path) {
        do {
          let text = try ProblemFile(contentsOf: file, checking: TopologyOptimisation.faults)
          let problem = try family.task(of: text)
          guard problem.size == size else {
            StandardError.say("\(file): \(Self.otherSize(problem.size, thanTrained: size))")
            areAllRead = false
            continue
          }
          let missing = family.conditioning.faults(of: problem)
          guard missing.isEmpty else {
            for fault in missing {
              StandardError.say("\(file): the family '\(family.name)' needs it: \(fault)")
            }
            areAllRead = false
            continue
          }
          let requirements = DesignRequirements(text, isDrawn: true)
          for warning in requirements.warnings + [requirements.advice].compactMap({ $0 })
          where !isQuiet {
            StandardError.say("\(file): warning: \(warning)")
          }
          let stem = file.stem
          orders += (0..<count).map {
            Order(
              name: count == 1 ? stem : "\(stem)-\(Self.padded($0))", problem: problem, number: $0,
              requirements: requirements)
          }
        } catch let faults as InputFaults {
          StandardError.say(faults.description)
          areAllRead = false
        } catch let mismatch as DesignTask.Mismatch {
          StandardError.say("\(file): \(mismatch)")
          areAllRead = false
        }
      }
      return (orders, areAllRead)
    }
  }

  /// Why a problem of another size than the model's is not drawn, and what to do.
  private static func otherSize(_ size: GridSize, thanTrained trained: GridSize) -> String {
    "grid: the problem has \(size) elements, and the model was trained at \(trained): at another size its designs are several times too soft. "
      + "Write the problem with {columns: \(trained.columns), rows: \(trained.rows)} and another pixel-size, or train a model on data of "
      + "gcgan-dataset --size \(size)"
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension DesignTask {
  /// What a design with a small objective is.
  fileprivate var qualityWord: String { objectiveName == "compliance" ? "stiff" : "good" }
}
