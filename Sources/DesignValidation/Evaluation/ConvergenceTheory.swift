/// The orders at which a figure may converge with the cell size, by theory.
///
/// With shape functions of degree k the energy of the error falls as h²ᵏ. A displacement falls as hᵏ⁺¹
/// anywhere and as h²ᵏ at nodes and in means, where the error of the dual solution is as smooth as its
/// own. Stresses and strains fall as hᵏ up to the boundary. Docs/Decisions/0017 has the derivation.
///
/// - Source: G. Strang and G. J. Fix, *An Analysis of the Finite Element Method* (1973), sections 1.6
///   and 3.4; L. B. Wahlbin, *Superconvergence in Galerkin Finite Element Methods* (1995).
package struct ConvergenceTheory: Codable, Sendable, Equatable {
  /// The order that holds everywhere in a smooth solution.
  package var lowest: Double
  /// The order that holds at favourable places; equal to `lowest` where no place is favourable.
  package var highest: Double

  /// How far an observed order may be from theory in the asymptotic range.
  package static let allowance = 0.5

  /// What theory says of a figure.
  init(of observable: Observable, isQuadratic: Bool) {
    let degree: Double = isQuadratic ? 2 : 1
    switch observable {
    // The volume of curved cells is as near as their geometry is.
    case .displacement, .temperature, .volume, .unsupportedLoads, .minimumSize:
      (lowest, highest) = (degree + 1, 2 * degree)
    case .stress, .strain: (lowest, highest) = (degree, degree)
    // Sums of nodal forces are functionals of the whole solution.
    case .reaction, .heatFlow: (lowest, highest) = (degree, 2 * degree)
    case .strainEnergy, .loadWork: (lowest, highest) = (2 * degree, 2 * degree)
    }
  }

  /// One order.
  init(_ order: Double) { (lowest, highest) = (order, order) }

  /// Whether an observed order shows the asymptotic range.
  func allows(_ order: Double) -> Bool {
    order >= lowest - Self.allowance && order <= highest + Self.allowance
  }

  /// An observed order over the nearest one of theory.
  func share(of order: Double) -> Double { order / min(max(order, lowest), highest) }

  /// As a report says it: `2`, `3 to 4`.
  package var text: String {
    lowest == highest
      ? lowest.significant(3) : "\(lowest.significant(3)) to \(highest.significant(3))"
  }
}
