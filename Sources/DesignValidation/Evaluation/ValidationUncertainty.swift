import NumericalMethods

/// Standard deviations of a comparison with a measurement, in the unit of the quantity.
package struct ValidationUncertainty: Codable, Sendable, Equatable {
  /// Of the discretisation; `nil` where nothing is known about it.
  package var numerical: Double?
  /// How the numerical part was found.
  package var numericalSource: String
  /// Of the inputs; `nil` where not stated.
  package var input: Double?
  /// Of the measurement.
  package var data: Double

  /// All together, as independent deviations; `nil` while the numerical part is not known.
  package var total: Double? {
    guard let numerical else { return nil }
    let input = input ?? 0
    return (numerical * numerical + input * input + data * data).squareRoot()
  }

  /// The probability that the error E, known to within u, lies inside ±T.
  ///
  /// p = Φ((T − E)/u) − Φ((−T − E)/u); all three in one unit.
  static func probability(error E: Double, deviation u: Double, tolerance T: Double) -> Double {
    if u == 0 { return abs(E) <= T ? 1 : 0 }
    let Φ = NormalDistribution.probability(below:)
    // Of the two mirrored forms, the one that loses no digits.
    let e = abs(E)
    return Φ((T - e) / u) - Φ((-T - e) / u)
  }
}
