import Foundation
import TestSupport
import Testing

@testable import LinearAlgebra

/// What every linear solver promises.
@Suite("Linear solvers") struct LinearSolverTests {
  /// A graph's Laplacian without anything held: constant vectors meet no resistance.
  static func free(_ side: Int) -> SparseMatrix {
    var matrix = CholeskyFactorTests.laplacian(side)
    let pattern = matrix.pattern
    var sums = [Double](repeating: 0, count: pattern.size)
    for column in 0..<pattern.size {
      for place in pattern.columnStarts[column]..<pattern.columnStarts[column + 1]
      where pattern.rows[place] != column {
        sums[column] += 1
        sums[pattern.rows[place]] += 1
      }
    }
    for column in 0..<pattern.size { matrix.values[pattern.columnStarts[column]] = sums[column] }
    return matrix
  }

  @Test(
    "solve for many right-hand sides, with the values of the last matrix",
    arguments: LinearSolverKind.allCases)
  func solves(_ kind: LinearSolverKind) throws {
    let first = CholeskyFactorTests.laplacian(30)
    let solver = try kind.solver(analysing: first.pattern)
    for matrix in [first, CholeskyFactorTests.laplacian(30, shift: 2)] {
      try solver.update(with: matrix)
      for number in 1...5 {
        let known = (0..<900).map { Double($0 * number % 7) - 2.5 }
        let solution = try solver.solve(matrix.multiplied(by: known))
        // The condition of the grid is some 400, the residual 1e-13.
        for (value, expected) in zip(solution, known) { #expect(abs(value - expected) < 1e-10) }
      }
      #expect(try solver.solve(Array(repeating: 0, count: 900)).allSatisfy { $0 == 0 })
    }
  }

  @Test("a system without unknowns is solved", arguments: LinearSolverKind.allCases)
  func empty(_ kind: LinearSolverKind) throws {
    let none = SparseMatrix(
      pattern: SparsityPattern(size: 0, columnStarts: [0], rows: []), values: [])
    let solver = try kind.solver(analysing: none.pattern)
    try solver.update(with: none)
    #expect(try solver.solve([]).isEmpty)
  }

  @Test(
    "bound the condition number from below, and not by far",
    arguments: LinearSolverKind.allCases)
  func condition(_ kind: LinearSolverKind) throws {
    for side in [10, 30] {
      let matrix = CholeskyFactorTests.laplacian(side)
      let solver = try kind.solver(analysing: matrix.pattern)
      try solver.update(with: matrix)
      // Eigenvalues 4 − 2 cos iθ − 2 cos jθ with θ = π / (side + 1).
      let cosine = cos(.pi / Double(side + 1))
      let reciprocal = (1 - cosine) / (1 + cosine)
      #expect(solver.reciprocalCondition >= reciprocal * (1 - 1e-9))
      // The factor's diagonal says least: its bound is 1.3 for a condition of 400.
      let share = kind == .direct ? 0.002 : 0.02
      #expect(reciprocal >= share * solver.reciprocalCondition)
    }
  }

  @Test("conjugate gradients refuse a matrix that lets a motion go", arguments: [5, 40])
  func singular(_ side: Int) throws {
    let matrix = Self.free(side)
    #expect {
      try LinearSolverKind.iterative.solver(analysing: matrix.pattern).update(with: matrix)
    } throws: { error in
      if case FactorizationError.noResistance = error { true } else { false }
    }
  }

  @Test("an indefinite matrix is refused", arguments: LinearSolverKind.allCases)
  func indefinite(_ kind: LinearSolverKind) throws {
    // Lowest eigenvalue 2 − √2 of the grid's part, less 1.
    let matrix = CholeskyFactorTests.laplacian(12, shift: -1)
    let solver = try kind.solver(analysing: matrix.pattern)
    #expect(throws: FactorizationError.self) { try solver.update(with: matrix) }
  }

  @Test func `a load that is not finite has no solution by conjugate gradients`() throws {
    let matrix = CholeskyFactorTests.laplacian(4)
    let solver = try ConjugateGradients(analysing: matrix.pattern)
    try solver.update(with: matrix)
    #expect(throws: FactorizationError.self) {
      try solver.solve([.nan] + Array(repeating: 1, count: 15))
    }
  }

  @Test func `the factor says its memory before it has values`() throws {
    let matrix = CholeskyFactorTests.laplacian(40)
    let solver = try CholeskySolver(analysing: matrix.pattern)
    let before = solver.neededBytes
    try solver.update(with: matrix)
    #expect(before == 8 * (try CholeskyFactor(of: matrix).entryCount))
    #expect(solver.factorEntryCount == before / 8 && solver.iterationCount == nil)
  }

  @Test func `conjugate gradients count iterations, have no factor, and the bits of one thread`()
    throws
  {
    let matrix = CholeskyFactorTests.laplacian(80)
    let load = (0..<6400).map { Double($0 % 11) - 4 }
    let answers = try [1, 2].map { count in
      try onThreads(count) {
        let solver = try ConjugateGradients(analysing: matrix.pattern)
        try solver.update(with: matrix)
        #expect(solver.iterationCount == 0)
        let solution = try solver.solve(load)
        let iterations = try #require(solver.iterationCount)
        // Convergence by (√κ − 1) / (√κ + 1) per iteration, κ = 2660.
        #expect(iterations > 50 && iterations < 800)
        _ = try solver.solve(load)
        #expect(solver.iterationCount == 2 * iterations)
        #expect(solver.factorEntryCount == nil)
        return solution
      }
    }
    #expect(answers[0] == answers[1])
  }
}
