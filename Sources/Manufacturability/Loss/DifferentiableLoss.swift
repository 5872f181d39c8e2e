/// A number that judges a design, and its exact derivative.
public protocol DifferentiableLoss {
  /// What is judged.
  associatedtype Design
  /// The derivative by a design.
  associatedtype Gradient
  /// The value and its derivative, together because they share the factorization.
  func valueWithGradient(at design: Design) throws -> (value: Double, gradient: Gradient)
}
