import FoundationEssentials
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
  /// Asked now and then; once true, the run ends early.
  package var isInterrupted: () -> Bool
  /// The folder that the fields of solved models go to; `nil` where no record is asked for.
  package var fieldsFolder: String?

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
  /// - Parameters:
  ///   - all: As ``PartSearch`` finds them.
  ///   - notes: What was passed over, for the reports.
  ///   - directory: As the user named it.
  package func evaluate(
    _ all: [PartFolder], notes: [String] = [], of directory: String,
    reporters: inout [any RunReporter]
  ) throws -> RunResult {
    let plan = RunPlan(
      directory: directory, parts: all.map(\.name), jobs: jobs, notes: notes)
    for index in reporters.indices { reporters[index].runBegan(plan) }
    let begin = ContinuousClock.now
    var results: [PartResult] = []
    var timings = RunTimings()
    var listeners = reporters
    // What cannot be evaluated needs no process.
    for part in all {
      guard let problem = part.problem else { continue }
      let result = PartResult(
        part, failure: .init(.badInput, problem[0], details: Array(problem.dropFirst())))
      results.append(result)
      for index in listeners.indices {
        listeners[index].partBegan(part.name)
        listeners[index].partEnded(result)
      }
    }
    let parts = all.filter { $0.problem == nil }
    let batch = ProcessBatch(
      commands: parts.map { command($0) }, jobs: jobs, wallSeconds: limits.wallSeconds)
    batch.run(
      isInterrupted: isInterrupted,
      began: { place in
        for index in listeners.indices { listeners[index].partBegan(parts[place].name) }
      },
      ended: { place, child in
        var timing = RunTimings.Part(
          name: parts[place].name, wallSeconds: child.wallSeconds,
          processorSeconds: child.processorSeconds, peakMemory: child.peakMemory)
        defer { timings.parts.append(timing) }
        // A part that was stopped half-way has no result; those that ended keep theirs.
        guard child.ending != .interrupted else { return }
        let answer = WorkerAnswer(part: parts[place], child: child, limits: limits).answer
        if !answer.stageSeconds.isEmpty { timing.stages = answer.stageSeconds }
        let result = answer.result
        results.append(result)
        for index in listeners.indices { listeners[index].partEnded(result) }
      })
    timings.wallSeconds = begin.duration(to: .now) / .seconds(1)
    timings.threads = ProcessLimits.coreCount
    timings.parts.sort { $0.name < $1.name }
    let result = RunResult(
      program: program, directory: directory, parts: results,
      isInterrupted: results.count < all.count, notes: notes)
    for index in listeners.indices {
      try listeners[index].runEnded(result, timings: timings)
    }
    reporters = listeners
    return result
  }

  private func command(_ part: PartFolder) -> [String] {
    let fields = fieldsFolder.map { ["--fields", $0 + "/" + FieldsName.text(part.name)] } ?? []
    return worker + fields + [part.path]
  }
}
