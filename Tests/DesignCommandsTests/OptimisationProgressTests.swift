import Manufacturability
import Testing

@testable import DesignCommands
@testable import DesignProblem
@testable import TopologyOptimisation

@Suite("The progress of an optimisation") struct OptimisationProgressTests {
  @Test func `is a line narrower than the terminal`() throws {
    let problem = ManufacturabilityProblem(
      grid: DesignGrid(columns: 6, rows: 3),
      solids: [SolidPhase(youngsModulus: 1, poissonsRatio: 0.3)],
      supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loadCases: [LoadCase(loads: [MechanicalLoad(.point(at: [6, 0]), force: [0, -1])])],
      terms: [Term(.compliance())])
    var run = try TopologyOptimisation(of: problem, .init(volumeFraction: 0.5, iterationLimit: 2))
    #expect(OptimisationProgress.line([run], columns: 80).hasPrefix("░░░░░░░░░░░░░░░░░░░░ "))
    try run.run()
    let line = OptimisationProgress.line([run, run], columns: 80)
    #expect(line.contains("████████████████████ iteration 2, 2/2 ended, objective "))
    #expect(OptimisationProgress.text([run, run]).hasPrefix("iteration 2, 2/2 ended, objective "))
    for columns in [21, 40, 80] {
      #expect(OptimisationProgress.line([run], columns: columns).count < columns)
    }
  }
}
