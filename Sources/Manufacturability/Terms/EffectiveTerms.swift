/// A component of a homogenised constant; with a target the squared difference from it, relative to the target or, where that is zero, to
/// the first solid's constant.
///
/// Those of the compliance S = C*⁻¹ follow from dS = −S dC* S: with s_i column i of S
///
///     d(dᵀ S d) = −yᵀ dC* y, y = S d
///     ν = −S_rc / S_cc,  dν = (s_rᵀ dC* s_c + ν s_cᵀ dC* s_c) / S_cc
struct EffectiveTerm: TermEvaluator {
  enum Constant: Sendable {
    case stiffness(row: Int, column: Int)
    case conductivity(row: Int, column: Int)
    case expansion(row: Int)
    case compliance(direction: [Double])
    case poissonsRatio(row: Int, column: Int)
  }
  let constant: Constant
  let target: Double?
  /// What differences are divided by.
  let scale: Double

  func evaluate(_ state: DesignState) -> TermEvaluation {
    guard let constants = state.homogenized else {
      preconditionFailure("an effective constant of a design that is no periodic cell")
    }
    var byConstants = HomogenizedConstants.zero(
      components: constants.thermalStress.count, axes: constants.conductivity.count)
    let component: Double
    switch constant {
    case .stiffness(let row, let column):
      component = constants.stiffness[row][column]
      byConstants.stiffness[row][column] = 1
    case .conductivity(let row, let column):
      component = constants.conductivity[row][column]
      byConstants.conductivity[row][column] = 1
    case .expansion(let row):
      component = constants.expansion[row]
      byConstants.expansion[row] = 1
    case .compliance(let direction):
      let strain = constants.strain(under: direction)
      component = dot(direction, strain)
      byConstants.addStiffness(strain, strain, times: -1)
    case .poissonsRatio(let row, let column):
      let unit = { (place: Int) in constants.thermalStress.indices.map { $0 == place ? 1.0 : 0 } }
      let (pulled, other) = (
        constants.strain(under: unit(column)), constants.strain(under: unit(row))
      )
      component = -pulled[row] / pulled[column]
      byConstants.addStiffness(other, pulled, times: 1 / pulled[column])
      byConstants.addStiffness(pulled, pulled, times: component / pulled[column])
    }
    guard let target else { return TermEvaluation(value: component, homogenized: byConstants) }
    let difference = (component - target) / scale
    return TermEvaluation(
      value: difference * difference,
      homogenized: byConstants.scaled(by: 2 * difference / scale))
  }
}

extension HomogenizedConstants {
  /// C*⁻¹ σ: the mean strain under a mean stress, Voigt's order.
  func strain(under stress: [Double]) -> [Double] { symmetricSolution(of: stiffness, stress) }

  /// Adds factor · a bᵀ to what stands for the derivative by C*.
  mutating func addStiffness(_ a: [Double], _ b: [Double], times factor: Double) {
    for i in a.indices { for j in b.indices { stiffness[i][j] += factor * a[i] * b[j] } }
  }
}
