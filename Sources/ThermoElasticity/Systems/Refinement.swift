/// How a linear system was solved: corrections until the residual is small.
struct Refinement {
  /// Corrections after the first solution.
  var count: Int
  /// What is left: ‖f − Ku‖ over the size of its terms, maximum norms.
  var residual: Double
  /// Iterations of the solver, corrections included; `nil` of one that does not iterate.
  var iterations: Int?

  /// The largest residual of an answer.
  static let largestResidual = 1e-12
  /// The most corrections after the first solution.
  static let largestCount = 2
}
