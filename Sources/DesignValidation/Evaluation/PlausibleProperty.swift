import Quantities

/// Properties that a wrong unit moves by orders of magnitude, and what they are in parts that people make.
enum PlausibleProperty: CaseIterable {
  case size, modulus, density, expansion, conductivity

  /// The word for it in `confirmed` of a part file.
  var question: PartFile.Question {
    switch self {
    case .size: .size
    case .modulus: .modulus
    case .density: .density
    case .expansion: .expansion
    case .conductivity: .conductivity
    }
  }

  /// What is found, in SI units; beyond it is a question, not a fault.
  ///
  /// Sizes from a transistor's cell to a building; moduli from soft rubber to beyond diamond (1.2 TPa); densities from gas to beyond osmium
  /// (22 600 kg/m³); expansions from glass ceramics to beyond rubber (3e-4 1/K); conductivities from evacuated powder to beyond diamond
  /// (2 200 W/(m·K)).
  var plausible: ClosedRange<Double> {
    switch self {
    case .size: 1e-6...20
    case .modulus: 0.999e6...2e12
    case .density: 0.1...3e4
    case .expansion: 1e-9...1e-3
    case .conductivity: 1e-4...1e4
    }
  }

  /// What most parts have; a guess at the right unit is taken from it first.
  var usual: ClosedRange<Double> {
    switch self {
    case .size: 1e-5...5
    case .modulus: 5e8...1e12
    case .density: 50...2.3e4
    case .expansion: 1e-7...5e-4
    case .conductivity: 1e-2...3e3
    }
  }

  /// SI units per unit of the deck, in seconds; `nil` where the unit does not follow from what the part file states.
  func scale(in units: UnitSystem) -> Double? {
    let (length, force) = (units.length.scale, units.force.scale)
    let temperature = units.temperature?.scale ?? 1
    switch self {
    case .size: return length
    case .modulus: return force / (length * length)
    case .density: return force / (length * length * length * length)
    case .expansion: return 1 / temperature
    case .conductivity: return units.power.map { $0.scale / (length * temperature) }
    }
  }

  /// Units in which people note the property, for numbers that were not converted; coordinates are in the deck's unit, whatever it is.
  var usualUnits: [(symbol: String, scale: Double)] {
    switch self {
    case .size: []
    case .modulus: [("MPa", 1e6), ("Pa", 1), ("GPa", 1e9), ("psi", 6894.757293168)]
    case .density: [("kg/m^3", 1), ("t/mm^3", 1e12), ("g/cm^3", 1e3), ("kg/mm^3", 1e9)]
    case .expansion: [("1e-6/K", 1e-6), ("1/K", 1)]
    case .conductivity: [("W/(m*K)", 1), ("W/(mm*K)", 1e3), ("mW/(mm*K)", 1)]
    }
  }

  /// A value as people write it.
  func text(si value: Double) -> String {
    switch self {
    case .size: Self.prefixed(value, "m", [(1, ""), (1e-3, "m"), (1e-6, "u"), (1e-9, "n")])
    case .modulus:
      Self.prefixed(
        value, "Pa", [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, "")])
    case .density: "\(value.significant(4)) kg/m^3"
    case .expansion: "\(value.significant(4)) 1/K"
    case .conductivity: "\(value.significant(4)) W/(m*K)"
    }
  }

  private static func prefixed(
    _ value: Double, _ unit: String, _ prefixes: [(scale: Double, symbol: String)]
  ) -> String {
    let best = prefixes.first { abs(value) >= $0.scale * 0.999_999 } ?? prefixes.last
    guard let best else { return "\(value.significant(4)) \(unit)" }
    return "\((value / best.scale).significant(4)) \(best.symbol)\(unit)"
  }

  /// What is said of a value beyond the plausible ones.
  func remark(si value: Double) -> String {
    let isLow = value < plausible.lowerBound
    switch self {
    case .size: return isLow ? "smaller than any part" : "larger than most buildings"
    case .modulus: return isLow ? "softer than rubber" : "stiffer than diamond"
    case .density: return isLow ? "lighter than gas" : "heavier than any metal"
    case .expansion: return isLow ? "less than any material's" : "more than any solid's"
    case .conductivity: return isLow ? "less than any material's" : "more than any material's"
    }
  }
}
