/// Compliance c = Σ_l w_l f_l·u_l over the load cases, thermal forces among the loads; with a reference the excess c/c₀ − 1.
///
/// With K u = f the adjoint is the solution itself, no further solve:
///
///     dc = Σ w (df·u + f·du),  f·du = u·K du = u·(df − dK u)
///        = Σ w (2 u·df − u·dK u)
struct ComplianceTerm: TermEvaluator {
  let cases: [(place: Int, weight: Double)]
  let reference: Double?

  func evaluate(_ state: DesignState) -> TermEvaluation {
    let scale = reference.map { 1 / $0 } ?? 1
    var evaluation = TermEvaluation(value: reference == nil ? 0 : -1)
    for (place, weight) in cases {
      evaluation.value += scale * weight * dot(state.forces[place], state.displacements[place])
      evaluation.selfAdjoint[place] = scale * weight
    }
    return evaluation
  }
}
