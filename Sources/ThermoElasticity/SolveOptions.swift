public import FiniteElements
public import LinearAlgebra

/// How a structure is solved, apart from what it is.
///
/// The number of threads is the process's own (`WorkerPool.threadCount`): answers do not depend on it.
public struct SolveOptions: Sendable, Equatable {
  /// How plane-stress cells are solved.
  public var planeStress: PlaneStressTheory
  /// Whose formulas the elements with few points or bubbles follow.
  public var elements: ElementVariant
  /// Who solves the linear systems.
  public var solver: LinearSolverKind
  /// Bytes that a factor, or what another solver keeps, may take; `nil` for as much as the process can have.
  public var memoryLimit: Int?

  /// Options; the two-dimensional theory, CalculiX's elements and a factor where nothing else is said.
  public init(
    planeStress: PlaneStressTheory = .twoDimensional, elements: ElementVariant = .calculiX,
    solver: LinearSolverKind = .direct, memoryLimit: Int? = nil
  ) {
    self.planeStress = planeStress
    self.elements = elements
    self.solver = solver
    self.memoryLimit = memoryLimit
  }
}
