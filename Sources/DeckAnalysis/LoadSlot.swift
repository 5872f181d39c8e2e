/// One number of a load that lives on from step to step.
struct LoadSlot: Sendable, Equatable {
  /// The value at the start of the step.
  var old: Double
  /// The value the deck asks for at the end of the step.
  var target: Double
  /// The name of the amplitude that scales ``target``; without one the load goes from ``old`` to
  /// ``target`` in a straight line.
  var amplitude: String?
  /// The value at the time last asked for.
  var actual: Double

  /// A load that was not there before.
  init(old: Double = 0, target: Double, amplitude: String?) {
    (self.old, self.target, self.amplitude, self.actual) = (old, target, amplitude, old)
  }

  /// Moves to a time of the step.
  ///
  /// - Source: CalculiX 2.20, `tempload`.
  mutating func advance(to clock: StepClock) {
    if let amplitude, let factor = clock.factor(of: amplitude) {
      actual = target * factor
    } else {
      actual = old + (target - old) * clock.share
    }
  }

  /// Ends the step: where it got to is where the next one starts.
  ///
  /// An amplitude in step time ends with its step and leaves its last value behind; one in total time
  /// goes on.
  mutating func endStep(_ clock: StepClock) {
    old = actual
    if let name = amplitude, !clock.goesOn(name) {
      amplitude = nil
      target = actual
    }
  }
}
