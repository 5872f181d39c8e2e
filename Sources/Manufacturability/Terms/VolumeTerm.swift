/// The mean physical density V; with a target V* the squared excess max(0, V/V* − 1)², or (V/V* − 1)² where exact.
///
/// Of one of two solids V is the mean of ρ̃ φ̃ or of ρ̃ (1 − φ̃), with the share φ̃ of the second.
struct VolumeTerm: TermEvaluator {
  let target: Double?
  let isExact: Bool
  /// The solid's place, 0 or 1; `nil` for all solids.
  var solid: Int?

  func evaluate(_ state: DesignState) -> TermEvaluation {
    let (density, share) = (state.fields.density, state.fields.share)
    // What of each element is the solid, and its slope by the share.
    let part: (value: [Double], slope: Double)? =
      share.isEmpty ? nil : solid.map { $0 == 1 ? (share, 1) : (share.map { 1 - $0 }, -1) }
    let filled = part.map { products(density, $0.value) } ?? density
    let volume = filled.reduce(0, +) / Double(density.count)
    var (value, slope) = (volume, 1.0)
    if let target {
      let excess = isExact ? volume / target - 1 : max(0, volume / target - 1)
      (value, slope) = (excess * excess, 2 * excess / target)
    }
    slope /= Double(density.count)
    var evaluation = TermEvaluation(value: value)
    evaluation.fields.density =
      part.map { multiples($0.value, by: slope) }
      ?? [Double](repeating: slope, count: density.count)
    if let part { evaluation.fields.share = multiples(density, by: slope * part.slope) }
    return evaluation
  }
}
