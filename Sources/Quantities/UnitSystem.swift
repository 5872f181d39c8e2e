/// The consistent units of a deck: three or four that are stated, the others follow from them.
package struct UnitSystem: Hashable, Sendable {
  /// The unit of coordinates and displacements.
  package var length: PhysicalUnit
  /// The unit of forces.
  package var force: PhysicalUnit
  /// The unit of temperatures; `nil` where the deck has none.
  package var temperature: PhysicalUnit?
  /// The unit of heat flow; `nil` where the deck has none.
  package var power: PhysicalUnit?

  /// Consistent units.
  package init(
    length: PhysicalUnit, force: PhysicalUnit, temperature: PhysicalUnit? = nil,
    power: PhysicalUnit? = nil
  ) {
    (self.length, self.force, self.temperature, self.power) = (length, force, temperature, power)
  }

  /// Metre, newton, kelvin, watt.
  package static let si = Self(
    length: PhysicalUnit("m", .length), force: PhysicalUnit("N", .force),
    temperature: PhysicalUnit("K", .temperature), power: PhysicalUnit("W", .power))

  /// The deck's own unit of a dimension; `nil` where it does not follow from what is stated.
  package func unit(of dimension: PhysicalDimension) -> PhysicalUnit? {
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
