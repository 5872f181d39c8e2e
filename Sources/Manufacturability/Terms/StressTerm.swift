internal import DesignProblem
internal import Glibc

/// The largest relaxed von Mises stress of all elements and load cases, as a p-norm or by Kreisselmeier and Steinhauser.
///
/// The stress in the solid at the centre of an element, σ = λ tr ε + 2 μ ε − β θ with the solid's own constants and the temperature rise θ,
/// has the von Mises stress s_e = √(σ·M σ); relaxed by the density, r_e = η(ρ̃_e) s_e / s₀, so that vanishing material bears no limit
/// (Bruggi, *Struct. Multidiscip. Optim.* 36, 2008). Here η is ρ^q with its infinite slope at 0 cut off,
///
///     η(ρ) = ((ρ + δ)^q − δ^q) / ((1 + δ)^q − δ^q),  δ = 10⁻⁴,
///
/// so that η(0) = 0 and η(1) = 1 stay exact. The value J of all r_e has the slopes J_e = ∂J/∂r_e:
///
///     p-norm: J = (Σ r^P)^(1/P),        J_e = (r_e/J)^(P−1)
///     KS:     J = 1/P ln Σ exp(P r),    J_e = exp(P (r_e − J))
///
/// and ``ElementStresses`` has the derivatives of s_e. The strain is B̄ u, so that ∂J/∂u = B̄ᵀ ∂J/∂ε.
struct StressTerm: TermEvaluator {
  let aggregate: Aggregate
  let cases: [Int]
  /// Elements that do not count, because the stress is singular beside them, of each of the cases.
  let omitted: [[Int]]
  private static let shift = 1e-4

  func evaluate(_ state: DesignState) -> TermEvaluation {
    let stresses = cases.map { ElementStresses(state, inCase: $0) }
    let count = state.fields.density.count
    let scale = 1 / (aggregate.limit ?? 1)
    let relaxation = relaxation(at: state.fields.density)
    var values = multiples(
      stresses.flatMap { products(relaxation.value, $0.vonMises) }, by: scale)
    let uncounted = omitted.enumerated().flatMap { order, elements in
      elements.map { order * count + $0 }
    }
    // What adds nothing: r = 0 to Σ r^P, −∞ to Σ exp(P r).
    for place in uncounted { values[place] = aggregate.function == .ks ? -.infinity : 0 }
    var (value, slopes) = aggregated(values)
    for place in uncounted { slopes[place] = 0 }
    var evaluation = TermEvaluation(value: value)
    let zeros = [Double](repeating: 0, count: count)
    evaluation.fields.density = zeros
    evaluation.fields.solidLambda = zeros
    evaluation.fields.solidShear = zeros
    if !state.temperatureRise.isEmpty {
      evaluation.fields.solidThermalStress = zeros
      evaluation.temperatureRise = zeros
    }
    for (order, place) in cases.enumerated() {
      let stress = stresses[order]
      var byStrain = [Double](repeating: 0, count: state.strains[place].count)
      let slopes = multiples(slopes[(order * count)..<((order + 1) * count)], by: scale)
      addProducts(slopes, stress.vonMises, relaxation.slope, to: &evaluation.fields.density)
      stress.addDerivatives(
        times: products(slopes, relaxation.value), toStrain: &byStrain,
        constants: &evaluation.fields,
        temperatureRise: &evaluation.temperatureRise)
      evaluation.strains[place] = byStrain
    }
    return evaluation
  }

  /// η of every element.
  private func relaxation(at density: [Double]) -> InterpolatedImage {
    let (q, δ) = (aggregate.relaxation, Self.shift)
    func power(_ x: Double) -> Double { q == 0.5 ? x.squareRoot() : pow(x, q) }
    let low = power(δ)
    let divisor = power(1 + δ) - low
    guard divisor > 0 else {  // q = 0: nothing is relaxed
      return InterpolatedImage(
        value: density.map { _ in 1 }, slope: [Double](repeating: 0, count: density.count))
    }
    var (value, slope) = (density, density)
    var values = value.mutableSpan
    var slopes = slope.mutableSpan
    for element in values.indices {
      let shifted = values[element] + δ
      let raisedDensity = power(shifted)
      values[element] = (raisedDensity - low) / divisor
      slopes[element] = q * raisedDensity / (shifted * divisor)
    }
    return InterpolatedImage(value: value, slope: slope)
  }

  private func aggregated(_ values: [Double]) -> (value: Double, slopes: [Double]) {
    let exponent = aggregate.exponent
    switch aggregate.function {
    case .pNorm: return norm(values, exponent: exponent)
    case .ks:
      let largest = values.max() ?? 0
      var sum = 0.0
      for value in values { sum += exp(exponent * (value - largest)) }
      let value = largest + log(sum) / exponent
      return (value, values.map { exp(exponent * ($0 - value)) })
    }
  }
}
