/// How well each system of a batch was solved.
public struct BatchSolveReport: Sendable, Equatable {
  /// Right-hand sides per lane.
  public let count: Int
  /// ‖b − A x‖₂ / ‖b‖₂ of the solution returned, [side][lane]; 0 for a zero right-hand side, NaN for a failed lane.
  public internal(set) var relativeResiduals: [Double]
  /// Passes over the factor, [side][lane].
  public internal(set) var iterations: [Int]
  /// Whether the residual is at most 1e-12, or the solution is as good as double precision allows:
  /// ‖b − A x‖ ≤ 8 ε (‖A‖ ‖x‖ + ‖b‖). False for a failed lane, [side][lane].
  public internal(set) var isConverged: [Bool]

  init(count: Int) {
    self.count = count
    relativeResiduals = Array(repeating: 0, count: count * BatchSolver.laneCount)
    iterations = Array(repeating: 0, count: count * BatchSolver.laneCount)
    isConverged = Array(repeating: true, count: count * BatchSolver.laneCount)
  }
}
