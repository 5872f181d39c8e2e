internal import LinearAlgebra

/// The systems of up to sixteen designs on one grid, factored; used by one thread at a time.
///
/// Vectors are interleaved `[unknown][16]`. A design that fails is named in `faults` and does not touch its neighbours.
protocol GroupFactor: AnyObject {
  /// Assembles and factors.
  ///
  /// - Parameters:
  ///   - scale: `[cell][matrix][16]`.
  ///   - held: The unknowns that each design holds; as many lists as there are designs.
  func factor(scale: [Double], held: [[Int]])

  /// Solves for several right-hand sides in place; those of held unknowns must be zero, and stay it.
  ///
  /// - Parameter tolerance: The residual to reach, as a part of the right-hand side.
  /// - Returns: How well each right-hand side and lane was solved.
  func solve(_ vectors: inout [[Double]], tolerance: Double) -> [[SolveQuality]]

  /// Why a design has no solution, by lane.
  var faults: [FactorizationError?] { get }
}

/// How well a system was solved.
struct SolveQuality {
  /// ‖f − K u‖ / ‖f‖.
  var residual = 0.0
  /// Whether the residual is below the tolerance, or at round-off: below 1e-12 of ‖K‖ ‖u‖ + ‖f‖ (DESIGN §3).
  var isConverged = true
}
