import Testing

/// Small decks, each for one thing that random decks found, solved by CalculiX and by us.
@Suite("Small decks beside CalculiX 2.20") struct SmallDecksBesideCalculiXTests {
  private static let square = """
    *NODE, NSET=NALL
    1, 1., 0., 0.
    2, 2., 0.1, 0.
    3, 2.1, 1., 0.
    4, 1., 1.2, 0.

    """
  private static let anisotropic = """
    *MATERIAL, NAME=M
    *ELASTIC, TYPE=ANISO
    9000., 3000., 9500., 2800., 3100., 9900., 200., 100.
    -150., 3200., 400., 250., -300., 120., 3100., 350.
    -200., 180., 90., -110., 3300., 0.
    *DENSITY
    0.001

    """
  private static let isotropic = """
    *MATERIAL, NAME=M
    *ELASTIC
    9000., 0.3
    *EXPANSION
    1e-5
    *DENSITY
    0.001
    *CONDUCTIVITY
    3.

    """
  private static let pull = """
    *STEP
    *STATIC
    *BOUNDARY
    1, 1, 2
    4, 1, 2
    *CLOAD
    3, 1, 20.
    *NODE PRINT, NSET=NALL
    U, RF
    *EL PRINT, ELSET=EALL
    S, E
    *END STEP

    """

  static let decks: [(what: String, deck: String)] = [
    (
      "reactions across plane strain of an anisotropic material",
      square + "*ELEMENT, TYPE=CPE4, ELSET=EALL\n1, 1, 2, 3, 4\n" + anisotropic
        + "*SOLID SECTION, ELSET=EALL, MATERIAL=M\n0.5\n" + pull
    ),
    (
      "reactions across a wedge of an anisotropic material",
      square + "*ELEMENT, TYPE=CAX3, ELSET=EALL\n1, 1, 2, 3\n2, 1, 3, 4\n" + anisotropic
        + "*SOLID SECTION, ELSET=EALL, MATERIAL=M\n" + pull
    ),
    (
      "masses of C3D8R in a heat step",
      NamedDifferenceTests.cubes(1, kind: "C3D8R").replacing(
        "11, 1., 0.0, 0.", with: "11, 1.3, -0.2, 0.1")
        + isotropic + """
          *SOLID SECTION, ELSET=EALL, MATERIAL=M
          *STEP
          *HEAT TRANSFER, STEADY STATE
          *BOUNDARY
          NALL, 11, 11, 5.
          HOT, 11, 11, 9.
          *EL PRINT, ELSET=EALL
          EVOL, EMAS
          *NODE PRINT, NSET=NALL
          NT
          *END STEP

          """
    ),
    (
      "forces, thickness and freedom of cubes and sheets beside a ring",
      NamedDifferenceTests.cubes(1)
        + "*NODE, NSET=NALL\n1, 1., 0., 0.\n2, 2., 0.1, 0.\n3, 2.1, 1., 0.\n4, 1., 1.2, 0.\n"
        + "5, 5., 0., 0.\n6, 6., 0., 0.\n7, 6., 1., 0.\n8, 5., 1., 0.\n"
        + "*ELEMENT, TYPE=CAX4, ELSET=RING\n91, 1, 2, 3, 4\n*ELEMENT, TYPE=CPE4, ELSET=SHEET\n92, 5, 6, 7, 8\n"
        + isotropic + """
          *SOLID SECTION, ELSET=EALL, MATERIAL=M
          *SOLID SECTION, ELSET=RING, MATERIAL=M
          *SOLID SECTION, ELSET=SHEET, MATERIAL=M
          0.5
          *STEP
          *STATIC
          *BOUNDARY
          COLD, 1, 3
          1, 2, 2
          5, 1, 2
          8, 1, 2
          *CLOAD
          HOT, 2, 90.
          3, 1, 700.
          6, 1, 40.
          *NODE PRINT, NSET=NALL
          U, RF
          *EL PRINT, ELSET=SHEET
          EVOL
          *END STEP

          """
    ),
    (
      "FIXED on a ring holds what is printed",
      square + "*ELEMENT, TYPE=CAX3, ELSET=EALL\n1, 1, 2, 3\n2, 1, 3, 4\n" + isotropic
        + "*SOLID SECTION, ELSET=EALL, MATERIAL=M\n" + pull + """
          *STEP
          *STATIC
          *BOUNDARY, FIXED
          3, 1, 2
          *CLOAD
          2, 1, 900.
          *END STEP

          """
    ),
    (
      "mechanical strains stay through a heat step, and equations tie given temperatures",
      NamedDifferenceTests.cubes(1) + isotropic + """
        *SOLID SECTION, ELSET=EALL, MATERIAL=M
        *EQUATION
        2
        16, 11, 2., 11, 11, -1.
        *INITIAL CONDITIONS, TYPE=TEMPERATURE
        NALL, 10.
        *STEP
        *STATIC
        *BOUNDARY
        COLD, 1, 3
        *TEMPERATURE
        NALL, 60.
        *EL PRINT, ELSET=EALL
        ME
        *NODE PRINT, NSET=NALL
        U, NT
        *END STEP
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *BOUNDARY
        COLD, 11, 11, 30.
        *END STEP

        """
    ),
    (
      "supports of a solid that change in heat steps move its nodes and the faces heat comes through",
      NamedDifferenceTests.cubes(1) + isotropic + """
        *SOLID SECTION, ELSET=EALL, MATERIAL=M
        *TRANSFORM, NSET=COLD
        0.6, 0.8, 0., -0.8, 0.6, 0.
        *INITIAL CONDITIONS, TYPE=TEMPERATURE
        NALL, 0.
        *AMPLITUDE, NAME=A
        0., 0.5, 1., 1.5
        *BOUNDARY
        COLD, 1, 3
        COLD, 11, 11, 0.
        12, 2, 2, 0.1
        *STEP
        *HEAT TRANSFER, STEADY STATE
        0.5, 1.
        *BOUNDARY
        11, 1, 1, 0.06
        10, 1, 1, 0.03
        *DFLUX
        1, S4, 3.
        *FILM
        1, F6, 20., 1.
        *NODE PRINT, NSET=NALL
        NT, U, RFL
        *END STEP
        *STEP
        *STATIC
        0.5, 1.
        *NODE PRINT, NSET=NALL
        U, RF, NT
        *END STEP
        *STEP
        *HEAT TRANSFER, STEADY STATE
        0.5, 1.
        *BOUNDARY, AMPLITUDE=A
        12, 2, 2, 0.2
        *NODE PRINT, NSET=NALL
        NT, U, RFL
        *END STEP
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *BOUNDARY, OP=NEW
        COLD, 1, 3
        COLD, 11, 11, 0.
        *BOUNDARY, FIXED
        12, 1, 2
        *END STEP
        *STEP
        *STATIC
        *END STEP

        """
    ),
    (
      "supports of a plane cell that change in a heat step move nothing",
      square + "*ELEMENT, TYPE=CPE4, ELSET=EALL\n1, 1, 2, 3, 4\n" + isotropic
        + "*SOLID SECTION, ELSET=EALL, MATERIAL=M\n0.5\n" + heatThroughDeformedSide
    ),
    (
      "a film through an unevenly deformed side of plane strain",
      square + "*ELEMENT, TYPE=CPE4, ELSET=EALL\n1, 1, 2, 3, 4\n" + isotropic
        + "*SOLID SECTION, ELSET=EALL, MATERIAL=M\n0.5\n" + filmThroughDeformedSide
    ),
    (
      "a film through an unevenly deformed side of a wedge",
      square + "*ELEMENT, TYPE=CAX4, ELSET=EALL\n1, 1, 2, 3, 4\n" + isotropic
        + "*SOLID SECTION, ELSET=EALL, MATERIAL=M\n" + filmThroughDeformedSide
    ),
    (
      "a flux through the side of a sheet that changes its thickness",
      square + "*ELEMENT, TYPE=CPS4, ELSET=EALL\n1, 1, 2, 3, 4\n" + isotropic
        + "*SOLID SECTION, ELSET=EALL, MATERIAL=M\n0.5\n" + heatThroughDeformedSide
    ),
    (
      "a film through the side of a sheet that changes its thickness",
      square + "*ELEMENT, TYPE=CPS4, ELSET=EALL\n1, 1, 2, 3, 4\n" + isotropic
        + "*SOLID SECTION, ELSET=EALL, MATERIAL=M\n0.5\n" + filmThroughDeformedSide
    ),
    (
      "an axis of rotation given again by other points along it",
      NamedDifferenceTests.cubes(1) + isotropic + """
        *SOLID SECTION, ELSET=EALL, MATERIAL=M
        *STEP
        *STATIC
        *BOUNDARY
        COLD, 1, 3
        *DLOAD
        EALL, CENTRIF, 30., 0., 0., -0.3, 0., 0., -1.
        *NODE PRINT, NSET=NALL
        U
        *END STEP
        *STEP
        *STATIC
        *DLOAD
        EALL, CENTRIF, 1000., 0., 0., -0.4, 0., 0., -1.
        *END STEP
        *STEP
        *STATIC
        *DLOAD
        EALL, CENTRIF, 3000., 0., 0., 0., 0., 0., -1.
        *END STEP

        """
    ),
    (
      "values under AMPLITUDE=RAMP in steps that do not solve for them are lost",
      NamedDifferenceTests.cubes(1) + isotropic + """
        *SOLID SECTION, ELSET=EALL, MATERIAL=M
        *INITIAL CONDITIONS, TYPE=TEMPERATURE
        NALL, 0.
        *BOUNDARY
        COLD, 1, 3
        COLD, 11, 11, 10.
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *DFLUX
        1, S4, 4.
        *NODE PRINT, NSET=NALL
        U, NT
        *END STEP
        *STEP, AMPLITUDE=RAMP
        *STATIC
        0.5, 1.
        *BOUNDARY
        COLD, 11, 11, 30.
        *CLOAD
        HOT, 1, 6.
        *END STEP
        *STEP, AMPLITUDE=RAMP
        *HEAT TRANSFER, STEADY STATE
        0.5, 1.
        *BOUNDARY
        HOT, 1, 1, 0.01
        *END STEP
        *STEP
        *STATIC
        0.5, 1.
        *END STEP
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *END STEP

        """
    ),
    (
      "CPS4 of three thicknesses that share nodes, pulled, heated and heated through their sides",
      sheets("CPS4")
    ),
    (
      "CPS8R of three thicknesses that share nodes, pulled, heated and heated through their sides",
      sheets("CPS8R")
    ),
    (
      "OP=NEW on *CLOAD takes back heat flows into nodes too",
      NamedDifferenceTests.cubes(1) + isotropic + """
        *SOLID SECTION, ELSET=EALL, MATERIAL=M
        *INITIAL CONDITIONS, TYPE=TEMPERATURE
        NALL, 0.
        *BOUNDARY
        COLD, 1, 3
        COLD, 11, 11, 5.
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *CFLUX
        HOT, 11, 3.
        *NODE PRINT, NSET=NALL
        NT
        *END STEP
        *STEP
        *STATIC
        *CLOAD, OP=NEW
        HOT, 1, 1.
        *END STEP
        *STEP
        *HEAT TRANSFER, STEADY STATE
        0.5, 1.
        *END STEP

        """
    ),
    (
      "energies stay through a heat step",
      NamedDifferenceTests.cubes(1) + isotropic + """
        *SOLID SECTION, ELSET=EALL, MATERIAL=M
        *INITIAL CONDITIONS, TYPE=TEMPERATURE
        NALL, 0.
        *STEP
        *STATIC
        *BOUNDARY
        COLD, 1, 3
        COLD, 11, 11, 0.
        *DLOAD
        1, P4, -50.
        *EL PRINT, ELSET=EALL, TOTALS=YES
        ENER, ELSE
        *END STEP
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *DFLUX
        1, S4, 10.
        *END STEP

        """
    ),
    (
      "a sheet that rotates about an axis in its plane",
      square + "*ELEMENT, TYPE=CPS4, ELSET=EALL\n1, 1, 2, 3, 4\n" + isotropic
        + "*SOLID SECTION, ELSET=EALL, MATERIAL=M\n1.5\n"
        + pull.replacing(
          "*CLOAD\n3, 1, 20.", with: "*DLOAD\nEALL, CENTRIF, 1000., 0., 0., 0., 0., 1., 0.")
    ),
    (
      "a film through unevenly deformed sides of a solid",
      NamedDifferenceTests.cubes(1) + isotropic + """
        *SOLID SECTION, ELSET=EALL, MATERIAL=M
        *INITIAL CONDITIONS, TYPE=TEMPERATURE
        NALL, 0.
        *STEP
        *STATIC
        *BOUNDARY
        COLD, 1, 3
        16, 2, 2, 0.4
        12, 1, 1, 0.2
        *NODE PRINT, NSET=NALL
        U
        *END STEP
        *STEP
        *HEAT TRANSFER, STEADY STATE
        0.5, 1.
        *BOUNDARY
        COLD, 11, 11, 0.
        *FILM
        1, F4, 50., 4.
        1, F2, 20., 1.
        *NODE PRINT, NSET=NALL
        NT, RFL
        *END STEP
        *STEP
        *STATIC
        *BOUNDARY
        12, 1, 1, -0.1
        *END STEP
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *END STEP

        """
    ),
  ]

  /// Four sheets around one node, of three thicknesses; node 5 has axes of its own.
  private static func sheets(_ kind: String) -> String {
    let isQuadratic = kind.contains("8")
    let cells = [
      [1, 2, 5, 4, 10, 11, 12, 13], [2, 3, 6, 5, 14, 15, 16, 11],
      [4, 5, 8, 7, 12, 17, 18, 19], [5, 6, 9, 8, 16, 20, 21, 17],
    ]
    let corners: [(Double, Double)] = [
      (0, 0), (1, 0.1), (2, 0), (-0.1, 1), (1.1, 1.05), (2, 1), (0, 2), (1, 2.1), (2, 2),
    ]
    let midsides = [
      (1, 2), (2, 5), (5, 4), (4, 1), (2, 3), (3, 6), (6, 5), (5, 8), (8, 7), (7, 4), (6, 9),
      (9, 8),
    ]
    var text = "*NODE, NSET=NALL\n"
    for (place, corner) in corners.enumerated() {
      text += "\(place + 1), \(corner.0), \(corner.1), 0.\n"
    }
    for (place, ends) in midsides.enumerated() where isQuadratic {
      let (a, b) = (corners[ends.0 - 1], corners[ends.1 - 1])
      text += "\(place + 10), \((a.0 + b.0) / 2), \((a.1 + b.1) / 2), 0.\n"
    }
    for (place, nodes) in cells.enumerated() {
      let named = nodes.prefix(isQuadratic ? 8 : 4).map(String.init).joined(separator: ", ")
      text += "*ELEMENT, TYPE=\(kind), ELSET=E\(place + 1)\n\(place + 1), \(named)\n"
    }
    text += isotropic
    for (cell, thickness) in [(1, 0.2), (2, 0.5), (3, 0.3), (4, 0.5)] {
      text += "*SOLID SECTION, ELSET=E\(cell), MATERIAL=M\n\(thickness)\n"
    }
    return text + """
      *ELSET, ELSET=EALL
      E1, E2, E3, E4
      *NSET, NSET=TURN
      5
      *TRANSFORM, NSET=TURN
      0.6, 0.8, 0., -0.8, 0.6, 0.
      *INITIAL CONDITIONS, TYPE=TEMPERATURE
      NALL, 10.
      *BOUNDARY
      1, 1, 2
      4, 1, 2
      7, 1, 1
      *STEP
      *STATIC
      *CLOAD
      6, 1, 60.
      5, 2, 20.
      *DLOAD
      4, P3, -30.
      EALL, CENTRIF, 100., 0., 0., 0., 0., 1., 0.
      *TEMPERATURE
      9, 300.
      5, 200.
      *NODE PRINT, NSET=NALL
      U, RF
      *EL PRINT, ELSET=EALL
      S, E, ENER, EVOL
      *END STEP
      *STEP
      *HEAT TRANSFER, STEADY STATE
      *BOUNDARY
      1, 11, 11, 0.
      *DFLUX
      2, S2, 30.
      4, S3, 20.
      *FILM
      4, F2, 50., 4.
      3, F4, 20., 2.
      *NODE PRINT, NSET=NALL
      NT, RFL
      *END STEP

      """
  }

  private static let heatThroughDeformedSide = """
    *INITIAL CONDITIONS, TYPE=TEMPERATURE
    NALL, 0.
    *BOUNDARY
    1, 1, 2
    4, 1, 2
    *STEP
    *STATIC
    *BOUNDARY
    2, 1, 2, 0.02
    *NODE PRINT, NSET=NALL
    U
    *END STEP
    *STEP
    *HEAT TRANSFER, STEADY STATE
    0.5, 1.
    *BOUNDARY
    1, 11, 11, 0.
    4, 11, 11, 0.
    2, 1, 1, 0.06
    3, 2, 2, 0.1
    *DFLUX
    1, S2, 3.
    *NODE PRINT, NSET=NALL
    NT, U, RFL
    *END STEP
    *STEP
    *STATIC
    *NODE PRINT, NSET=NALL
    U, RF
    *END STEP

    """
  private static let filmThroughDeformedSide =
    heatThroughDeformedSide.replacing("*DFLUX\n1, S2, 3.", with: "*FILM\n1, F2, 50., 4.")

  @Test("prints what CalculiX prints", arguments: decks.map(\.what))
  func agrees(_ what: String) throws {
    let deck = try #require(Self.decks.first { $0.what == what }).deck
    let verdict = try RandomDeckVerdict(deck)
    guard case .equal = verdict else {
      Issue.record("\(what): \(verdict)")
      return
    }
  }
}
