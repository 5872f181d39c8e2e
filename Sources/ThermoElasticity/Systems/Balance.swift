/// Whether what goes into a structure comes out of it: heat at rest, or loads and reactions in equilibrium.
///
/// Heat: the power *P* from outside (sources, fluxes, films, supports) must be zero in sum. Statics: so must the force *P*
/// of loads and supports. A computed sum is never exactly zero. It adds up terms of the cells that ought to cancel,
///
///     P = Σ tᵢⱼ,    tᵢⱼ = kᵢⱼ uⱼ  (and what thermal stresses push),
///
/// with the entries *k* of the cells' matrices and the temperatures or displacements *u*. Two things keep it from zero:
/// each term is rounded, which leaves a few units of the sixteenth digit of Σ|tᵢⱼ|; and each equation is solved to a
/// residual of at most 10⁻¹² of its terms (``Refinement/largestResidual``), which leaves 10⁻¹² Σ|tᵢⱼ|. So the balance holds if
///
///     |P| ≤ 10⁻⁶ · exchange + 10⁻¹² · Σ|tᵢⱼ|,
///
/// the exchange being the absolute values of all that crosses the boundary. The second term decides where nothing
/// crosses it: a body at one temperature, a body that grows freely, a body that moves as a whole. There the
/// exchange is itself the rounding of what cancels inside, and any ratio to it would mean nothing. Σ|tᵢⱼ| does not vanish with
/// the exchange, so that a heat or a force from nowhere larger than round-off is found there, too.
struct Balance {
  /// The size of the sum that ought to vanish; in space its largest component.
  var sum: Double
  /// The absolute values of all that crosses the boundary, added up.
  var exchange: Double

  /// Above this a structure is out of balance.
  static let largest = 1e-6

  /// The sum over what it is measured against: the exchange, and where the sum is more than ``largest`` of it, a millionth of the
  /// terms inside as well.
  ///
  /// - Parameter terms: Computes Σ|tᵢⱼ|; called only where the exchange does not decide, as it costs as much as an
  ///   assembly.
  func relative(terms: () -> Double) -> Double {
    if sum == 0 { return 0 }
    if sum <= Self.largest * exchange { return sum / exchange }
    let size = exchange + Refinement.largestResidual / Self.largest * terms()
    return size > 0 ? sum / size : .infinity
  }

  /// The same, checked.
  ///
  /// - Throws: ``SolveError/unbalanced(_:)`` above ``largest``, and where there is no number.
  func checked(terms: () -> Double) throws(SolveError) -> Double {
    let value = relative(terms: terms)
    guard value <= Self.largest else { throw .unbalanced(value) }
    return value
  }
}
