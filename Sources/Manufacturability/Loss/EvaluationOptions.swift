/// What is wanted of an evaluation.
public struct EvaluationOptions: Sendable, Equatable {
  /// Which derivatives by the design.
  public enum Gradient: Sendable, Equatable {
    /// Values only.
    case none
    /// Of the weighted total: all adjoint loads of a design are summed before they are solved for.
    case total
    /// Of every term too: one adjoint solve per term that needs one.
    case everyTerm
  }
  /// How systems are factored.
  public enum Factorization: Sendable, Equatable {
    /// Sixteen designs side by side where that fits into memory, else one at a time.
    case automatic
    /// One at a time by CHOLMOD: the reference.
    case oneAtATime
  }
  /// Which derivatives by the design.
  public var gradient: Gradient
  /// Whether derivatives of the total by constants, loads and temperature are wanted too, beside those by the design (not with `none`).
  public var wantsParameterGradient: Bool
  /// Whether displacements are wanted too.
  public var wantsDisplacements: Bool
  /// How systems are factored.
  public var factorization: Factorization

  /// Options; by default the gradient of the total.
  public init(
    gradient: Gradient = .total, wantsParameterGradient: Bool = false,
    wantsDisplacements: Bool = false, factorization: Factorization = .automatic
  ) {
    self.gradient = gradient
    self.wantsParameterGradient = wantsParameterGradient
    self.wantsDisplacements = wantsDisplacements
    self.factorization = factorization
  }
}
