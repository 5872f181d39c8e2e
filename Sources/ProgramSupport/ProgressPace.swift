/// When a program without a terminal says how far it is: soon after its start, and then every half a minute.
package struct ProgressPace {
  /// Seconds before the first line.
  package var first = 0.0
  /// Seconds from one line to the next.
  package var interval = 30.0
  private var last: Double?

  /// A pace.
  package init(first: Double = 0, interval: Double = 30) {
    self.first = first
    self.interval = interval
  }

  /// Whether a line is due at a time since the start, in seconds; asked once for each line.
  package mutating func isDue(at seconds: Double) -> Bool {
    guard seconds >= (last.map { $0 + interval } ?? first) else { return false }
    last = seconds
    return true
  }
}
