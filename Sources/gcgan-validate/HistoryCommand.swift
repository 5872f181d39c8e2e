import ArgumentParser
internal import ProgramSupport

/// Hands over to `gcgan-history`, which lies beside this program.
///
/// A program of its own, since the database and what it needs are minutes of building and would be loaded by each child of a run.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Say how the figures of a part went from run to run; import and export runs.")

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("What gcgan-history takes.", valueName: "ARGUMENTS"))
  var arguments: [String] = []

  func run() throws {
    let reason = SiblingProgram("gcgan-history").replaceThisProcess(arguments)
    Console.error.write(
      "gcgan-validate: \(reason); 'make build' makes it, and it has to lie beside gcgan-validate\n")
    throw ExitCode(ProgramStatus.internalError.rawValue)
  }
}
