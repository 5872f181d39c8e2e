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

/// The kind of lengths.
public enum LengthKind: QuantityKind {
  /// What they measure.
  public static var dimension: PhysicalDimension { .length }
}

/// The kind of forces.
public enum ForceKind: QuantityKind {
  /// What they measure.
  public static var dimension: PhysicalDimension { .force }
}

/// The kind of stresses and pressures.
public enum StressKind: QuantityKind {
  /// What they measure.
  public static var dimension: PhysicalDimension { .stress }
}

/// The kind of temperatures.
public enum TemperatureKind: QuantityKind {
  /// What they measure.
  public static var dimension: PhysicalDimension { .temperature }
}

/// The kind of powers and heat flows.
public enum PowerKind: QuantityKind {
  /// What they measure.
  public static var dimension: PhysicalDimension { .power }
}

/// The kind of energies.
public enum EnergyKind: QuantityKind {
  /// What they measure.
  public static var dimension: PhysicalDimension { .energy }
}

/// The kind of numbers without dimension.
public enum RatioKind: QuantityKind {
  /// What they measure.
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
  /// A length in metres.
  public static func metres(_ value: Double) -> Self { Self(si: value) }
  /// A length in millimetres.
  public static func millimetres(_ value: Double) -> Self { Self(si: value * 1e-3) }
  /// A length in micrometres.
  public static func micrometres(_ value: Double) -> Self { Self(si: value * 1e-6) }
}

extension Force {
  /// A force in newtons.
  public static func newtons(_ value: Double) -> Self { Self(si: value) }
  /// A force in kilonewtons.
  public static func kilonewtons(_ value: Double) -> Self { Self(si: value * 1e3) }
}

extension Stress {
  /// A stress in pascals.
  public static func pascals(_ value: Double) -> Self { Self(si: value) }
  /// A stress in megapascals, N/mm².
  public static func megapascals(_ value: Double) -> Self { Self(si: value * 1e6) }
  /// A stress in gigapascals.
  public static func gigapascals(_ value: Double) -> Self { Self(si: value * 1e9) }
}

extension Temperature {
  /// A temperature in kelvins from absolute zero.
  public static func kelvins(_ value: Double) -> Self { Self(si: value) }
  /// A temperature in degrees Celsius.
  public static func celsius(_ value: Double) -> Self { Self(si: value + 273.15) }
}

extension Power {
  /// A power in watts.
  public static func watts(_ value: Double) -> Self { Self(si: value) }
}

extension Energy {
  /// An energy in joules.
  public static func joules(_ value: Double) -> Self { Self(si: value) }
}

extension Dimensionless {
  /// A number as it is: 0.01 for one per cent.
  public static func ratio(_ value: Double) -> Self { Self(si: value) }
  /// A number in hundredths: 1 for one per cent.
  public static func percent(_ value: Double) -> Self { Self(si: value * 1e-2) }
}
