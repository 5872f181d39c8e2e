/// The mean physical density V; with a target V* the squared excess max(0, V/V* − 1)², or (V/V* − 1)² where exact.
struct VolumeTerm: TermEvaluator {
  let target: Double?
  let isExact: Bool

  func evaluate(_ state: DesignState) -> TermEvaluation {
    let density = state.fields.density
    let volume = density.reduce(0, +) / Double(density.count)
    var (value, slope) = (volume, 1.0)
    if let target {
      let excess = isExact ? volume / target - 1 : max(0, volume / target - 1)
      (value, slope) = (excess * excess, 2 * excess / target)
    }
    var evaluation = TermEvaluation(value: value)
    evaluation.fields.density = [Double](
      repeating: slope / Double(density.count), count: density.count)
    return evaluation
  }
}
