import Glibc

/// What three meshes of one element type say about the error that is left.
///
/// Docs/Decisions/0017 says why the index is formed like this, with what was measured.
///
/// - Source: the grid convergence index of P. J. Roache, *J. Fluids Eng.* 116 (1994) 405; the observed
///   order at unequal refinement ratios of I. B. Celik et al., *J. Fluids Eng.* 130 (2008) 078001; the
///   safety factor of T. Xing and F. Stern, *J. Fluids Eng.* 132 (2010) 061403; the largest difference
///   without an asymptotic range after L. Eça and M. Hoekstra, *J. Comput. Phys.* 262 (2014) 104.
package struct MeshConvergence: Codable, Sendable, Equatable {
  /// What the sequence does as the mesh is refined.
  package enum Behaviour: String, Codable, Sendable {
    /// The differences shrink and keep their sign.
    case monotone
    /// The differences change sign.
    case oscillating
    /// The differences do not shrink.
    case diverging
    /// The differences are round-off.
    case exact
  }

  /// What the index rests on: the largest of the candidates.
  package enum Basis: String, Codable, Sendable {
    /// Richardson's extrapolation at the observed order, which is within 0.5 of theory.
    case extrapolation
    /// The largest difference of the three meshes, three times: no asymptotic range was reached.
    case largestDifference = "largest-difference"
    /// The three meshes agree to round-off.
    case roundOff = "round-off"
    /// The Zienkiewicz–Zhu estimate of the finest mesh is larger than what the meshes say.
    case recoveryEstimate = "recovery-estimate"
    /// Another element type of the part disagrees by more than both bands.
    case otherElementType = "other-element-type"
  }

  /// The element type of all three.
  package var elementType: String
  /// The models, coarse to fine.
  package var models: [String]
  /// How the differences between the meshes go.
  package var behaviour: Behaviour
  /// The order at which the differences shrink; `nil` unless monotone.
  package var observedOrder: Double?
  /// The orders that theory allows.
  package var theory: ConvergenceTheory
  /// Whether the observed order is within 0.5 of theory.
  package var isAsymptotic: Bool
  /// The value that the sequence tends to; `nil` outside the asymptotic range.
  package var extrapolated: Double?
  /// What the index rests on.
  package internal(set) var basis: Basis
  /// The element type that made the index larger, where one did.
  package internal(set) var widenedBy: String?
  /// The index of the finest mesh, in the unit of the quantity: 95 % of errors are expected to be smaller.
  package internal(set) var gridConvergenceIndex: Double

  /// Studies three meshes.
  ///
  /// - Parameters:
  ///   - sizes: Cell sizes, decreasing.
  ///   - values: Results on them.
  ///   - theory: The orders that theory allows.
  init(
    elementType: String, models: [String], sizes: [Double], values: [Double],
    theory: ConvergenceTheory
  ) {
    precondition(sizes.count == 3 && values.count == 3, "three meshes, not \(sizes.count)")
    self.elementType = elementType
    self.models = models
    self.theory = theory
    isAsymptotic = false
    let coarse = values[0] - values[1]
    let fine = values[1] - values[2]
    let size = values.map { abs($0) }.max() ?? 0
    let largest = max(abs(coarse), abs(fine), abs(values[0] - values[2]))
    // Three solves to a residual of 1e-12 and their extrapolation leave about 1e-9 of the value.
    let roundOff = 1e-9 * size
    if largest <= roundOff {
      behaviour = .exact
      basis = .roundOff
      gridConvergenceIndex = max(3 * largest, roundOff)
      return
    }
    // Until an order shows the asymptotic range, nothing says how much of the difference is left.
    basis = .largestDifference
    gridConvergenceIndex = 3 * largest
    let ratio = (fine: sizes[1] / sizes[2], coarse: sizes[0] / sizes[1])
    if coarse * fine < 0 {
      behaviour = .oscillating
      return
    }
    guard fine != 0, coarse != 0,
      let order = Self.order(of: abs(coarse / fine), ratio: ratio), order >= 0.5
    else {
      behaviour = fine == 0 ? .monotone : .diverging
      return
    }
    behaviour = .monotone
    observedOrder = order
    let step = fine / (pow(ratio.fine, order) - 1)
    let index = Self.safetyFactor(theory.share(of: order)) * abs(step)
    if theory.allows(order) {
      isAsymptotic = true
      extrapolated = values[2] - step
      basis = .extrapolation
      gridConvergenceIndex = index
    } else if order < theory.lowest {
      // Meshes that are close together differ by little, though much is left at a low order.
      gridConvergenceIndex = max(gridConvergenceIndex, index)
    }
  }

  /// Widens the index to a bound from elsewhere; nothing happens where the index is larger.
  mutating func widen(to bound: Double, basis: Basis, by elementType: String? = nil) {
    guard bound > gridConvergenceIndex else { return }
    gridConvergenceIndex = bound
    self.basis = basis
    widenedBy = elementType
  }

  /// The factor on Richardson's estimate that covers 95 % of errors: 1.6 at the order of theory, 2.45
  /// towards order 0, and growing fast above theory, where the estimate is too small.
  ///
  /// - Parameter share: The observed order over that of theory.
  private static func safetyFactor(_ share: Double) -> Double {
    share <= 1 ? 1.6 * share + 2.45 * (1 - share) : 1.6 * share + 14.8 * (share - 1)
  }

  /// The p of (r₃₂ᵖ − 1) r₂₁ᵖ / (r₂₁ᵖ − 1) = ε₃₂/ε₂₁, by bisection; `nil` where none lies in 0.01…20.
  private static func order(of quotient: Double, ratio: (fine: Double, coarse: Double)) -> Double? {
    func excess(_ p: Double) -> Double {
      let (fine, coarse) = (pow(ratio.fine, p), pow(ratio.coarse, p))
      return log((coarse - 1) * fine / (fine - 1)) - log(quotient)
    }
    var (low, high) = (0.01, 20.0)
    guard ratio.fine > 1, ratio.coarse > 1, excess(low) < 0, excess(high) > 0 else { return nil }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if excess(middle) < 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
