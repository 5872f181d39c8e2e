import DeckLanguage
import Meshing
import NumericalMethods
import Testing
import ThermoElasticity

@Suite("The model a deck describes") struct DeckModelTests {
  func material(_ properties: String) throws -> Material {
    let text = DeckText.brick(material: "*MATERIAL, NAME=steel\n*ELASTIC\n1., 0.\n" + properties)
    return try #require(try DeckText.deck(text).materials.first)
  }

  func elasticity(_ card: String) throws -> Material.Elasticity? {
    try DeckText.deck(DeckText.brick(material: "*MATERIAL, NAME=STEEL\n" + card)).materials[0]
      .elasticity
  }

  @Test("heading lines are kept as they are")
  func heading() throws {
    let deck = try DeckText.deck("*Heading\n  A brick, held\nand pulled\n" + DeckText.brick())
    #expect(deck.heading == ["  A brick, held", "and pulled"])
    #expect(deck.warnings.isEmpty)
  }

  @Test("elastic constants of every kind, with temperatures")
  func elastic() throws {
    #expect(
      try elasticity("*ELASTIC\n210000., 0.3, 20.\n200000., .31, 120.\n")
        == .isotropic(MaterialCurve([(20, [210_000, 0.3]), (120, [200_000, 0.31])])))
    #expect(
      try elasticity("*ELASTIC, TYPE=ORTHO\n10., 2., 11., 3., 4., 12., 5., 6.\n7., 50.\n")
        == .orthotropic(MaterialCurve([(50, [10, 2, 11, 3, 4, 12, 5, 6, 7])])))
    #expect(
      try elasticity(
        "*ELASTIC, TYPE=ENGINEERING CONSTANTS\n10., 11., 12., .1, .2, .3, 4., 5.\n6.\n")
        == .engineeringConstants(MaterialCurve([(0, [10, 11, 12, 0.1, 0.2, 0.3, 4, 5, 6])])))
    let constants = [9, 1, 9, 1, 1, 9, 0, 0, 0, 4, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 4].map(Double.init)
    #expect(
      try elasticity(
        "*ELASTIC, TYPE=ANISO\n9,1,9,1,1,9,0,0\n0,4,0,0,0,0,4,0\n0,0,0,0,4,-10.\n")
        == .anisotropic(MaterialCurve([(-10, constants)])))
  }

  @Test("expansion, conductivity, density and specific heat")
  func properties() throws {
    let material = try material(
      """
      *EXPANSION, ZERO=20., TYPE=ORTHO
      1.E-5, 2.E-5, 3.E-5, 0.
      1.1E-5, 2.1E-5, 3.1E-5, 100.
      *CONDUCTIVITY, TYPE=ANISO
      5., 6., 7., .1, .2, .3
      *DENSITY
      7.8E-9
      *SPECIFIC HEAT
      4.4E8, 0.
      4.6E8, 100.

      """)
    #expect(material.name == "STEEL")
    #expect(
      material.expansion
        == Material.Expansion(
          MaterialCurve([(0, [1e-5, 2e-5, 3e-5]), (100, [1.1e-5, 2.1e-5, 3.1e-5])]), zero: 20))
    #expect(material.conductivity == .constant(5, 6, 7, 0.1, 0.2, 0.3))
    #expect(material.density == .constant(7.8e-9))
    #expect(material.specificHeat == MaterialCurve([(0, [4.4e8]), (100, [4.6e8])]))
  }

  @Test("sections with thickness and orientation; a later section holds where two name a cell")
  func sections() throws {
    let text = """
      *NODE
      1,0,0
      2,1,0
      3,0,1
      *ELEMENT, TYPE=CPS3, ELSET=E
      1,1,2,3
      *SOLID SECTION, ELSET=E, MATERIAL=A, ORIENTATION=turned
      0.25
      *ORIENTATION, NAME=TURNED
      0., 2., 0., -1., 1., 0.
      *MATERIAL, NAME=A
      *ELASTIC
      1., 0.
      *STEP
      *STATIC
      *END STEP
      """
    let deck = try DeckText.deck(text)
    #expect(deck.sections.count == 1)
    #expect(deck.sections[0].thickness == 0.25)
    #expect(deck.sections[0].cells == [0])
    #expect(deck.orientationNames == ["TURNED"])
    #expect(deck.sections[0].orientation == .rectangular(first: [0, 1, 0], second: [-1, 0, 0]))
  }

  @Test("an orientation turned by ninety degrees about its third axis")
  func turnedOrientation() throws {
    let deck = try DeckText.deck(
      DeckText.brick(
        section: "*SOLID SECTION, ELSET=BODY, MATERIAL=STEEL, ORIENTATION=O\n",
        model: "*ORIENTATION, NAME=O, SYSTEM=RECTANGULAR\n1,0,0,0,1,0\n3, 90.\n"))
    guard case .rectangular(let first, let second)? = deck.sections[0].orientation else {
      Issue.record("the orientation is not rectangular")
      return
    }
    // cos(90°) is 6e-17 in double precision.
    #expect((first - [0, 1, 0]).length < 1e-15)
    #expect((second - [-1, 0, 0]).length < 1e-15)
  }

  @Test("a cylindrical orientation and a transform")
  func cylindrical() throws {
    let deck = try DeckText.deck(
      DeckText.brick(
        section: "*SOLID SECTION, ELSET=BODY, MATERIAL=STEEL, ORIENTATION=O\n",
        model: """
          *ORIENTATION, NAME=O, SYSTEM=CYLINDRICAL
          0,0,1,0,0,5
          *TRANSFORM, NSET=ROOT, TYPE=C
          1,0,0,1,0,2
          *TRANSFORM, NSET=TIP
          0,3,0,0,0,1

          """))
    #expect(deck.sections[0].orientation == .cylindrical(origin: [0, 0, 1], axis: [0, 0, 1]))
    #expect(deck.nodalAxes.count == 8)
    #expect(deck.nodalAxes[0] == .cylindrical(origin: [1, 0, 0], axis: [0, 0, 1]))
    #expect(deck.nodalAxes[4] == .rectangular(first: [0, 1, 0], second: [0, 0, 1]))
  }

  @Test("equations over several lines, with temperatures as direction 11")
  func equations() throws {
    let deck = try DeckText.deck(
      DeckText.brick(model: "*EQUATION\n3\n1,1,1.,2,1,-.5\n3,2,-.5\n2\n5,11,1.,6,11,-1.\n"))
    #expect(
      deck.constraints == [
        LinearConstraint([
          .init(node: 0, component: 0, coefficient: 1),
          .init(node: 1, component: 0, coefficient: -0.5),
          .init(node: 2, component: 1, coefficient: -0.5),
        ]),
        LinearConstraint([
          .init(node: 4, component: 3, coefficient: 1),
          .init(node: 5, component: 3, coefficient: -1),
        ]),
      ])
  }

  @Test("initial temperatures, boundary conditions before the steps, amplitudes and time points")
  func beforeSteps() throws {
    let deck = try DeckText.deck(
      DeckText.brick(
        model: """
          *INITIAL CONDITIONS, TYPE=TEMPERATURE
          ROOT, 20.
          7, 30.
          *BOUNDARY
          ROOT, 1, 3
          5, 2, , .5
          6, 11, , 100.
          *AMPLITUDE, NAME=up, TIME=TOTAL TIME, SHIFTY=1.
          0., 0., 1., 2., 1., 3., 4., 5.
          6., 7.
          *TIME POINTS, NAME=T
          .1, .2
          .5
          *TIME POINTS, NAME=G, GENERATE, TIME=TOTAL TIME
          0., 1., .4

          """))
    #expect(deck.initialTemperature == [20, 20, 20, 20, nil, nil, 30, nil])
    let boundary = try #require(deck.initialBoundaries.first)
    #expect(boundary.entries.map(\.nodes) == [[0, 1, 2, 3], [4], [5]])
    #expect(boundary.entries.map(\.degrees) == [1...3, 2...2, 11...11])
    #expect(boundary.entries.map(\.value) == [0, 0.5, 100])
    let amplitude = try #require(deck.amplitudes["UP"])
    #expect(amplitude.usesTotalTime)
    #expect(amplitude.points.map(\.time) == [0, 1, 1, 4, 6])
    #expect(amplitude.points.map(\.factor) == [1, 3, 4, 6, 8])
    #expect(deck.timePoints["T"] == [0.1, 0.2, 0.5])
    #expect(deck.timePoints["G"] == [0, 0.4, 0.8, 1])
    #expect(deck.totalTimePoints == ["G"])
  }

  @Test("cards may stand in any order: what a section names may follow it")
  func order() throws {
    let deck = try DeckText.deck(
      "*SOLID SECTION, ELSET=BODY, MATERIAL=STEEL\n*STEP\n*STATIC\n*END STEP\n" + DeckText.steel
        + DeckText.mesh)
    #expect(deck.sections.map(\.cells) == [[0]])
  }
}
