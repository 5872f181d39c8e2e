/// What is wanted of an evaluation.
package struct EvaluationOptions: Sendable, Equatable {
  /// Which derivatives by the design.
  package enum Gradient: Sendable, Equatable {
    /// Values only.
    case none
    /// Of the weighted total: all adjoint loads of a design are summed before they are solved for.
    case total
    /// Of every term too: one adjoint solve per term that needs one.
    case everyTerm
  }
  /// How systems are factored.
  package enum Factorization: Sendable, Equatable {
    /// Eight designs side by side where that fits into memory, else one at a time.
    case automatic
    /// One at a time, on CHOLMOD's analysis: the reference.
    case oneAtATime
    /// One at a time by CHOLMOD's own numeric factorization: the peer of measurements.
    case cholmod
  }
  /// How exactly systems are solved.
  ///
  /// Each is the residual to reach, ‖f − K u‖ / ‖f‖. Values are linear in the state's residual (compliance quadratic), gradients in both;
  /// either is magnified by up to the condition of the system. A looser state spares passes over the factor, and ill-conditioned designs (sharp, with little
  /// in their void) the factorization in double precision.
  package struct Accuracy: Sendable, Hashable {
    /// Of temperatures and displacements, the unit cell's fluctuations among them.
    package var state: Double
    /// Of adjoint systems.
    package var adjoint: Double

    /// Residuals to reach, above 0.
    package static func accuracy(state: Double, adjoint: Double) -> Self {
      precondition(state > 0 && adjoint > 0, "residuals of \(state) and \(adjoint)")
      return Self(state: state, adjoint: adjoint)
    }

    /// Values to round-off; gradients to 1e-8, in fact mostly 1e-9, with one pass less: the default.
    package static let full = accuracy(state: 1e-12, adjoint: 1e-8)
    /// What steps of an optimiser or of training need, which are far coarser: 1e-6 for both.
    package static let training = accuracy(state: 1e-6, adjoint: 1e-6)
  }
  /// Which derivatives by the design.
  package var gradient: Gradient
  /// Whether derivatives of the total by constants, loads and temperature are wanted too, beside those by the design (not with `none`).
  package var wantsParameterGradient: Bool
  /// Whether displacements and temperatures are wanted too.
  package var wantsDisplacements: Bool
  /// How systems are factored.
  package var factorization: Factorization
  /// How exactly systems are solved.
  package var accuracy: Accuracy

  /// Options; by default the gradient of the total.
  package init(
    gradient: Gradient = .total, wantsParameterGradient: Bool = false,
    wantsDisplacements: Bool = false, factorization: Factorization = .automatic,
    accuracy: Accuracy = .full
  ) {
    self.gradient = gradient
    self.wantsParameterGradient = wantsParameterGradient
    self.wantsDisplacements = wantsDisplacements
    self.factorization = factorization
    self.accuracy = accuracy
  }
}
