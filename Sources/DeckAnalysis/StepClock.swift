import DeckLanguage

/// A moment in a step, and the amplitudes at it.
struct StepClock {
  /// Time since the start of the step.
  let stepTime: Double
  /// Time at the start of the step, since the start of the first step.
  let startTime: Double
  /// How much of the step has passed, 0…1.
  let share: Double
  /// The factor of every amplitude now.
  private let factors: [String: Double]
  /// Amplitudes measured in total time.
  private let lasting: Set<String>

  /// The given moment.
  init(
    stepTime: Double, period: Double, startTime: Double, amplitudes: [String: Amplitude]
  ) {
    self.stepTime = stepTime
    self.startTime = startTime
    share = period > 0 ? stepTime / period : 1
    factors = amplitudes.mapValues {
      $0.factor(at: $0.usesTotalTime ? startTime + stepTime : stepTime)
    }
    lasting = Set(amplitudes.filter { $0.value.usesTotalTime }.keys)
  }

  /// The total time, as it is printed.
  var totalTime: Double { startTime + stepTime }

  /// The factor of an amplitude now; `nil` where there is no amplitude of that name.
  func factor(of name: String) -> Double? { name == Self.jump ? 1 : factors[name] }

  /// The amplitude of loads that act in full from the start of their step (`*STEP, AMPLITUDE=STEP`); no name in
  /// a deck has a blank.
  static let jump = "at once"

  /// The amplitude of loads that go in a straight line in their step (`*STEP, AMPLITUDE=RAMP`): as without one, but it
  /// ends with the step. It has no factor.
  static let straightLine = "in a straight line"

  /// Whether an amplitude goes on after the step.
  func goesOn(_ name: String) -> Bool { lasting.contains(name) }
}

extension Amplitude {
  /// The factor at a time: linear between the points, constant outside them.
  func factor(at time: Double) -> Double {
    guard let first = points.first, let last = points.last else { return 1 }
    if time < first.time { return first.factor }
    if time >= last.time { return last.factor }
    // The last of several points at the same time holds.
    let upper = points.firstIndex { $0.time > time } ?? points.count - 1
    let (from, to) = (points[upper - 1], points[upper])
    return from.factor + (to.factor - from.factor) * (time - from.time) / (to.time - from.time)
  }
}
