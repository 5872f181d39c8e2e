import ArgumentParser
import DesignValidation

/// Prints the JSON Schema of part files, for editors.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of part.yml.")

  func run() { print(PartFile.schema, terminator: "") }
}
