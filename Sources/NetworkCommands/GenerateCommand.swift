import ArrayFiles
import DeckAnalysis
public import DesignCommands
import DesignFamilies
import DesignNetworks
import Manufacturability
import Meshing
import Parallelism
import Tensors

/// `gcgan-generate`: draws parts and writes a folder for each that `gcgan-validate` takes as it is.
public struct GenerateCommand: Sendable {
  /// Where problems come from.
  public enum Source: Sendable, Equatable {
    /// The family's own sampler.
    case family
    /// A problem file, or a folder of them.
    case problem(String)
  }
  /// The folder of a run, or a model.
  public var model: String
  /// Where problems come from.
  public var source: Source
  /// Designs: of the family, or of each problem.
  public var count: Int
  /// What problems and codes are drawn from.
  public var seed: UInt64
  /// Iterations of refinement.
  public var refinement: Int
  /// Designs drawn for each that is kept.
  public var bestOf: Int
  /// Where part folders go.
  public var outputFolder: String
  /// Threads; all processors where there is none.
  public var threadCount: Int?
  /// Whether only errors are said.
  public var isQuiet: Bool

  /// A command.
  public init(
    model: String, source: Source, count: Int, seed: UInt64, refinement: Int = 0, bestOf: Int = 1,
    outputFolder: String, threadCount: Int? = nil, isQuiet: Bool = false
  ) {
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
  public func run() -> DesignStatus {
    StopRequest.watch()
    return DesignStatus.of(model) {
      do {
        return try generate()
      } catch let fault as TrainingFault {
        DesignStatus.say(fault.description)
        return .badData
      }
    }
  }

  /// A problem, what its folder is called, and which design of it this is.
  private struct Order {
    let name: String
    let problem: PartProblem
    let number: Int
    /// What its file asks for; `nil` for the family's own problems.
    var requirements: DesignRequirements?
  }

  private func generate() throws -> DesignStatus {
    if let threadCount { WorkerPool.threadCount = threadCount }
    TorchThreads.set(perOperation: 1)
    let path = RunFolder.model(at: model)
    let bytes = try AtomicFile.read(path, upTo: 1 << 30)
    let network = try DesignModel(contentsOf: path)
    if !isQuiet, let warning = network.warning { DesignStatus.say(warning) }
    let (orders, areAllRead) = try orders(at: network.card.size)
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
    let drawer = PartDrawer(
      model: network, seed: seed, bestOf: bestOf,
      refinement: PartRefinement(iterationCount: refinement))
    let length = PartDrawer.batchLength(bestOf: bestOf)
    for start in stride(from: 0, to: orders.count, by: length) {
      let places = Array(start..<min(start + length, orders.count))
      let problems = places.map { orders[$0].problem }
      let drawings = try drawer.draw(for: problems, streams: places.map(UInt64.init))
      let limits = try stiffnessLimits(of: problems)
      for (place, drawing) in zip(places, drawings) {
        if let status = StopRequest.status {
          progress?.erase()
          DesignStatus.say("interrupted with \(written) of \(orders.count) parts written")
          return status == .hungUp ? .hungUp : .interrupted
        }
        let order = orders[place]
        do {
          let fault = try write(order, try drawing.get(), network, hash, limits[place - start])
          written += 1
          if let fault {
            progress?.erase()
            DesignStatus.say("\(order.name): \(fault); the part is written and fails")
            isAnyFailed = true
          }
        } catch let fault as ExportFault {
          // One design that cannot be exported does not stop the others.
          progress?.erase()
          DesignStatus.say("\(order.name): \(fault)")
          isAnyFailed = true
        } catch let fault as DesignFault {
          progress?.erase()
          DesignStatus.say("\(order.name): \(fault)")
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

  /// What the family's own problems, which state no limit, are held to, and why there is nothing; nothing for problems of files.
  private func stiffnessLimits(of problems: [PartProblem]) throws
    -> [(limit: DesignLimit?, warning: String?)]
  {
    guard source == .family else { return problems.map { _ in (nil, nil) } }
    return try ReferenceSearch().references(for: problems).map { reference in
      switch reference {
      case .success(let design): (.stiffness(of: design), nil)
      case .failure(let fault):
        (nil, "no reference design says how stiff the part can be: \(fault)")
      }
    }
  }

  /// Writes a part folder.
  ///
  /// - Returns: Why what was written is known to fail; `nil` where the decks have to show.
  private func write(
    _ order: Order, _ drawn: PartDrawer.Drawn, _ network: DesignModel, _ hash: String,
    _ stiffness: (limit: DesignLimit?, warning: String?)
  ) throws -> String? {
    let finished = drawn.choice.finished
    var warnings = order.problem.warnings
    let isTooSmall = "the volume is too small to join every load to a support"
    if !finished.isJoined { warnings.append(isTooSmall) }
    if let warning = stiffness.warning { warnings.append(warning) }
    let export = try PartExport(
      problem: order.problem, density: finished.density,
      provenance: DesignProvenance(
        program: "gcgan-generate \(Versions.gcgan)", model: model, modelHash: hash,
        configHash: network.card.configHash, dataHash: network.card.dataHash, seed: seed,
        number: order.number,
        solveCount: drawn.solveCount, refinementStepCount: drawn.choice.stepCount),
      requirements: order.requirements, limits: stiffness.limit.map { [$0] } ?? [],
      warnings: warnings)
    try export.write(to: outputFolder + "/" + order.name)
    if !export.carriesLoads { return "the drawing does not carry its loads to the supports" }
    return finished.isJoined ? nil : isTooSmall
  }

  /// What is to be drawn, and whether every problem file could be read.
  private func orders(at size: GridSize) throws -> (orders: [Order], areAllRead: Bool) {
    switch source {
    case .family:
      let sampler = PartSampler(size: size)
      let orders = try (0..<count).map { number in
        Order(
          name: "part-" + Self.padded(number), problem: try sampler.problem(number, seed: seed),
          number: number)
      }
      return (orders, true)
    case .problem(let path):
      var orders: [Order] = []
      var areAllRead = true
      for file in try OptimiseCommand.files(at: path) {
        do {
          let text = try ProblemFile(contentsOf: file)
          let problem = try PartProblem(text)
          guard problem.size == size else {
            DesignStatus.say("\(file): \(Self.otherSize(problem.size, thanTrained: size))")
            areAllRead = false
            continue
          }
          let requirements = DesignRequirements(text, isDrawn: true)
          for warning in requirements.warnings + [requirements.advice].compactMap({ $0 })
          where !isQuiet {
            DesignStatus.say("\(file): warning: \(warning)")
          }
          let stem = file.stem
          orders += (0..<count).map {
            Order(
              name: count == 1 ? stem : "\(stem)-\(Self.padded($0))", problem: problem, number: $0,
              requirements: requirements)
          }
        } catch let faults as InputFaults {
          DesignStatus.say(faults.description)
          areAllRead = false
        } catch let mismatch as PartProblem.Mismatch {
          DesignStatus.say("\(file): \(mismatch)")
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
