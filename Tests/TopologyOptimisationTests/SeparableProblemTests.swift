internal import Glibc
import Testing

@testable import Manufacturability
@testable import TopologyOptimisation

@Suite("Separable problems of moving asymptotes") struct SeparableProblemTests {
  /// Slopes over four decades in a box that many variables will touch.
  private func problem(variables: Int, constraints: Int, seed: UInt64, shift: Double = 0)
    -> SeparableProblem
  {
    var state = seed
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    var problem = SeparableProblem(
      variableCount: variables, constraintCount: constraints, violationCost: 1000)
    var middle = [Double](repeating: 0, count: constraints)
    for variable in 0..<variables {
      problem.setBounds(variable, -0.9 + 0.5 * next(), 0.9 - 0.5 * next())
      for function in 0...constraints {
        let slope = pow(10, -4 * next()) * (function == 0 ? -1 : 1)
        let rise = 1.001 * max(0, slope) + 0.001 * max(0, -slope) + 1e-5
        let fall = 0.001 * max(0, slope) + 1.001 * max(0, -slope) + 1e-5
        problem.setFunction(function, variable, rise: rise, fall: fall)
        if function > 0 { middle[function - 1] += rise + fall }
      }
    }
    // All variables at 0 lie on the limits; a shift moves them out of reach or out of the way.
    for row in 0..<constraints { problem.limits[row] = middle[row] * (1 + shift) }
    return problem
  }

  private func places(_ packs: [VariablePack], count: Int) -> [Double] {
    (0..<count).map { packs[$0 / 8][$0 % 8] }
  }

  @Test(arguments: [
    (variables: 3, shift: 0.0), (13, 0), (200, 0.02), (200, -0.03), (1000, 0), (7, 10), (50, -0.9),
  ])
  func `the dual and interior points find the same solution`(variables: Int, shift: Double) {
    let problem = problem(variables: variables, constraints: 1, seed: 3, shift: shift)
    var dual = DualMethod(of: problem)
    let multiplier = dual.run()
    var interior = PrimalDualMethod(of: problem)
    let arrived = interior.runFast()
    #expect(arrived)
    let found = interior.point
    // Interior points stop at a complementarity of 1e-11; the flattest slopes, 1e-5, turn that into 1e-6 and its root near a bound.
    #expect(abs(multiplier - found.multipliers[0]) <= 1e-6 * max(1, multiplier))
    let (a, b) = (
      places(dual.places, count: variables), places(found.places, count: variables)
    )
    for variable in 0..<variables {
      #expect(abs(a[variable] - b[variable]) <= 2e-5, "variable \(variable)")
    }
  }

  @Test(arguments: [1, 2, 5])
  func `the careful steps end where the fast ones do`(constraints: Int) {
    for seed: UInt64 in 1...4 {
      let problem = problem(variables: 60, constraints: constraints, seed: seed, shift: -0.01)
      var fast = PrimalDualMethod(of: problem)
      let arrived = fast.runFast()
      #expect(arrived)
      var careful = PrimalDualMethod(of: problem)
      careful.runCarefully()
      for row in 0..<constraints {
        let (a, b) = (fast.point.multipliers[row], careful.point.multipliers[row])
        #expect(abs(a - b) <= 1e-6 * max(1, a))
      }
      let (a, b) = (
        places(fast.point.places, count: 60), places(careful.point.places, count: 60)
      )
      for variable in 0..<60 { #expect(abs(a[variable] - b[variable]) <= 2e-5) }
    }
  }

  @Test func `without constraints every variable has its own minimum`() {
    var problem = SeparableProblem(variableCount: 3, constraintCount: 0, violationCost: 1)
    // p/(1 − t) + q/(1 + t): (√q − √p)/(√q + √p) is −1/3 for 4 and 1, 0 for equals, 1/2 beyond the box for 1 and 9.
    problem.setFunction(0, 0, rise: 4, fall: 1)
    problem.setFunction(0, 1, rise: 2, fall: 2)
    problem.setFunction(0, 2, rise: 1, fall: 9)
    for variable in 0..<3 { problem.setBounds(variable, -0.4, 0.4) }
    let (found, multipliers) = problem.minimum()
    #expect(multipliers.isEmpty)
    #expect(abs(found[0][0] + 1 / 3) <= 1e-15)
    #expect(found[0][1] == 0)
    #expect(found[0][2] == 0.4)
  }
}
