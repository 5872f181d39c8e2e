import DesignValidation
import Files
import FoundationEssentials
package import ProgramSupport
import ReportPages

/// One call of `gcgan-validate compare`: from the arguments to the exit code.
package struct CompareSession {
  let before: String
  let after: String
  let isStrict: Bool
  let files: ReportFiles
  let isFull: Bool

  /// A session with the arguments of the program.
  ///
  /// - Parameters:
  ///   - before: The earlier run, or a directory of parts with baselines.
  ///   - after: The later run, or a directory of parts with baselines; baselines are the earlier state, whatever their place.
  ///   - isStrict: Whether what moved fails, too.
  ///   - files: Where JSON and pages go; `-` is standard output, and sends the text to standard error.
  ///   - isFull: Whether every difference is told.
  package init(before: String, after: String, isStrict: Bool, files: ReportFiles, isFull: Bool) {
    (self.before, self.after, self.isStrict) = (before, after, isStrict)
    (self.files, self.isFull) = (files, isFull)
  }

  /// What is compared, and what that comes to.
  private struct Sides {
    /// `nil` where the earlier state are baselines.
    var earlier: SavedRunFolder?
    var later: SavedRunFolder
    var comparison: RunComparison
    /// The earlier state as a reader names it.
    var name: String
  }

  /// Compares, prints and says how it went.
  package func run() -> ProgramStatus {
    StandardOutput.openClosedStreams()
    let sides: Sides
    let history: HistorySeries?
    do { (history, sides) = (try files.series(), try self.sides()) } catch {
      Console.error.write("gcgan-validate: \(TerminalText.cleaned("\(error)"))\n")
      return .badData
    }
    let comparison = sides.comparison
    let console = files.usesOutput ? Console.error : Console.output
    let stream = TextStream(console)
    stream.write(
      ComparisonText(comparison, isFull: isFull, isColoured: console.isColoured).lines)
    do {
      if let json = files.json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let bytes = Array(try encoder.encode(comparison)) + [UInt8(ascii: "\n")]
        if json == "-" {
          try Console.output.write(bytes)
        } else {
          try AtomicFile.write(bytes, to: json)
        }
      }
      if let report = files.report { try write(sides, history, to: report) }
      if let fault = stream.fault { throw fault }
    } catch {
      Console.error.write("gcgan-validate: \(TerminalText.cleaned("\(error)"))\n")
      return .internalError
    }
    if comparison.comparedCount == 0 && comparison.parts.isEmpty { return .nothingFound }
    return comparison.level >= (isStrict ? .moved : .matters) ? .failed : .success
  }

  private func sides() throws -> Sides {
    let ofBaselines = (Self.isOfBaselines(before), Self.isOfBaselines(after))
    if ofBaselines == (false, false) {
      let (earlier, later) = (try SavedRunFolder(before), try SavedRunFolder(after))
      return Sides(
        earlier: earlier, later: later, comparison: try RunComparison(from: earlier, to: later),
        name: before)
    }
    guard ofBaselines != (true, true) else {
      throw InputFault(
        at: .init(file: before), "neither this nor '\(after)' is the folder of a run",
        remedy: "write one with 'gcgan-validate DIR --run FOLDER'")
    }
    let (parts, run) = ofBaselines.0 ? (before, after) : (after, before)
    let later = try SavedRunFolder(run)
    return Sides(
      later: later, comparison: try RunComparison(fromBaselinesIn: [parts], to: later),
      name: "the baselines in \(parts)")
  }

  /// Writes the pages of the later run, with what changed in them.
  private func write(_ sides: Sides, _ history: HistorySeries?, to path: String) throws {
    try files.check()
    let record = sides.later.record
    let material = ReportMaterial(command: ["gcgan-validate", "compare", before, after]) {
      try sides.later.fields(of: $1)
    }
    var source = try material.source(of: record.result, sides.later.timings ?? RunTimings())
    for (library, kernel) in record.kernels.sorted(by: { $0.key < $1.key }) {
      source.facts.append(("Kernels of \(library)", kernel))
    }
    source.take(sides.comparison, with: sides.name)
    if let earlier = sides.earlier {
      source.baselineFields = { part, model in
        let old = earlier.record.parts.first { $0.name == part.name }
        return try old?.models.first { $0.name == model.name }.flatMap {
          try earlier.fields(of: $0)
        }
      }
    }
    if let history {
      source.histories = ReportMaterial.histories(history, record, try record.json())
    }
    try ReportPages(source).write(to: path)
  }

  /// Whether a path is a directory without the record of a run.
  private static func isOfBaselines(_ path: String) -> Bool {
    FilePlace.isDirectory(path) && !FilePlace.exists(path + "/run.json")
  }
}
