import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

@Suite("Gradients of functions of the terms") struct SlopesTests {
  /// Σ of the terms' own gradients, each of an adjoint solve of its own, against one solve for the weighted sum.
  @Test func `the gradient is that of the slopes at the values, in every place of a batch`() throws
  {
    let loss = try ManufacturabilityLoss(of: SampleProblem.structure().filmed)
    let designs = (1...3 as ClosedRange<UInt64>).map {
      SampleProblem.densities(loss.problem, seed: $0)
    }
    // Of ½ Σ value² over every second term; another one in every place.
    @Sendable func slopes(_ pair: Int, _ values: [Double]) -> [Double] {
      values.enumerated().map { ($0.offset + pair) % 2 == 0 ? $0.element : 0 }
    }
    let own = try loss.evaluate(designs, .init(gradient: .everyTerm)).map { try $0.get() }
    let pairs = designs.map { (loss, $0) }
    let found = try ManufacturabilityLoss.evaluate(pairs, slopes: slopes).map { try $0.get() }
    for (pair, (one, other)) in zip(found, own).enumerated() {
      let values = other.terms.map(\.value)
      #expect(one.terms.map(\.value) == values)
      var expected = [Double](repeating: 0, count: designs[0].count)
      for (slope, term) in zip(slopes(pair, values), other.terms) {
        for place in expected.indices { expected[place] += slope * term.gradient[place] }
      }
      let size = expected.map { abs($0) }.max() ?? 0
      // Adjoint systems are solved to 1e-8.
      for (a, b) in zip(one.gradient, expected) { #expect(abs(a - b) <= 1e-7 * size) }
    }
  }

  @Test func `a term whose slope is 0 costs no adjoint solve`() throws {
    var problem = SampleProblem.structure()
    problem.heat = nil
    problem.terms = [Term(.compliance()), Term(.stress())]
    let pair = (try ManufacturabilityLoss(of: problem), SampleProblem.densities(problem))
    func solves(_ slopes: [Double]) throws -> Int {
      try ManufacturabilityLoss.evaluate([pair], slopes: { _, _ in slopes })[0].get().solveCount
    }
    #expect(try solves([1, 0]) == 2)
    #expect(try solves([1, 0.5]) == 4)
  }
}
