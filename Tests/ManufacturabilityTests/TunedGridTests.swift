import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// Gradients at the sizes that the batch is tuned for, whose trees of fronts have parts and whose rows are dealt to chunks.
@Suite("Gradients at the tuned sizes") struct TunedGridTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let columns, rows, loadCases: Int
    let isBinary: Bool
    var testDescription: String {
      "\(columns)×\(rows), \(loadCases) load cases, \(isBinary ? "nearly binary" : "random")"
    }
  }

  static let cases = [(32, 32), (64, 64), (128, 64)].flatMap { columns, rows in
    [false, true].flatMap { isBinary in
      [1, 2].map { Case(columns: columns, rows: rows, loadCases: $0, isBinary: isBinary) }
    }
  }

  @Test("every term's remainder is of second order in ten directions", arguments: cases)
  func passTheTaylorTest(_ c: Case) throws {
    var problem = SampleProblem.structure(columns: c.columns, rows: c.rows, cases: c.loadCases)
    problem.void = VoidPhase(stiffnessRatio: 1e-3, conductivityRatio: 1e-3)
    let loss = try ManufacturabilityLoss(of: problem)
    let design =
      c.isBinary ? SampleProblem.nearlyBinary(problem) : SampleProblem.densities(problem)
    for term in try GradientCheck(directionCount: 10).run(loss, at: design) {
      for order in term.orders {
        #expect(
          order.map { abs($0 - 2) <= 0.1 } ?? (term.name == "volume"),
          "\(term.name): \(term.orders)")
      }
      #expect(term.differenceError <= 1e-7, "\(term.name): \(term.differenceError)")
    }
  }

  @Test("one thread and two, one group and many give the same bits")
  func bits() throws {
    let problem = SampleProblem.structure(columns: 64, rows: 64)
    let loss = try ManufacturabilityLoss(of: problem)
    let designs = (0..<10).map { SampleProblem.densities(problem, seed: UInt64($0)) }
    func totals(_ threads: Int, _ designs: [[Double]]) throws -> [[UInt64]] {
      try onThreads(threads) { try loss.evaluate(designs) }.map {
        let evaluation = try $0.get()
        return [evaluation.total.bitPattern] + evaluation.gradient.map(\.bitPattern)
      }
    }
    let alone = try designs.map { try totals(1, [$0])[0] }
    // One group whose fronts and rows several threads share, and groups side by side.
    #expect(try totals(2, Array(designs[..<3])) == Array(alone[..<3]))
    #expect(try totals(5, designs) == alone)
    #expect(try totals(2, designs) == alone)
  }
}
