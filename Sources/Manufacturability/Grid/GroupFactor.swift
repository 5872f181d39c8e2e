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
  /// - Returns: The relative residual of each right-hand side and lane.
  func solve(_ vectors: inout [[Double]]) -> [[Double]]

  /// Why a design has no solution, by lane.
  var faults: [FactorizationError?] { get }
}
