package import DesignValidation
import Files
import Glibc
package import ProgramSupport

/// One call of `gcgan-validate DIR …`: from the arguments to the exit code.
package struct ValidationSession {
  let directories: [String]
  let worker: [String]
  let jobs: Int
  let limits: ProcessLimits
  let files: ReportFiles
  let runFolder: String?
  let record: BaselineMode?
  let detail: TextReporter.Detail
  /// Names of the parts that are evaluated; empty for all.
  package var only: [String] = []
  /// The share of the parts that is evaluated; `nil` for all.
  package var shard: Shard?
  /// Whether the run ends at the first part that fails.
  package var failsFast = false

  /// A session with the arguments of the program.
  ///
  /// - Parameters:
  ///   - worker: The command that evaluates a part; the part's path is appended.
  ///   - files: Where reports go; one on standard output sends the text for people to standard error.
  ///   - runFolder: Where the record of the run goes.
  ///   - record: When baselines are written; `nil` for never where `CI` is set and one part at least has one, else for not at all.
  package init(
    directories: [String], worker: [String], jobs: Int, limits: ProcessLimits,
    files: ReportFiles, runFolder: String? = nil, record: BaselineMode? = nil,
    detail: TextReporter.Detail
  ) {
    (self.directories, self.worker, self.jobs) = (directories, worker, jobs)
    (self.limits, self.files, self.detail) = (limits, files, detail)
    (self.runFolder, self.record) = (runFolder, record)
  }

  /// Whether a pipeline runs the program.
  private static var isAutomatic: Bool {
    getenv("CI").map { !["", "0", "false"].contains(String(cString: $0)) } ?? false
  }

  /// Evaluates the parts, writes the reports and says how it went.
  package func run() -> ProgramStatus {
    StandardOutput.openClosedStreams()
    ProgramSignals.noteStops()
    let search: PartSearch
    let parts: [PartFolder]
    let history: HistorySeries?
    do {
      history = try files.series()
      search = try PartSearch(in: directories)
      parts = search.parts.isEmpty ? [] : try PartSelection(only).parts(of: search.parts)
    } catch {
      Console.error.write("gcgan-validate: \(TerminalText.cleaned("\(error)"))\n")
      return error is UnknownPart ? .usage : .badData
    }
    let console = files.usesOutput ? Console.error : Console.output
    let text = TextStream(console)
    let bar =
      detail != .quiet && Console.error.isTerminal
      ? ProgressBar(columns: Console.error.columns) { Console.error.write($0) } : nil
    var reporters: [any RunReporter] = [
      TextReporter(detail: detail, isColoured: console.isColoured, progress: bar) {
        text.write($0)
      }
    ]
    var folder: RunFolder?
    // Without a folder of the run the fields for pictures are kept only until the pages are written.
    defer { if runFolder == nil { folder?.abandon() } }
    do {
      var run = ValidationRun(worker: worker, jobs: jobs, limits: limits, program: .current)
      (run.shard, run.failsFast) = (shard, failsFast)
      if let runFolder {
        let begun = try RunFolder(beginningAt: runFolder)
        folder = begun
        reporters.append(RecordReporter(folder: begun, directories: directories))
      }
      let mode = record ?? (Self.isAutomatic && search.hasBaselines ? .never : nil)
      run.baselines = BaselineKeeper(mode)
      try files.check()
      if files.report != nil, folder == nil {
        folder = try RunFolder(beginningAt: ReportMaterial.temporaryFolder)
      }
      run.fieldsFolder = folder?.fieldsPath
      // The record comes first: what follows reads the fields where it has put them.
      let material = folder.map { begun in
        ReportMaterial(
          command: ["gcgan-validate"] + directories, directories: directories,
          fieldsFolder: runFolder.map { $0 + "/fields" } ?? begun.fieldsPath,
          history: history)
      }
      reporters += files.reporters(with: material)
      let result = try run.evaluate(
        parts, notes: search.notes, of: directories.joined(separator: ", "),
        reporters: &reporters)
      if detail != .quiet, !run.baselines.writtenPaths.isEmpty {
        text.write(TerminalText.cleaned(run.baselines.summary) + "\n")
      }
      for fault in run.baselines.faults {
        Console.error.write("gcgan-validate: \(TerminalText.cleaned(fault.description))\n")
      }
      if !run.baselines.faults.isEmpty { return .internalError }
      if let fault = text.fault, !result.isInterrupted { throw fault }
      return result.exitCode
    } catch {
      folder?.abandon()
      Console.error.write("gcgan-validate: \(TerminalText.cleaned("\(error)"))\n")
      return .internalError
    }
  }
}
