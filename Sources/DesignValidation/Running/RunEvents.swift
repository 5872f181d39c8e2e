/// What a run is about to do.
package struct RunPlan: Sendable {
  /// The directory as the user named it.
  package var directory: String
  /// The names of the parts that are evaluated, in order.
  package var parts: [String]
  /// Which share of a run they are; `nil` for a whole one.
  package var shard: Shard?
  /// Whether the run ends at the first part that fails.
  package var failsFast: Bool
  /// How many run side by side.
  package var jobs: Int
  /// What was passed over, and why, in a line each.
  package var notes: [String]

  /// A plan.
  package init(
    directory: String, parts: [String], shard: Shard? = nil, failsFast: Bool = false, jobs: Int,
    notes: [String] = []
  ) {
    (self.directory, self.parts, self.jobs, self.notes) = (directory, parts, jobs, notes)
    (self.shard, self.failsFast) = (shard, failsFast)
  }
}

/// What the machine spent on a run; kept apart from the physics, which is the same on every machine.
package struct RunTimings: Codable, Sendable {
  /// What one part cost.
  package struct Part: Codable, Sendable {
    /// The part's name.
    package var name: String
    /// Seconds on the clock.
    package var wallSeconds: Double
    /// Seconds of processor time.
    package var processorSeconds: Double
    /// The largest resident memory, in bytes.
    package var peakMemory: Int
    /// Seconds on the clock by stage, `read`, `factor`, `solve` and so on; `nil` where they are not known.
    package var stages: [String: Double]?
  }
  /// Seconds on the clock for all.
  package var wallSeconds = 0.0
  /// Threads that a solve had.
  package var threads: Int?
  /// The parts that ended, in the order of their names.
  package var parts: [Part] = []

  /// No time spent.
  package init() {}
}

/// Is told what happens in a run, as it happens. A report format is a conformer of its own.
package protocol RunReporter {
  /// The parts are known; none has begun.
  mutating func runBegan(_ plan: RunPlan)
  /// A part is evaluated from now on.
  mutating func partBegan(_ name: String)
  /// A part has its result; parts end in any order.
  mutating func partEnded(_ result: PartResult)
  /// All is known.
  mutating func runEnded(_ result: RunResult, timings: RunTimings) throws
}

extension RunReporter {
  /// Does nothing: a format that needs only results need not say so.
  package mutating func runBegan(_ plan: RunPlan) {}
  /// Does nothing.
  package mutating func partBegan(_ name: String) {}
  /// Does nothing.
  package mutating func partEnded(_ result: PartResult) {}
}
