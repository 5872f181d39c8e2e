/// Constraints that contradict one another. Nodes and components count from zero.
public enum ConstraintError: Error, Sendable, Equatable {
  /// Two equations eliminate the same value.
  case eliminatedTwice(node: Int, component: Int)
  /// A value is prescribed and eliminated by an equation.
  case heldAndEliminated(node: Int, component: Int)
  /// Equations refer to one another in a circle.
  case cyclic(node: Int, component: Int)
}
