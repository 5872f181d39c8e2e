import DesignValidation
import Foundation
import Testing

@testable import ValidationReports

@Suite("Numerical uncertainty beside the true error") struct UncertaintyTableTests {
  @Test func `two standard deviations hold the errors of the parts that ship, and are not blunt`()
    throws
  {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let evaluator = PartEvaluator(solver: DeckModelSolver())
    let parts = try PartSearch(in: [root + "/Validation/parts"]).parts.map(evaluator.evaluate)
    let table = UncertaintyTable(RunResult(program: .current, directory: "parts", parts: parts))
    #expect(table.rows.count > 100)
    #expect(table.asymptotic.count > 40)
    #expect(try #require(table.coverage) >= 0.95, "\(table.text)")
    #expect(try #require(table.medianBluntness) <= 10, "\(table.text)")
    #expect(table.holds)
    // The row that named the fault: two meshes that agree by accident.
    let kirsch = try #require(
      table.rows.first {
        $0.part == "A03-kirsch-hole" && $0.study.elementType == "CPS4"
          && $0.quantity.hasPrefix("hoop stress at the top")
      })
    #expect(kirsch.study.basis == .largestDifference)
    #expect(kirsch.isCovered)
  }

  /// A run of rows with given errors and bounds, of which `asymptotic` are within theory.
  private func table(_ rows: [(error: Double, bound: Double)], isAsymptotic: Bool = true) throws
    -> UncertaintyTable
  {
    var part = PartResult.sample("bar", kind: .analytic)
    let sample = part.quantities[0]
    part.quantities = try rows.enumerated().map { index, row in
      var quantity = sample
      quantity.name = "figure \(index)"
      quantity.readings[0].difference = -row.error
      quantity.readings[0].numericalUncertainty = row.bound / 2
      let study = """
        {"elementType": "CPS8", "models": ["a", "b", "CPS8"], "behaviour": "monotone",
         "observedOrder": 2, "theory": {"lowest": 2, "highest": 2}, "isAsymptotic": \(isAsymptotic),
         "basis": "extrapolation", "gridConvergenceIndex": \(row.bound)}
        """
      quantity.convergence = [
        try JSONDecoder().decode(MeshConvergence.self, from: Data(study.utf8))
      ]
      return quantity
    }
    return UncertaintyTable(RunResult(program: .current, directory: "d", parts: [part]))
  }

  @Test func `a miss is listed, and 95 % have to be held`() throws {
    let good = Array(repeating: (error: 1.0, bound: 2.0), count: 19)
    let held = try table(good + [(error: 3, bound: 2)])
    #expect(held.coverage == 0.95)
    #expect(held.holds)
    #expect(held.text.contains("misses:\n  bar, figure 19, CPS8: error 3, 2 u_num 2 MPa\n"))
    let missed = try table(good + [(error: 3, bound: 2), (error: 3, bound: 2)])
    #expect(!missed.holds)
    #expect(try table(good).text.contains("no misses"))
  }

  @Test func `a blunt index does not hold, unless no asymptotic range was reached`() throws {
    let blunt = [(error: 1.0, bound: 2.0), (error: 1, bound: 11), (error: 1, bound: 12)]
    #expect(try table(blunt).medianBluntness == 11)
    #expect(try !table(blunt).holds)
    #expect(try table(blunt, isAsymptotic: false).holds)
    #expect(try table([(error: 1, bound: 2), (error: 1, bound: 4)]).medianBluntness == 3)
  }

  @Test func `only exact answers are rows`() throws {
    let part = PartResult.sample("bar", kind: .benchmark)
    let table = UncertaintyTable(RunResult(program: .current, directory: "d", parts: [part]))
    #expect(table.rows.isEmpty)
    #expect(table.coverage == nil)
    #expect(!table.holds)
    #expect(table.text.contains("no element type has three meshes and an exact answer"))
  }
}
