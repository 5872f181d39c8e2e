/// How many micro-steps are added up for an update.
package enum AccumulationRule: String, Codable, Sendable, CaseIterable {
  /// Always as many.
  case fixed
  /// More and more: twice as many again and again over the first three tenths of the run.
  case warmUp = "warm-up"
  /// As many as the running gradient noise scale (McCandlish and others 2018).
  case noiseScale = "noise-scale"
  /// As many as the LSTM gate forecasts the noise scale of the next updates to be.
  case gate
}

/// Averages that a rule keeps from update to update.
package struct NoiseAverage: Codable, Sendable, Equatable {
  /// The decay of the averages.
  package static let decay = 0.9
  private var variance = 0.0
  private var squaredLength = 0.0
  private var weight = 0.0

  /// Averages of nothing.
  package init() {}

  /// Takes in what an update's micro-gradients tell. Both parts are averaged before they are divided, because the quotient of noisy
  /// estimates is biased.
  package mutating func add(_ statistics: GradientPool.Statistics) {
    guard statistics.count > 1 else { return }
    variance = Self.decay * variance + (1 - Self.decay) * statistics.variance
    squaredLength = Self.decay * squaredLength + (1 - Self.decay) * statistics.squaredLength
    weight = Self.decay * weight + (1 - Self.decay)
  }

  /// tr Σ / |G|² in micro-gradients; `nil` before the first, infinite where the mean gradient drowns in noise.
  package var noiseScale: Double? {
    guard weight > 0 else { return nil }
    return squaredLength > 0 ? variance / squaredLength : .infinity
  }
}
