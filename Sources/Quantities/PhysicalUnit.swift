/// A unit: how many SI units one of it is, and where its zero lies.
public struct PhysicalUnit: Hashable, Sendable {
  /// As people write it.
  public var symbol: String
  /// SI units per unit.
  public var scale: Double
  /// What is added to a value before scaling: 273.15 for degrees Celsius, 0 for nearly all.
  public var shift: Double
  /// What it measures.
  public var dimension: PhysicalDimension

  /// A unit of the given size.
  public init(
    _ symbol: String, scale: Double = 1, shift: Double = 0, _ dimension: PhysicalDimension
  ) {
    (self.symbol, self.scale, self.shift, self.dimension) = (symbol, scale, shift, dimension)
  }

  /// The unit of a number without dimension.
  public static let one = Self("1", .dimensionless)

  /// A value of this unit in SI units.
  public func si(_ value: Double) -> Double { (value + shift) * scale }

  /// A value in SI units, in this unit.
  public func value(fromSI si: Double) -> Double { si / scale - shift }

  /// A difference of two values of this unit in SI units: 1 degC of difference is 1 K.
  public func siDifference(_ difference: Double) -> Double { difference * scale }

  /// A difference in SI units, in this unit.
  public func difference(fromSI si: Double) -> Double { si / scale }

  /// A value of another unit of the same dimension, in this unit.
  public func value(_ value: Double, from other: PhysicalUnit) -> Double {
    precondition(dimension == other.dimension, "\(other.symbol) cannot be turned into \(symbol)")
    if other.scale == scale && other.shift == shift { return value }
    return self.value(fromSI: other.si(value))
  }
}
