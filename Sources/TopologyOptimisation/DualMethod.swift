internal import Glibc
internal import Manufacturability

/// The solution of a ``SeparableProblem`` with one constraint or none, by its dual.
///
/// For a given multiplier λ the Lagrangian falls apart into one function per variable, *P*/(1 − *t*) + *Q*/(1 + *t*) with
/// *P* = *p₀* + λ *p₁* and *Q* = *q₀* + λ *q₁*, whose minimum is (√Q − √P)/(√Q + √P), or the end of the box that lies nearest. What the
/// constraint then is, *h*(λ) = ψ₁(*t*(λ)) − *b* − max(0, λ − *c*), falls with λ, and is zero at the optimum unless *h*(0) ≤ 0:
/// Newton's method in ln λ between bounds, with *h*′ = −Σ ψ₁′² / ψ″ over the variables inside their box.
///
/// - Source: Svanberg, *The method of moving asymptotes* (1987), §5.
struct DualMethod {
  private let problem: SeparableProblem
  private(set) var places: [VariablePack]

  init(of problem: SeparableProblem) {
    precondition(problem.constraintCount <= 1, "\(problem.constraintCount) constraints")
    self.problem = problem
    places = problem.lower
  }

  /// The multiplier; 0 without a constraint. ``places`` are the variables afterwards.
  mutating func run() -> Double {
    let start = excess(0)
    guard problem.constraintCount == 1, start.value > 0 else { return 0 }
    // A multiplier as large as the violation's price and more always is too large.
    var (low, high) = (0.0, Double.infinity)
    var multiplier = 1e-3
    for attempt in 0... {
      let trial = excess(multiplier)
      if abs(trial.value) <= trial.roundOff { return multiplier }
      if trial.value > 0 { low = multiplier } else { high = multiplier }
      // d h / d ln λ = λ h′
      var next = multiplier * exp(-trial.value / (multiplier * trial.slope))
      // Newton needs ten steps; where kinks make it slow, halving the bracket is as good.
      if !(next > low && next < high) || attempt > 30 {
        next = high == .infinity ? 100 * low : low == 0 ? 0.01 * high : (low * high).squareRoot()
      }
      // Newton has come to rest, or the bracket is as narrow as numbers are.
      if abs(next - multiplier) <= 1e-15 * multiplier || !(next > low && next < high) {
        return multiplier
      }
      multiplier = next
    }
    return multiplier
  }

  /// *h* and *h*′ at a multiplier, and how exactly *h* is known.
  private mutating func excess(_ multiplier: Double) -> (
    value: Double, slope: Double, roundOff: Double
  ) {
    let count = problem.packCount
    let hasConstraint = problem.constraintCount == 1
    var value = VariablePack.zero
    var slope = VariablePack.zero
    for pack in 0..<count {
      var (rise, fall) = (problem.rise[pack], problem.fall[pack])
      if hasConstraint {
        rise += multiplier * problem.rise[count + pack]
        fall += multiplier * problem.fall[count + pack]
      }
      let (up, down) = (rise.squareRoot(), fall.squareRoot())
      var place = (down - up) / (down + up)
      let (lower, upper) = (problem.lower[pack], problem.upper[pack])
      let isFree = (place .> lower) .& (place .< upper)
      place.replace(with: lower, where: place .< lower)
      place.replace(with: upper, where: place .> upper)
      places[pack] = place
      guard hasConstraint else { continue }
      let (toUpper, toLower) = (1 / (1 - place), 1 / (1 + place))
      let (a, b) = (problem.rise[count + pack] * toUpper, problem.fall[count + pack] * toLower)
      value += a + b
      let difference = a * toUpper - b * toLower
      let curvature = 2 * (rise * toUpper * toUpper * toUpper + fall * toLower * toLower * toLower)
      slope += (difference * difference / curvature).replacing(with: 0, where: .!isFree)
    }
    guard hasConstraint else { return (0, 0, 0) }
    let sum = value.sum()
    let violation = max(0, multiplier - problem.violationCost)
    return (
      sum - problem.limits[0] - violation, -slope.sum() - (violation > 0 ? 1 : 0),
      1e-15 * (abs(sum) + abs(problem.limits[0]))
    )
  }
}
