import DesignValidation
import Foundation
import Testing

@Suite("How loads reach supports") struct LoadPathTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let deck: String
    /// Node and reason of each force that is not carried.
    var uncarried: [(node: Int, reason: LoadPath.Reason)] = []
    var loadedNodeCount = 1
  }

  /// Plane cells on a lattice of four nodes a row: labels 1…4 at y = 0, 5…8 at y = 1, 9…12 at y = 2.
  private static func plane(_ cells: [[Int]], _ rest: String) -> String {
    var text = "*NODE\n"
    for label in 0..<12 { text += "\(label + 1), \(label % 4), \(label / 4)\n" }
    text += "*ELEMENT, TYPE=CPS4, ELSET=BODY\n"
    for (number, cell) in cells.enumerated() {
      text += "\(number + 1), \(cell.map(String.init).joined(separator: ", "))\n"
    }
    return text + "*MATERIAL, NAME=M\n*ELASTIC\n200000, 0.3\n*DENSITY\n1e-9\n"
      + "*SOLID SECTION, ELSET=BODY, MATERIAL=M\n1\n" + rest
  }

  private static let row = [[1, 2, 6, 5], [2, 3, 7, 6]]
  /// The second cell meets the first in node 6 alone.
  private static let chain = [[1, 2, 6, 5], [6, 7, 11, 10]]
  private static let clamp = "*BOUNDARY\n1, 1, 2\n5, 1, 2\n"
  private static func step(_ cards: String) -> String { "*STEP\n*STATIC\n\(cards)*END STEP\n" }
  private static let pullEnd = step("*CLOAD\n7, 1, 100\n")

  /// Two bricks that share a face, or the edge of nodes 3 and 7 alone.
  private static func bricks(sharingFace: Bool) -> String {
    let second = sharingFace ? "2, 9, 10, 3, 6, 11, 12, 7" : "3, 13, 14, 15, 7, 16, 17, 18"
    return """
      *NODE
      1, 0, 0, 0
      2, 1, 0, 0
      3, 1, 1, 0
      4, 0, 1, 0
      5, 0, 0, 1
      6, 1, 0, 1
      7, 1, 1, 1
      8, 0, 1, 1
      9, 2, 0, 0
      10, 2, 1, 0
      11, 2, 0, 1
      12, 2, 1, 1
      13, 2, 1, 0
      14, 2, 2, 0
      15, 1, 2, 0
      16, 2, 1, 1
      17, 2, 2, 1
      18, 1, 2, 1
      *ELEMENT, TYPE=C3D8, ELSET=BODY
      1, 1, 2, 3, 4, 5, 6, 7, 8
      2, \(second)
      *MATERIAL, NAME=M
      *ELASTIC
      200000, 0.3
      *SOLID SECTION, ELSET=BODY, MATERIAL=M
      *BOUNDARY
      1, 1, 3
      4, 1, 3
      5, 1, 3
      *STEP
      *STATIC
      *CLOAD
      \(sharingFace ? 10 : 14), 1, 100
      *END STEP

      """
  }

  static let cases = [
    Case(testDescription: "a row of cells, clamped", deck: plane(row, clamp + pullEnd)),
    Case(
      testDescription: "cells that meet in a corner alone", deck: plane(chain, clamp + pullEnd),
      uncarried: [(7, .noSupport)]),
    Case(
      testDescription: "a force on the hinge is carried by the first of its bodies",
      deck: plane(chain, clamp + step("*CLOAD\n6, 1, 100\n"))),
    Case(
      testDescription: "a piece that supports hold by itself",
      deck: plane(chain, "*BOUNDARY\n10, 1, 2\n11, 1, 2\n" + pullEnd)),
    Case(
      testDescription: "a row held along x alone", deck: plane(row, "*BOUNDARY\n1, 1\n" + pullEnd),
      uncarried: [(7, .freeToMove)]),
    Case(
      testDescription: "a row on two rollers and a stop",
      deck: plane(row, "*BOUNDARY\n1, 1, 2\n3, 2\n" + pullEnd)),
    Case(
      testDescription: "a row that turns about its pin: the roller holds along the line to it",
      deck: plane(
        row,
        "*NSET, NSET=R\n3\n*TRANSFORM, NSET=R\n1, 0, 0, 0, 1, 0\n*BOUNDARY\n1, 1, 2\n3, 1\n"
          + pullEnd), uncarried: [(7, .freeToMove)]),
    Case(
      testDescription: "the same with the roller's axes turned by 90 degrees",
      deck: plane(
        row,
        "*NSET, NSET=R\n3\n*TRANSFORM, NSET=R\n0, 1, 0, -1, 0, 0\n*BOUNDARY\n1, 1, 2\n3, 1\n"
          + pullEnd)),
    Case(
      testDescription: "a piece tied by equations",
      deck: plane(
        chain,
        "*EQUATION\n2\n7, 1, 1, 2, 1, -1\n*EQUATION\n2\n7, 2, 1, 2, 2, -1\n" + clamp + pullEnd)),
    Case(
      testDescription: "pressure on a lone cell",
      deck: plane(chain, clamp + step("*DLOAD\n2, P2, 5\n")), uncarried: [(6, .noSupport)]),
    Case(
      testDescription: "weight of a lone cell beside a held one",
      deck: plane(chain, clamp + step("*DLOAD\nBODY, GRAV, 9810, 0, -1, 0\n")),
      uncarried: [(6, .noSupport)], loadedNodeCount: 2),
    Case(
      testDescription: "a second step that takes the supports away",
      deck: plane(
        row, clamp + pullEnd + step("*BOUNDARY, OP=NEW\n1, 1\n*CLOAD\n7, 1, 100\n")),
      uncarried: [(7, .freeToMove)]),
    Case(
      testDescription: "a force that a later step takes back stays judged in its own",
      deck: plane(chain, clamp + pullEnd + step("*CLOAD, OP=NEW\n2, 1, 100\n")),
      uncarried: [(7, .noSupport)], loadedNodeCount: 2),
    Case(testDescription: "bricks that share a face", deck: bricks(sharingFace: true)),
    Case(
      testDescription: "bricks that share an edge", deck: bricks(sharingFace: false),
      uncarried: [(14, .noSupport)]),
    Case(
      testDescription: "no force at all", deck: plane(row, clamp + step("*CLOAD\n7, 1, 0\n")),
      loadedNodeCount: 0),
  ]

  @Test("are found from the cells of a deck", arguments: cases)
  func finds(_ c: Case) throws {
    let folder = try PartsFolder()
    let path = try #require(
      try DeckModelSolver().loadPath(ofDeckAt: try folder.write(c.deck, to: "d.inp")))
    #expect(path.uncarried.map(\.label) == c.uncarried.map(\.node))
    #expect(path.uncarried.map(\.reason) == c.uncarried.map(\.reason))
    #expect(path.loadedNodeCount == c.loadedNodeCount)
  }

  private func evaluate(_ deck: String) throws -> PartResult {
    let folder = try PartsFolder()
    try folder.write(deck, to: "p/d.inp")
    try folder.write(
      """
      gcgan: part/1
      title: A part
      family: part
      context: A test
      units: {length: mm, force: N}
      models:
        - {name: one, deck: d.inp, stated: true}
      limits:
        - {name: carries its loads, read: unsupported-loads, below: 0, source: a test}
        - {name: stress, read: stress von-mises, at: max, below: 10 GPa, source: a test}
      """, to: "p/part.yml")
    let part = try #require(PartFolder(at: folder.path + "/p"))
    return PartEvaluator(solver: DeckModelSolver()).evaluate(part)
  }

  @Test
  func `a part whose loads reach no support fails and says where, though it cannot be solved`()
    throws
  {
    let result = try evaluate(Self.plane(Self.chain, Self.clamp + Self.pullEnd))
    #expect(result.verdict == .fail)
    #expect(result.limits[0].verdict == .fail)
    #expect(result.limits[0].readings[0].value == 1)
    #expect(
      result.limits[0].readings[0].location
        == "node 7 (2, 1, 0): no support holds the body it acts on")
    #expect(result.limits[0].readings[0].position == [2, 1, 0])
    #expect(result.limits[1].verdict == .notEvaluable)
  }

  @Test func `a part that carries its loads passes, and one without a load is not evaluable`()
    throws
  {
    let good = try evaluate(Self.plane(Self.row, Self.clamp + Self.pullEnd))
    #expect(good.verdict == .pass)
    #expect(good.limits[0].readings[0].location == "all of 1 loaded nodes")
    let idle = try evaluate(Self.plane(Self.row, Self.clamp + Self.step("*CLOAD\n7, 1, 0\n")))
    #expect(idle.verdict == .notEvaluable)
    #expect(idle.limits[0].readings[0].failure == "no force acts in the deck")
  }
}
