import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// Derivatives by everything that is not designed, against central differences of the value.
@Suite("Derivatives by constants, loads and temperatures") struct ParameterGradientTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let problem: ManufacturabilityProblem
    var testDescription: String { name }
  }

  static let cases: [Case] = {
    var cold = SampleProblem.structure()
    cold.heat = nil
    cold.temperatureChange = 0
    cold.terms = cold.terms.filter {
      $0.measure.row.solve != .conduction && !$0.measure.row.isOfTemperaturesAlone
    }
    var uniform = SampleProblem.structure()
    uniform.heat = nil
    uniform.terms = uniform.terms.filter { $0.measure.row.solve != .conduction }
    var conduction = SampleProblem.structure()
    conduction.terms = [Term(.temperature(exponent: 3))]
    var sinks = SampleProblem.structure(solids: [SampleProblem.steel, SampleProblem.other])
    sinks.heat?.sinks.append(.init(.corner(sides: [.right, .top]), temperature: -2))
    sinks.interpolation.thermalStressPenalty = 2
    return [
      Case(name: "cold", problem: cold), Case(name: "uniform", problem: uniform),
      Case(name: "warm", problem: SampleProblem.structure()),
      Case(name: "conduction alone", problem: conduction),
      Case(name: "two solids, two sinks", problem: sinks),
      Case(name: "block", problem: SampleProblem.block(4)),
      Case(name: "films", problem: SampleProblem.structure().filmed),
      Case(name: "filmed block", problem: SampleProblem.block(4).filmed),
    ]
  }()

  @Test("agree with central differences", arguments: cases)
  func agreeWithDifferences(_ c: Case) throws {
    let design = SampleProblem.densities(c.problem, in: 0.3...0.9)
    let result = try ManufacturabilityLoss(of: c.problem).evaluate(
      [design], .init(wantsParameterGradient: true))[0].get()
    let found = try #require(result.parameterGradient)
    func value(_ change: (inout ManufacturabilityProblem) -> Void) throws -> Double {
      var problem = c.problem
      change(&problem)
      return try ManufacturabilityLoss(of: problem).evaluate([design], .init(gradient: .none))[0]
        .get().total
    }
    /// Richardson's central difference: truncation of order h⁴.
    func check(
      _ derivative: Double, _ path: WritableKeyPath<ManufacturabilityProblem, Double>,
      _ name: String
    ) throws {
      let at = c.problem[keyPath: path]
      let size = at == 0 ? 1 : abs(at)
      func difference(_ h: Double) throws -> Double {
        (try value { $0[keyPath: path] = at + h * size }
          - value { $0[keyPath: path] = at - h * size })
          / (2 * h * size)
      }
      let errors = try [4e-3, 1e-3, 2.5e-4].map { h in
        abs((4 * (try difference(h / 2)) - (try difference(h))) / 3 - derivative)
      }
      // The 1e-7 at the best step; round-off of the value itself where the derivative is small beside it.
      let tolerance = max(1e-7 * abs(derivative), 1e-11 * abs(result.total) / size)
      #expect((errors.min() ?? .infinity) <= tolerance, "\(name): \(derivative), off by \(errors)")
    }
    for (place, solid) in c.problem.solids.enumerated() {
      let gradient = found.solids[solid.index - 1]
      try check(gradient.youngsModulus, \.solids[place].youngsModulus, "E of \(place)")
      try check(gradient.expansion, \.solids[place].expansion, "α of \(place)")
      try check(gradient.conductivity, \.solids[place].conductivity, "k of \(place)")
    }
    if c.problem.needsStructure {
      for (k, loadCase) in c.problem.loadCases.enumerated() {
        for (l, load) in loadCase.loads.enumerated() {
          for axis in load.force.indices {
            try check(
              found.forces[k][l][axis], \.loadCases[k].loads[l].force[axis],
              "force \(k) \(l) \(axis)")
          }
        }
      }
    }
    if c.problem.temperatureChange != 0 {
      try check(found.temperatureChange, \.temperatureChange, "temperature change")
    }
    for place in c.problem.heat?.sources.indices ?? 0..<0 {
      try check(found.powers[place], \.heat!.sources[place].power, "power \(place)")
    }
    for place in c.problem.heat?.sinks.indices ?? 0..<0 {
      try check(
        found.sinkTemperatures[place], \.heat!.sinks[place].temperature, "sink \(place)")
    }
    for place in c.problem.heat?.films.indices ?? 0..<0 {
      try check(
        found.filmCoefficients[place], \.heat!.films[place].coefficient, "coefficient \(place)")
      try check(found.filmAmbients[place], \.heat!.films[place].ambient, "ambient \(place)")
    }
  }
}
