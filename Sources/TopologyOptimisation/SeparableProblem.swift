import Manufacturability

/// Eight variables side by side.
typealias VariablePack = SIMD8<Double>

/// The convex problem that stands in for a nonlinear one in ``MovingAsymptotes``.
///
/// Variables *t* count from the middle between their asymptotes, which are at ±1. With *ψᵢ(t)* = Σⱼ *pᵢⱼ* / (1 − *tⱼ*)
/// + *qᵢⱼ* / (1 + *tⱼ*): minimize *ψ₀(t)* + Σᵢ (*c yᵢ* + *yᵢ*²/2) so that *ψᵢ(t)* − *yᵢ* ≤ *bᵢ*, α ≤ *t* ≤ β and
/// *y* ≥ 0. The *y* let every problem have a solution.
struct SeparableProblem: Sendable {
  let variableCount: Int
  let packCount: Int
  let constraintCount: Int
  /// *c*.
  let violationCost: Double
  /// α and β, between −1 and 1.
  var lower: [VariablePack]
  var upper: [VariablePack]
  /// *p* and *q*, one row of packs per function, the objective's first.
  var rise: [VariablePack]
  var fall: [VariablePack]
  /// *b*.
  var limits: [Double]

  init(variableCount: Int, constraintCount: Int, violationCost: Double) {
    let packCount = (variableCount + 7) / 8
    self.variableCount = variableCount
    self.packCount = packCount
    self.constraintCount = constraintCount
    self.violationCost = violationCost
    // The lanes left over in the last pack hold variables that touch no constraint and rest in the middle of their box.
    lower = Array(repeating: VariablePack(repeating: -0.5), count: packCount)
    upper = Array(repeating: VariablePack(repeating: 0.5), count: packCount)
    rise = Array(repeating: .zero, count: packCount * (constraintCount + 1))
    fall = rise
    for variable in variableCount..<packCount * 8 {
      rise[variable / 8][variable % 8] = 1
      fall[variable / 8][variable % 8] = 1
    }
    limits = Array(repeating: 0, count: constraintCount)
  }

  mutating func setBounds(_ variable: Int, _ lower: Double, _ upper: Double) {
    self.lower[variable / 8][variable % 8] = lower
    self.upper[variable / 8][variable % 8] = upper
  }

  mutating func setFunction(_ function: Int, _ variable: Int, rise: Double, fall: Double) {
    let (pack, lane) = (variable / 8, variable % 8)
    self.rise[function * packCount + pack][lane] = rise
    self.fall[function * packCount + pack][lane] = fall
  }

  /// The solution: with one constraint or none to round-off, with more to a complementarity of 1e-11 in the measure of the functions.
  func minimum() -> (places: [VariablePack], multipliers: [Double]) {
    if constraintCount <= 1 {
      var method = DualMethod(of: self)
      let multiplier = method.run()
      return (method.places, Array(repeating: multiplier, count: constraintCount))
    }
    var method = PrimalDualMethod(of: self)
    let point = method.run()
    return (point.places, point.multipliers)
  }
}

/// Variables and multipliers of a ``SeparableProblem``, or a direction in which they move.
struct PrimalDualPoint: Sendable {
  /// *t*, and the multipliers ξ of α ≤ *t* and η of *t* ≤ β.
  var places: [VariablePack]
  var lowerMultipliers: [VariablePack]
  var upperMultipliers: [VariablePack]
  /// *y*, and the multipliers μ of *y* ≥ 0.
  var violations: [Double]
  var violationMultipliers: [Double]
  /// λ, and the slacks *s* of the constraints.
  var multipliers: [Double]
  var slacks: [Double]
}
