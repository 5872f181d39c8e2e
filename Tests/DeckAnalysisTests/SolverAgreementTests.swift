import Foundation
import LinearAlgebra
import Meshing
import Testing
import ThermoElasticity

@testable import DeckAnalysis
@testable import Files

/// Every deck in `Tests/OracleDecks`, solved by every linear solver.
@Suite("Linear solvers on decks") struct SolverAgreementTests {
  /// A residual of 1e-13 over that of zero, times condition numbers that are below 10⁴ in all decks but a few.
  static let tolerance = 1e-9

  @Test("agree with the factor", arguments: OracleTests.decks)
  func agree(_ name: String) throws {
    let path = OracleTests.folder.appending(path: name).path
    let expected = try SolvedDeck(solvingDeckAt: path)
    for kind in LinearSolverKind.allCases where kind != .direct {
      let solved = try SolvedDeck(solvingDeckAt: path, options: .init(solver: kind))
      #expect(solved.states.count == expected.states.count)
      for (state, other) in zip(solved.states, expected.states) {
        let largest = other.displacement.map(\.length).max() ?? 0
        for (value, reference) in zip(state.displacement, other.displacement) {
          #expect((value - reference).length <= Self.tolerance * largest)
        }
        let warmest = other.temperature?.map(abs).max() ?? 0
        for (value, reference) in zip(state.temperature ?? [], other.temperature ?? []) {
          #expect(abs(value - reference) <= Self.tolerance * warmest)
        }
        let soundness = try #require(state.elastic?.soundness ?? state.heat?.soundness)
        #expect(soundness.factorEntryCount == nil && soundness.iterationCount != nil)
      }
    }
  }
}
