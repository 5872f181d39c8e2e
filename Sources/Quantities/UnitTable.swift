/// The units gcgan knows by name. Others are products and quotients of these.
///
/// Source of the inch, pound and Btu: NIST Special Publication 811 (2008), appendix B; they are exact.
enum UnitTable {
  /// Units by symbol, with the other spellings of each.
  static let units: [String: PhysicalUnit] = {
    var table: [String: PhysicalUnit] = [:]
    func add(
      _ symbols: [String], _ scale: Double, shift: Double = 0, _ dimension: PhysicalDimension
    ) {
      for symbol in symbols {
        table[symbol] = PhysicalUnit(symbols[0], scale: scale, shift: shift, dimension)
      }
    }
    add(["1"], 1, .dimensionless)
    add(["%"], 1e-2, .dimensionless)
    add(["ppm"], 1e-6, .dimensionless)
    add(["rad"], 1, .dimensionless)
    add(["deg", "°"], .pi / 180, .dimensionless)
    add(["m"], 1, .length)
    add(["km"], 1e3, .length)
    add(["cm"], 1e-2, .length)
    add(["mm"], 1e-3, .length)
    add(["µm", "μm", "um"], 1e-6, .length)
    add(["nm"], 1e-9, .length)
    add(["in", "inch"], 0.0254, .length)
    add(["ft"], 0.3048, .length)
    add(["kg"], 1, .mass)
    add(["g"], 1e-3, .mass)
    add(["t", "tonne"], 1e3, .mass)
    add(["lb"], 0.453_592_37, .mass)
    add(["s"], 1, .time)
    add(["ms"], 1e-3, .time)
    add(["min"], 60, .time)
    add(["h"], 3600, .time)
    add(["K"], 1, .temperature)
    add(["degC", "°C"], 1, shift: 273.15, .temperature)
    add(["degF", "°F"], 5.0 / 9, shift: 459.67, .temperature)
    add(["N"], 1, .force)
    add(["mN"], 1e-3, .force)
    add(["µN", "μN", "uN"], 1e-6, .force)
    add(["kN"], 1e3, .force)
    add(["MN"], 1e6, .force)
    add(["lbf"], 4.448_221_615_260_5, .force)
    add(["kip"], 4448.221_615_260_5, .force)
    add(["Pa"], 1, .stress)
    add(["hPa"], 1e2, .stress)
    add(["kPa"], 1e3, .stress)
    add(["MPa"], 1e6, .stress)
    add(["GPa"], 1e9, .stress)
    add(["bar"], 1e5, .stress)
    add(["psi"], 4.448_221_615_260_5 / (0.0254 * 0.0254), .stress)
    add(["ksi"], 4448.221_615_260_5 / (0.0254 * 0.0254), .stress)
    add(["Msi"], 4_448_221.615_260_5 / (0.0254 * 0.0254), .stress)
    add(["J"], 1, .energy)
    add(["µJ", "μJ", "uJ"], 1e-6, .energy)
    add(["mJ"], 1e-3, .energy)
    add(["kJ"], 1e3, .energy)
    add(["Btu"], 1055.055_852_62, .energy)
    add(["W"], 1, .power)
    add(["µW", "μW", "uW"], 1e-6, .power)
    add(["mW"], 1e-3, .power)
    add(["kW"], 1e3, .power)
    add(["MW"], 1e6, .power)
    add(["Hz"], 1, .frequency)
    add(["kHz"], 1e3, .frequency)
    add(["MHz"], 1e6, .frequency)
    return table
  }()

  /// Symbols without their other spellings, for error texts.
  static let symbols: [String] = Set(units.values.map(\.symbol)).sorted()
}
