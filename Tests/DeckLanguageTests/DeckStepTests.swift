import DeckLanguage
import Files
import Meshing
import Testing
import ThermoElasticity

@Suite("The steps of a deck") struct DeckStepTests {
  func steps(_ text: String, model: String = "") throws -> [DeckStep] {
    try DeckText.deck(DeckText.brick(model: model, step: text)).steps
  }

  func cards(_ text: String, model: String = "") throws -> [StepCard] {
    try steps(DeckText.step(text), model: model)[0].cards
  }

  let amplitudes = "*AMPLITUDE, NAME=A\n0,0,1,1\n*AMPLITUDE, NAME=B\n0,1,1,2\n"

  @Test("a static step with its times")
  func staticStep() throws {
    let steps = try steps(
      "*STEP, INC=7, AMPLITUDE=STEP\n*STATIC, DIRECT, SOLVER=SPOOLES\n.1, 1., , .5\n*END STEP\n")
    #expect(steps.count == 1)
    #expect(steps[0].procedure == .staticStress)
    #expect(steps[0].isDirect)
    #expect(steps[0].increments == [0.1, 1, nil, 0.5])
    #expect(steps[0].largestIncrementCount == 7)
    #expect(steps[0].isStepped == true)
    #expect(steps[0].location.line == 22)
  }

  @Test("a heat step after a static one; NLGEOM=NO is no matter")
  func twoSteps() throws {
    let text = DeckText.brick(
      material: DeckText.steel + "*CONDUCTIVITY\n50.\n",
      step: "*STEP, NLGEOM=NO\n*STATIC\n*END STEP\n*STEP\n*HEAT TRANSFER, STEADY STATE\n*END STEP\n"
    )
    let steps = try DeckText.deck(text).steps
    #expect(steps.map(\.procedure) == [.staticStress, .steadyHeat])
    #expect(steps[0].isStepped == nil)
    #expect(steps[0].largestIncrementCount == 100)
    #expect(!steps[1].isDirect)
  }

  @Test("boundary conditions in a step, and between steps for the next")
  func boundaries() throws {
    let steps = try steps(
      """
      *STEP
      *STATIC
      *BOUNDARY, OP=NEW, AMPLITUDE=A
      ROOT, 1, 2, .1
      *END STEP
      *BOUNDARY, FIXED
      TIP, 3
      *STEP
      *STATIC
      *END STEP

      """, model: amplitudes)
    guard case .boundary(let first)? = steps[0].cards.first,
      case .boundary(let second)? = steps[1].cards.first
    else {
      Issue.record("there are no boundary cards")
      return
    }
    #expect(first.operation == .new)
    #expect(first.amplitude == "A")
    #expect(first.entries.map(\.degrees) == [1...2])
    #expect(first.entries.map(\.value) == [0.1])
    #expect(second.isFixed)
    #expect(second.operation == .modify)
    #expect(second.entries.map(\.nodes) == [[4, 5, 6, 7]])
  }

  @Test("forces, one entry for neighbours that are alike")
  func forces() throws {
    guard
      case .force(let card)? = try cards(
        "*CLOAD, OP=NEW, AMPLITUDE=A\nTIP, 3, -2.\n1, 3, -2.\n2, 3, -2.\n1, 1, 5.\n",
        model: amplitudes
      ).first
    else {
      Issue.record("there is no force")
      return
    }
    #expect(card.operation == .new)
    #expect(card.amplitude == "A")
    #expect(card.location == InputFault.Location(file: "a.inp", line: 28))
    #expect(card.entries.map(\.nodes) == [[4, 5, 6, 7], [0, 1], [0]])
    #expect(card.entries.map(\.degree) == [3, 3, 1])
    #expect(card.entries.map(\.value) == [-2, -2, 5])
  }

  @Test("pressures on cells, sets and surfaces, gravity and rotation")
  func distributedLoads() throws {
    let text = DeckText.brick(
      material: DeckText.steel + "*DENSITY\n1.\n",
      step: DeckText.step(
        """
        *DLOAD
        1, P1, 5.
        BODY, P6, 6.
        BODY, GRAV, 9.81, 0., 0., -2.
        BODY, CENTRIF, 100., 1., 2., 3., 0., 4., 0.
        *DSLOAD, OP=NEW
        TOP, P, 7.

        """))
    let cards = try DeckText.deck(text).steps[0].cards
    guard cards.count == 2, case .distributedLoad(let first) = cards[0],
      case .distributedLoad(let second) = cards[1], first.entries.count == 4,
      case .pressure([Facet(cell: 0, side: 0)], 5) = first.entries[0],
      case .pressure([Facet(cell: 0, side: 5)], 6) = first.entries[1],
      case .gravity(_, [0], 9.81, [0, 0, -1]) = first.entries[2],
      case .centrifugal(_, [0], 100, [1, 2, 3], [0, 1, 0]) = first.entries[3],
      case .pressure([Facet(cell: 0, side: 1)], 7)? = second.entries.first
    else {
      Issue.record("the loads are not those of the deck: \(cards)")
      return
    }
    #expect(second.operation == .new)
  }

  @Test("heat flows, fluxes and films")
  func heatLoads() throws {
    let text = DeckText.brick(
      material: DeckText.steel + "*CONDUCTIVITY\n50.\n", model: amplitudes,
      step: """
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *CFLUX
        TIP, 11, 3.
        *DFLUX, AMPLITUDE=A
        BODY, S2, 4.
        BODY, BF, 5.
        TOP, S, 6.
        *FILM, AMPLITUDE=A, FILM AMPLITUDE=B, OP=NEW
        BODY, F3, 20., 25.
        TOP, F, 30., 35.
        *BOUNDARY
        ROOT, 11, 11, 100.
        1, 0, 0, 50.
        *END STEP

        """)
    let cards = try DeckText.deck(text).steps[0].cards
    guard cards.count == 4, case .flow(let flow) = cards[0],
      case .distributedFlux(let flux) = cards[1], case .film(let film) = cards[2],
      case .boundary(let boundary) = cards[3], flux.entries.count == 3,
      case .surface([Facet(cell: 0, side: 1)], 4) = flux.entries[0],
      case .body([0], 5) = flux.entries[1],
      case .surface([Facet(cell: 0, side: 1)], 6) = flux.entries[2]
    else {
      Issue.record("the loads are not those of the deck: \(cards)")
      return
    }
    #expect(flow.entries.map(\.nodes) == [[4, 5, 6, 7]])
    #expect(flow.entries.map(\.value) == [3])
    #expect(film.amplitude == "A")
    #expect(film.secondAmplitude == "B")
    #expect(film.operation == .new)
    #expect(film.entries.map(\.facets) == [[Facet(cell: 0, side: 2)], [Facet(cell: 0, side: 1)]])
    #expect(film.entries.map(\.ambient) == [20, 30])
    #expect(film.entries.map(\.coefficient) == [25, 35])
    #expect(boundary.entries.map(\.degrees) == [11...11, 11...11])
  }

  @Test("prescribed temperatures")
  func temperatures() throws {
    let initial = "*INITIAL CONDITIONS, TYPE=TEMPERATURE\nALL, 0.\n"
    guard
      case .temperature(let card)? = try cards(
        "*TEMPERATURE, OP=NEW\nROOT, 10.\n5, 10.\n6, 20.\n", model: initial
      ).first
    else {
      Issue.record("there is no temperature")
      return
    }
    #expect(card.operation == .new)
    #expect(card.entries.map(\.nodes) == [[0, 1, 2, 3], [4], [5]])
    #expect(card.entries.map(\.value) == [10, 10, 20])
  }

  @Test("print requests")
  func prints() throws {
    let cards = try cards(
      """
      *NODE PRINT, NSET=TIP, TOTALS=YES, GLOBAL=YES, FREQUENCY=2
      U, RF
      *EL PRINT, ELSET=BODY, TOTALS=ONLY, GLOBAL=NO, TIME POINTS=T
      S, E
      ENER
      *SECTION PRINT, SURFACE=TOP, NAME=cut
      SOF, SOM
      *NODE FILE
      U
      *EL FILE
      S, ZZS

      """, model: "*TIME POINTS, NAME=T\n.5\n")
    guard cards.count == 5, case .print(let nodes) = cards[0], case .print(let cells) = cards[1],
      case .print(let section) = cards[2], case .fieldOutput(["U"]) = cards[3],
      case .fieldOutput(["S", "ZZS"]) = cards[4],
      case .nodes("TIP", [4, 5, 6, 7]) = nodes.region, case .cells("BODY", [0]) = cells.region,
      case .section("TOP", "CUT", [Facet(cell: 0, side: 1)]) = section.region
    else {
      Issue.record("the requests are not those of the deck: \(cards)")
      return
    }
    #expect(nodes.keys.map(\.name) == ["U", "RF"])
    #expect(nodes.totals == .yes)
    #expect(nodes.isGlobal == true)
    #expect(nodes.frequency == 2)
    #expect(cells.keys.map(\.name) == ["S", "E", "ENER"])
    #expect(cells.totals == .only)
    #expect(cells.isGlobal == false)
    #expect(cells.frequency == -1)
    #expect(cells.timePoints == "T")
    #expect(section.keys.map(\.name) == ["SOF", "SOM"])
  }

  @Test(
    "an output request never stops a run",
    arguments: [
      (
        "*NODE PRINT, NSET=TPI\nU\n",
        "the deck has no node set named 'TPI', so nothing is printed for it; it has TIP, ALL, ROOT"
      ),
      (
        "*EL PRINT, ELSET=BODY\nSX, S\n",
        "*EL PRINT does not know 'SX'; it is ignored; it knows CENT, COOR, COORD, E, EBHE, ELSE, EMAS, ENER, EVOL, HFL, ME, S"
      ),
      (
        "*EL PRINT, ELSET=BODY\nPEEQ\n",
        "*EL PRINT does not know 'PEEQ'; it is ignored; it knows CENT, COOR, COORD, E, EBHE, ELSE, EMAS, ENER, EVOL, HFL, ME, S"
      ),
      (
        "*EL PRINT\nS\n",
        "*EL PRINT names no set; nothing is printed for it; write *EL PRINT, ELSET=name"
      ),
      (
        "*SURFACE, NAME=SIDE\nBODY, S1\n*SECTION PRINT, SURFACE=SIDE, NAME=N, FREQUENCY=2\nSOF\n",
        "*SECTION PRINT has no parameter 'FREQUENCY'; it is ignored"
      ),
      ("*CONTACT FILE\nCSTR\n", "*CONTACT FILE has no effect"),
      ("*CONTACT PRINT\nCSTR\n", "*CONTACT PRINT has no effect"),
      ("*FACE PRINT\nX\n", "*FACE PRINT has no effect"),
      ("*RESTART, WRITE\n", "*RESTART has no effect"),
      ("*OUTPUT, FIELD\n", "*OUTPUT has no effect"),
      (
        "*NODE PRINT, NSET=TIP, TIME POINTS=Q\nU\n",
        "the deck has no time points named 'Q'; it has none"
      ),
      (
        "*NODE PRINT, NSET=TIP, FREQUENCY=x\nU\n",
        "*NODE PRINT, FREQUENCY=X is not a number; it is ignored"
      ),
      (
        "*NODE PRINT, NSET=TIP, COLOUR=RED\nU\n",
        "*NODE PRINT has no parameter 'COLOUR'; it is ignored"
      ),
    ])
  func outputs(text: String, warning: String) throws {
    let deck = try DeckText.deck(DeckText.brick(step: DeckText.step(text)))
    #expect(deck.warnings.map { $0.description.drop { $0 != " " }.dropFirst() } == [warning[...]])
  }

  @Test("unknown parameters are a warning, as in ccx")
  func unknownParameters() throws {
    let deck = try DeckText.deck(
      DeckText.brick(step: DeckText.step("*CLOAD, COLOUR=RED\nTIP, 1, 1.\n")))
    #expect(
      deck.warnings.map(\.description) == [
        "a.inp:24: *CLOAD has no parameter 'COLOUR'; it is ignored"
      ])
  }

  @Test("the last output card says for all of a step when they are served, as in ccx")
  func outputTimes() throws {
    let points = "*TIME POINTS, NAME=T\n.5\n"
    func step(_ cards: String) throws -> DeckStep {
      try steps(DeckText.step(cards), model: points)[0]
    }
    let none = try step("*NODE PRINT, NSET=TIP\nU\n*EL PRINT, ELSET=BODY, FREQUENCY=0\nS\n")
    #expect(none.outputFrequency == nil)
    #expect(none.outputTimePoints == nil)
    let file = try step("*NODE PRINT, NSET=TIP, FREQUENCY=2\nU\n*NODE FILE, FREQUENCY=3\nU\n")
    #expect(file.outputFrequency == 3)
    let timed = try step("*NODE FILE, FREQUENCY=3\nU\n*EL FILE, TIME POINTS=T\nS\n")
    #expect(timed.outputTimePoints == "T")
    let counted = try step("*EL FILE, TIME POINTS=T\nS\n*NODE FILE, FREQUENCY=3\nU\n")
    #expect(counted.outputFrequency == 3)
    #expect(counted.outputTimePoints == nil)
  }
}
