import ArgumentParser
import DesignValidation
internal import ProgramSupport
import ValidationReports

extension SchemaSession.Kind: ExpressibleByArgument {}

/// Prints the JSON Schema of part files, for editors, or of records of runs.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of part.yml, or of run.json.")

  @Argument(help: "part, or run for the record of a run.")
  var kind: SchemaSession.Kind = .part

  func run() throws { throw ExitCode(SchemaSession.run(kind).rawValue) }
}
