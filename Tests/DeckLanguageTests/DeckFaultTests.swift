import DeckLanguage
import Meshing
import Testing

@Suite("What is wrong with a deck") struct DeckFaultTests {
  @Test("the brick of these tests has no fault")
  func brick() { #expect(DeckText.faults(DeckText.brick()) == []) }

  @Test(
    "materials",
    arguments: [
      ("*ELASTIC\n0., .3\n", "a.inp:20: Young's modulus 0.0 is not positive"),
      ("*ELASTIC\n-1., .3\n", "a.inp:20: Young's modulus -1.0 is not positive"),
      ("*ELASTIC\n1., .5\n", "a.inp:20: Poisson's ratio 0.5 is not below 0.5"),
      ("*ELASTIC\n1., -1.\n", "a.inp:20: Poisson's ratio -1.0 is not above -1"),
      ("*ELASTIC\n1., nan\n", "a.inp:20: 'nan' is not a finite number"),
      ("*ELASTIC\n1e999, .3\n", "a.inp:20: '1e999' is too large a number"),
      (
        "*ELASTIC\n1.\n",
        "a.inp:20: *ELASTIC needs 2 numbers on this line and finds 1; a row is 2 constants and a temperature"
      ),
      ("*ELASTIC\n", "a.inp:19: *ELASTIC has no data"),
      (
        "*ELASTIC\n1., .3, 20.\n2., .3, 20.\n",
        "a.inp:21: the temperature 20.0 is not above the one before it, 20.0; write the rows in order of increasing temperature; it comes after the constants"
      ),
      (
        "*ELASTIC, TYPE=ORTHO\n1,2,3,4,5,6,7,8,9\n",
        "a.inp:19: *ELASTIC ends in the middle of a row; a row is 8 + 1 constants and a temperature, each part on its own line"
      ),
      (
        "*ELASTIC, TYPE=ORTHO\n1.,2.,1.,0.,0.,1.,1.,1.\n1.\n",
        "a.inp:20: the elasticity matrix is not positive definite"
      ),
      (
        "*ELASTIC, TYPE=ANISO\n1,0,1,0,0,1,0,0\n0,1,0,0,0,0,1,0\n0,0,0,0,0.\n",
        "a.inp:20: the elasticity matrix is not positive definite"
      ),
      (
        "*ELASTIC, TYPE=ENGINEERING CONSTANTS\n1,1,1,.9,.9,.9,1,1\n1\n",
        "a.inp:20: the elasticity matrix is not positive definite: Poisson's ratios are too large"
      ),
      (
        "*ELASTIC, TYPE=ENGINEERING CONSTANTS\n1,0,1,0,0,0,1,1\n1\n",
        "a.inp:20: Young's modulus E2 = 0.0 is not positive"
      ),
      (
        "*ELASTIC, TYPE=ENGINEERING CONSTANTS\n1,1,1,0,0,0,1,1\n-1\n",
        "a.inp:20: the shear modulus G23 = -1.0 is not positive"
      ),
      ("*ELASTIC, TYPE=LAMINA\n1,1,1\n", "a.inp:19: *ELASTIC, TYPE=LAMINA is not supported"),
      ("*ELASTIC\n1.,0.\n*CONDUCTIVITY\n-1.\n", "a.inp:22: the conductivity -1.0 is not positive"),
      (
        "*ELASTIC\n1.,0.\n*CONDUCTIVITY, TYPE=ORTHO\n1., -1., 1.\n",
        "a.inp:22: the conductivity is not positive definite"
      ),
      ("*ELASTIC\n1.,0.\n*DENSITY\n-1.\n", "a.inp:22: the density -1.0 is negative"),
      ("*ELASTIC\n1.,0.\n*SPECIFIC HEAT\n-1.\n", "a.inp:22: the specific heat -1.0 is negative"),
      (
        "*ELASTIC\n1.,0.\n*EXPANSION, ZERO=x\n1.\n",
        "a.inp:21: *EXPANSION, ZERO: 'x' is not a number"
      ),
      (
        "*ELASTIC\n1.,0.\n*PLASTIC\n1.,0.\n",
        "a.inp:21: the keyword *PLASTIC is not supported; supported are *AMPLITUDE,"
      ),
      (
        "*DENSITY\n1.\n",
        "a.inp:18: the material STEEL has no *ELASTIC, which a static step needs; write *ELASTIC and the constants after *MATERIAL"
      ),
      (
        "*ELASTIC\n1.,0.\n*MATERIAL, NAME=STEEL\n",
        "a.inp:21: the material STEEL is defined again; it is at a.inp:18 first; remove or rename one of them"
      ),
      (
        "*ELASTIC\n1.,0.\n*MATERIAL\n",
        "a.inp:21: *MATERIAL has no name; write *MATERIAL, NAME=name"
      ),
    ])
  func materials(card: String, fault: String) {
    let found = DeckText.faults(DeckText.brick(material: "*MATERIAL, NAME=STEEL\n" + card))
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(fault) == true, "\(found)")
  }

  @Test(
    "sections, orientations and transforms",
    arguments: [
      (
        "",
        "a.inp:11: cell 1 has no section; write *SOLID SECTION, ELSET=set, MATERIAL=name for a set that holds them"
      ),
      (
        "*SOLID SECTION, ELSET=BODY, MATERIAL=STELE\n",
        "a.inp:21: the deck has no material named 'STELE'; it has STEEL"
      ),
      (
        "*SOLID SECTION, ELSET=BODY, MATERIAL=STEEL, ORIENTATION=O\n",
        "a.inp:21: the deck has no orientation named 'O'; it has none"
      ),
      (
        DeckText.section + "*SOLID SECTION, ELSET=BDY, MATERIAL=STEEL\n",
        "a.inp:22: the deck has no element set named 'BDY'; it has BODY"
      ),
      (
        DeckText.section + "*SOLID SECTION, MATERIAL=STEEL\n",
        "a.inp:22: *SOLID SECTION names no element set; write *SOLID SECTION, ELSET=set, MATERIAL=name"
      ),
      (
        DeckText.section + "*SOLID SECTION, ELSET=BODY\n",
        "a.inp:22: *SOLID SECTION names no material; write *SOLID SECTION, ELSET=set, MATERIAL=name"
      ),
      (
        DeckText.section + "*ORIENTATION, NAME=O\n1,0,0,2,0,0\n",
        "a.inp:23: the two points and the origin lie on a line; the first point is on x', the second anywhere else in the x'-y' plane"
      ),
      (
        DeckText.section + "*ORIENTATION, NAME=O, SYSTEM=CYLINDRICAL\n1,0,0,1,0,0\n",
        "a.inp:23: the two points of the axis are equal; give two points on the axis of the cylinder"
      ),
      (
        DeckText.section + "*ORIENTATION, NAME=O\n",
        "a.inp:22: *ORIENTATION has no data; give two points, six numbers"
      ),
      (
        DeckText.section + "*ORIENTATION, NAME=O\nFIELD,0,0,0,1,0\n",
        "a.inp:23: *ORIENTATION by a distribution ('FIELD') is not supported; give two points, six numbers"
      ),
      (
        DeckText.section + "*ORIENTATION, NAME=O\n1,0,0,0,1,0\n4,30.\n",
        "a.inp:24: the second line is 'axis, angle', the axis 1, 2 or 3, the angle in degrees"
      ),
      (
        DeckText.section + "*ORIENTATION, NAME=O, SYSTEM=C\n0,0,0,0,0,1\n3,30.\n",
        "a.inp:24: only the axes of a rectangular system can be turned by a second line; remove the second line"
      ),
      (
        DeckText.section + "*TRANSFORM, NSET=RIM\n1,0,0,0,1,0\n",
        "a.inp:22: the deck has no node set named 'RIM'; it has ALL, ROOT, TIP"
      ),
      (
        DeckText.section + "*TRANSFORM, NSET=TIP, TYPE=S\n1,0,0,0,1,0\n",
        "a.inp:22: *TRANSFORM of the kind S is not supported; supported are R (rectangular) and C (cylindrical)"
      ),
    ])
  func sections(card: String, fault: String) {
    #expect(DeckText.faults(DeckText.brick(section: card)) == [fault])
  }

  @Test(
    "constraints and what stands before the steps",
    arguments: [
      (
        "*EQUATION\n2\n1,1,0.,2,1,1.\n",
        "a.inp:23: the first factor of the equation is zero; the first term is the one that is eliminated: put another first"
      ),
      (
        "*EQUATION\n2\n1,1,1.\n",
        "a.inp:23: the equation has 1 of 2 terms; add the missing terms or correct the number"
      ),
      (
        "*EQUATION\n1\n1,1,1.,2,1,1.\n",
        "a.inp:23: the equation has 2 terms where it announces 1; correct the number or remove the rest"
      ),
      (
        "*EQUATION\n2\n1,1\n",
        "a.inp:24: a line of an equation has 2 fields; a term is three fields: node, direction, factor"
      ),
      (
        "*EQUATION\n1000000000000\n1,1,1.\n",
        "a.inp:23: the equation has 1 of 1000000000000 terms; add the missing terms or correct the number"
      ),
      (
        "*EQUATION\nx\n",
        "a.inp:23: 'x' is not the number of terms of an equation; write the number of terms on a line of its own, then node, direction, factor of each"
      ),
      (
        "*EQUATION\n1\n1,4,1.\n",
        "a.inp:24: '4' is not a direction of node 1; supported are 1, 2, 3 for displacements and 11 for the temperature"
      ),
      (
        "*EQUATION\n1\n99,1,1.\n",
        "a.inp:24: node 99 is not defined; add it under *NODE or correct the number"
      ),
      (
        "*EQUATION\n1\n1,1,1.\n1\n1,1,2.\n",
        "a.inp:25: node 1 is eliminated in this direction by the equation at a.inp:23 already; put another term of the equation first"
      ),
      (
        "*MPC\nPLANE,1,2,3,4\n",
        "a.inp:22: *MPC of the kind PLANE is not supported; write the constraint as *EQUATION"
      ),
      (
        "*INITIAL CONDITIONS, TYPE=STRESS\nBODY\n",
        "a.inp:22: *INITIAL CONDITIONS, TYPE=STRESS is not supported; write *INITIAL CONDITIONS, TYPE=TEMPERATURE"
      ),
      (
        "*INITIAL CONDITIONS, TYPE=TEMPERATURE\nALL, inf\n",
        "a.inp:23: 'inf' is not a finite number"
      ),
      (
        "*BOUNDARY\nTPI, 1, 3\n",
        "a.inp:23: the deck has no node set named 'TPI'; it has TIP, ALL, ROOT"
      ),
      (
        "*BOUNDARY\n77, 1\n",
        "a.inp:23: node 77 is not defined; add it under *NODE or correct the number"
      ),
      (
        "*BOUNDARY\nTIP\n",
        "a.inp:23: the line names no direction; write node or set, first direction, last direction, value: for a clamp SET, 1, 3"
      ),
      (
        "*BOUNDARY\nTIP, ENCASTRE\n",
        "a.inp:23: 'ENCASTRE' is not a direction; write node or set, first direction, last direction, value: for a clamp SET, 1, 3"
      ),
      (
        "*BOUNDARY\nTIP, 3, 1\n",
        "a.inp:23: there are no directions 3 to 1; supported are 1, 2, 3 for displacements and 11 for the temperature"
      ),
      ("*BOUNDARY\nTIP, 1, 1, 1.2.3\n", "a.inp:23: '1.2.3' is not a number"),
      (
        "*BOUNDARY, AMPLITUDE=Q\nTIP, 1\n",
        "a.inp:22: the deck has no amplitude named 'Q'; it has none"
      ),
      (
        "*BOUNDARY, USER\nTIP, 1\n",
        "a.inp:22: *BOUNDARY, USER is not supported; supported are AMPLITUDE, FIXED, OP, TYPE"
      ),
      (
        "*BOUNDARY, OP=OLD\nTIP, 1\n",
        "a.inp:22: *BOUNDARY, OP=OLD is not supported; write MOD or NEW"
      ),
      (
        "*AMPLITUDE, NAME=A\n1.,0.,0.,1.\n",
        "a.inp:23: the time 0.0 is before the one it follows, 1.0; write times in increasing order"
      ),
      ("*AMPLITUDE, NAME=A\n", "a.inp:22: the amplitude A has no points; write times and factors"),
      (
        "*AMPLITUDE, NAME=A\n0.,1.,2.,3.,4.,5.,6.,7.,8.,9.\n",
        "a.inp:23: a line of *AMPLITUDE has 10 numbers; write up to four times and factors on a line; ccx does not read more"
      ),
      (
        "*AMPLITUDE, NAME=A, DEFINITION=PERIODIC\n0.,1.\n",
        "a.inp:22: *AMPLITUDE, DEFINITION=PERIODIC is not supported; write TABULAR"
      ),
      (
        "*CLOAD\nTIP, 1, 1.\n",
        "a.inp:22: *CLOAD stands outside a step; move it between *STEP and *END STEP"
      ),
      ("*STATIC\n", "a.inp:22: *STATIC stands outside a step; move it between *STEP and *END STEP"),
      ("*END STEP\n", "a.inp:22: *END STEP ends no step; write *STEP where the step begins"),
    ])
  func model(card: String, fault: String) {
    #expect(DeckText.faults(DeckText.brick(model: card)) == [fault])
  }

  @Test(
    "loads",
    arguments: [
      (
        "*CLOAD\nTIP, 4, 1.\n",
        "a.inp:25: '4' is not a direction of a force; moments are not supported: use pairs of forces"
      ),
      (
        "*CLOAD\nTIP\n",
        "a.inp:25: '' is not a direction of a force; write node or set, 1 to 3, force"
      ),
      (
        "*CLOAD, AMPLITUDE=Q\nTIP, 1, 1.\n",
        "a.inp:24: the deck has no amplitude named 'Q'; it has none"
      ),
      (
        "*DLOAD\nBODY, P7, 1.\n",
        "a.inp:25: 'P7' is not a side of a cell; write P1 to P6 for cells, P for a surface"
      ),
      (
        "*DLOAD\nBODY, P, 1.\n",
        "a.inp:25: 'P' is not a side of a cell; write P1 to P6 for cells, P for a surface"
      ),
      (
        "*DLOAD\nBODY, P1NU, 1.\n",
        "a.inp:25: the load 'P1NU' is not supported; supported are P1 to P6 (P for a surface), GRAV, CENTRIF"
      ),
      (
        "*DSLOAD\nTPO, P, 1.\n",
        "a.inp:25: the deck has no element set or surface named 'TPO'; it has TOP, BODY"
      ),
      (
        "*DLOAD\n99, P1, 1.\n",
        "a.inp:25: cell 99 is not defined; add it under *ELEMENT or correct the number"
      ),
      (
        "*DLOAD\nBODY, GRAV, 9.81, 0, 0, 0\n",
        "a.inp:25: the direction of gravity is a zero vector; write set, GRAV, acceleration, and three components: ALL, GRAV, 9.81, 0, 0, -1"
      ),
      (
        "*DLOAD\nBODY, GRAV, 9.81, 0, 0, -1\n",
        "a.inp:25: the load acts on mass, and STEEL has no *DENSITY; write *DENSITY and a value after *MATERIAL"
      ),
      (
        "*TEMPERATURE\nALL, 1.\n",
        "a.inp:24: *TEMPERATURE needs a temperature without strain, and there is none; write *INITIAL CONDITIONS, TYPE=TEMPERATURE before the first step"
      ),
      (
        "*DFLUX\nBODY, BX, 1.\n",
        "a.inp:25: the flux 'BX' is not supported; supported are S1 to S6 (S for a surface) and BF"
      ),
      (
        "*FILM\nBODY, F1FC, 1, 1.\n",
        "a.inp:25: the film 'F1FC' is not supported; supported are F1 to F6 (F for a surface)"
      ),
      (
        "*FILM\nBODY, F1, 1., -5.\n",
        "a.inp:25: the film coefficient -5.0 is negative; the temperature comes first, then the coefficient"
      ),
      (
        "*CFLUX\nTIP, 1, 1.\n",
        "a.inp:25: '1' is not a direction of heat; write node or set, 11, power"
      ),
      (
        "*SOLID SECTION, ELSET=BODY, MATERIAL=STEEL\n",
        "a.inp:24: *SOLID SECTION stands inside or after a step; move it before the first *STEP"
      ),
      (
        "*EQUATION\n1\n1,1,1.\n",
        "a.inp:24: *EQUATION stands inside or after a step; move it before the first *STEP"
      ),
      (
        "*HEAT TRANSFER, STEADY STATE\n",
        "a.inp:24: the step has a second procedure, *HEAT TRANSFER; write one procedure per step"
      ),
    ])
  func loads(card: String, fault: String) {
    #expect(DeckText.faults(DeckText.brick(step: DeckText.step(card))) == [fault])
  }

  @Test(
    "steps",
    arguments: [
      (
        "",
        "a.inp: the deck has no step: there is nothing to solve; write *STEP, *STATIC, loads, *END STEP"
      ),
      (
        "*STEP\n*STATIC\n",
        "a.inp:22: the step has no *END STEP; write *END STEP after its last card"
      ),
      (
        "*STEP\n*STATIC\n*CLOAD\nTIP, 1, 1",
        "a.inp:22: the step has no *END STEP; the file ends in the middle of a line and may be cut off: fetch it again"
      ),
      (
        "*STEP\n*END STEP\n",
        "a.inp:22: the step has no procedure; write *STATIC or *HEAT TRANSFER, STEADY STATE after *STEP"
      ),
      (
        "*STEP\n*STATIC\n*STEP\n*STATIC\n*END STEP\n",
        "a.inp:24: *STEP stands inside the step of line 22; write *END STEP before it"
      ),
      (
        "*STEP, NLGEOM\n*STATIC\n*END STEP\n",
        "a.inp:22: *STEP, NLGEOM is not supported: displacements are small here; remove NLGEOM if displacements are small against the structure"
      ),
      (
        "*STEP, PERTURBATION\n*STATIC\n*END STEP\n",
        "a.inp:22: *STEP, PERTURBATION is not supported; supported are AMPLITUDE, INC, NAME, NLGEOM"
      ),
      (
        "*STEP, INC=x\n*STATIC\n*END STEP\n", "a.inp:22: *STEP, INC=X is not a number of increments"
      ),
      (
        "*STEP\n*STATIC\n2., 1.\n*END STEP\n",
        "a.inp:24: the first increment, 2.0, is longer than the step, 1.0; write first increment, period of the step"
      ),
      ("*STEP\n*STATIC\n-1., 1.\n*END STEP\n", "a.inp:24: the time -1.0 is negative"),
      (
        "*STEP\n*HEAT TRANSFER\n*END STEP\n",
        "a.inp:23: *HEAT TRANSFER over time is not supported; write *HEAT TRANSFER, STEADY STATE"
      ),
    ])
  func steps(text: String, fault: String) {
    let material = DeckText.steel
    let found = DeckText.faults(DeckText.brick(material: material, step: text))
    #expect(found.contains(fault))
  }

  @Test(
    "keywords that are not supported stop with their line and a list of those that are",
    arguments: [
      "*FREQUENCY\n5\n", "*BUCKLE\n1\n", "*DYNAMIC\n", "*CONTACT PAIR\n", "*NODAL THICKNESS\n",
      "*SHELL SECTION, ELSET=E\n", "*BEAM SECTION\n", "*FREQENCY\n", "*RESTART, READ\n",
    ])
  func unsupported(card: String) {
    let name = card.prefix { $0 != "\n" && $0 != "," }
    let found = DeckText.faults(DeckText.brick(step: "*STEP\n" + card + "*STATIC\n*END STEP\n"))
    #expect(found.count == 1)
    #expect(
      found[0].hasPrefix(
        "a.inp:23: the keyword \(name) is not supported; supported are *AMPLITUDE, *BOUNDARY,"))
    #expect(found[0].hasSuffix("*TIME POINTS, *TRANSFORM"))
  }

  @Test("a node without cells may be held, and may be loaded only through an equation")
  func orphans() {
    let node = "*NODE\n99, 5., 5., 5.\n"
    #expect(
      DeckText.faults(
        DeckText.brick(model: node + "*BOUNDARY\n99,1,3\n")) == [])
    #expect(
      DeckText.faults(DeckText.brick(model: node, step: DeckText.step("*CLOAD\n99,1,5.\n"))) == [
        "a.inp:27: the load acts on node 99, which belongs to no cell; remove the load, or the node from the set"
      ])
    #expect(
      DeckText.faults(
        DeckText.brick(
          model: node + "*EQUATION\n2\n7,1,1.,99,1,-1.\n", step: DeckText.step("*CLOAD\n99,1,5.\n"))
      )
        == [])
  }

  @Test("plane cells lie at z = 0, have a thickness, and no radius is negative")
  func planeCells() {
    func faults(type: String, x: String, z: String, thickness: String) -> [String] {
      DeckText.faults(
        """
        *NODE
        1,\(x),0,\(z)
        2,1,0
        3,0,1
        *ELEMENT, TYPE=\(type), ELSET=E
        1,1,2,3
        *MATERIAL, NAME=A
        *ELASTIC
        1., 0.
        *SOLID SECTION, ELSET=E, MATERIAL=A
        \(thickness)
        *STEP
        *STATIC
        *END STEP

        """)
    }
    #expect(faults(type: "CPS3", x: "0", z: "0", thickness: "1.") == [])
    #expect(
      faults(type: "CPS3", x: "0", z: "0", thickness: "-1.")
        == ["a.inp:11: the thickness -1.0 is not positive"])
    #expect(
      faults(type: "CPE3", x: "0", z: ".5", thickness: "1.")
        == [
          "a.inp:6: node 1 of cell 1, a CPE3, has z = 0.5; plane and axisymmetric cells lie at z = 0"
        ])
    #expect(
      faults(type: "CAX3", x: "-1", z: "0", thickness: "1.")
        == [
          "a.inp:6: node 1 of cell 1, a CAX3, has the radius -1.0; x is the radius and never negative"
        ])
  }

  @Test("a heat step needs conductivities")
  func conductivity() {
    #expect(
      DeckText.faults(
        DeckText.brick(step: "*STEP\n*HEAT TRANSFER, STEADY STATE\n*END STEP\n")) == [
          "a.inp:18: the material STEEL has no *CONDUCTIVITY, which a heat transfer step needs; write *CONDUCTIVITY and the constants after *MATERIAL"
        ])
  }

  @Test("all faults are listed at once, in the order of the deck")
  func allAtOnce() {
    let found = DeckText.faults(
      DeckText.brick(
        material: "*MATERIAL, NAME=STEEL\n*ELASTIC\n-1., .3\n",
        section: "*SOLID SECTION, ELSET=BODDY, MATERIAL=STEEL\n",
        step: DeckText.step("*CLOAD\nTPI, 1, 1.\n*DLOAD\nTOP, P, x\n*BUCKLE\n")))
    #expect(
      found.map { $0.prefix { $0 != " " } } == [
        "a.inp:11:", "a.inp:20:", "a.inp:21:", "a.inp:25:", "a.inp:27:", "a.inp:28:",
      ])
  }

  @Test(
    "an unknown that an equation eliminates cannot be held too, unless the node has its own axes")
  func heldAndEliminated() {
    let equation = "*EQUATION\n2\n7,1,1.,8,1,-1.\n"
    #expect(
      DeckText.faults(DeckText.brick(model: equation + "*BOUNDARY\nTIP, 1, 3\n")) == [
        "a.inp:26: node 7 is held in direction 1, which the equation at a.inp:23 eliminates; put another term of the equation first"
      ])
    #expect(
      DeckText.faults(DeckText.brick(model: equation + "*BOUNDARY\n8, 1, 3\n7, 2, 3\n")) == [])
    #expect(
      DeckText.faults(
        DeckText.brick(
          model: equation + "*TRANSFORM, NSET=TIP\n1,1,0,-1,1,0\n*BOUNDARY\n7, 1\n")) == [])
  }

  @Test("loads on nodes without cells are one fault per card")
  func manyOrphans() {
    let nodes = (101...110).map { "\($0), 5., 5., 5.\n" }.joined()
    let loads = (101...110).map { "\($0), 1, 5.\n" }.joined()
    #expect(
      DeckText.faults(
        DeckText.brick(
          model: "*NODE\n" + nodes, step: DeckText.step("*CLOAD\nTIP, 1, 1.\n" + loads)))
        == [
          "a.inp:37: the load acts on nodes 101, 102, 103, 104, 105 and 5 more, which belong to no cell; remove the load, or the node from the set"
        ])
  }
}
