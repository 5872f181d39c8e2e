/// Seconds a run spent in its stages.
package struct StageTimes: Sendable, Equatable {
  /// What a run does.
  package enum Stage: String, CaseIterable, Sendable {
    /// Reading and checking the deck.
    case read
    /// Assembling and factoring.
    case factor
    /// Solving, with checks, stresses and forces.
    case solve
    /// Laying out the `.dat`.
    case print
    /// Estimating the discretisation error.
    case estimate
    /// Nodal fields and the `.vtu`.
    case fields
  }

  /// Seconds by stage.
  package private(set) var seconds: [Stage: Double] = [:]

  /// No time spent.
  package init() {}

  /// Runs something and adds the time it takes to a stage.
  package mutating func measure<Result: ~Copyable>(
    _ stage: Stage, _ body: () throws -> Result
  ) rethrows -> Result {
    let start = ContinuousClock.now
    defer {
      let (whole, part) = (ContinuousClock.now - start).components
      seconds[stage, default: 0] += Double(whole) + Double(part) * 1e-18
    }
    return try body()
  }

  /// The times of two parts of a run together.
  package static func + (a: Self, b: Self) -> Self {
    var sum = a
    sum.seconds.merge(b.seconds) { $0 + $1 }
    return sum
  }
}
