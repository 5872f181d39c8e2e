/// A kind of quantity, for ``Measure``.
public protocol QuantityKind: Sendable {
  /// What quantities of the kind measure.
  static var dimension: PhysicalDimension { get }
}

/// A scalar of one kind, kept in SI units: `Stress.megapascals(350)`, `Temperature.celsius(20)`.
public struct Measure<Kind: QuantityKind>: Hashable, Comparable, Sendable {
  /// The value in SI units.
  public var si: Double

  /// A value in SI units.
  public init(si: Double) { self.si = si }

  /// Reads a text such as `5.38 MPa`; a unit of another kind is an error.
  public init(parsing text: String) throws(QuantityError) {
    si = try Quantity(parsing: text, as: Kind.dimension).si
  }

  /// Whether one value is smaller than another.
  public static func < (a: Self, b: Self) -> Bool { a.si < b.si }
}

public enum LengthKind: QuantityKind { public static var dimension: PhysicalDimension { .length } }
public enum ForceKind: QuantityKind { public static var dimension: PhysicalDimension { .force } }
public enum StressKind: QuantityKind { public static var dimension: PhysicalDimension { .stress } }
public enum TemperatureKind: QuantityKind {
  public static var dimension: PhysicalDimension { .temperature }
}
public enum PowerKind: QuantityKind { public static var dimension: PhysicalDimension { .power } }
public enum EnergyKind: QuantityKind { public static var dimension: PhysicalDimension { .energy } }
public enum RatioKind: QuantityKind {
  public static var dimension: PhysicalDimension { .dimensionless }
}

/// A length, in metres.
public typealias Length = Measure<LengthKind>
/// A force, in newtons.
public typealias Force = Measure<ForceKind>
/// A stress or pressure, in pascals.
public typealias Stress = Measure<StressKind>
/// A temperature, in kelvins from absolute zero.
public typealias Temperature = Measure<TemperatureKind>
/// A power or heat flow, in watts.
public typealias Power = Measure<PowerKind>
/// An energy, in joules.
public typealias Energy = Measure<EnergyKind>
/// A number without dimension.
public typealias Dimensionless = Measure<RatioKind>

extension Length {
  public static func metres(_ value: Double) -> Self { Self(si: value) }
  public static func millimetres(_ value: Double) -> Self { Self(si: value * 1e-3) }
  public static func micrometres(_ value: Double) -> Self { Self(si: value * 1e-6) }
}

extension Force {
  public static func newtons(_ value: Double) -> Self { Self(si: value) }
  public static func kilonewtons(_ value: Double) -> Self { Self(si: value * 1e3) }
}

extension Stress {
  public static func pascals(_ value: Double) -> Self { Self(si: value) }
  public static func megapascals(_ value: Double) -> Self { Self(si: value * 1e6) }
  public static func gigapascals(_ value: Double) -> Self { Self(si: value * 1e9) }
}

extension Temperature {
  public static func kelvins(_ value: Double) -> Self { Self(si: value) }
  public static func celsius(_ value: Double) -> Self { Self(si: value + 273.15) }
}

extension Power {
  public static func watts(_ value: Double) -> Self { Self(si: value) }
}

extension Energy {
  public static func joules(_ value: Double) -> Self { Self(si: value) }
}

extension Dimensionless {
  public static func ratio(_ value: Double) -> Self { Self(si: value) }
  public static func percent(_ value: Double) -> Self { Self(si: value * 1e-2) }
}
