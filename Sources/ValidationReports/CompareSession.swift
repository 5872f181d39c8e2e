import DesignValidation
import Files
import FoundationEssentials
package import ProgramSupport

/// One call of `gcgan-validate compare`: from the arguments to the exit code.
package struct CompareSession {
  let before: String
  let after: String
  let isStrict: Bool
  let json: String?
  let isFull: Bool

  /// A session with the arguments of the program.
  ///
  /// - Parameters:
  ///   - before: The earlier run, or a directory of parts with baselines.
  ///   - after: The later run, or a directory of parts with baselines; baselines are the earlier state, whatever their place.
  ///   - isStrict: Whether what moved fails, too.
  ///   - json: Where the JSON goes; `-` is standard output, and sends the text to standard error.
  ///   - isFull: Whether every difference is told.
  package init(before: String, after: String, isStrict: Bool, json: String?, isFull: Bool) {
    (self.before, self.after, self.isStrict) = (before, after, isStrict)
    (self.json, self.isFull) = (json, isFull)
  }

  /// Compares, prints and says how it went.
  package func run() -> ProgramStatus {
    StandardOutput.openClosedStreams()
    let comparison: RunComparison
    do { comparison = try self.comparison() } catch {
      Console.error.write("gcgan-validate: \(TerminalText.cleaned("\(error)"))\n")
      return .badData
    }
    let console = json == "-" ? Console.error : Console.output
    let stream = TextStream(console)
    stream.write(
      ComparisonText(comparison, isFull: isFull, isColoured: console.isColoured).lines)
    do {
      if let json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let bytes = Array(try encoder.encode(comparison)) + [UInt8(ascii: "\n")]
        if json == "-" {
          try Console.output.write(bytes)
        } else {
          try AtomicFile.write(bytes, to: json)
        }
      }
      if let fault = stream.fault { throw fault }
    } catch {
      Console.error.write("gcgan-validate: \(TerminalText.cleaned("\(error)"))\n")
      return .internalError
    }
    if comparison.comparedCount == 0 && comparison.parts.isEmpty { return .nothingFound }
    return comparison.level >= (isStrict ? .moved : .matters) ? .failed : .success
  }

  private func comparison() throws -> RunComparison {
    switch (Self.isOfBaselines(before), Self.isOfBaselines(after)) {
    case (false, false):
      return try RunComparison(from: SavedRunFolder(before), to: SavedRunFolder(after))
    case (true, false):
      return try RunComparison(fromBaselinesIn: [before], to: SavedRunFolder(after))
    case (false, true):
      return try RunComparison(fromBaselinesIn: [after], to: SavedRunFolder(before))
    case (true, true):
      throw InputFault(
        at: .init(file: before), "neither this nor '\(after)' is the folder of a run",
        remedy: "write one with 'gcgan-validate DIR --run FOLDER'")
    }
  }

  /// Whether a path is a directory without the record of a run.
  private static func isOfBaselines(_ path: String) -> Bool {
    FilePlace.isDirectory(path) && !FilePlace.exists(path + "/run.json")
  }
}
