import Foundation
import Manufacturability
import Testing

@Suite("Docs/ProblemFile.md") struct DocumentedProblemTests {
  /// The article's example, as its reader copies it.
  static func example() throws -> String {
    let article = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Docs/ProblemFile.md")
    let text = try String(contentsOf: article, encoding: .utf8)
    let start = try #require(text.range(of: "```yaml\n")).upperBound
    let end = try #require(text.range(of: "```", range: start..<text.endIndex)).lowerBound
    return String(text[start..<end])
  }

  @Test func `the example is read, in SI`() throws {
    let file = try ProblemFile(parsing: Array(Self.example().utf8), file: "problem.yml")
    #expect(
      file.problem.grid == DesignGrid(columns: 64, rows: 64, pixelSize: 1e-3, thickness: 2e-3))
    #expect(file.problem.solids[0].youngsModulus == 70e9)
    #expect(file.problem.heat?.sinks[0].temperature == 293.15)
    #expect(file.problem.loadCases[0].loads[0].force == [0, -100])
    #expect(file.optimisation?.volumeFraction == 0.4)
  }

  @Test func `the example can be evaluated`() throws {
    let file = try ProblemFile(parsing: Array(Self.example().utf8), file: "problem.yml")
    let loss = try ManufacturabilityLoss(of: file.problem)
    let (value, gradient) = try loss.valueWithGradient(at: file.problem.randomDesign(seed: 1))
    #expect(value > 0 && gradient.count == 64 * 64)
  }
}
