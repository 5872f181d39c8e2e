/// What depends on the length of a run: when it ends, and how its learning rates fall.
extension TrainingConfig {
  /// The keys that say when a run ends: a resumed run may change them.
  package static let lengthKeys: Set<String> = ["steps", "designs"]

  /// The share of a run after which learning rates fall.
  private static let fullRateShare = 0.3

  /// What the run ends with, and how far it is there: updates or designs, whichever are nearer to what is wanted of them.
  func goal(step: Int, samples: Int) -> Trainer.Goal {
    let updates = Trainer.Goal(unit: "updates", done: step, wanted: stepCount)
    guard let designCount else { return updates }
    let designs = Trainer.Goal(unit: "designs", done: samples, wanted: designCount)
    return designs.share >= updates.share ? designs : updates
  }

  /// What the learning rates are multiplied by for the update after `step` updates: 1, and where they fall from three tenths of the run on evenly less, to
  /// a twentieth at its end.
  func rateFactor(step: Int, samples: Int) -> Double {
    guard learningRates.schedule != .constant else { return 1 }
    let shrinking = max(0, goal(step: step, samples: samples).share - Self.fullRateShare) / 0.7
    return 1 - 0.95 * shrinking
  }

  /// The micro-steps of the update after `step` updates by the rule `warm-up`: `count` at first, twice as many after each of even parts of the first three tenths
  /// of the run, `largest` from there on.
  ///
  /// The critical batch size grows as training goes on, fast at first (Merrill and others, *Critical Batch Size Revisited*, arXiv 2505.23971).
  func warmUpCount(step: Int, samples: Int) -> Int {
    let (count, largest) = (accumulation.count, accumulation.largest)
    var counts = [count]
    while counts[counts.count - 1] < largest {
      counts.append(min(largest, 2 * counts[counts.count - 1]))
    }
    let share = goal(step: step, samples: samples).share / Self.fullRateShare
    return counts[min(counts.count - 1, Int(share * Double(counts.count - 1)))]
  }

  /// Whether the updates made so far are those of a run of any other length that has come no further than three tenths either.
  func isFreeOfLength(step: Int, samples: Int) -> Bool {
    if accumulation.rule == .warmUp { return step == 0 }
    return learningRates.schedule == .constant
      || goal(step: step, samples: samples).share <= Self.fullRateShare
  }

  /// Three tenths of the length, as a text.
  var fullRateText: String {
    let updates = "\(stepCount * 3 / 10) of \(stepCount) updates"
    return designCount.map { updates + " or \($0 * 3 / 10) of \($0) designs" } ?? updates
  }
}
