internal import Glibc

/// How the constants of a material follow from density: *c*(ρ) = *c*_solid · (ε + (1 − ε) *w*(ρ)), ε the ratio of void to solid.
///
/// SIMP: *w* = ρ^*p* (Bendsøe 1989). RAMP: *w* = ρ / (1 + *q* (1 − ρ)) (Stolpe and Svanberg 2001).
package struct MaterialInterpolation: Codable, Sendable, Equatable {
  /// The family of functions.
  package enum Scheme: String, Codable, Sendable, CaseIterable {
    /// ρ^p, p ≥ 1.
    case simp
    /// ρ / (1 + q (1 − ρ)), q ≥ 0.
    case ramp
  }
  /// The family of functions.
  package var scheme: Scheme
  /// *p* or *q* of the stiffness.
  package var penalty: Double
  /// *p* or *q* of the conductivity; that of the stiffness where there is none.
  package var conductivityPenalty: Double?
  /// *p* or *q* of the thermal stress coefficient *E*α/(1 − ν); that of the stiffness, which leaves α as it is, where there is none.
  package var thermalStressPenalty: Double?
  /// *p* or *q* of the share of the second solid; that of the stiffness where there is none.
  package var phasePenalty: Double?

  /// An interpolation; SIMP with *p* = 3 by default.
  package init(
    scheme: Scheme = .simp, penalty: Double = 3, conductivityPenalty: Double? = nil,
    thermalStressPenalty: Double? = nil, phasePenalty: Double? = nil
  ) {
    self.scheme = scheme
    self.penalty = penalty
    self.conductivityPenalty = conductivityPenalty
    self.thermalStressPenalty = thermalStressPenalty
    self.phasePenalty = phasePenalty
  }

  /// *w*(ρ) and its derivative.
  package func weight(_ density: Double, penalty: Double) -> (value: Double, slope: Double) {
    switch scheme {
    case .simp:
      if penalty == 3 { return (density * density * density, 3 * density * density) }
      if penalty == 1 { return (density, 1) }
      return (pow(density, penalty), penalty * pow(density, penalty - 1))
    case .ramp:
      let divisor = 1 + penalty * (1 - density)
      return (density / divisor, (1 + penalty) / (divisor * divisor))
    }
  }
}

/// The cone filter: ρ̄_e = Σ w_i ρ_i / Σ w_i with w = max(0, r − distance), in pixels (Bruns and Tortorelli 2001).
package struct DensityFilter: Codable, Sendable, Equatable {
  /// The radius *r* in pixels; up to 1 nothing is filtered.
  package var radius: Double
  /// A filter.
  package init(radius: Double) { self.radius = radius }
}

/// The smoothed step ρ̃ = (tanh βη + tanh β(ρ̄ − η)) / (tanh βη + tanh β(1 − η)) (Wang, Lazarov and Sigmund 2011).
package struct DensityProjection: Codable, Sendable, Equatable {
  /// Steepness β > 0.
  package var steepness: Double
  /// Threshold η.
  package var threshold: Double
  /// A projection.
  package init(steepness: Double, threshold: Double = 0.5) {
    self.steepness = steepness
    self.threshold = threshold
  }
}

/// How a parameter of the problem grows during optimisation: from `start` by `step` every `interval` iterations up to `end`.
package struct Continuation: Codable, Sendable, Equatable {
  /// The first value.
  package var start: Double
  /// What is added, or what is multiplied by where `isGeometric`.
  package var step: Double
  /// Iterations between steps.
  package var interval: Int
  /// The last value.
  package var end: Double
  /// Whether values are multiplied by `step` rather than increased by it.
  package var isGeometric: Bool

  /// A schedule.
  package init(start: Double, step: Double, interval: Int, end: Double, isGeometric: Bool = false) {
    self.start = start
    self.step = step
    self.interval = interval
    self.end = end
    self.isGeometric = isGeometric
  }

  /// The value at an iteration, counted from 0.
  package func value(at iteration: Int) -> Double {
    let steps = Double(iteration / max(1, interval))
    return isGeometric ? min(end, start * pow(step, steps)) : min(end, start + step * steps)
  }
}
