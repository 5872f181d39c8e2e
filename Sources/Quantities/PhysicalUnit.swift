/// A unit: how many SI units one of it is, and where its zero lies.
package struct PhysicalUnit: Hashable, Sendable {
  /// As people write it.
  package var symbol: String
  /// SI units per unit.
  package var scale: Double
  /// What is added to a value before scaling: 273.15 for degrees Celsius, 0 for nearly all.
  package var shift: Double
  /// What it measures.
  package var dimension: PhysicalDimension

  /// A unit of the given size.
  package init(
    _ symbol: String, scale: Double = 1, shift: Double = 0, _ dimension: PhysicalDimension
  ) {
    (self.symbol, self.scale, self.shift, self.dimension) = (symbol, scale, shift, dimension)
  }

  /// The unit of a number without dimension.
  package static let one = Self("1", .dimensionless)

  /// A value of this unit in SI units.
  package func si(_ value: Double) -> Double { (value + shift) * scale }

  /// A value in SI units, in this unit.
  package func value(fromSI si: Double) -> Double { si / scale - shift }

  /// A difference of two values of this unit in SI units: 1 degC of difference is 1 K.
  package func siDifference(_ difference: Double) -> Double { difference * scale }

  /// A difference in SI units, in this unit.
  package func difference(fromSI si: Double) -> Double { si / scale }

  /// A value of another unit of the same dimension, in this unit.
  package func value(_ value: Double, from other: PhysicalUnit) -> Double {
    precondition(dimension == other.dimension, "\(other.symbol) cannot be turned into \(symbol)")
    if other.scale == scale && other.shift == shift { return value }
    return self.value(fromSI: other.si(value))
  }
}
