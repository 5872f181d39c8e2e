import ArgumentParser
import ValidationReports

/// Where the reports of a run go.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the result as JSON; '-' writes it to standard output and the report to standard error.",
      valueName: "FILE|-"))
  var json: String?

  @Option(
    help: ArgumentHelp(
      "Write a test case per part as JUnit's XML, for pipelines.", valueName: "FILE|-"))
  var junit: String?

  @Option(
    help: ArgumentHelp(
      "Write an alert per part that does not pass as SARIF 2.1.0, for code scanning.",
      valueName: "FILE|-"))
  var sarif: String?

  @Option(
    help: ArgumentHelp(
      "Write a summary in Markdown, for a pull request.", valueName: "FILE|-"))
  var markdown: String?

  var files: ReportFiles {
    ReportFiles(json: json, junit: junit, sarif: sarif, markdown: markdown)
  }

  func validate() throws {
    if let fault = files.fault { throw ValidationError(fault) }
  }
}
