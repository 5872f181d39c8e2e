import Manufacturability
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem

@Suite("Reference designs") struct ReferenceSearchTests {
  @Test func `designs are within a per cent of what three times the iterations find`() throws {
    let sampler = PartProblems(size: GridSize(columns: 32, rows: 32))
    let problems = try (0..<16).map { try sampler.problem($0, seed: 1) }
    let own = try ReferenceSearch().references(for: problems)
    var long = ReferenceSearch()
    long.iterationCount *= 3
    for (problem, pair) in zip(problems, zip(own, try long.references(for: problems))) {
      let (design, better) = (try pair.0.get(), try pair.1.get())
      #expect(design.objective <= 1.01 * better.objective)
      #expect(design.design.solidCount == problem.solidCount)
    }
  }

  @Test func `quality of a reference is perfect, and losing a load's joint is a failure`() throws {
    let problem = try PartProblems(size: GridSize(columns: 32, rows: 32)).problem(2, seed: 1)
    let reference = try ReferenceSearch(iterationCount: 20).references(for: [problem])[0].get()
    let quality = try DesignQuality.of(
      [reference.design], for: [problem], references: [reference.objective])[0]
    // Solved to 1e-6 in residual; compliance is quadratic in it.
    #expect(abs(quality.objectiveError) < 1e-6)
    #expect(quality.isSignedOff(SignOffLimits()) && !quality.isFailure && !quality.isFloating)

    var solid = reference.design.solid
    for element in problem.loadElements.joined() { solid[element] = false }
    let broken = SolidDesign(size: problem.size, solid: solid)
    let judged = try DesignQuality.of([broken], for: [problem], references: [reference.objective])[
      0]
    #expect(judged.isFailure && !judged.areLoadsJoined && judged.objectiveError == .infinity)
    #expect(!judged.isSignedOff(SignOffLimits()))
  }

  @Test func `refinement lowers the compliance of the uniform design`() throws {
    let problem = try PartProblems(size: GridSize(columns: 32, rows: 32)).problem(5, seed: 1)
    let reference = try ReferenceSearch().references(for: [problem])[0].get()
    let uniform = [Double](repeating: problem.volumeFraction, count: problem.size.elementCount)
    func error(_ density: [Double]) throws -> Double {
      try DesignQuality.strictly(
        [FinishedDesign(density, for: problem).design], for: [problem],
        references: [reference.objective])[0].objectiveError
    }
    let refined = try DesignRefinement(iterationCount: 10).refined([uniform], for: [problem])[0]
    #expect(try error(refined) < error(uniform))
    #expect(
      try DesignRefinement(iterationCount: 0).refined([uniform], for: [problem])[0] == uniform)
  }

  /// A bar of the whole grid held at its left and pulled at its right along x has the stress along x everywhere inside.
  @Test func `the fields of a pulled bar show where it is pulled to`() throws {
    let size = GridSize(columns: 32, rows: 32)
    let problem = DesignTask(
      size: size,
      supports: [
        Support(.edge(side: .left), axes: [.x]),
        Support(.corner(sides: [.left, .bottom]), axes: [.y]),
      ],
      loads: [MechanicalLoad(.edge(side: .right), force: [1000, 0], sharing: .uniform)],
      volumeFraction: 0.5)
    let fields = try ConditioningFields().fields(of: [problem])[0].get()
    for element in 0..<size.elementCount {
      #expect(fields[element] == 0.5)
      // Uniform: ln of one, and only σ_xx, to the accuracy of the solve.
      #expect(abs(fields[size.elementCount + element]) < 1e-5)
      #expect(abs(fields[2 * size.elementCount + element] - 1) < 1e-5)
    }
  }
}
