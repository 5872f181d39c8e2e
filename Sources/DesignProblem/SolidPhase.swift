/// An isotropic solid that a design is made of.
///
/// Units are those of the problem: SI, or any consistent set.
package struct SolidPhase: Codable, Sendable, Equatable {
  /// Which of the solids this is, from 1.
  package var index: Int
  /// Young's modulus *E*, force per area.
  package var youngsModulus: Double
  /// Poisson's ratio ν, −1 < ν < 0.5.
  package var poissonsRatio: Double
  /// Conductivity *k*, power per length and temperature.
  package var conductivity: Double
  /// Linear thermal expansion α, per temperature.
  package var expansion: Double

  /// A solid.
  package init(
    index: Int = 1, youngsModulus: Double, poissonsRatio: Double, conductivity: Double = 1,
    expansion: Double = 0
  ) {
    self.index = index
    self.youngsModulus = youngsModulus
    self.poissonsRatio = poissonsRatio
    self.conductivity = conductivity
    self.expansion = expansion
  }
}

/// What is left of a solid where there is none, so that every system has a solution.
///
/// Void keeps the Poisson's ratio and the expansion of the solid it stands beside: a porous body of one solid then expands
/// exactly as the solid does.
package struct VoidPhase: Codable, Sendable, Equatable {
  /// The modulus of void over that of solid.
  package var stiffnessRatio: Double
  /// The conductivity of void over that of solid.
  package var conductivityRatio: Double

  /// A void; by default the strict one of Docs/Design.md §5.
  package init(stiffnessRatio: Double = 1e-9, conductivityRatio: Double = 1e-9) {
    self.stiffnessRatio = stiffnessRatio
    self.conductivityRatio = conductivityRatio
  }
}
