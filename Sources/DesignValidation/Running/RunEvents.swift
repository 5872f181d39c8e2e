/// What a run is about to do.
public struct RunPlan: Sendable {
  /// The directory as the user named it.
  public var directory: String
  /// The names of the parts, in order.
  public var parts: [String]
  /// How many run side by side.
  public var jobs: Int
  /// What was passed over, and why, in a line each.
  public var notes: [String]

  /// A plan.
  public init(directory: String, parts: [String], jobs: Int, notes: [String] = []) {
    (self.directory, self.parts, self.jobs, self.notes) = (directory, parts, jobs, notes)
  }
}

/// What the machine spent on a run; kept apart from the physics, which is the same on every machine.
public struct RunTimings: Codable, Sendable {
  /// What one part cost.
  public struct Part: Codable, Sendable {
    /// The part's name.
    public var name: String
    /// Seconds on the clock.
    public var wallSeconds: Double
    /// Seconds of processor time.
    public var processorSeconds: Double
    /// The largest resident memory, in bytes.
    public var peakMemory: Int
  }
  /// Seconds on the clock for all.
  public var wallSeconds = 0.0
  /// The parts that ended, in the order of their names.
  public var parts: [Part] = []

  /// No time spent.
  public init() {}
}

/// Is told what happens in a run, as it happens. A report format is a conformer of its own.
public protocol RunReporter {
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
  public mutating func runBegan(_ plan: RunPlan) {}
  /// Does nothing.
  public mutating func partBegan(_ name: String) {}
  /// Does nothing.
  public mutating func partEnded(_ result: PartResult) {}
}
