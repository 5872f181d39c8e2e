import ArrayFiles
import DesignCommands
package import DesignFamilies
import DesignNetworks
import Files
import Parallelism
package import ProgramSupport
import Tensors

/// `gcgan-train`: trains a network, or goes on with one.
package struct TrainCommand: Sendable {
  /// The config file.
  package var config: String
  /// The run's folder.
  package var outputFolder: String
  /// Whether the folder has a run that is to be continued.
  package var isResumed: Bool
  /// Threads; all processors where there is none. Results do not depend on it.
  package var threadCount: Int?
  /// Whether only errors are said.
  package var isQuiet: Bool
  /// Where the data set's family is looked for.
  package var families: Families

  /// A command.
  package init(
    config: String, outputFolder: String, isResumed: Bool = false, threadCount: Int? = nil,
    isQuiet: Bool = false, families: Families = .known
  ) {
    self.families = families
    self.config = config
    self.outputFolder = outputFolder
    self.isResumed = isResumed
    self.threadCount = threadCount
    self.isQuiet = isQuiet
  }

  /// Runs the command.
  ///
  /// A signal ends it after the update at hand, with a checkpoint. A term that is no number ends it with a checkpoint of the update before.
  package func run() -> ProgramStatus {
    ProgramSignals.noteStops()
    return ProgramStatus.of(config) {
      do {
        return try train()
      } catch let fault as TrainingFault {
        StandardError.say(fault.description)
        if case .notFinite = fault { return .notEvaluated }
        return .badData
      }
    }
  }

  private func train() throws -> ProgramStatus {
    if let threadCount { WorkerPool.threadCount = threadCount }
    // Micro-steps run side by side; inside of one, an operation has one thread.
    TorchThreads.set(perOperation: 1)
    let settings = try TrainingConfig(contentsOf: config).withAbsoluteData
    let folder = RunFolder(path: outputFolder)
    try OutputFolder(path: outputFolder).check()
    // What cannot go on is told before the data are read, which takes a while.
    if try folder.start(settings, isResumed: isResumed) == .checkpoint {
      if let warning = try Trainer.check(folder.checkpoint, for: settings), !isQuiet {
        StandardError.say("\(config): warning: \(warning)")
      }
    }
    if !isQuiet { StandardError.say("reading \(settings.data)") }
    let reading = isQuiet ? nil : ProgressLine()
    let data = try TrainingData(try Dataset(contentsOf: settings.data), families: families) {
      reading?.show($0, of: $1, unit: "problems solved for their fields")
    }
    reading?.erase()
    try OutputFolder(path: outputFolder).make()
    let claim = try FolderClaim(outputFolder, for: .training)
    defer { claim.end() }
    var trainer = Trainer(settings, data)
    // Asked again: another process may have been there while the data were read.
    switch try folder.start(settings, isResumed: isResumed) {
    case .checkpoint:
      try trainer.restore(from: folder.checkpoint)
    case .beginning:
      let kept = try folder.makeRoom(for: settings)
      if !isQuiet, isResumed {
        StandardError.say(
          "\(outputFolder): there is no checkpoint yet; the run begins at its first update")
      }
      if !isQuiet, !kept.isEmpty {
        StandardError.say(
          "\(outputFolder): what an earlier run left is kept: \(kept.joined(separator: ", "))")
      }
    }
    try folder.write(settings)
    return try train(&trainer, settings, folder)
  }

  private func train(_ trainer: inout Trainer, _ config: TrainingConfig, _ folder: RunFolder) throws
    -> ProgramStatus
  {
    var records = try folder.records(upTo: trainer.step)
    if records.count < trainer.step, let kept = try folder.moveAside(folder.log), !isQuiet {
      StandardError.say(
        "\(folder.log) has \(records.count) of the \(trainer.step) updates made; it is kept as \(kept)"
      )
    }
    let log = try RunLog(folder.log, holding: records)
    let events = try EventFile(inFolder: folder.path)
    let progress = isQuiet ? nil : ProgressLine()
    let (stepsBefore, samplesBefore) = (trainer.step, trainer.samples)
    func show(_ goal: Trainer.Goal, _ text: String) {
      progress?.show(
        goal.done, of: goal.wanted, before: goal.unit == "designs" ? samplesBefore : stepsBefore,
        unit: goal.unit, text)
    }
    show(trainer.goal, "the first updates are under way")
    defer { progress?.erase() }
    while !trainer.isFinished, ProgramSignals.stopStatus == nil {
      let record: Trainer.StepRecord
      do {
        record = try trainer.makeStep()
      } catch let fault as TrainingFault {
        // The weights are those of the last good update.
        progress?.erase()
        try save(trainer, records, folder, isWhole: false)
        throw fault
      }
      records.append(record)
      try log.append(record)
      try events.append(record)
      show(trainer.goal, Self.text(of: record))
      if trainer.step.isMultiple(of: config.checkpointInterval), !trainer.isFinished {
        try save(trainer, records, folder, isWhole: true)
      }
    }
    progress?.erase()
    try save(trainer, records, folder, isWhole: true)
    if ProgramSignals.stopStatus != nil, !trainer.isFinished {
      let goal = trainer.goal
      StandardError.say(
        "interrupted after update \(trainer.step), with \(goal.done) of \(goal.wanted) \(goal.unit); --resume goes on"
      )
      return .interrupted
    }
    if !isQuiet {
      print(
        "\(trainer.step) updates, \(trainer.samples) designs seen; model: \(folder.model), curves: \(folder.path)/index.html"
      )
    }
    return .success
  }

  /// Writes the checkpoint first; model, samples and page are views of it.
  private func save(
    _ trainer: Trainer, _ records: [Trainer.StepRecord], _ folder: RunFolder, isWhole: Bool
  ) throws {
    try trainer.writeCheckpoint(to: folder.checkpoint)
    guard isWhole else { return }
    let model = try DesignModel(of: trainer)
    try model.write(to: folder.model)
    let problems = Array(trainer.validationProblems.prefix(32))
    if !problems.isEmpty {
      let drawings = try model.draw(for: problems, seed: 1)
      let shown = zip(problems, drawings).compactMap { problem, drawing in
        (try? drawing.get()).map { (problem, $0.design) }
      }
      if !shown.isEmpty {
        try ContactSheet.picture(shown.map(\.1), of: shown.map(\.0)).write(to: folder.samples)
      }
    }
    try AtomicFile.write(
      CurvePage.html(folder.path, records, trainer.goal),
      to: folder.path + "/index.html")
  }

  private static func text(of record: Trainer.StepRecord) -> String {
    var parts = ["update \(record.step)", "N \(record.microSteps)"]
    for (name, word) in [
      ("reconstruction", "rec"), ("adversarial", "adv"), ("discriminators", "dis"),
      ("physics", "phys"),
    ] {
      if let value = record.losses[name] { parts.append("\(word) \(CurvePage.short(value))") }
    }
    parts.append("var \(CurvePage.short(record.statistics.variance))")
    if record.seconds > 0 {
      parts.append("physics \(Int(100 * record.physicsSeconds / record.seconds)) %")
    }
    return parts.joined(separator: ", ")
  }
}
