import Manufacturability
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem

@Suite("The part family") struct PartFamilyTests {
  @Test(arguments: PartProblems.Source.allCases)
  func `a problem depends on its number and seed alone, and can be solved`(
    _ source: PartProblems.Source
  ) throws {
    let sampler = PartProblems(size: GridSize(columns: 64, rows: 64), source: source)
    for number in 0..<50 {
      let problem = try sampler.problem(number, seed: 9)
      #expect(problem == (try sampler.problem(number, seed: 9)))
      #expect(problem.manufacturability().faults() == [])
      #expect(sampler.volumeFractions.contains(problem.volumeFraction))
      let largest = problem.loads.map {
        ($0.force[0] * $0.force[0] + $0.force[1] * $0.force[1]).squareRoot()
      }.max()
      // Components are rounded to a micronewton.
      #expect(abs((largest ?? 0) - PartProblems.largestForce) < 2e-6)
    }
    #expect(try sampler.problem(0, seed: 9) != sampler.problem(0, seed: 10))
    #expect(try sampler.problem(0, seed: 9) != sampler.problem(1, seed: 9))
  }

  @Test func `unseen problems are held as the unseen families say`() throws {
    let sampler = PartProblems(size: GridSize(columns: 32, rows: 32), source: .unseen)
    for number in 0..<40 {
      let problem = try sampler.problem(number, seed: 1)
      #expect(SupportCatalogue.unseen.contains { $0.name == problem.caseName })
      #expect(PartProblems.family.split(of: problem) == .l2)
    }
  }

  @Test func `the family has several load cases, long loads, warm parts and limits`() throws {
    let size = GridSize(columns: 64, rows: 64)
    let tasks = try (0..<200).map {
      try PartProblems.family.task($0, seed: 1, size: size, from: "main")
    }
    func share(_ isOne: (DesignTask) -> Bool) -> Double { Double(tasks.count(where: isOne)) / 200 }
    // Of 200 draws four standard deviations are 0.12 at a quarter, and 0.1 at a sixth.
    #expect(abs(share { $0.stated.loadCases.count == 2 } - 0.25) < 0.12)
    #expect(abs(share { $0.stated.temperatureChange > 0 } - 0.25) < 0.12)
    // A spread load is drawn anew more often: it lies near to supports more often.
    let long = share { task in
      task.loads.contains { task.grid.nodes(in: $0.region).count > 30 }
    }
    #expect(long > 0.05 && long < 0.4, "\(long)")
    #expect(abs(share(PartProblems.family.isUnseen) - 0.1) < 1e-9)
    // A quarter of the problems is of stiffness alone, or of stiffness and temperature.
    #expect(abs(share { $0.limits.contains { $0.term == "stress" } } - 0.75) < 0.12)
    for task in tasks {
      #expect(task.manufacturability().faults().isEmpty)
      let limited = task.limits.map(\.term)
      #expect(limited.first == "compliance")
      #expect(limited.contains("stress") == limited.contains("minimum-size"))
      #expect((limited.last == "thermal-distortion") == (task.stated.temperatureChange > 0))
      // What warms a part does not count as work of its loads.
      #expect(
        task.stated.loadCases.allSatisfy {
          $0.isWarm == (task.stated.temperatureChange == 0) || $0.name == "second"
        })
    }
  }
}
