import DesignValidation
import Files
import FoundationEssentials
package import ProgramSupport

/// One call of `gcgan-validate DIR …`: from the arguments to the exit code.
package struct ValidationSession {
  let directories: [String]
  let worker: [String]
  let jobs: Int
  let limits: ProcessLimits
  let json: String?
  let runFolder: String?
  let detail: TextReporter.Detail

  /// A session with the arguments of the program.
  ///
  /// - Parameters:
  ///   - worker: The command that evaluates a part; the part's path is appended.
  ///   - json: Where the JSON goes; `-` is standard output, and sends the report to standard error.
  ///   - runFolder: Where the record of the run goes.
  package init(
    directories: [String], worker: [String], jobs: Int, limits: ProcessLimits, json: String?,
    runFolder: String? = nil, detail: TextReporter.Detail
  ) {
    (self.directories, self.worker, self.jobs) = (directories, worker, jobs)
    (self.limits, self.json, self.detail) = (limits, json, detail)
    self.runFolder = runFolder
  }

  /// Evaluates the parts, writes the reports and says how it went.
  package func run() -> ProgramStatus {
    StandardOutput.openClosedStreams()
    ProgramSignals.noteStops()
    let search: PartSearch
    do {
      search = try PartSearch(in: directories)
    } catch {
      Console.error.write("gcgan-validate: \(TerminalText.cleaned(error.description))\n")
      return .badData
    }
    let console = json == "-" ? Console.error : Console.output
    let text = TextStream(console)
    let bar =
      detail != .quiet && Console.error.isTerminal
      ? ProgressBar(columns: Console.error.columns) { Console.error.write($0) } : nil
    var reporters: [any RunReporter] = [
      TextReporter(detail: detail, isColoured: console.isColoured, progress: bar) {
        text.write($0)
      }
    ]
    if let json {
      reporters.append(
        JSONReporter { data in
          if json == "-" {
            try Console.output.write(Array(data))
          } else {
            try AtomicFile.write(Array(data), to: json)
          }
        })
    }
    var folder: RunFolder?
    do {
      var run = ValidationRun(worker: worker, jobs: jobs, limits: limits, program: .current)
      if let runFolder {
        let begun = try RunFolder(beginningAt: runFolder)
        folder = begun
        run.fieldsFolder = begun.fieldsPath
        reporters.append(RecordReporter(folder: begun, directories: directories))
      }
      let result = try run.evaluate(
        search.parts, notes: search.notes, of: directories.joined(separator: ", "),
        reporters: &reporters)
      if let fault = text.fault, !result.isInterrupted { throw fault }
      return result.exitCode
    } catch {
      folder?.abandon()
      Console.error.write("gcgan-validate: \(TerminalText.cleaned("\(error)"))\n")
      return .internalError
    }
  }
}
