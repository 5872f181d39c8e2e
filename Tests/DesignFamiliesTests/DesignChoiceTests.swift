import Manufacturability
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem

@Suite("Chosen designs") struct DesignChoiceTests {
  private static let size = GridSize(columns: 32, rows: 32)

  struct Kind: CustomTestStringConvertible {
    let testDescription: String
    let source: PartProblems.Source
    let volumes: ClosedRange<Double>
    /// How sure the drawings are: at 0 noise, at 1 the reference.
    let merit: Double
  }
  static let kinds = [
    Kind(testDescription: "noise", source: .seen, volumes: 0.15...0.75, merit: 0),
    Kind(testDescription: "any loads", source: .random, volumes: 0.2...0.6, merit: 0.5),
    Kind(testDescription: "little material", source: .random, volumes: 0.08...0.15, merit: 0.7),
    Kind(testDescription: "near the best", source: .unseen, volumes: 0.2...0.6, merit: 0.97),
  ]

  /// Problems with two drawings each, of different merit.
  private static func drawn(_ kind: Kind) throws -> (
    problems: [DesignTask], drawings: [[[Double]]]
  ) {
    let sampler = PartProblems(size: size, source: kind.source, volumeFractions: kind.volumes)
    let problems = try (0..<24).map { try sampler.problem($0, seed: 11) }
    let references = try ReferenceSearch(iterationCount: 25).references(for: problems)
    let drawings = zip(problems, references).enumerated().map { number, pair in
      let best =
        (try? pair.1.get().density)
        ?? pair.0.withNodalLoads.manufacturability()
        .randomDesign(in: 0...1, seed: 7)
      return [UInt64(1), 2].map { seed in
        let noise = pair.0.manufacturability().randomDesign(
          in: 0...1, seed: 100 * seed + UInt64(number))
        return zip(best, noise).map { kind.merit * $0 + (1 - kind.merit) * $1 }
      }
    }
    return (problems, drawings)
  }

  @Test("is never softer after refinement, nor than the first of several", arguments: kinds)
  func isNeverWorse(_ kind: Kind) throws {
    let (problems, drawings) = try Self.drawn(kind)
    func judged(_ choices: [DesignChoice]) throws -> [JudgedDesign] {
      try JudgedDesign.of(choices.map(\.finished), for: problems)
    }
    let none = DesignRefinement(iterationCount: 0)
    let first = try DesignChoice.best(of: drawings.map { [$0[0]] }, for: problems, refinement: none)
    let best = try DesignChoice.best(of: drawings, for: problems, refinement: none)
    let (given, chosen) = (try judged(first), try judged(best))
    for place in problems.indices {
      #expect(!given[place].isBetter(than: chosen[place]))
      #expect(first[place].solveCount == 0 && best[place].solveCount == 2)
    }
    for iterationCount in [1, 5] {
      let refined = try DesignChoice.best(
        of: drawings.map { [$0[0]] }, for: problems,
        refinement: DesignRefinement(iterationCount: iterationCount))
      let after = try judged(refined)
      for place in problems.indices {
        #expect(!given[place].isBetter(than: after[place]), "problem \(place)")
        if given[place].finished.isJoined {
          #expect(after[place].finished.isJoined)
          #expect(after[place].objective <= given[place].objective, "problem \(place)")
        }
        // The design that was given; then its steps, the one that ends them and the design that came out, once or up to three times.
        let rounds = (refined[place].solveCount - 1) / (iterationCount + 2)
        #expect(refined[place].solveCount == 1 + rounds * (iterationCount + 2))
        #expect((1...3).contains(rounds))
        #expect(refined[place].stepCount % iterationCount == 0)
        if refined[place].stepCount == 0 { #expect(after[place] == given[place]) }
      }
    }
  }

  /// What a step of optimisation makes of a design that is better than any step finds.
  @Test func `a reference that steps of a blunt filter make worse is kept`() throws {
    let problems = try (0..<8).map { try PartProblems(size: Self.size).problem($0, seed: 5) }
    let references = try ReferenceSearch().references(for: problems).map { try $0.get() }
    var blunt = DesignRefinement(iterationCount: 2)
    blunt.filterRadius = 6
    let choices = try DesignChoice.best(
      of: references.map { [$0.design.density] }, for: problems, refinement: blunt)
    let after = try JudgedDesign.of(choices.map(\.finished), for: problems)
    for (reference, (choice, judged)) in zip(references, zip(choices, after)) {
      #expect(choice.stepCount == 0 && choice.finished.design == reference.design)
      // Two solves of one system.
      #expect(judged.objective <= reference.objective * (1 + 1e-9))
    }
  }

  @Test
  func
    `a design that is not joined is worse than any that is, and loads on void have no compliance`()
    throws
  {
    let problem = DesignTask(
      size: Self.size, supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loads: [MechanicalLoad(.point(at: [32, 16]), force: [0, -1])], volumeFraction: 0.3)
    var little = problem
    little.volumeFraction = 0.01
    let faint = [Double](repeating: 0.01, count: Self.size.elementCount)
    let judged = try JudgedDesign.of(
      [FinishedDesign(faint, for: little), FinishedDesign(faint, for: problem)],
      for: [little, problem])
    #expect(!judged[0].finished.isJoined)
    #expect(judged[1].finished.isJoined && judged[1].objective.isFinite)
    #expect(judged[1].isBetter(than: judged[0]) && !judged[0].isBetter(than: judged[1]))
    #expect(!judged[1].isBetter(than: judged[1]))
    let empty = SolidDesign(
      size: Self.size, solid: [Bool](repeating: false, count: Self.size.elementCount))
    #expect(try DesignQuality.valuesOfJoined([empty], for: [problem]) == [nil])
  }
}
