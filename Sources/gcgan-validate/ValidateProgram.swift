import ArgumentParser
import DesignValidation

/// `gcgan-validate`: arguments, wiring and exit codes.
struct ValidateProgram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-validate",
    abstract: "Solves parts and judges them against references and limits.",
    usage: """
      gcgan-validate DIR ... [--json FILE|-] [--jobs N] [--quiet | --verbose]
      gcgan-validate verification-tables RUN.json Docs/Verification
      gcgan-validate uncertainty-table RUN.json
      """,
    discussion: """
      DIR holds parts: folders with a part.yml (see Docs/PartFile.md), and bare decks NAME.inp, which are \
      solved, checked for soundness and undecided, since they state no limit. Parts are found at any depth; a deck that \
      another includes is not a part. \
      DIR may be one part itself. Each part is evaluated in a process of \
      its own; one that crashes, hangs or grows too large is one line of the report.

      EXAMPLES
        gcgan-validate Validation/parts
        gcgan-validate Validation/parts --verbose
        gcgan-validate parts/bracket --json -
        gcgan-validate parts --json run.json --quiet --time-limit 60

      EXIT CODES (where several apply, the first)
        130  interrupted; what was evaluated is reported
         70  internal error, or a report could not be written
         64  wrong use of the command
         65  bad data: DIR or a result file cannot be read
          5  nothing found: DIR has no parts
          3  a part could not be evaluated; also a part.yml under another name, a design without one
          1  a check failed
          2  undecided or not capable only
          0  all passed
      """,
    version: ProgramVersion.current.description,
    subcommands: [
      RunCommand.self, TablesCommand.self, UncertaintyCommand.self, SchemaCommand.self,
    ],
    defaultSubcommand: RunCommand.self)
}
