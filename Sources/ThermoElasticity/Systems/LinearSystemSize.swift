public import LinearAlgebra

/// What a linear system will take, said before it is made.
public struct LinearSystemSize: Sendable, Equatable, CustomStringConvertible {
  /// Who will solve it.
  public var solver: LinearSolverKind
  /// Unknowns, after constraints.
  public var unknownCount: Int
  /// Bytes of the factor, or of what another solver keeps.
  public var byteCount: Int

  /// `the direct solver takes 960 MiB of memory for 200000 unknowns`
  public var description: String {
    "the \(solver.rawValue) solver takes \(byteCount >> 20) MiB of memory for \(unknownCount) unknowns"
  }
}
