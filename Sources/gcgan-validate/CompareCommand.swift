import ArgumentParser
internal import ProgramSupport
import ValidationReports

/// Compares two runs, or a run and baselines.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say what is different between two runs, or between baselines and a run.",
    discussion: """
      A figure has moved where it changed by more than 1e-8 of the field it is read from; where the meshes differ, by \
      more than the numerical uncertainty of both. It matters where a tolerance, a limit or a verdict is touched. The exit \
      status is 1 where something matters, with --strict where something moved.
      """)

  @Argument(
    help: ArgumentHelp("The earlier run, or a directory of parts with baselines.", valueName: "A"))
  var before: String

  @Argument(
    help: ArgumentHelp("The later run, or a directory of parts with baselines.", valueName: "B"))
  var after: String

  @Flag(help: "End with 1 where something moved, too.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "Write the comparison as JSON; '-' writes it to standard output and the text to standard error.",
      valueName: "FILE|-"))
  var json: String?

  @OptionGroup var pages: PageOptions

  @Flag(help: "Tell every difference.")
  var verbose = false

  private var files: ReportFiles {
    var files = ReportFiles(json: json)
    (files.report, files.history) = (pages.report, pages.history)
    return files
  }

  func validate() throws {
    if let fault = files.fault { throw ValidationError(fault) }
  }

  func run() throws {
    let session = CompareSession(
      before: before, after: after, isStrict: strict, files: files, isFull: verbose)
    throw ExitCode(session.run().rawValue)
  }
}
