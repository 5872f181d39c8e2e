/// What kind of thing a quantity is: the powers of length, mass, time and temperature in it.
package struct PhysicalDimension: Hashable, Sendable {
  /// Powers of metre, kilogram, second and kelvin.
  package var length, mass, time, temperature: Int

  /// A dimension of the given powers.
  package init(length: Int = 0, mass: Int = 0, time: Int = 0, temperature: Int = 0) {
    (self.length, self.mass, self.time, self.temperature) = (length, mass, time, temperature)
  }

  /// Of numbers: ratios, angles, strains.
  package static let dimensionless = Self()
  /// Of lengths and displacements: m.
  package static let length = Self(length: 1)
  /// Of areas: m².
  package static let area = Self(length: 2)
  /// Of volumes: m³.
  package static let volume = Self(length: 3)
  /// Of masses: kg.
  package static let mass = Self(mass: 1)
  /// Of times: s.
  package static let time = Self(time: 1)
  /// Of temperatures and their differences: K.
  package static let temperature = Self(temperature: 1)
  /// Of forces: N.
  package static let force = Self(length: 1, mass: 1, time: -2)
  /// Of stresses, pressures and moduli: Pa.
  package static let stress = Self(length: -1, mass: 1, time: -2)
  /// Of energies and moments: J.
  package static let energy = Self(length: 2, mass: 1, time: -2)
  /// Of powers and heat flows: W.
  package static let power = Self(length: 2, mass: 1, time: -3)
  /// Of frequencies: Hz.
  package static let frequency = Self(time: -1)
  /// Of densities: kg/m³.
  package static let density = Self(length: -3, mass: 1)
  /// Of coefficients of thermal expansion: 1/K.
  package static let expansion = Self(temperature: -1)
  /// Of thermal conductivities: W/(m·K).
  package static let conductivity = Self(length: 1, mass: 1, time: -3, temperature: -1)
  /// Of heat flows per area: W/m².
  package static let heatFlux = Self(mass: 1, time: -3)
  /// Of film coefficients: W/(m²·K).
  package static let filmCoefficient = Self(mass: 1, time: -3, temperature: -1)
  /// Of stiffnesses, forces per length: N/m.
  package static let stiffness = Self(mass: 1, time: -2)
  /// Strain over stress.
  package static let materialCompliance = Self(length: 1, mass: -1, time: 2)

  /// The dimension of a product.
  package static func * (a: Self, b: Self) -> Self {
    Self(
      length: a.length + b.length, mass: a.mass + b.mass, time: a.time + b.time,
      temperature: a.temperature + b.temperature)
  }

  /// The dimension of a quotient.
  package static func / (a: Self, b: Self) -> Self { a * b.raised(to: -1) }

  /// The dimension of a power.
  package func raised(to power: Int) -> Self {
    Self(
      length: length * power, mass: mass * power, time: time * power,
      temperature: temperature * power)
  }

  /// The name with its article and the units people write it in; `nil` where it has no name of its own.
  private var entry: (name: String, units: [String])? { Self.names[self] }

  /// The name with its article, such as `a stress`; the SI unit where there is no name.
  package var name: String { entry?.name ?? "a quantity in \(unitSymbol)" }

  /// Units people write it in, the SI unit first.
  package var usualUnits: [String] { entry?.units ?? [unitSymbol] }

  /// The SI unit in base units, such as `kg*m^-1*s^-2`; `1` without dimension.
  package var unitSymbol: String {
    let factors = [("kg", mass), ("m", length), ("s", time), ("K", temperature)]
      .filter { $0.1 != 0 }
      .map { $0.1 == 1 ? $0.0 : "\($0.0)^\($0.1)" }
    return factors.isEmpty ? "1" : factors.joined(separator: "*")
  }

  private static let names: [Self: (name: String, units: [String])] = [
    .dimensionless: ("a number without dimension", ["1", "%", "ppm"]),
    .length: ("a length", ["m", "cm", "mm", "µm", "nm", "in", "ft"]),
    .area: ("an area", ["m^2", "mm^2"]),
    .volume: ("a volume", ["m^3", "mm^3"]),
    .mass: ("a mass", ["kg", "g", "t", "lb"]),
    .time: ("a time", ["s", "ms", "min", "h"]),
    .temperature: ("a temperature", ["K", "degC", "degF"]),
    .force: ("a force", ["N", "kN", "MN", "mN", "lbf"]),
    .stress: ("a stress", ["Pa", "kPa", "MPa", "GPa", "psi", "ksi", "N/mm^2"]),
    .energy: ("an energy", ["J", "mJ", "kJ", "N*mm"]),
    .power: ("a power", ["W", "mW", "kW"]),
    .frequency: ("a frequency", ["Hz", "kHz", "MHz"]),
    .density: ("a density", ["kg/m^3", "g/cm^3"]),
    .expansion: ("a thermal expansion", ["1/K", "ppm/K"]),
    .conductivity: ("a conductivity", ["W/(m*K)"]),
    .heatFlux: ("a heat flux", ["W/m^2"]),
    .filmCoefficient: ("a film coefficient", ["W/(m^2*K)"]),
    .stiffness: ("a stiffness", ["N/m", "N/mm"]),
    .materialCompliance: ("a strain over stress", ["1/Pa", "1/MPa", "1/GPa"]),
  ]
}
