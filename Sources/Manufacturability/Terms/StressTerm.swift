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
/// and with g_e = J_e η_e/s₀ M σ/s_e, the derivative by the stress, the chain ends in ∂J/∂u = B̄ᵀ C g, ∂J/∂θ = −β g·1,
/// ∂J/∂λ = tr ε g·1, ∂J/∂μ = 2 g:ε, ∂J/∂β = −θ g·1.
struct StressTerm: TermEvaluator {
  let aggregate: Aggregate
  let cases: [Int]
  private static let shift = 1e-4

  func evaluate(_ state: DesignState) -> TermOutcome {
    let geometry = state.problem.displacement
    let stresses = cases.map {
      ElementStresses(state, of: state.displacements[$0], isWarm: state.problem.isWarm($0))
    }
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
    var byDensity = zeros
    var byLateral = zeros
    var byShear = zeros
    var byThermalStress = zeros
    var warming = state.warming.isEmpty ? [] : zeros
    for (order, place) in cases.enumerated() {
      let stress = stresses[order]
      var load = [Double](repeating: 0, count: geometry.unknownCount)
      let isWarm = state.problem.isWarm(place) && !state.warming.isEmpty
      for element in 0..<count {
        let slope = slopes[order * count + element] * scale
        let vonMises = stress.vonMises[element]
        guard slope != 0, vonMises > 0 else { continue }
        byDensity[element] += slope * vonMises * relaxation[element].slope
        let derivative = stress.derivative(
          at: element, times: slope * relaxation[element].value / vonMises)
        stress.addLoad(of: derivative, at: element, state, to: &load)
        let (normal, work) = stress.parts(of: derivative, at: element)
        byLateral[element] += normal * stress.dilatation(at: element)
        byShear[element] += 2 * work
        if isWarm {
          byThermalStress[element] -= state.warming[element] * normal
          warming[element] -= state.fields.solidThermalStress[element] * normal
        }
      }
      outcome.displacements[place] = load
    }
    outcome.fields.density = byDensity
    outcome.fields.solidLateral = byLateral
    outcome.fields.solidShear = byShear
    outcome.fields.solidThermalStress = byThermalStress
    outcome.warming = warming
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
