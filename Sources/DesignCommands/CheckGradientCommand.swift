import Manufacturability
import Parallelism
package import ProgramSupport

/// `gcgan-solve check-gradient`: whether every term's gradient is that of its value, by Taylor remainders.
package struct CheckGradientCommand: Sendable {
  /// The lowest order that a gradient may reach.
  package static let lowestOrder = 1.9

  /// The problem file.
  package var problem: String
  /// The design, an `.npy` array; random densities where there is none.
  package var density: String?
  /// Random directions.
  package var directionCount: Int
  /// What directions, and densities, are drawn from.
  package var seed: UInt64
  /// Threads; all processors where there is none.
  package var threadCount: Int?
  /// Whether only errors are said.
  package var isQuiet: Bool

  /// A command.
  package init(
    problem: String, density: String? = nil, directionCount: Int = 10, seed: UInt64 = 1,
    threadCount: Int? = nil, isQuiet: Bool = false
  ) {
    self.problem = problem
    self.density = density
    self.directionCount = directionCount
    self.seed = seed
    self.threadCount = threadCount
    self.isQuiet = isQuiet
  }

  /// Runs the command: a line per term on the standard output.
  package func run() -> ProgramStatus {
    ProgramStatus.of(density ?? problem) {
      if let threadCount { WorkerPool.threadCount = threadCount }
      let input = try DesignInput(problem: problem, density: density, seed: seed)
      let results = try GradientCheck(directionCount: directionCount, seed: seed)
        .run(input.loss, at: input.design)
      if !isQuiet { print(Self.table(results)) }
      let failed = results.filter { !Self.holds($0) }
      guard !failed.isEmpty else { return .success }
      let names = failed.map { "'\($0.name)'" }.joined(separator: ", ")
      StandardError.say(
        "the gradient does not match the value: the order is below 1.9 for \(names)")
      return .failed
    }
  }

  /// Whether a term's order is high enough; where a term is linear its remainder is round-off, and there is no order.
  static func holds(_ result: GradientCheck.TermResult) -> Bool {
    result.lowestOrder.map { $0 >= lowestOrder } ?? true
  }

  static func table(_ results: [GradientCheck.TermResult]) -> String {
    let width = (results.map(\.name.count) + [4]).max() ?? 4
    func padded(_ text: String, to width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let head = padded("term", to: width) + "  order    difference"
    return
      ([head]
      + results.map { result in
        let order = result.lowestOrder.map { "\(($0 * 1000).rounded() / 1000)" } ?? "linear"
        return padded(result.name, to: width) + "  " + padded(order, to: 7)
          + "  \(result.differenceError)" + (holds(result) ? "" : "  FAIL")
      }).joined(separator: "\n")
  }
}
