import DeckLanguage

/// The increments of a step that is solved in several: where each ends, and which are printed.
///
/// An increment that converges quickly is followed by one 1.5 times as long, from the third increment on;
/// none is longer than allowed or reaches beyond the end of the step. With time points increments end at
/// each of them, and only those are printed.
///
/// - Source: CalculiX 2.20, `checkconvergence` and `checktime`.
struct IncrementSchedule {
  /// The end of an increment.
  struct Increment: Equatable {
    /// Its number, from 1.
    var number: Int
    /// Time since the start of the step.
    var stepTime: Double
  }

  /// The length of the step.
  let period: Double
  private let isDirect: Bool
  private let longest: Double
  private let timePoints: [Double]
  private let frequency: Int
  // In parts of the period:
  private var passed = 0.0
  private var length: Double
  private var reference: Double
  private var isSteady = false
  private var nextPoint: Int?
  private var endsAtPoint = false
  private var number = 0
  private var sincePrint = 0

  /// The increments of a step.
  ///
  /// - Parameters:
  ///   - timePoints: Times in the step, increasing; empty where increments end where they like.
  ///   - frequency: Increments between prints.
  init(_ step: DeckStep, timePoints: [Double], frequency: Int) {
    func value(_ index: Int) -> Double? {
      guard step.increments.indices.contains(index), let value = step.increments[index] else {
        return nil
      }
      return value > 0 ? value : nil
    }
    period = value(1) ?? 1
    longest = value(3) ?? 1e30
    isDirect = step.isDirect
    // Fixed increments know the first of the points only: it may shorten them all.
    self.timePoints = step.isDirect ? [] : timePoints
    self.frequency = max(1, frequency)
    let holdsFirst = step.procedure.traits.longestIncrementHoldsFirst && !step.isDirect
    var first = min(value(0) ?? period, period, holdsFirst ? longest : period)
    // A point that differs from the start by round-off of the total time was the end of the step before.
    let past = 1e-6 * period
    if let point = timePoints.firstIndex(where: { $0 > past }) {
      nextPoint = point
      // A first increment that would reach the first time point, or nearly, ends there.
      if timePoints[point] - first < 1e-6 * period {
        first = timePoints[point]
        nextPoint = point + 1
        endsAtPoint = true
      }
    }
    length = first / period
    reference = length
  }

  /// Starts the next increment; `nil` at the end of the step.
  mutating func next() -> Increment? {
    guard 1 - passed > 1e-6 else { return nil }
    number += 1
    sincePrint += 1
    return Increment(number: number, stepTime: (passed + length) * period)
  }

  /// Ends the increment, which took CalculiX its two iterations of linear equations.
  ///
  /// - Returns: Whether the increment is printed.
  mutating func finish() -> Bool {
    passed += length
    if isSteady, !isDirect { reference *= 1.5 }
    isSteady = true
    length = reference
    if length > longest / period, !isDirect {
      length = longest / period
      reference = length
    }
    if length >= 1 - passed {
      length = 1 - passed
      reference = length
    }
    if !timePoints.isEmpty {
      sincePrint = endsAtPoint ? frequency : frequency + 1
      endsAtPoint = false
      let end = (passed + length) * period
      if let point = nextPoint, timePoints.indices.contains(point),
        timePoints[point] - end < 1e-6 * period
      {
        length = timePoints[point] / period - passed
        nextPoint = point + 1
        endsAtPoint = true
      }
    }
    if sincePrint == frequency {
      sincePrint = 0
      return true
    }
    // The last increment of a step is always printed.
    return 1 - passed <= 1e-6
  }
}
