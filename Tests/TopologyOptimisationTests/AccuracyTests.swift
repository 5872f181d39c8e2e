import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability
@testable import TopologyOptimisation

@Suite("The accuracy that is asked for") struct AccuracyTests {
  private static func cantilever() -> ManufacturabilityProblem {
    TopologyOptimisationTests.cantilever(columns: 32, rows: 20, radius: 1.5)
  }

  @Test(
    "bounds the residual, and the errors of values and gradients",
    arguments: [EvaluationOptions.Factorization.automatic, .oneAtATime])
  func errors(_ factorization: EvaluationOptions.Factorization) throws {
    let loss = try ManufacturabilityLoss(of: Self.cantilever())
    let designs = (0..<3).map {
      SampleProblem.densities(loss.problem, in: 0.1...1, seed: UInt64($0))
    }
    let full = try loss.evaluate(designs, .init(factorization: factorization))
    let loose = try loss.evaluate(
      designs, .init(factorization: factorization, accuracy: .training))
    for (full, loose) in zip(full, loose) {
      let (a, b) = (try full.get(), try loose.get())
      #expect(a.largestResidual <= 1e-12)
      #expect(b.largestResidual <= 1e-6)
      // Quadratic in the error of the displacements, which is the residual times a condition of some thousands at most.
      #expect(abs(b.total / a.total - 1) <= 1e-8)
      // Linear in it.
      let size = a.gradient.reduce(0) { max($0, abs($1)) }
      let error = zip(a.gradient, b.gradient).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(error <= 1e-4 * size, "\(error / size)")
    }
  }

  @Test("looser residuals need fewer steps, not other designs")
  func optimisation() throws {
    let options = OptimisationOptions(volumeFraction: 0.4, iterationLimit: 40)
    var runs = try (0..<2).map { _ in
      try TopologyOptimisation(of: Self.cantilever(), options)
    }
    try runs[0].run(factorization: .automatic)
    try runs[1].run(factorization: .automatic, accuracy: .full)
    #expect(runs[0].history.count == runs[1].history.count)
    for (loose, full) in zip(runs[0].history, runs[1].history) {
      // What residuals of 1e-6 leave open, after up to forty steps that pass it on.
      #expect(abs(loose.objective / full.objective - 1) <= 1e-6)
    }
    for (loose, full) in zip(runs[0].physicalDensity, runs[1].physicalDensity) {
      // A tenth of the change at which the run calls itself converged.
      #expect(abs(loose - full) <= 0.1 * options.changeTolerance)
    }
  }

  @Test("of an optimisation is loose for compliance alone")
  func choice() throws {
    func accuracy(_ change: (inout ManufacturabilityProblem) -> Void) throws
      -> EvaluationOptions.Accuracy
    {
      var problem = Self.cantilever()
      change(&problem)
      return try TopologyOptimisation(of: problem, .init(volumeFraction: 0.4)).solveAccuracy
    }
    #expect(try accuracy { _ in } == .training)
    #expect(try accuracy { $0.terms.append(Term(.connectivity())) } == .training)
    let linear = EvaluationOptions.Accuracy.accuracy(state: 1e-9, adjoint: 1e-6)
    #expect(try accuracy { $0.terms.append(Term(.stress(), weight: 0)) } == linear)
  }
}
