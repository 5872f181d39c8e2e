/// The consistent units of a deck: three or four that are stated, the others follow from them.
public struct UnitSystem: Hashable, Sendable {
  /// The unit of coordinates and displacements.
  public var length: PhysicalUnit
  /// The unit of forces.
  public var force: PhysicalUnit
  /// The unit of temperatures; `nil` where the deck has none.
  public var temperature: PhysicalUnit?
  /// The unit of heat flow; `nil` where the deck has none.
  public var power: PhysicalUnit?

  /// Consistent units.
  public init(
    length: PhysicalUnit, force: PhysicalUnit, temperature: PhysicalUnit? = nil,
    power: PhysicalUnit? = nil
  ) {
    (self.length, self.force, self.temperature, self.power) = (length, force, temperature, power)
  }

  /// Metre, newton, kelvin, watt.
  public static let si = Self(
    length: PhysicalUnit("m", .length), force: PhysicalUnit("N", .force),
    temperature: PhysicalUnit("K", .temperature), power: PhysicalUnit("W", .power))

  /// The deck's own unit of a dimension; `nil` where it does not follow from what is stated.
  public func unit(of dimension: PhysicalDimension) -> PhysicalUnit? {
    switch dimension {
    case .dimensionless: .one
    case .length: length
    case .force: force
    case .temperature: temperature
    case .power: power
    case .stress:
      PhysicalUnit(
        "\(force.symbol)/\(length.symbol)^2", scale: force.scale / (length.scale * length.scale),
        .stress)
    case .volume:
      PhysicalUnit(
        "\(length.symbol)^3", scale: length.scale * length.scale * length.scale, .volume)
    case .energy:
      PhysicalUnit(
        "\(force.symbol)*\(length.symbol)", scale: force.scale * length.scale, .energy)
    default: nil
    }
  }
}
