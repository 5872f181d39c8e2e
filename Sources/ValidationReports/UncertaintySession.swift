import DesignValidation
public import ProgramSupport

/// One call of `gcgan-validate uncertainty-table`: from the arguments to the exit code.
public struct UncertaintySession {
  let json: String

  /// A session with the argument of the program.
  public init(json: String) { self.json = json }

  /// Prints the table; a check failed where the bounds miss too often or are blunt.
  public func run() -> ProgramStatus {
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
