internal import Glibc
import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// Steady conduction along a bar: between two sections T is linear, with the resistance length/(k · area).
@Suite("Conduction against closed forms") struct ConductionTests {
  /// A bar of 8×3 elements of size ½ and thickness 0.2; heat enters at the right, the left is kept at 5.
  private func bar(_ solids: [SolidPhase], power: Double) -> ManufacturabilityProblem {
    ManufacturabilityProblem(
      grid: DesignGrid(columns: 8, rows: 3, pixelSize: 0.5, thickness: 0.2), solids: solids,
      heat: HeatConduction(
        sources: (0...3).map { j in
          // A uniform flux: inner nodes take twice what end nodes take.
          .init(.point(at: [8, Double(j)]), power: power * (j == 0 || j == 3 ? 1 : 2) / 6)
        },
        sinks: [.init(.edge(side: .left), temperature: 5)], stressFreeTemperature: 5),
      terms: [Term(.temperature(exponent: 1))])
  }

  private func temperatures(_ problem: ManufacturabilityProblem, _ design: [Double]) throws
    -> Double
  {
    try ManufacturabilityLoss(of: problem).evaluate([design], .init(gradient: .none))[0].get().total
  }

  @Test func `a bar between source and sink has a linear profile`() throws {
    // Slope q/(k A) = 3/(2 · 0.3) = 5 per length; Σ over 4 rows of nodes of the rise 5 · i/2: 4 · 2.5 · 36.
    let problem = bar([SampleProblem.steel], power: 3)
    let sum = try temperatures(problem, Array(repeating: 1, count: 24))
    let expected: Double = 4 * 2.5 * 36
    #expect(agree(sum, expected, within: 1e-12))
    // The largest, through a high norm: ‖T‖ ≤ (4 nodes and their neighbours) T_max.
    var high = problem
    high.terms = [Term(.temperature(exponent: 1000))]
    let largest = try temperatures(high, Array(repeating: 1, count: 24))
    let bounds = 20 * (1 - 1e-12)...20 * pow(36, 1e-3)
    #expect(bounds.contains(largest))
  }

  @Test func `two solids in a row add their resistances`() throws {
    // k = 2 for x < 2 (slope 5), k = ½ beyond (slope 20): rises 2.5 i to node 4, then 10 + 10 (i − 4).
    let problem = bar([SampleProblem.steel, SampleProblem.other], power: 3)
    let share = (0..<24).map { $0 % 8 < 4 ? 0.0 : 1 }
    let sum = try temperatures(problem, Array(repeating: 1, count: 24) + share)
    let expected: Double = 4 * (2.5 * 10 + 4 * 10 + 10 * 10)
    #expect(agree(sum, expected, within: 1e-12))
  }

  @Test func `two solids side by side add their conductances`() throws {
    // The whole right end takes one temperature, as a sink at 9: the flow is (9 − 5)/L Σ k A; T is linear in both, whatever k.
    var problem = bar([SampleProblem.steel, SampleProblem.other], power: 0)
    problem.heat?.sinks.append(.init(.edge(side: .right), temperature: 9))
    problem.heat?.stressFreeTemperature = 4  // all nodes are above it: no kink of |T|
    let share = (0..<24).map { $0 < 8 ? 0.0 : 1 }
    let design = [Double](repeating: 1, count: 24) + share
    let expected: Double = 4 * (9 + 0.5 * 36)
    #expect(agree(try temperatures(problem, design), expected, within: 1e-12))
    // A power at a held node changes nothing.
    let result = try ManufacturabilityLoss(of: problem).evaluate(
      [design], .init(wantsParameterGradient: true))[0].get()
    for byPower in try #require(result.parameterGradient).powers { #expect(byPower == 0) }
    // T_i = T_left (1 − i/8) + T_right i/8 in 4 rows of nodes.
    let sinks = try #require(result.parameterGradient).sinkTemperatures
    let bySink: Double = 4 * 36 / 8
    #expect(agree(sinks[1], bySink, within: 1e-12))
    #expect(agree(sinks[0], bySink, within: 1e-12))
  }

  @Test func `opposite heats at the ends of a free bar are antisymmetric about its sink`() throws {
    var problem = bar([SampleProblem.steel], power: 3)
    problem.heat?.sinks = [.init(.box(lower: [4, 0], upper: [4, 3]), temperature: 5)]
    problem.heat?.sources += (0...3).map { j in
      .init(.point(at: [0, Double(j)]), power: -3 * (j == 0 || j == 3 ? 1 : 2) / 6)
    }
    // |rise| = 2.5 |i − 4|.
    let sum = try temperatures(problem, Array(repeating: 1, count: 24))
    let expected: Double = 4 * 2.5 * 20
    #expect(agree(sum, expected, within: 1e-12))
  }
}
