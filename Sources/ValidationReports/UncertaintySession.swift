public import DesignValidation

/// One call of `gcgan-validate uncertainty-table`: from the arguments to the exit code.
public struct UncertaintySession {
  let json: String

  /// A session with the argument of the program.
  public init(json: String) { self.json = json }

  /// Prints the table; a check failed where the bounds miss too often or are blunt.
  public func run() -> ValidationExitCode {
    guard let result = SavedRun(path: json).result else { return .badData }
    let table = UncertaintyTable(result)
    Console.output.write(table.text)
    return table.rows.isEmpty ? .nothingFound : table.holds ? .allPassed : .checkFailed
  }
}
