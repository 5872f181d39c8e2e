import ArrayFiles
import DesignFamilies
import DesignProblem
package import Files
import Glibc
import Manufacturability
import Parallelism
package import ProgramSupport
import TopologyOptimisation

/// `gcgan-solve optimise`: topology optimisation of one problem, or of a folder of them side by side.
package struct OptimiseCommand: Sendable {
  /// A problem file, or a folder of files that end in `.yml`.
  package var problem: String
  /// Where folders of results go.
  package var outputFolder: String
  /// Threads; all processors where there is none.
  package var threadCount: Int?
  /// Whether only errors are said.
  package var isQuiet: Bool

  /// A command.
  package init(
    problem: String, outputFolder: String, threadCount: Int? = nil, isQuiet: Bool = false
  ) {
    self.problem = problem
    self.outputFolder = outputFolder
    self.threadCount = threadCount
    self.isQuiet = isQuiet
  }

  /// Runs the command.
  ///
  /// Problems that cannot be read or set up are told and left out; the others run. Results of a run are written as soon as it ends. A
  /// signal ends all runs after the iteration at hand, with the designs and histories they have.
  ///
  /// - Returns: The first that applies: a file could not be written, interrupted, bad data, a design could not be evaluated, success.
  package func run() -> ProgramStatus {
    ProgramSignals.noteStops()
    return ProgramStatus.of(problem) {
      if let threadCount { WorkerPool.threadCount = threadCount }
      try OutputFolder(path: outputFolder).check()
      var problems: [(name: String, file: ProblemFile)] = []
      var runs: [TopologyOptimisation] = []
      var isAnyBad = false
      for file in try Self.files(at: problem) {
        do throws(InputFaults) {
          let text = try ProblemFile(contentsOf: file, checking: TopologyOptimisation.faults)
          runs.append(try Self.optimisation(of: text, at: file))
          problems.append((file.stem, text))
          if !isQuiet { Self.warn(of: text, at: file) }
        } catch {
          StandardError.say(error.description)
          isAnyBad = true
        }
      }
      var claim: FolderClaim?
      defer { claim?.end() }
      if !runs.isEmpty {
        try OutputFolder(path: outputFolder).make()
        claim = try FolderClaim(outputFolder, for: .optimising)
      }
      let status = try run(&runs, problems)
      if status == .success || status == .notEvaluated { return isAnyBad ? .badData : status }
      return status
    }
  }

  /// Says what a problem will lack.
  private static func warn(of file: ProblemFile, at path: String) {
    let requirements = DesignRequirements(file, isDrawn: false)
    for warning in requirements.warnings + [requirements.advice].compactMap({ $0 }) {
      StandardError.say("\(path): warning: \(warning)")
    }
  }

  private func run(
    _ runs: inout [TopologyOptimisation], _ problems: [(name: String, file: ProblemFile)]
  ) throws -> ProgramStatus {
    let progress = isQuiet ? nil : OptimisationProgress()
    var written: Set<Int> = []
    var failure: (any Error)?
    /// Writes runs that ended.
    func write(_ runs: [TopologyOptimisation], isLast: Bool) {
      for (place, run) in runs.enumerated()
      where !written.contains(place) && failure == nil && (isLast || run.state != .running) {
        written.insert(place)
        do {
          let (name, file) = problems[place]
          let files = try OptimisedDesign(run, of: file, name: name)
            .write(to: outputFolder + "/" + name)
          progress?.erase()
          if !isQuiet { print("\(name): \(run.summary)" + files.text) }
          if case .failed(let fault) = run.state { StandardError.say("\(name): \(fault)") }
          if let reason = files.notExported {
            StandardError.say("\(name): no part to judge is written: \(reason)")
          }
        } catch { failure = error }
      }
    }
    do {
      try TopologyOptimisation.run(&runs) { runs in
        write(runs, isLast: false)
        progress?.show(runs)
      } shouldStop: {
        ProgramSignals.stopStatus != nil || failure != nil
      }
    } catch {
      // What was found before the failure is kept.
      write(runs, isLast: true)
      throw error
    }
    write(runs, isLast: true)
    progress?.erase()
    if let failure { throw failure }
    if let status = ProgramSignals.stopStatus {
      StandardError.say("interrupted")
      return status
    }
    let isAnyFailed = runs.contains { if case .failed = $0.state { true } else { false } }
    return isAnyFailed ? .notEvaluated : .success
  }

  /// A run of a file's problem.
  static func optimisation(
    of problemFile: ProblemFile, at file: String
  ) throws(InputFaults) -> TopologyOptimisation {
    guard let options = problemFile.optimisation else {
      throw InputFaults([
        InputFault(
          at: .init(file: file), "the file has no 'optimisation'",
          remedy: "add it, such as 'optimisation: {method: oc, volume-fraction: 0.4}'")
      ])
    }
    do throws(ProblemFaults) {
      return try TopologyOptimisation(of: problemFile.problem, options)
    } catch {
      throw InputFaults(
        error.faults.map {
          InputFault(at: .init(file: file), "\($0.place): \($0.problem)", remedy: $0.remedy)
        })
    }
  }

  /// The problem files at a path, by name.
  package static func files(at path: String) throws(InputFaults) -> [String] {
    guard let stream = opendir(path) else { return [path] }
    defer { closedir(stream) }
    var files: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".yml"), !name.hasPrefix(".") { files.append(path + "/" + name) }
    }
    guard !files.isEmpty else {
      throw InputFaults([
        InputFault(
          at: .init(file: path), "there is no problem in the folder",
          remedy: "problem files end in .yml")
      ])
    }
    return files.sorted()
  }
}
