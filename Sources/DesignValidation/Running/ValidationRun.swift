internal import Files
import FoundationEssentials
import Glibc
package import ProgramSupport

/// One run over a directory of parts: each part in a child process, results as they come.
package struct ValidationRun {
  /// The command that evaluates a part: the path of the part is appended to it. It answers with the
  /// JSON of a ``PartResult`` on standard output.
  package var worker: [String]
  /// How many parts are evaluated side by side.
  package var jobs: Int
  /// What each part may use. The worker is trusted to put itself under memory and processor limits; the
  /// clock is watched from outside.
  package var limits: ProcessLimits
  /// What the result says of the program.
  package var program: ProgramVersion
  /// Which share of the parts is evaluated; `nil` for all.
  package var shard: Shard?
  /// Whether the run ends at the first part that fails.
  package var failsFast = false
  /// Asked now and then; once true, the run ends early.
  package var isInterrupted: () -> Bool
  /// The folder that the fields of solved models go to; `nil` where no record is asked for.
  package var fieldsFolder: String?
  /// Holds every part to its baseline.
  package var baselines = BaselineKeeper(nil)

  /// A run with the given worker.
  package init(
    worker: [String], jobs: Int, limits: ProcessLimits, program: ProgramVersion,
    isInterrupted: @escaping () -> Bool = { (ProgramSignals.stopStatus != nil) }
  ) {
    self.worker = worker
    self.jobs = jobs
    self.limits = limits
    self.program = program
    self.isInterrupted = isInterrupted
  }

  /// Evaluates parts and tells the reporters.
  ///
  /// A run that ends at the first failure has the parts up to the first one *in order* that fails, however many are evaluated side by side: the same
  /// parts give the same result.
  ///
  /// - Parameters:
  ///   - all: As ``PartSearch`` finds them.
  ///   - notes: What was passed over, for the reports.
  ///   - directory: As the user named it.
  package func evaluate(
    _ all: [PartFolder], notes: [String] = [], of directory: String,
    reporters: inout [any RunReporter]
  ) throws -> RunResult {
    let parts = all.enumerated().filter { shard?.takes($0.offset) ?? true }.map(\.element)
    let plan = RunPlan(
      directory: directory, parts: parts.map(\.name), shard: shard, failsFast: failsFast,
      jobs: jobs, notes: notes)
    for index in reporters.indices { reporters[index].runBegan(plan) }
    let begin = ContinuousClock.now
    var results = [PartResult?](repeating: nil, count: parts.count)
    var last = parts.count - 1
    var timings = RunTimings()
    var listeners = reporters
    func take(_ result: PartResult, at place: Int) {
      results[place] = result
      if failsFast, result.verdict.isFailure { last = min(last, place) }
      for index in listeners.indices { listeners[index].partEnded(result) }
    }
    // What cannot be evaluated needs no process.
    for (place, part) in parts.enumerated() {
      guard place <= last, let problem = part.problem else { continue }
      for index in listeners.indices { listeners[index].partBegan(part.name) }
      take(
        PartResult(
          part, failure: .init(.badInput, problem[0], details: Array(problem.dropFirst()))),
        at: place)
    }
    let places = parts.indices.filter { parts[$0].problem == nil }
    let batch = ProcessBatch(
      commands: places.map { command(parts[$0]) }, jobs: jobs, wallSeconds: limits.wallSeconds)
    batch.run(
      isInterrupted: isInterrupted,
      last: { places.lastIndex { $0 <= last } ?? -1 },
      began: { place in
        for index in listeners.indices { listeners[index].partBegan(parts[places[place]].name) }
      },
      ended: { place, child in
        let part = parts[places[place]]
        var timing = RunTimings.Part(
          name: part.name, wallSeconds: child.wallSeconds,
          processorSeconds: child.processorSeconds, peakMemory: child.peakMemory)
        defer { timings.parts.append(timing) }
        // A part that was stopped half-way has no result; those that ended keep theirs, but for those beyond the first failure.
        guard child.ending != .interrupted, places[place] <= last else { return }
        let answer = WorkerAnswer(part: part, child: child, limits: limits).answer
        if !answer.stageSeconds.isEmpty { timing.stages = answer.stageSeconds }
        var result = answer.result
        baselines.hold(&result, part)
        take(result, at: places[place])
      })
    timings.wallSeconds = begin.duration(to: .now) / .seconds(1)
    timings.threads = ProcessLimits.coreCount
    timings.parts.sort { $0.name < $1.name }
    let ended = results.prefix(last + 1).compactMap { $0 }
    removeFields(butOf: ended)
    var result = RunResult(
      program: program, directory: directory, parts: ended, isInterrupted: ended.count <= last,
      notes: notes)
    result.failsFast = failsFast ? true : nil
    result.shard = shard
    if shard != nil || ended.count < parts.count { result.allParts = all.map { PartLabel($0) } }
    for index in listeners.indices {
      try listeners[index].runEnded(result, timings: timings)
    }
    reporters = listeners
    return result
  }

  /// Deletes the fields that no result names: a part that was killed may have left those of some of its models.
  private func removeFields(butOf ended: [PartResult]) {
    guard let fieldsFolder else { return }
    let known = Set(ended.flatMap { $0.models.compactMap { $0.fields?.lastComponent } })
    for name in FilePlace.names(in: fieldsFolder) ?? [] where !known.contains(name) {
      unlink(fieldsFolder + "/" + name)
    }
  }

  private func command(_ part: PartFolder) -> [String] {
    let fields = fieldsFolder.map { ["--fields", $0 + "/" + FieldsName.text(part.name)] } ?? []
    return worker + fields + [part.path]
  }
}
