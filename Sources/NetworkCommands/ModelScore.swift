package import DesignFamilies
import Files

/// How good a model's designs are: finished (joined, volume met) and raw (cut at a half, nothing else done).
package struct ModelScore: Sendable {
  /// What designs are scored by, such as `compliance`.
  package let objectiveName: String
  /// Which problems.
  package let split: DatasetSplit
  /// Iterations of refinement.
  package let refinement: Int
  /// Linear systems solved per design, on average.
  package let solvesPerDesign: Double
  /// Designs as they would be made.
  package let finished: [DesignQuality]
  /// The same before anything was joined.
  package let raw: [DesignQuality]
  /// The sign-off chances of the raw designs; empty where they were changed afterwards.
  package let signOffChances: [Double]
  /// The terms that the problems limit, in the order of their limits; empty where they limit none.
  package var limitNames: [String] = []
  /// Seconds that drawing, choosing and refining took, on all processors.
  package var seconds = Double.nan

  /// The figures.
  var json: JSONText {
    .object([
      ("objective", .string(objectiveName)), ("split", .string(split.rawValue)),
      ("problems", .integer(finished.count)),
      ("refinement", .integer(refinement)), ("solvesPerDesign", .number(solvesPerDesign)),
      ("finished", figures(finished)), ("raw", figures(raw)),
      ("signOffF1", .optional(signOffF1)), ("checksF1", .optional(checksF1)),
      (
        "signedOffShare",
        .number(Self.share(raw) { $0.isSignedOff(SignOffLimits()) })
      ),
      ("acceptedShare", .number(Double(acceptedCount) / Double(max(1, finished.count)))),
      (
        "solvesPerAcceptedDesign",
        .number(solvesPerDesign * Double(finished.count) / Double(acceptedCount))
      ),
      ("secondsPerAcceptedDesign", .number(seconds / Double(acceptedCount))),
    ])
  }

  /// Finished designs that the solver signs off.
  private var acceptedCount: Int { finished.count { $0.isSignedOff(SignOffLimits()) } }

  /// The chance from which a design is said to be signed off.
  package static let leastSignOffChance = 0.5

  /// The harmonic mean of precision and recall of what is said, without a solve, of raw designs being signed off: the checks' and the
  /// network's word; `nil` without guesses or without a design that is.
  package var signOffF1: Double? {
    guard signOffChances.count == raw.count else { return nil }
    return f1(of: signOffChances.map { $0 >= Self.leastSignOffChance })
  }

  /// The same where whatever passes the checks were taken to be signed off: what the network has to better.
  package var checksF1: Double? {
    guard signOffChances.count == raw.count else { return nil }
    return f1(of: raw.map { $0.isWellFormed(SignOffLimits()) })
  }

  private func f1(of guess: [Bool]) -> Double? {
    var (hits, guesses, passes) = (0, 0, 0)
    for (isGuessed, quality) in zip(guess, raw) {
      let isPassed = quality.isSignedOff(SignOffLimits())
      hits += isGuessed && isPassed ? 1 : 0
      guesses += isGuessed ? 1 : 0
      passes += isPassed ? 1 : 0
    }
    return passes + guesses == 0 ? nil : 2 * Double(hits) / Double(guesses + passes)
  }

  private func figures(_ qualities: [DesignQuality]) -> JSONText {
    // `medianComplianceError`, `medianTemperatureError`.
    let error = "\(objectiveName.prefix(1).uppercased())\(objectiveName.dropFirst())Error"
    let strict = qualities.map(\.objectiveError).sorted()
    let published = qualities.map(\.publishedObjectiveError).sorted()
    let passing = strict.filter { $0 < 1 }
    return .object([
      ("median\(error)", .number(Self.quantile(strict, 0.5))),
      ("quantile75", .number(Self.quantile(strict, 0.75))),
      ("quantile90", .number(Self.quantile(strict, 0.9))),
      (
        "mean\(error)OfPassing",
        .number(passing.reduce(0, +) / Double(max(1, passing.count)))
      ),
      ("quantile25", .number(Self.quantile(strict, 0.25))),
      ("limitsBrokenShare", .number(Self.share(qualities, \.breaksLimit))),
      ("limitsBroken", limitsBroken(qualities)),
      ("failureShare", .number(Self.share(qualities, \.isFailure))),
      ("floatingShare", .number(Self.share(qualities, \.isFloating))),
      ("loadsNotJoinedShare", .number(Self.share(qualities) { !$0.areLoadsJoined })),
      (
        "volumeMissedShare",
        .number(
          Self.share(qualities) { abs($0.volumeError) > SignOffLimits().volumeError })
      ),
      (
        "meanVolumeError",
        .number(
          qualities.reduce(0) { $0 + abs($1.volumeError) } / Double(max(1, qualities.count)))
      ),
      ("publishedMedian\(error)", .number(Self.quantile(published, 0.5))),
      (
        "publishedMean\(error)",
        .number(published.reduce(0, +) / Double(max(1, published.count)))
      ),
      ("publishedFloatingShare", .number(Self.share(qualities, \.isFloatingAsPublished))),
    ])
  }

  /// The share of designs that break each limit, and the median of what those exceed it by.
  private func limitsBroken(_ qualities: [DesignQuality]) -> JSONText {
    .object(
      limitNames.enumerated().map { place, name in
        let excesses = qualities.map { $0.limitExcesses[place] }.filter { !($0 <= 0) }.sorted()
        return (
          name,
          .object([
            ("share", .number(Double(excesses.count) / Double(max(1, qualities.count)))),
            ("medianExcess", .number(Self.quantile(excesses, 0.5))),
          ])
        )
      })
  }

  private static func share(_ qualities: [DesignQuality], _ holds: (DesignQuality) -> Bool)
    -> Double
  {
    Double(qualities.lazy.filter(holds).count) / Double(max(1, qualities.count))
  }

  /// The smallest value that at least this share of all does not exceed.
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    guard !sorted.isEmpty else { return .nan }
    return sorted[min(sorted.count - 1, Int((share * Double(sorted.count)).rounded(.up)) - 1)]
  }
}
