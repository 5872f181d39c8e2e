import Foundation
import Meshing
import Testing

@testable import DesignValidation

@Suite("The volume of a model") struct VolumeReadingTests {
  /// A rectangle from (1, 0) to (2, 3) of one cell, half a unit thick, or a ring.
  private static func deck(_ type: String) -> String {
    """
    *NODE
    1, 1, 0
    2, 2, 0
    3, 2, 3
    4, 1, 3
    *ELEMENT, TYPE=\(type), ELSET=BODY
    1, 1, 2, 3, 4
    *MATERIAL, NAME=M
    *ELASTIC
    1000, 0.3
    *SOLID SECTION, ELSET=BODY, MATERIAL=M
    0.5
    *BOUNDARY
    1, 1, 2
    2, 2
    *STEP
    *STATIC
    *CLOAD
    3, 2, 1
    *END STEP

    """
  }

  @Test(
    "counts thickness, and a full turn of rings",
    arguments: [("CPS4", 1.5), ("CPE4", 1.5), ("CAX4", 9 * Double.pi)])
  func volume(_ type: String, _ expected: Double) throws {
    let folder = try PartsFolder()
    let path = try folder.write(Self.deck(type), to: "d.inp")
    let volume = try #require(try DeckModelSolver().solve(deckAt: path).steps.last?.volume)
    // Sums of a few products; rings are wedges of two degrees with straight sides, as in CalculiX: 2/3 of the square of a degree less.
    let tolerance = type == "CAX4" ? 2.1e-4 : 1e-13
    #expect(abs(volume - expected) <= tolerance * expected)
  }
}
