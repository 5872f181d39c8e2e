internal import LinearAlgebra

/// How a linear system was solved: corrections by one factor until the residual is small.
struct Refinement {
  /// Corrections after the first solution.
  var count: Int
  /// What is left: ‖f − Ku‖ over the size of its terms, maximum norms.
  var residual: Double

  /// The largest residual of an answer.
  static let largestResidual = 1e-12
  /// The most corrections after the first solution.
  static let largestCount = 2
}

extension CholeskyFactor {
  /// Solves by corrections, the residual being what the caller finds it to be.
  ///
  /// - Parameters:
  ///   - unknowns: Where to start; becomes the solution.
  ///   - what: The solution in words, for an error.
  ///   - residual: Computes for given unknowns the forces that are not in balance, and the size of the terms they are
  ///     the difference of.
  /// - Throws: ``SolveError`` where the residual stays above ``Refinement/largestResidual``.
  borrowing func refine(
    _ unknowns: inout [Double], _ what: String,
    residual: ([Double]) -> (force: [Double], scale: Double)
  ) throws -> Refinement {
    var refinement = Refinement(count: -1, residual: 0)
    while true {
      let (force, scale) = residual(unknowns)
      if refinement.count >= 0 {
        refinement.residual = scale > 0 ? force.largest / scale : 0
        guard refinement.residual.isFinite else { throw SolveError.notFinite(what) }
        if refinement.residual <= Refinement.largestResidual { return refinement }
        if refinement.count == Refinement.largestCount {
          throw SolveError.residual(refinement.residual)
        }
      }
      let step: [Double]
      do { step = try solve(force) } catch {
        throw SolveError.factorization(error, node: 0, degree: 0)
      }
      for index in unknowns.indices { unknowns[index] += step[index] }
      refinement.count += 1
    }
  }
}
