import ArgumentParser
import DesignValidation
internal import ProgramSupport
import ValidationReports

/// Prints the JSON Schema of part files, for editors.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of part.yml.")

  func run() throws { throw ExitCode(SchemaSession.run().rawValue) }
}
