/// A component of a homogenised constant; with a target the squared difference from it, relative to the target or, where that is zero, to
/// the first solid's constant.
struct EffectiveTerm: TermEvaluator {
  enum Constant: Sendable {
    case stiffness(row: Int, column: Int)
    case conductivity(row: Int, column: Int)
    case expansion(row: Int)
  }
  let constant: Constant
  let target: Double?
  /// What differences are divided by.
  let scale: Double

  func evaluate(_ state: DesignState) -> TermEvaluation {
    guard let constants = state.homogenized else {
      preconditionFailure("an effective constant of a design that is no periodic cell")
    }
    let component =
      switch constant {
      case .stiffness(let row, let column): constants.stiffness[row][column]
      case .conductivity(let row, let column): constants.conductivity[row][column]
      case .expansion(let row): constants.expansion[row]
      }
    var (value, slope) = (component, 1.0)
    if let target {
      let difference = (component - target) / scale
      (value, slope) = (difference * difference, 2 * difference / scale)
    }
    var byConstants = HomogenizedConstants.zero(
      components: constants.thermalStress.count, axes: constants.conductivity.count)
    switch constant {
    case .stiffness(let row, let column): byConstants.stiffness[row][column] = slope
    case .conductivity(let row, let column): byConstants.conductivity[row][column] = slope
    case .expansion(let row): byConstants.expansion[row] = slope
    }
    return TermEvaluation(value: value, homogenized: byConstants)
  }
}
