import DesignValidation
package import ProgramSupport

/// One call of `gcgan-validate uncertainty-table`: from the arguments to the exit code.
package struct UncertaintySession {
  let json: String

  /// A session with the argument of the program.
  package init(json: String) { self.json = json }

  /// Prints the table; a check failed where the bounds miss too often or are blunt.
  package func run() -> ProgramStatus {
    guard let result = SavedRun(path: json).result else { return .badData }
    let table = UncertaintyTable(result)
    let text = TextStream(.output)
    text.write(table.text)
    if let fault = text.fault {
      Console.error.write("gcgan-validate: \(fault)\n")
      return .internalError
    }
    return table.rows.isEmpty ? .nothingFound : table.holds ? .success : .failed
  }
}
