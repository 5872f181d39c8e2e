import ArgumentParser
import DesignValidation
import Glibc
internal import ProgramSupport
import ValidationReports

extension BaselineMode: ExpressibleByArgument {}

/// Evaluates the parts of directories.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Evaluate the parts of directories (what is done without a command).")

  @Argument(
    help: ArgumentHelp("Directories of parts, parts' folders, or decks.", valueName: "DIR"),
    completion: .directory)
  var directories: [String]

  @OptionGroup var reports: ReportOptions

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Evaluate only these parts: names as in the report, folders of parts, or patterns such as 'beam-*'.",
      valueName: "NAME"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      "Evaluate one of N equal shares of the parts; 'merge' joins their results.",
      valueName: "I/N"))
  var shard: String?

  @Flag(help: "Stop at the first part that fails or cannot be evaluated.")
  var failFast = false

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp(
      "Write the record of the run, its times and the fields of its models into a folder.",
      valueName: "FOLDER"))
  var runFolder: String?

  @Option(
    help: ArgumentHelp(
      "Write baselines: never, missing, failed or all (default: none; never where CI is set and a part has a baseline).",
      valueName: "WHEN"))
  var record: BaselineMode?

  @Option(
    help: ArgumentHelp(
      "Parts evaluated side by side (default: the number of cores).", valueName: "N"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Wall-clock seconds for one part.", valueName: "SECONDS"))
  var timeLimit: Double = 600

  @Option(
    help: ArgumentHelp(
      "MiB of address space for one part (default: the machine's memory shared by the jobs).",
      valueName: "MIB"))
  var memoryLimit: Int?

  @Flag(help: "Report only parts that do not pass, and the summary; no progress bar.")
  var quiet = false

  @Flag(help: "Report every figure of every part.")
  var verbose = false

  @Option(help: .hidden)
  var worker: [String] = []

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs is a number from 1 to 1024, not \(jobs).")
    }
    if !(timeLimit > 0 && timeLimit <= 1e6) {
      throw ValidationError("--time-limit is a number of seconds above 0, not \(timeLimit).")
    }
    // The libraries alone take some 300 MiB of addresses, and near that they wait for memory without end.
    if let memoryLimit, !(512...(1 << 30)).contains(memoryLimit) {
      throw ValidationError("--memory-limit is a number of MiB from 512, not \(memoryLimit).")
    }
    if let shard, Shard(shard) == nil {
      throw ValidationError("--shard is a share such as 2/3, not '\(shard)'.")
    }
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
  }

  func run() throws {
    let jobs = jobs ?? ProcessLimits.coreCount
    var limits = ProcessLimits.shared(by: jobs)
    limits.wallSeconds = timeLimit
    limits.processorSeconds = max(1, Int(timeLimit.rounded(.up)) * ProcessLimits.coreCount)
    if let memoryLimit { limits.memory = memoryLimit << 20 }
    var session = ValidationSession(
      directories: directories,
      worker: worker.isEmpty ? PartCommand.command(limits) : worker,
      jobs: jobs, limits: limits, files: reports.files, runFolder: runFolder, record: record,
      detail: quiet ? .quiet : verbose ? .full : .normal)
    session.only = only
    session.shard = shard.flatMap { Shard($0) }
    session.failsFast = failFast
    let code = session.run()
    throw ExitCode(code.rawValue)
  }
}
