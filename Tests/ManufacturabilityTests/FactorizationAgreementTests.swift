import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// two ways to factor, one answer: eight designs side by side, and CHOLMOD one at a time.
@Suite("Side by side against one at a time") struct FactorizationAgreementTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let problem: ManufacturabilityProblem
    var testDescription: String { name }
  }

  static let cases: [Case] = {
    var strict = SampleProblem.structure()
    strict.void = VoidPhase()
    strict.projection = nil
    strict.filter = nil
    return [
      Case(name: "structure", problem: SampleProblem.structure()),
      Case(name: "strict void", problem: strict),
      Case(
        name: "two solids",
        problem: SampleProblem.structure(solids: [SampleProblem.steel, SampleProblem.other])),
      Case(name: "cell", problem: SampleProblem.cell()),
      Case(name: "block", problem: SampleProblem.block(5)),
    ]
  }()

  @Test("agree in every value and every derivative", arguments: cases)
  func agreeEverywhere(_ c: Case) throws {
    let loss = try ManufacturabilityLoss(of: c.problem)
    // More than a group: the second has lanes without a design.
    let designs = (0..<19).map { seed in
      seed.isMultiple(of: 3)
        ? SampleProblem.nearlyBinary(c.problem, seed: UInt64(seed))
        : SampleProblem.densities(c.problem, in: 0.05...1, seed: UInt64(seed))
    }
    func evaluations(_ factorization: EvaluationOptions.Factorization) throws -> [DesignEvaluation]
    {
      try loss.evaluate(
        designs,
        .init(gradient: .everyTerm, wantsParameterGradient: true, factorization: factorization)
      ).map { try $0.get() }
    }
    // The accuracy: both refine to a relative residual of 1e-12 or to round-off, and a value of what is loaded is as accurate as the
    // loaded path is well-conditioned, void of 1e-9 beside it or not. A gradient is compared by its largest entry.
    func check(_ one: [Double], _ other: [Double], _ name: String) {
      let size = one.reduce(0) { max($0, abs($1)) }
      let error = zip(one, other).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(one.count == other.count && error <= 1e-9 * size, "\(name): \(error) of \(size)")
    }
    for (one, other) in zip(try evaluations(.automatic), try evaluations(.oneAtATime)) {
      for (a, b) in zip(one.terms, other.terms) {
        check([a.value], [b.value], "value of \(a.name)")
        check(a.gradient, b.gradient, "gradient of \(a.name)")
      }
      check(one.gradient, other.gradient, "gradient")
      check(one.physicalDensity, other.physicalDensity, "density")
      let (p, q) = (try #require(one.parameterGradient), try #require(other.parameterGradient))
      check(p.solids.map(\.youngsModulus), q.solids.map(\.youngsModulus), "by E")
      check(p.solids.map(\.expansion), q.solids.map(\.expansion), "by α")
      check(p.solids.map(\.conductivity), q.solids.map(\.conductivity), "by k")
      check(p.forces.flatMap { $0.flatMap { $0 } }, q.forces.flatMap { $0.flatMap { $0 } }, "by f")
      check(p.powers, q.powers, "by powers")
      check(p.sinkTemperatures, q.sinkTemperatures, "by sinks")
      #expect(one.solveCount == other.solveCount)
    }
  }

  /// Equilibrated systems know no units: with moduli and forces times s, displacements stay and energies grow by s. Single precision alone
  /// would leave its range beyond 1e±38.
  @Test(
    "units do not matter, whatever the size of the numbers", arguments: [1e-40, 1e-12, 2e11, 1e40])
  func units(s: Double) throws {
    var problem = SampleProblem.structure()
    problem.void = VoidPhase(stiffnessRatio: 1e-4, conductivityRatio: 1e-3)
    problem.terms = [
      Term(.compliance()), Term(.stress()), Term(.thermalStress()),
      Term(.displacementNorm(region: .edge(side: .right))), Term(.warpage(side: .top)),
      Term(.temperature()),
    ]
    var scaled = problem
    scaled.solids[0].youngsModulus *= s
    for (k, loadCase) in problem.loadCases.enumerated() {
      for l in loadCase.loads.indices {
        scaled.loadCases[k].loads[l].force = loadCase.loads[l].force.map { $0 * s }
      }
    }
    scaled.solids[0].conductivity *= s
    scaled.heat?.sources[0].power *= s
    let factors = [s, s, s, 1, 1, 1]
    let designs = [SampleProblem.densities(problem), SampleProblem.nearlyBinary(problem)]
    let options = EvaluationOptions(gradient: .everyTerm)
    let one = try ManufacturabilityLoss(of: problem).evaluate(designs, options)
    let other = try ManufacturabilityLoss(of: scaled).evaluate(designs, options)
    for (a, b) in zip(one, other) {
      for ((x, y), factor) in zip(zip(try a.get().terms, try b.get().terms), factors) {
        // Residuals of 1e-12 times a condition that the load sees of some hundreds.
        #expect(agree(factor * x.value, y.value, within: 1e-9), "\(x.name): \(x.value), \(y.value)")
        let size = x.gradient.reduce(0) { max($0, abs($1)) }
        for (g, h) in zip(x.gradient, y.gradient) {
          #expect(abs(g - h / factor) <= 1e-9 * size, "\(x.name)")
        }
      }
    }
  }
}
