import DeckLanguage
import Meshing
import Testing
import ThermoElasticity

@testable import DeckAnalysis

/// Axes of nodes that leave the plane: a deck with `*TRANSFORM` beside the same structure in global directions.
@Suite("Axes of nodes in the plane of the mesh") struct PlaneTransformTests {
  static let kinds: [(ElementType, PlaneStressTheory)] = [
    (.cps4, .twoDimensional), (.cps4, .calculiX), (.cps8r, .calculiX), (.cps3, .twoDimensional),
    (.cpe4, .twoDimensional), (.cpe8, .twoDimensional), (.cax4, .twoDimensional),
    (.cax8r, .twoDimensional),
  ]

  /// A cell between x = 1 and x = 2 with its left side clamped and its lower right corner, node 2, to be held.
  static func deck(_ type: ElementType, model: String = "", cards: String) -> String {
    let cells =
      switch type.shape {
      case .triangle3: "1, 1, 2, 3\n2, 1, 3, 4"
      case .quadrilateral4: "1, 1, 2, 3, 4"
      default: "1, 1, 2, 3, 4, 5, 6, 7, 8"
      }
    return """
      *NODE, NSET=NALL
      1, 1., 0.
      2, 2., 0.1
      3, 2.2, 1.
      4, 1., 0.9
      5, 1.5, 0.
      6, 2.1, 0.5
      7, 1.6, 1.
      8, 1., 0.5
      *NSET, NSET=NB
      2,
      *NSET, NSET=NC
      3,
      *ELEMENT, TYPE=\(type.rawValue), ELSET=EALL
      \(cells)
      \(model)
      *MATERIAL, NAME=M
      *ELASTIC
      1000., 0.3
      *SOLID SECTION, ELSET=EALL, MATERIAL=M
      0.1
      *BOUNDARY
      1, 1, 2
      4, 1, 2
      \(cards)
      *NODE PRINT, NSET=NALL, GLOBAL=YES
      U, RF
      *END STEP

      """
  }

  static func displacements(
    _ type: ElementType, _ theory: PlaneStressTheory, model: String = "", _ cards: String
  ) throws -> [SIMD3<Double>] {
    let solved = try SolvedText.solved(
      deck(type, model: model, cards: cards), planeStress: theory)
    return try #require(solved.states.last).displacement
  }

  /// Whether two answers are the same up to round-off.
  static func agree(_ a: [SIMD3<Double>], _ b: [SIMD3<Double>]) -> Bool {
    let size = b.map(\.length).max() ?? 0
    return zip(a, b).allSatisfy { ($0 - $1).length <= 1e-10 * size }
  }

  /// Loads of every deck: a force on the tip.
  static let load = "*STEP\n*STATIC\n*CLOAD\n3, 2, -1.\n3, 1, 0.4"

  @Test("a support along a third axis in the plane is the same support", arguments: kinds)
  func support(_ type: ElementType, _ theory: PlaneStressTheory) throws {
    // x' = x, y' = z, z' = -y.
    let turned = "*TRANSFORM, NSET=NB, TYPE=R\n1., 0., 0., 0., 0., 1."
    for value in ["", ", 3, 0.02"] {
      let minus = value.isEmpty ? "" : ", 2, -0.02"
      let expected = try Self.displacements(type, theory, "2, 2\(minus)\n" + Self.load)
      let found = try Self.displacements(type, theory, model: turned, "2, 3\(value)\n" + Self.load)
      #expect(Self.agree(found, expected))
      #expect(expected[1].y == (value.isEmpty ? 0 : -0.02))
    }
  }

  @Test("axes of a cylinder that lies in the plane", arguments: kinds)
  func cylinder(_ type: ElementType, _ theory: PlaneStressTheory) throws {
    // The axis of the cylinder is the line y = -1 in the plane: radial is y, axial is x, the second is -z or z.
    let axes = "*TRANSFORM, NSET=NB, TYPE=C\n0., -1., 0., 3., -1., 0."
    let expected = try Self.displacements(
      type, theory, "2, 2, 2, 0.01\n2, 1, 1, -0.02\n" + Self.load)
    let found = try Self.displacements(
      type, theory, model: axes, "2, 1, 1, 0.01\n2, 3, 3, -0.02\n" + Self.load)
    #expect(Self.agree(found, expected))
    // One of them alone, the other free.
    let one = try Self.displacements(type, theory, "2, 2, 2, 0.01\n" + Self.load)
    #expect(
      Self.agree(
        try Self.displacements(type, theory, model: axes, "2, 1, 1, 0.01\n" + Self.load), one))
  }

  @Test("of a tilted axis the part in the plane holds", arguments: kinds)
  func tilted(_ type: ElementType, _ theory: PlaneStressTheory) throws {
    // z' = (0, -0.8, 0.6): z' u = -0.8 uy.
    let axes = "*TRANSFORM, NSET=NB, TYPE=R\n1., 0., 0., 0., 0.6, 0.8"
    let expected = try Self.displacements(type, theory, "2, 2, 2, -0.01\n" + Self.load)
    let found = try Self.displacements(type, theory, model: axes, "2, 3, 3, 0.008\n" + Self.load)
    #expect(Self.agree(found, expected))
    // Held along two axes that share a direction in the plane, in agreement.
    let both = try Self.displacements(
      type, theory, model: axes, "2, 3, 3, 0.008\n2, 2, 2, -0.006\n" + Self.load)
    #expect(Self.agree(both, expected))
  }

  @Test func `values along axes that contradict one another are refused`() {
    let axes = "*TRANSFORM, NSET=NB, TYPE=R\n1., 0., 0., 0., 0.6, 0.8"
    let error = #expect(throws: SolveError.self) {
      try Self.displacements(
        .cpe4, .twoDimensional, model: axes, "2, 3, 3, 0.008\n2, 2, 2, 0.006\n" + Self.load)
    }
    #expect(
      error?.description.hasPrefix(
        "the displacements prescribed along the axes of node 2 contradict one another") == true)
  }

  @Test("forces along axes act by their part in the plane", arguments: kinds)
  func force(_ type: ElementType, _ theory: PlaneStressTheory) throws {
    let axes = "*TRANSFORM, NSET=NC, TYPE=R\n0.6, 0.8, 0., 0., 0., 1."
    // x' = (0.6, 0.8, 0), y' = z, z' = x' × y' = (0.8, -0.6, 0).
    let expected = try Self.displacements(
      type, theory, "2, 2\n*STEP\n*STATIC\n*CLOAD\n3, 1, 2.2\n3, 2, -0.4")
    let found = try Self.displacements(
      type, theory, model: axes,
      "2, 2\n*STEP\n*STATIC\n*CLOAD\n3, 1, 1.\n3, 3, 2.\n3, 2, 5.")
    #expect(Self.agree(found, expected))
  }

  @Test("equations along axes", arguments: kinds)
  func equation(_ type: ElementType, _ theory: PlaneStressTheory) throws {
    let axes = "*TRANSFORM, NSET=NB, TYPE=R\n1., 0., 0., 0., 0., 1."
    // z' = -y: u_z'(2) + 0.5 u_x(3) = 0 is u_y(2) - 0.5 u_x(3) = 0.
    let expected = try Self.displacements(
      type, theory, model: "*EQUATION\n2\n2, 2, 1., 3, 1, -0.5", "2, 1\n" + Self.load)
    let found = try Self.displacements(
      type, theory, model: axes + "\n*EQUATION\n2\n2, 3, 1., 3, 1, 0.5", "2, 1\n" + Self.load)
    #expect(Self.agree(found, expected))
    // A term across the plane is a displacement of zero.
    let across = try Self.displacements(
      type, theory, model: "*EQUATION\n3\n2, 2, 1., 3, 3, 7., 3, 1, -0.5", "2, 1\n" + Self.load)
    #expect(Self.agree(across, expected))
  }
}
