import ArgumentParser
import DesignCommands
import NetworkCommands
internal import ProgramSupport

/// Training with the physics in the loss.
@main struct GcganTrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-train",
    abstract: "Train a network with the physics in its loss.",
    discussion: """
      Writes into the run's folder: config.yml, checkpoint.safetensors, model.safetensors, log.jsonl, TensorBoard events, samples.png \
      and index.html with curves.

      Exit codes: 0 done, 3 a term is NaN or infinite (the checkpoint is that of the update before), 64 wrong usage, 65 bad data, or a \
      folder with another run or another process in it, 70 internal error, 73 a file cannot be written, 130 interrupted, with a \
      checkpoint.
      """,
    version: NetworkVersions.text)

  @Argument(help: ArgumentHelp("The config; see Docs/Training.md.", valueName: "CONFIG.yml"))
  var config: String

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The run's folder.", valueName: "RUN"))
  var output: String

  @Flag(
    help: "Continue the run in the folder; a run without a checkpoint starts from the beginning.")
  var resume = false

  @Option(
    help: ArgumentHelp("Threads; as many as there are processors by default.", valueName: "N"))
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Print only errors.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads takes a number from 1 on") }
  }

  func run() {
    TrainCommand(
      config: config, outputFolder: output, isResumed: resume, threadCount: threads,
      isQuiet: quiet
    ).run().leave()
  }
}
