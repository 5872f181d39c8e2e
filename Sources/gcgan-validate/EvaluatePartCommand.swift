import ArgumentParser
import DesignValidation

/// The child's side of a run: evaluates one part under limits and answers in JSON.
struct EvaluatePartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate-part", abstract: "Evaluate one part in this process.",
    shouldDisplay: false)

  @Argument var path: String
  @Option var memory: Int
  @Option var processorSeconds: Int

  /// The command that evaluates a part under limits; the part's path is to be appended.
  static func command(_ limits: ProcessLimits) -> [String] {
    [
      "/proc/self/exe", "evaluate-part", "--memory", "\(limits.memory)", "--processor-seconds",
      "\(limits.processorSeconds)", "--",
    ]
  }

  func run() throws {
    let limits = ProcessLimits(
      memory: memory, processorSeconds: processorSeconds, wallSeconds: .infinity)
    try PartWorker(solver: DeckModelSolver()).answer(partAt: path, limits: limits)
  }
}
