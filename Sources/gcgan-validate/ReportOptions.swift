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
      "Write a summary in Markdown, for a pull request; with --run or --report also a picture beside it.",
      valueName: "FILE|-"))
  var markdown: String?

  @OptionGroup var pages: PageOptions

  var files: ReportFiles {
    var files = ReportFiles(json: json, junit: junit, sarif: sarif, markdown: markdown)
    (files.report, files.history) = (pages.report, pages.history)
    return files
  }

  func validate() throws {
    if let fault = files.fault { throw ValidationError(fault) }
  }
}

/// Where the pages of a run or of a comparison go.
struct PageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write a report to read: one page where the name ends in .html, else a folder of pages.",
      valueName: "FILE.html|FOLDER"))
  var report: String?

  @Option(
    help: ArgumentHelp(
      "Draw how figures went from run to run into the report, from a file of 'gcgan-validate history'.",
      valueName: "FILE"), completion: .file())
  var history: String?
}
