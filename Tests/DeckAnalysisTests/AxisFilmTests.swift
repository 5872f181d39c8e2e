import Testing
import ThermoElasticity

@testable import DeckAnalysis

/// Films on sides that lie on the axis of revolution, where there is no area.
@Suite("Films on the axis of revolution") struct AxisFilmTests {
  static func deck(_ heat: String, initial: String = "NALL, 20.", isStaticFirst: Bool) -> String {
    """
    *NODE, NSET=NALL
    1, 0., 0.
    2, 1., 0.
    3, 1., 1.
    4, 0., 1.
    *ELEMENT, TYPE=CAX4, ELSET=EALL
    1, 1, 2, 3, 4
    *MATERIAL, NAME=M
    *ELASTIC
    35., 0.3
    *CONDUCTIVITY
    60.
    *SOLID SECTION, ELSET=EALL, MATERIAL=M
    *INITIAL CONDITIONS, TYPE=TEMPERATURE
    \(initial)
    *BOUNDARY
    1, 1, 2
    4, 1, 2
    \(isStaticFirst ? "*STEP\n*STATIC\n*END STEP" : "")
    *STEP
    *HEAT TRANSFER, STEADY STATE
    1., 1.
    *FILM
    1, F4, 95., 0.03
    \(heat)
    *NODE PRINT, NSET=NALL
    NT
    *END STEP

    """
  }

  @Test("such a film takes no heat", arguments: [true, false])
  func noHeat(_ isStaticFirst: Bool) throws {
    let heat = "1, F2, 50., 2.\n*DFLUX\n1, S3, 4."
    let solved = try SolvedText.solved(Self.deck(heat, isStaticFirst: isStaticFirst))
    let other = try SolvedText.solved(
      Self.deck(heat, isStaticFirst: isStaticFirst).replacing("1, F4, 95., 0.03\n", with: ""))
    #expect(solved.states.last?.temperature == other.states.last?.temperature)
  }

  @Test func `a body that heat enters has no temperature by it`() {
    let error = #expect(throws: SolveError.self) {
      try SolvedText.solved(Self.deck("*DFLUX\n1, BF, 4.", isStaticFirst: true))
    }
    guard case .floatingTemperature? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
