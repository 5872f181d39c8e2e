import DeckLanguage
import TestSupport
import Testing
import ThermoElasticity

@testable import DeckAnalysis

/// Where our answer is not that of CalculiX 2.20, decks with a closed form: ours is it, and CalculiX's is not.
@Suite("Named differences from CalculiX 2.20") struct NamedDifferenceTests {
  /// Cubes of side 1 beside one another along y, each with eight nodes of its own: cell n has nodes 10n to 10n + 7. Its
  /// sides 3 to 6 go round; side 6 is at x = 0, side 4 at x = 1.
  static func cubes(_ count: Int, kind: String = "C3D8") -> String {
    var nodes = "*NODE, NSET=NALL\n"
    var cells = "*ELEMENT, TYPE=\(kind), ELSET=EALL\n"
    var (cold, hot) = ("*NSET, NSET=COLD\n", "*NSET, NSET=HOT\n")
    for cell in 1...count {
      let base = 10 * cell
      let y = 2 * Double(cell - 1)
      let corners = [
        (0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1),
      ]
      for (place, corner) in corners.enumerated() {
        nodes += "\(base + place), \(corner.0)., \(y + Double(corner.1)), \(corner.2).\n"
      }
      cells += "\(cell), " + (0..<8).map { String(base + $0) }.joined(separator: ", ") + "\n"
      cold += [0, 3, 4, 7].map { String(base + $0) }.joined(separator: ", ") + "\n"
      hot += [1, 2, 5, 6].map { String(base + $0) }.joined(separator: ", ") + "\n"
    }
    return nodes + cells + cold + hot
  }

  static let conductor =
    "*MATERIAL, NAME=M\n*CONDUCTIVITY\n2.\n*SOLID SECTION, ELSET=EALL, MATERIAL=M\n"

  static func values(
    _ deck: String, _ theory: PlaneStressTheory = .twoDimensional
  ) throws -> DatFile {
    let solved = try SolvedDeck(
      solving: Deck(bytes: Array(deck.utf8), name: "deck.inp"), name: "deck.inp",
      options: SolveOptions(planeStress: theory))
    return DatFile(String(decoding: solved.dat, as: UTF8.self))
  }

  /// A number of a block: how its title begins, its time, the row's label, the column.
  static func value(
    _ file: DatFile, _ title: String, at time: Double, _ label: String, _ column: Int = 0
  )
    throws -> Double
  {
    let block = try #require(
      file.blocks.first { $0.title.hasPrefix(title) && abs(($0.time ?? 0) - time) < 1e-6 })
    return try #require(block.rows.first { $0.label == label }).values[column]
  }

  @Test func `a load put before older ones leaves their straight lines alone`() throws {
    // T = q(t) L / k. CalculiX starts the new flux from the old value of the other: 3.5 and 2.5 at half time.
    let file = try Self.values(
      Self.cubes(2) + Self.conductor + """
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *BOUNDARY
        COLD, 11, 11, 0.
        *DFLUX
        2, S4, 10.
        *NODE PRINT, NSET=NALL
        NT
        *END STEP
        *STEP
        *HEAT TRANSFER, STEADY STATE
        0.5, 1.
        *DFLUX
        1, S4, 4.
        *END STEP

        """)
    for (time, new, old) in [(1.0, 0.0, 5.0), (1.5, 1, 5), (2, 2, 5)] {
      #expect(abs(try Self.value(file, "temperatures", at: time, "11") - new) < 1e-6)
      #expect(abs(try Self.value(file, "temperatures", at: time, "21") - old) < 1e-6)
    }
  }

  @Test func `heat that flows into a node with axes of its own arrives`() throws {
    // T = Q L / (k A), Q = 4 · 3; CalculiX says 0.
    let file = try Self.values(
      Self.cubes(1) + Self.conductor + """
        *TRANSFORM, NSET=HOT
        1., 1., 0., -1., 1., 0.
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *BOUNDARY
        COLD, 11, 11, 0.
        *CFLUX
        HOT, 11, 3.
        *NODE PRINT, NSET=NALL
        NT
        *END STEP

        """)
    #expect(abs(try Self.value(file, "temperatures", at: 1, "11") - 6) < 1e-6)
  }

  @Test func `conduction with a table is solved to the end`() throws {
    // k = 2 (1 + T / 100): 2 (T + T² / 200) = q L, Kirchhoff's transform.
    let file = try Self.values(
      Self.cubes(1) + """
        *MATERIAL, NAME=M
        *CONDUCTIVITY
        2., 0.
        4., 100.
        *SOLID SECTION, ELSET=EALL, MATERIAL=M
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *BOUNDARY
        COLD, 11, 11, 0.
        *DFLUX
        1, S4, 150.
        *NODE PRINT, NSET=NALL
        NT
        *END STEP

        """)
    let temperature = try Self.value(file, "temperatures", at: 1, "11")
    #expect(abs(2 * (temperature + temperature * temperature / 200) - 150) < 2e-4)
  }

  @Test func `fluxes of a step add up with a film between them`() throws {
    // T = (3 + 4) L / k in the second cube; CalculiX forgets the first of the two.
    let file = try Self.values(
      Self.cubes(2) + Self.conductor + """
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *BOUNDARY
        COLD, 11, 11, 0.
        *DFLUX
        2, S4, 3.
        *FILM
        1, F4, 0., 1.
        *DFLUX
        2, S4, 4.
        *NODE PRINT, NSET=NALL
        NT
        *END STEP

        """)
    #expect(abs(try Self.value(file, "temperatures", at: 1, "21") - 3.5) < 1e-6)
  }

  @Test func `a flux of an earlier step takes a new amplitude behind a film`() throws {
    // T = q L / (k + h L) and q L / k. CalculiX stops: it takes the old flux on the first cube for one of this step, and for
    // two "with different amplitudes in one step".
    let file = try Self.values(
      Self.cubes(2) + Self.conductor + """
        *AMPLITUDE, NAME=A
        0., 1., 9., 1.
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *BOUNDARY
        COLD, 11, 11, 0.
        *DFLUX
        1, S4, 10.
        *NODE PRINT, NSET=NALL
        NT
        *END STEP
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *DFLUX
        2, S4, 3.
        *FILM
        1, F4, 0., 1.
        *DFLUX, AMPLITUDE=A
        1, S4, 4.
        *END STEP

        """)
    #expect(abs(try Self.value(file, "temperatures", at: 2, "11") - 4.0 / 3) < 1e-6)
    #expect(abs(try Self.value(file, "temperatures", at: 2, "21") - 1.5) < 1e-6)
  }

  @Test func `increments grow as after a linear step, whatever the conductivity`() throws {
    // k = 2 (1 + 3 T / 100): 2 (T + 1.5 T² / 100) = q(t) L at the end of each. CalculiX iterates six to eight times in each
    // increment, does not let the third grow for that, and prints at 0.9 too.
    let file = try Self.values(
      Self.cubes(1) + """
        *MATERIAL, NAME=M
        *CONDUCTIVITY
        2., 0.
        8., 100.
        *SOLID SECTION, ELSET=EALL, MATERIAL=M
        *STEP
        *HEAT TRANSFER, STEADY STATE
        0.3, 1.
        *BOUNDARY
        COLD, 11, 11, 0.
        *DFLUX
        1, S4, 300.
        *NODE PRINT, NSET=NALL
        NT
        *END STEP

        """)
    #expect(file.blocks.map(\.time) == [0.3, 0.6, 1])
    for time in [0.3, 0.6, 1] {
      let temperature = try Self.value(file, "temperatures", at: time, "11")
      let flux = 2 * (temperature + 0.015 * temperature * temperature)
      #expect(abs(flux - 300 * time) < 1e-4)
    }
  }

  @Test func `energies are printed after a heat step`() throws {
    // σ²/2E = 50² / 2000; CalculiX stops: "energy output must be selected in the first step".
    let file = try Self.values(
      Self.cubes(1) + """
        *MATERIAL, NAME=M
        *ELASTIC
        1000., 0.
        *CONDUCTIVITY
        2.
        *SOLID SECTION, ELSET=EALL, MATERIAL=M
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *BOUNDARY
        COLD, 11, 11, 0.
        *END STEP
        *STEP
        *STATIC
        *BOUNDARY
        COLD, 1, 3
        *DLOAD
        1, P4, -50.
        *EL PRINT, ELSET=EALL
        ENER, ELSE
        *END STEP

        """)
    #expect(abs(try Self.value(file, "internal energy density", at: 2, "1 1") - 1.25) < 1e-6)
  }
}
