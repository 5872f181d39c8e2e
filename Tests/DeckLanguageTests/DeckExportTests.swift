import DeckLanguage
import Meshing
import Testing

/// What preprocessors write that CalculiX's own decks do not have.
@Suite("Decks of preprocessors") struct DeckExportTests {
  @Test(
    "text on the line of *HEADING",
    arguments: [
      ("*HEADING MYMODEL\n", ["MYMODEL"]), ("*Heading: part 7, load = 3\n", [": part 7, load = 3"]),
      ("*HEADING\nfirst\nsecond\n", ["first", "second"]),
      ("*heading, a,\nb = 1\n", ["a,", "b = 1"]),
      ("* H E A D I N G x\n", ["x"]),
    ])
  func heading(_ card: String, _ expected: [String]) throws {
    #expect(try DeckText.deck(card + DeckText.brick()).heading == expected)
  }

  @Test func `*SYSTEM without data changes nothing, with data it is refused`() throws {
    let deck = try DeckText.deck(DeckText.brick(model: "*SYSTEM\n** nothing\n"))
    #expect(deck.warnings.map(\.problem) == ["*SYSTEM has no effect"])
    #expect(
      DeckText.faults(DeckText.brick(model: "*SYSTEM\n1., 2., 3.\n")).first?
        .hasPrefix("a.inp:22: the keyword *SYSTEM is not supported") == true)
  }

  @Test(
    "a node set of an element set",
    arguments: [
      ("*NSET, NSET=Q, ELSET=BODY\n", [1, 2, 3, 4, 5, 6, 7, 8]),
      ("*NSET, ELSET=LATER, NSET=Q\n*ELSET, ELSET=LATER\n1,\n", [1, 2, 3, 4, 5, 6, 7, 8]),
      // Further nodes may stand under it; what is there is appended to.
      ("*NSET, NSET=Q\n9,\n*NSET, NSET=Q, ELSET=BODY\n", [9, 1, 2, 3, 4, 5, 6, 7, 8]),
      ("*NSET, NSET=Q, ELSET=BODY\n9,\n", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ])
  func nodesOfCells(_ cards: String, _ expected: [Int]) throws {
    let deck = try DeckText.deck(
      DeckText.brick(model: "*NODE\n9, 7., 7., 7.\n" + cards))
    let nodes = try #require(deck.mesh.nodeSets["Q"])
    #expect(nodes.map { deck.mesh.nodeLabels[Int($0)] } == expected)
    #expect(deck.warnings.isEmpty)
  }

  @Test func `an element set that is not there is a fault`() {
    #expect(
      DeckText.faults(DeckText.brick(model: "*NSET, NSET=Q, ELSET=BODI\n")).first?
        .hasPrefix("a.inp:22: the deck has no element set named 'BODI'") == true)
  }

  /// A tetrahedron with cells on its faces as gmsh writes them for surface groups.
  static func tetrahedron(faces: String, model: String = "") -> String {
    """
    *NODE
    1, 0., 0., 0.
    2, 1., 0., 0.
    3, 0., 1., 0.
    4, 0., 0., 1.
    \(faces)
    *ELEMENT, TYPE=C3D4, ELSET=BODY
    100, 1, 2, 3, 4
    *NSET, NSET=ROOT
    1, 2, 3
    \(DeckText.steel)*SOLID SECTION, ELSET=BODY, MATERIAL=STEEL
    \(model)
    *BOUNDARY
    ROOT, 1, 3
    *STEP
    *STATIC
    *CLOAD
    4, 3, 1.
    *END STEP

    """
  }

  @Test(
    "the surface cells of gmsh are one fault that says where they come from",
    arguments: [
      // Faces across the plane; faces in it, which are only told by their missing section.
      (
        "*ELEMENT, type=CPS3, ELSET=Surface1\n1, 1, 2, 4\n2, 2, 3, 4\n*ELEMENT, type=CPS3, ELSET=Surface2\n3, 1, 4, 3",
        "3 plane cells (CPS3) that do not lie in the plane z = 0", " (also in lines 9)"
      ),
      (
        "*ELEMENT, type=CPS3, ELSET=Surface1\n1, 1, 2, 3", "1 plane cells (CPS3) without a section",
        ""
      ),
    ])
  func surfaceCells(_ faces: String, _ what: String, _ more: String) {
    #expect(
      DeckText.faults(Self.tetrahedron(faces: faces)) == [
        "a.inp:6: a mesh of 1 solids (C3D4) has \(what): gmsh writes such cells for surface groups; "
          + "delete this *ELEMENT block\(more), or export the volumes only; "
          + "loads and supports on the surface need a *SURFACE or a node set"
      ])
  }

  @Test func `the line cells of gmsh are refused with their cause`() {
    let text = Self.tetrahedron(faces: "*ELEMENT, type=T3D2, ELSET=Line1\n1, 1, 2")
    #expect(
      DeckText.faults(text).first?.hasPrefix(
        "a.inp:6: the element type T3D2 is not supported; gmsh writes such cells for lines: "
          + "delete the *ELEMENT block") == true)
  }

  @Test func `CENT and EBHE are honoured, what is not known is a warning with its line`() throws {
    let deck = try DeckText.deck(
      DeckText.brick(step: DeckText.step("*EL PRINT, ELSET=BODY\nCENT, EBHE\nPEEQ\n")))
    #expect(
      deck.warnings.map(\.description).map { String($0.prefix(52)) } == [
        "a.inp:26: *EL PRINT does not know 'PEEQ'; it is igno"
      ])
  }
}
