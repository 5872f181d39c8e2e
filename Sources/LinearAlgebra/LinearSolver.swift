/// A way to solve A x = b for symmetric positive definite matrices, one after the other, on one pattern.
///
/// A solver is made for a pattern, then takes the values of a matrix, then solves for any number of right-hand sides. New
/// values keep what the pattern decided: a nonlinear or transient analysis calls ``update(with:)`` again and again.
///
/// How to add one: `Docs/HowTo/linear-solver.md`.
public protocol LinearSolver: AnyObject {
  /// Does what the pattern alone decides; takes no values yet.
  init(analysing pattern: SparsityPattern) throws(FactorizationError)

  /// Bytes that ``update(with:)`` will take and keep, known from the pattern.
  var neededBytes: Int { get }

  /// Takes the values of a matrix on the pattern that was analysed.
  ///
  /// - Throws: ``FactorizationError`` where the matrix is not positive definite or numerically singular as far as the solver
  ///   can tell; the solver then has no values.
  func update(with matrix: borrowing SparseMatrix) throws(FactorizationError)

  /// Solves A x = b with the values of the last ``update(with:)``.
  ///
  /// - Throws: ``FactorizationError`` where no solution was reached, never an answer that is not one.
  func solve(_ load: [Double]) throws(FactorizationError) -> [Double]

  /// Stored entries of the factor; `nil` of a solver that has none.
  var factorEntryCount: Int? { get }

  /// Iterations of all solves so far; `nil` of a solver that does not iterate.
  var iterationCount: Int? { get }

  /// An upper bound, cheap and rough, of the reciprocal condition number of the matrix; each solver says how it is found.
  var reciprocalCondition: Double { get }
}

/// The linear solvers there are, under the names that users give.
public enum LinearSolverKind: String, Sendable, CaseIterable, Codable {
  /// A Cholesky factor: ``CholeskySolver``.
  case direct
  /// Conjugate gradients: ``ConjugateGradients``.
  case iterative

  /// A solver of this kind for a pattern.
  public func solver(
    analysing pattern: SparsityPattern
  ) throws(FactorizationError) -> any LinearSolver {
    switch self {
    case .direct: try CholeskySolver(analysing: pattern)
    case .iterative: try ConjugateGradients(analysing: pattern)
    }
  }
}
