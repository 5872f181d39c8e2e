/// A ``CholeskyFactor`` as a ``LinearSolver``: one factorization per matrix, one back-substitution per right-hand side.
///
/// A class, because the factor has one owner.
public final class CholeskySolver: LinearSolver {
  private var factor: CholeskyFactor

  /// Analyses a pattern: the entries of the factor are known from here on.
  public init(analysing pattern: SparsityPattern) throws(FactorizationError) {
    factor = try CholeskyFactor(analysing: pattern)
  }

  /// Bytes of the factor's values.
  public var neededBytes: Int { factor.entryCount * MemoryLayout<Double>.stride }

  /// Factors a matrix on the analysis that is there.
  public func update(with matrix: borrowing SparseMatrix) throws(FactorizationError) {
    try factor.update(with: matrix)
  }

  /// Solves A x = b by substitution.
  ///
  /// - Complexity: O(entries of the factor)
  public func solve(_ load: [Double]) throws(FactorizationError) -> [Double] {
    try factor.solve(load)
  }

  /// Stored entries of the factor, its explicit zeros included.
  public var factorEntryCount: Int? { factor.entryCount }
  /// `nil`: nothing is iterated.
  public var iterationCount: Int? { nil }
  /// The square of the smallest over the largest diagonal entry of the factor.
  public var reciprocalCondition: Double { factor.reciprocalCondition }
}
