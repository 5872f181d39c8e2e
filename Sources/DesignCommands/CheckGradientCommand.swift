internal import Manufacturability
internal import Parallelism

/// `gcgan-solve check-gradient`: whether every term's gradient belongs to its value, by the Taylor test in random directions.
public struct CheckGradientCommand: Sendable {
  /// The `problem.yml`.
  public var problem: String
  /// The design; random densities of 0.2 to 0.8 where there is none.
  public var density: String?
  /// Random directions.
  public var directionCount: Int
  /// What they are drawn from.
  public var seed: UInt64
  /// Threads; all processors where there is none.
  public var threadCount: Int?

  /// The order below which a gradient is wrong.
  public static let leastOrder = 1.9

  /// A command.
  public init(
    problem: String, density: String? = nil, directionCount: Int = 10, seed: UInt64 = 1,
    threadCount: Int? = nil
  ) {
    self.problem = problem
    self.density = density
    self.directionCount = directionCount
    self.seed = seed
    self.threadCount = threadCount
  }

  /// Checks and prints a line per term; ends with 1 where an order is below 1.9.
  public func run() -> CommandOutcome {
    .of(density ?? problem) {
      if let threadCount { WorkerPool.threadCount = threadCount }
      let file = try ProblemFile(contentsOf: problem)
      let loss = try ManufacturabilityLoss(of: file.problem)
      let start =
        try density.map { try design(at: $0, of: file.problem) }
        ?? file.problem.randomDesign(seed: seed)
      let results = try GradientCheck(directionCount: directionCount, seed: seed)
        .run(loss, at: start)
      let width = results.map(\.name.count).max() ?? 0
      var isGood = true
      for result in results {
        let name = result.name + String(repeating: " ", count: width - result.name.count)
        let passes = result.lowestOrder.map { $0 >= Self.leastOrder } ?? true
        isGood = isGood && passes
        let order = result.lowestOrder.map { "order \(rounded($0))" } ?? "linear"
        print(
          "\(passes ? "ok  " : "FAIL") \(name)  \(order), central differences within "
            + "\(shortened(result.differenceError))")
      }
      return isGood ? .success : .checkFailed
    }
  }

  private func rounded(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

  /// Two digits of a small number.
  private func shortened(_ value: Double) -> String {
    guard value > 0, value.isFinite else { return "\(value)" }
    var (digits, power) = (value, 0)
    while digits < 1 { (digits, power) = (digits * 10, power - 1) }
    while digits >= 10 { (digits, power) = (digits / 10, power + 1) }
    return "\((digits * 10).rounded() / 10)e\(power)"
  }
}
