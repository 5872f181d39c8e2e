import DesignFamilies
import Manufacturability
import Testing

@testable import DesignNetworks
@testable import DesignProblem

@Suite("The loss of a task") struct TaskLossTests {
  /// A heated bracket: compliance, and limits of 2 on a stress and of −3 on a displacement.
  private func loss(_ limits: [TaskLimit]? = nil, _ term: PhysicsTerm = .init()) throws -> TaskLoss
  {
    let problem = ManufacturabilityProblem(
      grid: DesignGrid(columns: 8, rows: 4), solids: [.aluminium6061],
      supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loadCases: [LoadCase(loads: [MechanicalLoad(.point(at: [8, 2]), force: [0, -1])])],
      terms: [
        Term(.compliance()), Term(.volume(), weight: 0), Term(.stress(), weight: 0),
        Term(.displacement(region: .edge(side: .right), direction: [0, 1]), weight: 0),
      ])
    return try term.loss(
      of: DesignTask(
        problem, volumeFraction: 0.5,
        limits: limits ?? [
          TaskLimit("stress", .value(2), reason: "yield"),
          TaskLimit("displacement", .value(-3), reason: "reach"),
        ]), reference: 10)
  }

  @Test func `a broken limit costs by how far it is broken, one that is kept nothing`() throws {
    let loss = try loss()
    func part(_ name: String, _ values: [Double]) -> Double? {
      loss.cost(of: values).parts.first { $0.name == name }?.value
    }
    // A stress of 5 is 2.5 times its bound, a displacement of −1.5 half of 3 above −3.
    #expect(part("limit stress", [10, 5, -9]) == logarithm(2.5))
    #expect(part("limit stress", [10, 1.8, -9]) == 0)
    #expect(part("limit displacement", [10, 0, -1.5]) == logarithm(1.5))
    #expect(part("limit displacement", [10, 0, -4]) == 0)
    #expect(part("objective", [20, 0, -9]) == logarithm(2))
    // ln 2 + 2 (ln 2.5 + ln 1.5)
    let total = loss.cost(of: [20, 5, -1.5]).total
    #expect(abs(total - logarithm(2 * 3.75 * 3.75)) < 1e-14)
  }

  @Test(
    "the slopes are those of the cost, values of 0 and below among them",
    arguments: [
      [20, 5, -1.5], [1, 2, -3], [10, 2.02, -2.95], [10, 1.96, -3.05], [-4, 0, 0], [0, -7, 4],
    ])
  func slopes(_ values: [Double]) throws {
    let loss = try loss()
    let cost = loss.cost(of: values)
    #expect(cost.total.isFinite)
    for place in values.indices {
      func moved(_ step: Double) -> Double {
        var values = values
        values[place] += step
        return loss.cost(of: values).total
      }
      // Where the second derivative jumps the central difference is off by its step.
      let difference = (moved(1e-6) - moved(-1e-6)) / 2e-6
      #expect(abs(cost.slopes[place] - difference) < 1e-5, "\(place): \(cost.slopes)")
    }
  }

  @Test func `terms that nothing limits are not solved for`() throws {
    #expect(
      try loss().solver.problem.terms.map(\.name) == ["compliance", "stress", "displacement"])
    #expect(try loss([]).solver.problem.terms.map(\.name) == ["compliance"])
    let without = try loss(nil, PhysicsTerm(limitWeight: 0, volumeWeight: 1))
    #expect(without.solver.problem.terms.map(\.name) == ["compliance", "volume of the loss"])
    // A limit on the objective is a limit like others.
    let own = try loss([TaskLimit("compliance", .ofReference(1.5), reason: "stiff")])
    #expect(own.solver.problem.terms.map(\.name) == ["compliance"])
    #expect(own.cost(of: [45]).parts.map(\.value) == [logarithm(4.5), logarithm(3)])
  }

  @Test(arguments: [
    TaskLimit("stress", .value(0), reason: ""), TaskLimit("stress", .ofReference(2), reason: ""),
    TaskLimit("heat", .value(1), reason: ""),
  ])
  func `a limit without a bound, or on nothing, is refused by name`(_ limit: TaskLimit) {
    #expect {
      try loss([limit])
    } throws: {
      $0 is UnusableLimit && "\($0)".contains("'\(limit.term)'")
    }
  }
}
