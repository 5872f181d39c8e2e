import Foundation
import Testing
@testable import Manufacturability
@Suite struct ProbeTests {
  @Test func time() throws {
    func go(_ c: Int, _ r: Int, _ count: Int, _ m: TopologyOptimisation.Options.Method, _ f: EvaluationOptions.Factorization = .automatic) throws {
      var best = Double.infinity
      for _ in 0..<3 {
      let p = TopologyOptimisationTests.cantilever(columns: c, rows: r, radius: 1.5)
      var runs = try (0..<count).map { _ in try TopologyOptimisation(of: p, .init(method: m, volumeFraction: 0.5, iterationLimit: 51, changeTolerance: 0)) }
      let t = Date()
      try TopologyOptimisation.run(&runs)
      best = min(best, Date().timeIntervalSince(t))
      if runs[0].state != .limitReached { print(runs[0].state) }
      }
      print(c, r, count, m, best)
    }
    try go(64, 64, 1, .movingAsymptotes)
  }
}
