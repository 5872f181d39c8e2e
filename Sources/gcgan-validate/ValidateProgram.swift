import ArgumentParser
import DesignValidation
internal import ProgramSupport

/// `gcgan-validate`: arguments, wiring and exit codes.
struct ValidateProgram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-validate",
    abstract: "Solves parts and judges them against references and limits.",
    usage: """
      gcgan-validate DIR ... [--only NAME ...] [--fail-fast] [--run FOLDER] [--record WHEN] [--jobs N] [--quiet | --verbose] [REPORT ...]
      gcgan-validate DIR ... --shard I/N --json SHARD.json
      gcgan-validate merge SHARD.json ... [REPORT ...]
      gcgan-validate compare A B [--strict] [--report FILE.html|FOLDER]
      gcgan-validate history [PART] [--quantity Q] | import RUN ... | export NUMBER FILE
      gcgan-validate verification-tables RUN.json Docs/Verification
      gcgan-validate uncertainty-table RUN.json
      """,
    discussion: """
      DIR holds parts: folders with a part.yml (see Docs/PartFile.md), and bare decks NAME.inp, which are \
      solved, checked for soundness and undecided, since they state no limit. Parts are found at any depth; a deck that \
      another includes is not a part. \
      DIR may be one part itself. Each part is evaluated in a process of \
      its own; one that crashes, hangs or grows too large is one line of the report.

      REPORT is --json, --junit, --sarif or --markdown and the name of a file, '-' for standard output \
      (see Docs/Pipelines.md), or --report and the name of a file .html or a folder.

      EXAMPLES
        gcgan-validate Validation/parts
        gcgan-validate Validation/parts --verbose
        gcgan-validate parts/bracket --json -
        gcgan-validate parts --json run.json --quiet --time-limit 60
        gcgan-validate parts --only bracket 'beam-*' --fail-fast
        gcgan-validate parts --junit junit.xml --markdown summary.md
        gcgan-validate parts --shard 2/3 --json shard-2.json
        gcgan-validate merge shard-*.json --junit junit.xml
        gcgan-validate parts --run now && gcgan-validate compare before now --report changes.html
        gcgan-validate decks --record missing
        gcgan-validate parts --report report.html

      EXIT CODES (where several apply, the first)
        130  interrupted; what was evaluated is reported
         70  internal error, or a report could not be written
         64  wrong use of the command
         65  bad data: DIR, a result or a shard cannot be read or merged
          5  nothing found: DIR has no parts
          3  a part could not be evaluated, or a shard is missing; also a part.yml under another name, a design without one
          1  a check failed
          2  undecided or not capable only
          0  all passed
      """,
    version: ProgramVersion.current.text(with: [Versions.mustache]),
    subcommands: [
      RunCommand.self, MergeCommand.self, CompareCommand.self, HistoryCommand.self,
      TablesCommand.self, UncertaintyCommand.self,
      SchemaCommand.self,
    ],
    defaultSubcommand: RunCommand.self)
}
