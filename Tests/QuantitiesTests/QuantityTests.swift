import Files
import Quantities
import Testing

@Suite("Quantities as people write them") struct QuantityTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var si: Double
    var dimension: PhysicalDimension
    var testDescription: String { text }
    init(_ text: String, _ si: Double, _ dimension: PhysicalDimension) {
      (self.text, self.si, self.dimension) = (text, si, dimension)
    }
  }

  @Test(
    "are read with their unit",
    arguments: [
      Case("5.38 MPa", 5.38e6, .stress), Case("0.2 mm", 2e-4, .length),
      Case("-105 MPa", -105e6, .stress), Case("−105 MPa", -105e6, .stress),
      Case("50.6 degC", 323.75, .temperature), Case("32 degF", 273.15, .temperature),
      // NIST SP 811: 1 psi = 6894.757 Pa.
      Case("420 psi", 2_895_798, .stress), Case("30 Msi", 206_842_718_800, .stress),
      Case("1 %", 0.01, .dimensionless), Case("3.0", 3, .dimensionless),
      Case("1.42e-5 1/K", 1.42e-5, .expansion), Case("14.2 ppm/K", 1.42e-5, .expansion),
      Case("14.2 µm/m/K", 1.42e-5, .expansion), Case("1e-5 1/degC", 1e-5, .expansion),
      Case("45 W/(m*K)", 45, .conductivity), Case("45 W/m/K", 45, .conductivity),
      Case("0.045 W/(mm K)", 45, .conductivity),
      Case("10 N/mm^2", 10e6, .stress), Case("10 N/mm²", 10e6, .stress),
      Case("10 N/mm2", 10e6, .stress), Case("2 N mm", 2e-3, .energy),
      Case("2 N*mm", 2e-3, .energy), Case("2 N / mm", 2000, .stiffness),
      Case("7850 kg/m^3", 7850, .density), Case("7.85e-9 t/mm^3", 7850, .density),
      Case("5 m^-1", 5, PhysicalDimension(length: -1)), Case("+.5 m", 0.5, .length),
      Case("1 mW", 1e-3, .power), Case("1 MW", 1e6, .power), Case("  7 kN ", 7000, .force),
      // NIST SP 811: 1 Btu/h = 0.2930711 W.
      Case("10 Btu/h", 2.930711, .power), Case("5mm", 5e-3, .length),
    ])
  func reads(_ c: Case) throws {
    let quantity = try Quantity(parsing: c.text)
    #expect(quantity.dimension == c.dimension)
    // The published factors have seven digits.
    #expect(abs(quantity.si - c.si) <= 2e-7 * abs(c.si))
  }

  @Test(
    "that are none are refused",
    arguments: [
      ("five MPa", "does not begin with a number"), ("", "does not begin with a number"),
      ("5,38 MPa", "decimal point, not a comma"), ("nan MPa", "does not begin with a number"),
      ("inf", "does not begin with a number"), ("1e999 MPa", "not a finite number"),
      ("0x10 m", "unknown unit 'x'"), ("5 MPx", "did you mean 'MPa'"),
      ("5 furlong", "known units: %"), ("5 N/", "ends where a unit is expected"),
      ("5 N/(mm", "parenthesis is not closed"), ("5 m^", "whole number must follow"),
      ("5 m)", "is not expected"), ("5 m/)", "is not expected"),
      ("- 5 mm", "does not begin with a number"), ("1 m^99", "'9' is not expected"),
    ])
  func refuses(_ text: String, _ reason: String) {
    let error = #expect(throws: QuantityError.self) { try Quantity(parsing: text) }
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }

  @Test func `a wrong dimension names what was expected and what was found`() {
    let error = #expect(throws: QuantityError.self) {
      try Quantity(parsing: "5 mm", as: .stress)
    }
    #expect(
      error?.description
        == "expected a stress (Pa, kPa, MPa, GPa, psi, ksi, N/mm^2 …), found 'mm', a length")
  }

  @Test func `a missing unit is an error where one is needed`() {
    let error = #expect(throws: QuantityError.self) { try Quantity(parsing: "5", as: .length) }
    #expect(error?.description.contains("found '5' without a unit") == true)
  }

  @Test func `hostile units end quickly`() {
    #expect(throws: QuantityError.self) {
      try Quantity(parsing: "1 " + String(repeating: "(", count: 100_000))
    }
    #expect(throws: QuantityError.self) {
      try Quantity(parsing: String(repeating: "9", count: 1_000_000))
    }
    #expect(throws: QuantityError.self) {
      try Quantity(parsing: "1 " + String(repeating: "(", count: 40))
    }
  }

  @Test func `a temperature difference has no zero`() throws {
    let celsius = try Quantity(parsing: "10 degC").unit
    #expect(celsius.si(10) == 283.15)
    #expect(celsius.siDifference(10) == 10)
    let fahrenheit = try Quantity(parsing: "1 degF").unit
    #expect(abs(fahrenheit.value(212, from: fahrenheit) - 212) == 0)
    #expect(abs(celsius.value(212, from: fahrenheit) - 100) < 1e-12)
  }

}

@Suite("A deck's consistent units") struct UnitSystemTests {
  private func unit(_ symbol: String) throws -> PhysicalUnit {
    try PhysicalUnit(parsing: symbol)
  }

  @Test func `stress and energy follow from force and length`() throws {
    let system = UnitSystem(length: try unit("mm"), force: try unit("N"))
    let stress = try #require(system.unit(of: .stress))
    #expect(try unit("MPa").value(250, from: stress) == 250)
    let energy = try #require(system.unit(of: .energy))
    #expect(abs(try unit("J").value(250, from: energy) - 0.25) < 1e-15)
  }

  @Test func `imperial decks come out in SI`() throws {
    let system = UnitSystem(length: try unit("in"), force: try unit("lbf"))
    let stress = try #require(system.unit(of: .stress))
    #expect(abs(try unit("ksi").value(36_000, from: stress) - 36) < 1e-12)
    #expect(abs(try unit("MPa").value(36_000, from: stress) - 248.2113) < 1e-4)
  }

  @Test func `what is not stated has no unit`() throws {
    let system = UnitSystem(length: try unit("mm"), force: try unit("N"))
    #expect(system.unit(of: .temperature) == nil)
    #expect(system.unit(of: .power) == nil)
    #expect(system.unit(of: .dimensionless) == .one)
  }
}

@Suite("Near matches") struct NearMatchTests {
  @Test(
    "are found within a third of the letters",
    arguments: [
      ("quantites", "quantities"), ("Mpa", "MPa"), ("toleranse", "tolerance"), ("stess", "stress"),
    ])
  func near(_ word: String, _ expected: String) {
    #expect(
      word.nearest(in: ["quantities", "MPa", "tolerance", "stress", "a", "limits"]) == expected)
  }

  @Test func `nothing near is nothing`() {
    #expect("colour".nearest(in: ["quantities", "limits"]) == nil)
    #expect("x".nearest(in: ["y"]) == nil)
  }
}
