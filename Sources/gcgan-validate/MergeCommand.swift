import ArgumentParser
import DesignValidation
internal import ProgramSupport
import ValidationReports

/// Makes one run of the results of its shards.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge the results of all shards of a run into its result.",
    discussion: """
      SHARD is what a run with --shard wrote with --json, or the folder that it wrote with --run. The merged result has the bytes of a run without \
      --shard. Parts of a shard that is missing are not evaluable: the exit status is 3, and the shard is named. Shards of \
      different runs, and one shard given twice, are refused with 65.
      """)

  @Argument(
    help: ArgumentHelp("The results of the shards, in any order.", valueName: "SHARD"),
    completion: .file())
  var shards: [String]

  @OptionGroup var reports: ReportOptions

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp(
      "Write the record of the whole run into a folder; the shards are then folders.",
      valueName: "FOLDER"))
  var runFolder: String?

  @Flag(help: "Report only parts that do not pass, and the summary.")
  var quiet = false

  @Flag(help: "Report every figure of every part.")
  var verbose = false

  func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
  }

  func run() throws {
    let session = MergeSession(
      shards: shards, files: reports.files, runFolder: runFolder,
      detail: quiet ? .quiet : verbose ? .full : .normal)
    throw ExitCode(session.run().rawValue)
  }
}
