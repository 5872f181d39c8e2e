import DeckLanguage
import Files
import Meshing
import Testing

/// Two lines of a step for one load, under different amplitudes. What CalculiX 2.20 does with each was run.
@Suite("Loads given twice under different amplitudes") struct DeckAmplitudeTests {
  static let model = """
    *DENSITY
    1.
    *CONDUCTIVITY
    1.
    *SOLID SECTION, ELSET=BODY, MATERIAL=STEEL
    *INITIAL CONDITIONS, TYPE=TEMPERATURE
    ALL, 0.
    *AMPLITUDE, NAME=A
    0., 0., 1., 1.
    *AMPLITUDE, NAME=B
    0., 0., 1., 1.

    """

  static func faults(
    _ keyword: String, _ line: String, _ first: String, _ second: String, isHeat: Bool
  ) -> (faults: [String], warnings: [String]) {
    let cards = "*\(keyword)\(first)\n\(line)\n*\(keyword)\(second)\n\(line)\n"
    let text = DeckText.brick(
      section: model,
      step: "*STEP\n" + (isHeat ? "*HEAT TRANSFER, STEADY STATE\n" : "*STATIC\n") + cards
        + "*END STEP\n")
    do throws(InputFaults) {
      return ([], try DeckText.deck(text).warnings.map(\.problem))
    } catch { return (error.faults.map(\.description), []) }
  }

  /// Which amplitudes the two lines have.
  static let pairs = [
    (", AMPLITUDE=A", ", AMPLITUDE=B"), ("", ", AMPLITUDE=A"), (", AMPLITUDE=A", ""),
  ]

  @Test(
    "what adds up is refused",
    arguments: [
      ("CLOAD", "5, 3, 1.", false, "the force on node 5 in direction 3"),
      ("CLOAD", "TIP, 2, 1.", false, "the force on node 5 in direction 2"),
      ("DLOAD", "1, P2, 1.", false, "the pressure on side 2 of cell 1"),
      ("DSLOAD", "TOP, P, 1.", false, "the pressure on side 2 of cell 1"),
      ("CFLUX", "5, 11, 1.", true, "the heat flow into node 5"),
      ("DFLUX", "1, S2, 1.", true, "the heat flux into side 2 of cell 1"),
      ("DFLUX", "BODY, BF, 1.", true, "the heat source in cell 1"),
    ])
  func refused(_ keyword: String, _ line: String, _ isHeat: Bool, _ load: String) {
    for (first, second) in Self.pairs {
      let found = Self.faults(keyword, line, first, second, isHeat: isHeat).faults
      #expect(
        found == [
          "a.inp:36: \(load) is given in the step already, at a.inp:34, under another amplitude; "
            + "give both the same amplitude, or put their sum under one: loads of one step are added"
        ])
    }
    #expect(
      Self.faults(keyword, line, ", AMPLITUDE=A", ", AMPLITUDE=A", isHeat: isHeat).faults == [])
    #expect(Self.faults(keyword, line, "", "", isHeat: isHeat).faults == [])
  }

  @Test(
    "what is replaced is not",
    arguments: [
      ("BOUNDARY", "5, 3, 3, 1.", false), ("TEMPERATURE", "5, 10.", false),
      ("FILM", "1, F2, 10., 1.", true), ("BOUNDARY", "5, 11, 11, 1.", true),
    ])
  func replaced(_ keyword: String, _ line: String, _ isHeat: Bool) {
    for (first, second) in Self.pairs {
      #expect(Self.faults(keyword, line, first, second, isHeat: isHeat).faults == [])
    }
  }

  @Test(
    "body loads, which CalculiX adds, are a warning",
    arguments: ["BODY, GRAV, 1., 0., 0., 1.", "BODY, CENTRIF, 1., 0., 0., 0., 0., 0., 1."])
  func bodyLoads(_ line: String) {
    for (first, second) in Self.pairs {
      let found = Self.faults("DLOAD", line, first, second, isHeat: false)
      #expect(found.faults == [])
      #expect(found.warnings.contains { $0.contains("under another amplitude") })
    }
  }

  @Test func `another node, side or direction is another load`() {
    let text = DeckText.brick(
      section: Self.model,
      step: DeckText.step(
        "*CLOAD, AMPLITUDE=A\n5, 3, 1.\n*CLOAD, AMPLITUDE=B\n5, 2, 1.\n6, 3, 1.\n"
          + "*DLOAD, AMPLITUDE=A\n1, P1, 1.\nBODY, GRAV, 1., 0., 0., 1.\n"
          + "*DLOAD\n1, P2, 1.\nBODY, GRAV, 1., 0., 1., 0.\n"))
    #expect(DeckText.faults(text) == [])
  }

  @Test func `a later step may change the amplitude`() {
    let text = DeckText.brick(
      section: Self.model,
      step: DeckText.step("*CLOAD, AMPLITUDE=A\n5, 3, 1.\n")
        + DeckText.step("*CLOAD, AMPLITUDE=B\n5, 3, 1.\n"))
    #expect(DeckText.faults(text) == [])
  }
}
