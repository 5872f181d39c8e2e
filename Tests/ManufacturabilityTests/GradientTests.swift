import DesignProblem
import Manufacturability
import TestSupport
import Testing

@Suite("Gradients of all terms") struct GradientTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let problem: ManufacturabilityProblem
    let isBinary: Bool
    var testDescription: String { name + (isBinary ? ", nearly binary" : ", random") }
  }

  static let cases: [Case] = [
    ("structure", SampleProblem.structure()),
    ("one load case", SampleProblem.structure(columns: 9, rows: 11, cases: 1)),
    ("two solids", SampleProblem.structure(solids: [SampleProblem.other, SampleProblem.steel])),
    ("cell", SampleProblem.cell()), ("stressed cell", SampleProblem.stressedCell()),
    ("block", SampleProblem.block()),
    ("films", SampleProblem.structure().filmed), ("filmed block", SampleProblem.block(5).filmed),
    ("away", SampleProblem.structure().awayFromSingularStress),
    ("block, away", SampleProblem.block().awayFromSingularStress),
    ("matrix", SampleProblem.structure().inMatrix),
    ("block in matrix", SampleProblem.block().inMatrix),
    (
      "two solids in matrix",
      SampleProblem.structure(solids: [SampleProblem.other, SampleProblem.steel]).inMatrix
    ),
  ].flatMap { name, problem in
    [false, true].map { Case(name: name, problem: problem, isBinary: $0) }
  }

  @Test("have remainders of second order and agree with central differences", arguments: cases)
  func passTheTaylorTest(_ c: Case) throws {
    let loss = try ManufacturabilityLoss(of: c.problem)
    let design =
      c.isBinary
      ? SampleProblem.nearlyBinary(c.problem) : SampleProblem.densities(c.problem)
    for term in try GradientCheck().run(loss, at: design) {
      // Order 2 ± 0.1 in every direction; nil: the term is linear along it, as volume is.
      for order in term.orders {
        #expect(
          order.map { abs($0 - 2) <= 0.1 } ?? (term.name == "volume"),
          "\(term.name): \(term.orders)")
      }
      // The figure: central differences at their best step lose half of the digits to round-off.
      #expect(term.differenceError <= 1e-7, "\(term.name): \(term.differenceError)")
    }
  }
}
