import Manufacturability
import Testing

@testable import DesignFamilies
@testable import DesignProblem

@Suite("Part sampler") struct PartSamplerTests {
  @Test(arguments: PartSampler.Source.allCases)
  func `a problem depends on its number and seed alone, and can be solved`(
    _ source: PartSampler.Source
  ) throws {
    let sampler = PartSampler(size: GridSize(columns: 64, rows: 64), source: source)
    for number in 0..<50 {
      let problem = try sampler.problem(number, seed: 9)
      #expect(problem == (try sampler.problem(number, seed: 9)))
      #expect(problem.manufacturability().faults() == [])
      #expect(sampler.volumeFractions.contains(problem.volumeFraction))
      let largest = problem.loads.map {
        ($0.force[0] * $0.force[0] + $0.force[1] * $0.force[1]).squareRoot()
      }.max()
      // Components are rounded to a micronewton.
      #expect(abs((largest ?? 0) - PartSampler.largestForce) < 2e-6)
    }
    #expect(try sampler.problem(0, seed: 9) != sampler.problem(0, seed: 10))
    #expect(try sampler.problem(0, seed: 9) != sampler.problem(1, seed: 9))
  }

  @Test func `unseen problems are held as the unseen families say`() throws {
    let sampler = PartSampler(size: GridSize(columns: 32, rows: 32), source: .unseen)
    for number in 0..<40 {
      let problem = try sampler.problem(number, seed: 1)
      #expect(SupportCatalogue.unseen.contains { $0.name == problem.caseName })
      #expect(PartFamily().split(of: problem) == .l2)
    }
  }

  @Test func `settings without a solution are an error, not an endless search`() {
    var sampler = PartSampler(size: GridSize(columns: 64, rows: 64))
    sampler.volumeFractions = 0...2
    sampler.anotherLoad = 1
    #expect {
      try sampler.problem(0, seed: 1)
    } throws: { error in
      let text = "\(error)"
      return text.contains("volume fractions from 0.0 to 2.0") && text.contains("a chance of 1.0")
    }
    #expect(throws: SamplerFault.self) {
      try PartSampler(size: GridSize(columns: 4, rows: 64)).problem(0, seed: 1)
    }
  }
}
