/// The largest relaxed von Mises stress of all elements and load cases, as a p-norm or by Kreisselmeier and Steinhauser.
///
/// The stress in the solid at the centre of an element, σ = λ tr ε + 2 μ ε − β θ with the solid's own constants and the warming θ,
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
  private static let shift = 1e-4

  func evaluate(_ state: DesignState) -> TermOutcome {
    let stresses = cases.map { ElementStresses(state, inCase: $0) }
    let count = state.fields.density.count
    let scale = 1 / (aggregate.limit ?? 1)
    let relaxation = state.fields.density.map { relaxed($0) }
    var relative: [Double] = []
    relative.reserveCapacity(cases.count * count)
    for stress in stresses {
      for element in 0..<count {
        relative.append(relaxation[element].value * stress.vonMises[element] * scale)
      }
    }
    let (value, slopes) = aggregated(relative)
    var outcome = TermOutcome(value: value)
    let zeros = [Double](repeating: 0, count: count)
    outcome.fields.density = zeros
    outcome.fields.solidLateral = zeros
    outcome.fields.solidShear = zeros
    if !state.warming.isEmpty {
      outcome.fields.solidThermalStress = zeros
      outcome.warming = zeros
    }
    for (order, place) in cases.enumerated() {
      let stress = stresses[order]
      var byStrain = [Double](repeating: 0, count: state.strains[place].count)
      var factors = zeros
      var byDensity = outcome.fields.density.mutableSpan
      for element in 0..<count {
        let slope = slopes[order * count + element] * scale
        byDensity[element] += slope * stress.vonMises[element] * relaxation[element].slope
        factors[element] = slope * relaxation[element].value
      }
      stress.addDerivatives(
        times: factors, toStrain: &byStrain, constants: &outcome.fields, warming: &outcome.warming)
      outcome.strains[place] = byStrain
    }
    return outcome
  }

  private func relaxed(_ density: Double) -> (value: Double, slope: Double) {
    let (q, δ) = (aggregate.relaxation, Self.shift)
    func power(_ x: Double) -> Double { q == 0.5 ? x.squareRoot() : raised(x, q) }
    let low = power(δ)
    let divisor = power(1 + δ) - low
    guard divisor > 0 else { return (1, 0) }  // q = 0: nothing is relaxed
    let raisedDensity = power(density + δ)
    return ((raisedDensity - low) / divisor, q * raisedDensity / (density + δ) / divisor)
  }

  private func aggregated(_ values: [Double]) -> (value: Double, slopes: [Double]) {
    let exponent = aggregate.exponent
    switch aggregate.function {
    case .pNorm: return norm(values, exponent: exponent)
    case .ks:
      let largest = values.max() ?? 0
      var sum = 0.0
      for value in values { sum += exponential(exponent * (value - largest)) }
      let value = largest + logarithm(sum) / exponent
      return (value, values.map { exponential(exponent * ($0 - value)) })
    }
  }
}
