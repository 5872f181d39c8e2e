/// Bands of colour for the values of a field.
///
/// The lightness of the bands grows with the value, so that a print in grey still reads; but in `.difference`, which is
/// lightest at no difference.
package struct ColorScale: Sendable, Equatable {
  /// What is shown, which decides the colours.
  package enum Family: String, Sendable, CaseIterable {
    /// Blue to yellow: stresses and other values from 0 up.
    case magnitude
    /// Violet to pale yellow: temperatures.
    case heat
    /// White to dark red: estimated errors.
    case error
    /// Blue, white, red: differences.
    case difference
  }

  /// How many bands there are.
  package static let bandCount = 12
  /// Red, green and blue where a field has no finite value.
  static let missing = SIMD3<Double>(0.62, 0.62, 0.62)

  /// What is shown.
  package let family: Family
  /// The values where the first band begins and the last one ends.
  package let low, high: Double

  /// Bands from one value to another.
  package init(_ family: Family, from low: Double, to high: Double) {
    (self.family, self.low, self.high) = (family, low, high)
  }

  /// Bands over the finite ones of some values, of a difference as far up as down; `nil` where no value is finite.
  package init?(_ family: Family, over values: [Double]) {
    let finite = values.filter(\.isFinite)
    guard var low = finite.min(), var high = finite.max() else { return nil }
    if family == .difference {
      high = max(abs(low), abs(high))
      low = -high
    }
    self.init(family, from: low, to: high)
  }

  /// The values between the bands, from the lowest to the highest.
  package var limits: [Double] {
    (0...Self.bandCount).map { low + (high - low) * Double($0) / Double(Self.bandCount) }
  }

  /// The band of a value, from 0; `nil` where it is not finite.
  func band(of value: Double) -> Int? {
    guard value.isFinite else { return nil }
    guard high > low else { return Self.bandCount / 2 }
    let share = (value - low) / (high - low)
    return min(Self.bandCount - 1, max(0, Int(share * Double(Self.bandCount))))
  }

  /// The colour of a band as red, green and blue from 0 to 1.
  func color(ofBand band: Int) -> SIMD3<Double> {
    let anchors = Self.anchors(of: family)
    let place = Double(band) / Double(Self.bandCount - 1) * Double(anchors.count - 1)
    let first = min(anchors.count - 2, Int(place))
    let share = place - Double(first)
    return anchors[first] * (1 - share) + anchors[first + 1] * share
  }

  /// The colour of a band as a page writes it: `#24185c`.
  package func hexColor(ofBand band: Int) -> String {
    let color = color(ofBand: band)
    return "#"
      + [color.x, color.y, color.z].map { part in
        let digits = String(Int((part * 255).rounded()), radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  private static func anchors(of family: Family) -> [SIMD3<Double>] {
    switch family {
    case .magnitude:
      [
        [0.15, 0.10, 0.37], [0.16, 0.29, 0.55], [0.10, 0.46, 0.58], [0.16, 0.62, 0.53],
        [0.45, 0.77, 0.38], [0.75, 0.87, 0.30], [0.99, 0.94, 0.35],
      ]
    case .heat:
      [
        [0.16, 0.07, 0.31], [0.43, 0.11, 0.45], [0.70, 0.20, 0.38], [0.90, 0.36, 0.22],
        [0.97, 0.58, 0.15], [0.99, 0.80, 0.36], [1.00, 0.97, 0.75],
      ]
    case .error:
      [
        [0.97, 0.96, 0.95], [0.96, 0.85, 0.76], [0.93, 0.66, 0.55], [0.84, 0.44, 0.38],
        [0.66, 0.22, 0.26], [0.40, 0.06, 0.15],
      ]
    case .difference:
      [
        [0.10, 0.27, 0.58], [0.40, 0.60, 0.83], [0.95, 0.95, 0.95], [0.90, 0.55, 0.45],
        [0.65, 0.12, 0.13],
      ]
    }
  }
}

extension ColorScale {
  /// The colour of a band as red, green and blue from 0 to 1.
  package func levels(ofBand band: Int) -> [Double] {
    let color = color(ofBand: band)
    return [color.x, color.y, color.z]
  }
}
