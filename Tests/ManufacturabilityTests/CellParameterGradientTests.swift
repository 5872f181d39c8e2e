import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// Derivatives of homogenised constants by those of the solids, and of totals however their terms' gradients are asked for.
@Suite("Derivatives by constants, of cells and of every term") struct CellParameterGradientTests {
  static let cells: [ManufacturabilityProblem] = {
    var one = SampleProblem.cell(columns: 5, rows: 4)
    one.solids = [SampleProblem.steel]
    var block = SampleProblem.cell()
    block.grid = DesignGrid(columns: 3, rows: 4, layers: 3)
    block.interpolation.thermalStressPenalty = 2
    // A target of zero is divided by the first solid's constant, which is held; differences would not.
    return [SampleProblem.cell(columns: 5, rows: 4), one, block].map { problem in
      var problem = problem
      problem.terms.removeAll { $0.name == "no shear" }
      return problem
    }
  }()

  @Test("of cells agree with central differences", arguments: 0..<3)
  func cells(place: Int) throws {
    let problem = Self.cells[place]
    let design = SampleProblem.densities(problem, in: 0.2...0.9)
    let result = try ManufacturabilityLoss(of: problem).evaluate(
      [design], .init(wantsParameterGradient: true))[0].get()
    let found = try #require(result.parameterGradient)
    #expect(found.solids.count == problem.solids.count)
    func check(_ derivative: Double, _ path: WritableKeyPath<ManufacturabilityProblem, Double>)
      throws
    {
      let at = problem[keyPath: path]
      func value(_ factor: Double) throws -> Double {
        var problem = problem
        problem[keyPath: path] = at * factor
        return try ManufacturabilityLoss(of: problem).evaluate([design], .init(gradient: .none))[0]
          .get().total
      }
      func difference(_ h: Double) throws -> Double {
        (try value(1 + h) - value(1 - h)) / (2 * h * at)
      }
      let errors = try [4e-3, 1e-3, 2.5e-4].map { h in
        abs((4 * (try difference(h / 2)) - (try difference(h))) / 3 - derivative)
      }
      // The 1e-7 at the best step; round-off of the value itself where the derivative is small beside it.
      let tolerance = max(1e-7 * abs(derivative), 1e-11 * abs(result.total / at))
      #expect((errors.min() ?? .infinity) <= tolerance, "\(derivative), off by \(errors)")
    }
    for (place, solid) in problem.solids.enumerated() {
      let gradient = found.solids[solid.index - 1]
      try check(gradient.youngsModulus, \.solids[place].youngsModulus)
      try check(gradient.expansion, \.solids[place].expansion)
      try check(gradient.conductivity, \.solids[place].conductivity)
    }
  }

  /// C* is homogeneous of degree one in the moduli, k* in the conductivities, α* of degree nought in moduli and one in expansions (Euler).
  @Test("of cells are those of homogeneous functions", arguments: 0..<3)
  func euler(place: Int) throws {
    var problem = Self.cells[place]
    let design = SampleProblem.densities(problem, in: 0.2...0.9)
    let measures: [(Measure, byE: Double, byα: Double, byk: Double)] = [
      (.effectiveStiffness(row: 0, column: 1), 1, 0, 0),
      (.effectiveConductivity(row: 1, column: 1), 0, 0, 1),
      (.effectiveExpansion(row: 0), 0, 1, 0),
    ]
    for measure in measures {
      problem.terms = [Term(measure.0)]
      let result = try ManufacturabilityLoss(of: problem).evaluate(
        [design], .init(wantsParameterGradient: true))[0].get()
      let found = try #require(result.parameterGradient).solids
      func sum(_ value: (SolidPhase) -> Double, _ slope: (SolidGradient) -> Double) -> Double {
        problem.solids.reduce(0) { $0 + value($1) * slope(found[$1.index - 1]) }
      }
      let sums = [
        (sum(\.youngsModulus, \.youngsModulus), measure.byE),
        (sum(\.expansion, \.expansion), measure.byα),
        (sum(\.conductivity, \.conductivity), measure.byk),
      ]
      // Residuals of 1e-12 times a condition of some hundreds.
      for (sum, degree) in sums {
        #expect(abs(sum - degree * result.total) <= 1e-9 * abs(result.total), "\(measure.0)")
      }
    }
  }

  @Test("of the total are the same whether every term's gradient is asked for or not")
  func everyTerm() throws {
    for problem in [
      SampleProblem.structure(), SampleProblem.cell(), SampleProblem.block(4),
      SampleProblem.structure(solids: [SampleProblem.steel, SampleProblem.other]),
    ] {
      let loss = try ManufacturabilityLoss(of: problem)
      let design = SampleProblem.densities(problem, in: 0.2...0.9)
      func numbers(_ gradient: EvaluationOptions.Gradient) throws -> [[Double]] {
        let found = try loss.evaluate(
          [design], .init(gradient: gradient, wantsParameterGradient: true))[0].get()
        let p = try #require(found.parameterGradient)
        return [
          found.gradient, p.solids.map(\.youngsModulus), p.solids.map(\.expansion),
          p.solids.map(\.conductivity), p.forces.flatMap { $0.flatMap { $0 } },
          [p.temperatureChange], p.powers, p.sinkTemperatures,
        ]
      }
      for (one, other) in zip(try numbers(.total), try numbers(.everyTerm)) {
        let size = one.reduce(0) { max($0, abs($1)) }
        #expect(one.count == other.count)
        // Sums in another order of solves to 1e-12, times a condition of some hundreds.
        for (a, b) in zip(one, other) { #expect(abs(a - b) <= 1e-9 * size, "\(a), \(b)") }
      }
    }
  }
}
