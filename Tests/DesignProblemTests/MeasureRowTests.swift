import Foundation
import Testing

@testable import DesignProblem

/// What hangs on the rows of measures: the page on problem files, and values on their way to a file and back.
@Suite("Rows of measures") struct MeasureRowTests {
  /// One of each, no key at its default.
  static let measures: [Measure] = [
    .compliance(reference: 2, cases: ["a"]),
    .stress(
      Aggregate(
        function: .ks, exponent: 9, relaxation: 0.25, limit: 3, away: 2, region: .edge(side: .top)),
      cases: ["a", "b"]),
    .thermalStress(
      Aggregate(
        function: .ks, exponent: 9, relaxation: 0.25, limit: 3, away: 2, region: .edge(side: .top))),
    .displacement(region: .edge(side: .top), direction: [1, 2], cases: ["a"]),
    .displacementNorm(region: .edge(side: .top), exponent: 9, cases: ["a"]),
    .temperature(exponent: 9), .thermalDistortion(region: .edge(side: .top)),
    .warpage(side: .top), .volume(target: 0.25, isExact: true, solid: 2),
    .minimumSize(MinimumSize(erosion: 0.7, dilation: 0.2, decay: 5, radius: 2.5)),
    .overhang(upwards: .left),
    .connectivity(sweeps: 3), .effectiveStiffness(row: 0, column: 2, target: 4),
    .effectiveConductivity(row: 0, column: 1, target: 4), .effectiveExpansion(row: 1, target: 4),
    .effectiveCompliance(direction: [1, 0, 2]), .effectivePoissonsRatio(row: 1, column: 0),
    .cellStress(
      mean: [0, 1, 0], Aggregate(function: .ks, exponent: 9, relaxation: 0.25, limit: 3)),
  ]

  @Test func `every measure has one row, and every row a measure`() {
    #expect(Self.measures.map(\.name) == MeasureRow.all.map(\.name))
    #expect(Set(MeasureRow.all.map(\.name)).count == MeasureRow.all.count)
  }

  @Test("give a measure back from the values of its keys", arguments: measures)
  func values(_ measure: Measure) {
    let row = measure.row
    #expect(row.keys.allSatisfy { measure.values[$0.name] != nil })
    #expect(row.make(measure.values) == measure)
    // Without a required key there is no measure; without another one there is one with its default.
    for key in row.keys {
      let made = row.make(measure.values.with(key.name, nil))
      #expect((made == nil) == key.isRequired, "\(key.name)")
      #expect(made != measure, "\(key.name)")
    }
  }

  @Test func `the page on problem files has the table of the rows`() throws {
    let rows = MeasureRow.all.map { row in
      let keys = row.keys.map { key in
        "`\(key.name)`" + (key.standard.isEmpty ? "" : " \(key.standard)")
      }
      return "| `\(row.name)` | \(keys.joined(separator: ", ")) | \(row.meaning) |"
    }
    let table =
      (["| measure | keys beside `measure`, `name`, `weight` | value |", "| --- | --- | --- |"]
      + rows).joined(separator: "\n")
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: "Docs/ProblemFile.md"), encoding: .utf8)
    #expect(page.contains(table), "the page should say\n\(table)")
  }
}
