import Foundation
import Meshing
import Quantities
import TestSupport
import Testing

@testable import DesignValidation

@Suite("Singular places that a limit leaves out") struct SingularPlacesTests {
  /// The bar's stress limit with a line more; stresses of nodes 1…6, at (0…2, 0) and (0…2, 1).
  private func limit(
    _ line: String, stress: [Double] = [500, 100, 120, 400, 110, 90], at: String = "max"
  ) throws -> PartResult {
    let folder = try PartsFolder()
    let text = PartText.good("    at: max\n", "    at: \(at)\n    \(line)\n")
    try folder.write(text, to: "bar/part.yml")
    for deck in ["coarse.inp", "fine.inp"] { try folder.write("", to: "bar/" + deck) }
    let model = bar(stress: stress)
    let solver = SampleSolver(answers: ["coarse.inp": model, "fine.inp": model])
    let part = try #require(PartFolder(at: folder.path + "/bar"))
    return PartEvaluator(solver: solver).evaluate(part)
  }

  @Test func `without them the largest value decides`() throws {
    let found = try limit("step: 1").limits[0]
    #expect(found.verdict == .fail)
    #expect(found.readings[0].value == 500)
    #expect(found.readings[0].leftOut == nil)
  }

  @Test func `the value away from a set decides, and what is left out is told`() throws {
    let found = try limit("away-from: {sets: [ROOT], distance: 0.5 mm}").limits[0]
    #expect(found.verdict == .pass)
    let reading = found.readings[0]
    #expect(reading.value == 120)
    #expect(reading.location == "node 3 (2, 0, 0)")
    #expect(
      reading.leftOut
        == ExclusionResult(
          distance: 0.5, nodeCount: 2, largest: 500, location: "node 1 (0, 0, 0)"))
  }

  @Test func `distances are in the units of the deck, and values in those of the limit`() throws {
    let folder = try PartsFolder()
    let text = PartText.good(
      "    at: max\n", "    at: max\n    away-from: {sets: [ROOT], distance: 0.1 cm}\n"
    ).replacingOccurrences(of: "below: 355 MPa", with: "below: 355000 kPa")
    try folder.write(text, to: "bar/part.yml")
    for deck in ["coarse.inp", "fine.inp"] { try folder.write("", to: "bar/" + deck) }
    let model = bar(stress: [500, 400, 120, 400, 110, 90])
    let result = PartEvaluator(
      solver: SampleSolver(answers: ["coarse.inp": model, "fine.inp": model])
    ).evaluate(try #require(PartFolder(at: folder.path + "/bar")))
    let reading = result.limits[0].readings[0]
    // A millimetre reaches the next nodes, at its very edge.
    #expect(reading.leftOut?.nodeCount == 4)
    #expect(abs(try #require(reading.value) - 120_000) < 1e-6)
    #expect(abs(try #require(reading.leftOut?.largest) - 500_000) < 1e-6)
  }

  @Test func `where nothing is left to read the part is not evaluable`() throws {
    let part = try limit("away-from: {sets: [ROOT], distance: 10 mm}")
    #expect(part.verdict == .notEvaluable)
    #expect(
      part.failure?.details.first?.contains(
        "all 6 nodes lie within 10 of a singular place; give a shorter 'distance'") == true)
  }

  @Test func `a set that the deck does not have is told`() throws {
    let part = try limit("away-from: {sets: [ROOTS], distance: 1 mm}")
    #expect(part.verdict == .notEvaluable)
    #expect(part.failure?.summary.contains("did you mean 'ROOT'?") == true)
  }

  @Test func `the largest value over a set is read, with and without what is near`() throws {
    let all = try limit("step: 1", at: "{max-over: TIP}").limits[0].readings[0]
    #expect(all.value == 120)
    let left = try limit(
      "away-from: {sets: [TIP], distance: 0.5 mm}", at: "{max-over: ALL}"
    ).limits[0].readings[0]
    #expect(left.value == 500)
    #expect(left.leftOut?.largest == 120)
  }

  /// Three cells of an L, and a cell that touches it in a corner: labels along x first, four nodes a row.
  private func mesh(_ cells: [[Int32]]) -> Mesh {
    Mesh(
      nodes: (0..<16).map { SIMD3(Double($0 % 4), Double($0 / 4), 0) },
      blocks: [
        CellBlock(shape: .quadrilateral4, elementType: .cps4, connectivity: cells.flatMap { $0 })
      ])
  }

  @Test func `corners are those of the boundary from an interior angle on`() {
    let l = [[0, 1, 5, 4], [1, 2, 6, 5], [4, 5, 9, 8]] as [[Int32]]
    #expect(mesh(l).reentrantCorners(from: 1.25 * .pi) == [5])
    #expect(mesh(l).reentrantCorners(from: 1.5 * .pi) == [5])
    #expect(mesh(l).reentrantCorners(from: 1.6 * .pi) == [])
    // A node in which bodies touch is one, whatever the angle.
    #expect(mesh([[0, 1, 5, 4], [5, 6, 10, 9]]).reentrantCorners(from: 1.9 * .pi) == [5])
  }

  @Test func `the rim of a round hole in quadratic cells has no corner`() {
    let plate = Mesh.plateWithHole(
      radius: 1, size: [5, 5], divisions: [4, 8, 1], elementType: .cps8)
    #expect(plate.reentrantCorners(from: 1.05 * .pi) == [])
  }
}
