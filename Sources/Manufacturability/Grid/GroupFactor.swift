internal import LinearAlgebra
internal import Parallelism

/// The systems of up to eight designs on one grid, factored; used by one thread at a time.
///
/// Vectors are interleaved `[unknown][8]`. A design that fails is named in `faults` and does not touch its neighbours.
protocol GroupFactor: AnyObject {
  /// Assembles and factors.
  ///
  /// - Parameters:
  ///   - scale: `[cell][matrix][8]`.
  ///   - held: The unknowns that each design holds; as many lists as there are designs.
  ///   - crew: Threads that share the work; the bits do not depend on them.
  func factor(scale: [Double], held: [[Int]], crew: Crew)

  /// Solves for several right-hand sides in place; those of held unknowns must be zero, and stay it.
  ///
  /// - Parameters:
  ///   - tolerance: The residual to reach, as a part of the right-hand side.
  ///   - crew: Threads that share the work; the bits do not depend on them.
  /// - Returns: How well each right-hand side and lane was solved.
  func solve(_ vectors: inout [[Double]], tolerance: Double, crew: Crew) -> [[SolveQuality]]

  /// Why a design has no solution, by lane.
  var faults: [FactorizationError?] { get }
}

/// How well a system was solved.
struct SolveQuality {
  /// ‖f − K u‖ / ‖f‖.
  var residual = 0.0
  /// Whether the residual is below the tolerance, or at round-off: below 1e-12 of ‖K‖ ‖u‖ + ‖f‖ (Docs/Design.md §3).
  var isConverged = true
}
