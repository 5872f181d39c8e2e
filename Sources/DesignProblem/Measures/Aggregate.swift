/// How the stresses of all elements become one number.
package struct Aggregate: Codable, Sendable, Equatable {
  /// The function.
  package enum Function: String, Codable, Sendable, CaseIterable {
    /// (Σ s^P)^(1/P), never below the largest.
    case pNorm = "p-norm"
    /// s₀/P · ln Σ exp(P s/s₀), s₀ the limit: Kreisselmeier and Steinhauser 1979; never below the largest.
    case ks
  }
  /// The function.
  package var function: Function
  /// *P* ≥ 1.
  package var exponent: Double
  /// The exponent *q* of the relaxation ρ^q (Bruggi 2008).
  package var relaxation: Double
  /// The stress s₀ that values are divided by; the value is then a share of it. Required by KS.
  package var limit: Double?
  /// Elements whose centre is nearer than this, in elements, to a node where the stress is singular do not count: loads at points and the ends of supports.
  package var away: Double
  /// Elements outside of it do not count; `nil` where all do.
  package var region: GridRegion?

  /// An aggregate; by default the p-norm with *P* = 8 and *q* = 0.5 over all elements.
  package init(
    function: Function = .pNorm, exponent: Double = 8, relaxation: Double = 0.5,
    limit: Double? = nil, away: Double = 0, region: GridRegion? = nil
  ) {
    self.function = function
    self.exponent = exponent
    self.relaxation = relaxation
    self.limit = limit
    self.away = away
    self.region = region
  }

  private enum CodingKeys: String, CodingKey {
    case function, exponent, relaxation, limit, away, region
  }

  /// Reads an aggregate; one that was written before there was `away` is over all elements.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    function = try values.decode(Function.self, forKey: .function)
    exponent = try values.decode(Double.self, forKey: .exponent)
    relaxation = try values.decode(Double.self, forKey: .relaxation)
    limit = try values.decodeIfPresent(Double.self, forKey: .limit)
    away = try values.decodeIfPresent(Double.self, forKey: .away) ?? 0
    region = try values.decodeIfPresent(GridRegion.self, forKey: .region)
  }

  /// Writes an aggregate; one over all elements as before there was `away`.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(function, forKey: .function)
    try values.encode(exponent, forKey: .exponent)
    try values.encode(relaxation, forKey: .relaxation)
    try values.encodeIfPresent(limit, forKey: .limit)
    if away != 0 { try values.encode(away, forKey: .away) }
    try values.encodeIfPresent(region, forKey: .region)
  }
}

/// The constants of the minimum size term.
package struct MinimumSize: Codable, Sendable, Equatable {
  /// The filtered density at which the eroded design is cut off; 0.75 in the source.
  package var erosion: Double
  /// The filtered density at which the dilated design is cut off; 0.25 in the source.
  package var dilation: Double
  /// The decay *c* of the indicator exp(−c |∇ρ̄|²), gradients per pixel, |∇ρ̄|² by central differences.
  package var decay: Double
  /// The radius in pixels of the cone filter that gives the length scale; `nil` for the problem's own filter. A design in black and white, which is
  /// judged without a filter, has one by this alone.
  package var radius: Double?

  /// The constants; by default those of the source for a filter of a few pixels.
  package init(
    erosion: Double = 0.75, dilation: Double = 0.25, decay: Double = 64, radius: Double? = nil
  ) {
    self.erosion = erosion
    self.dilation = dilation
    self.decay = decay
    self.radius = radius
  }
}
