import ArgumentParser
import DesignValidation
internal import ProgramSupport
import ValidationReports

/// Fills the tables of `Docs/Verification` from the JSON of a run.
struct TablesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verification-tables",
    abstract: "Fill the tables of results in the pages of Docs/Verification.",
    discussion: """
      A page gets the tables of the parts whose NAME/part.yml it links to, between \
      <!-- results:begin --> and <!-- results:end -->.
      """)

  @Argument(help: "The result of a run, written with --json.", completion: .file())
  var json: String

  @Argument(help: "The directory of the pages.", completion: .directory)
  var pages: String

  func run() throws {
    throw ExitCode(TablesSession(json: json, pages: pages).run().rawValue)
  }
}
