/// Σ coefficient · value(node, component) = 0; the first term is the one that is eliminated.
public struct LinearConstraint: Sendable, Equatable {
  /// One product of the sum.
  public struct Term: Sendable, Equatable {
    /// The node, from zero.
    public var node: Int32
    /// 0, 1, 2 for displacements along the node's axes (its ``NodalTransform``, if any); 3 for temperature.
    public var component: Int
    /// The factor.
    public var coefficient: Double

    /// One product of the sum.
    public init(node: Int32, component: Int, coefficient: Double) {
      self.node = node
      self.component = component
      self.coefficient = coefficient
    }
  }

  /// The products; the first has a coefficient that is not zero.
  public var terms: [Term]

  /// An equation between unknowns.
  public init(_ terms: [Term]) { self.terms = terms }
}
