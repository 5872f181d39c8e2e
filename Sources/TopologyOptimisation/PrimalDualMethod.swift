import Manufacturability

/// Newton's method on the relaxed optimality conditions of a ``SeparableProblem``, relaxed less and less.
///
/// With ψ(t, λ) = ψ₀ + Σ λᵢ ψᵢ the conditions are
///
///     ∂ψ/∂tⱼ − ξⱼ + ηⱼ = 0        ξⱼ (tⱼ − αⱼ) = ε      ηⱼ (βⱼ − tⱼ) = ε
///     c + yᵢ − λᵢ − μᵢ = 0         μᵢ yᵢ = ε
///     ψᵢ(t) − yᵢ + sᵢ − bᵢ = 0     λᵢ sᵢ = ε
///
/// Linearised, all but Δt and Δλ follow from their own row, and Δt from Δλ because ψ is separable: with
/// D = ∂²ψ/∂t² + ξ/(t − α) + η/(β − t), a diagonal, Dy = 1 + μ/y, and G = ∂ψᵢ/∂tⱼ,
///
///     (G D⁻¹ Gᵀ + diag(s/λ + 1/Dy)) Δλ = rλ + ry/Dy − G D⁻¹ rt,       Δt = −D⁻¹ (rt + Gᵀ Δλ)
///     rt = ∂ψ/∂t − ε/(t − α) + ε/(β − t),   ry = c + y − λ − ε/y,   rλ = ψᵢ − y − b + ε/λ
///
/// a positive definite system of *m* unknowns.
///
/// - Source: the conditions and the careful strategy of steps are those of Svanberg, *MMA and GCMMA* (2007), §5, without its
///   variable *z*.
struct PrimalDualMethod {
  private let problem: SeparableProblem
  private(set) var point: PrimalDualPoint
  private var trial: PrimalDualPoint
  private var direction: PrimalDualPoint

  // What the last call of `residual` found at `trial`.
  /// 1/(1 − t) and 1/(1 + t).
  private var upperInverse: [VariablePack]
  private var lowerInverse: [VariablePack]
  /// p₀ + Σ λ p and q₀ + Σ λ q.
  private var rise: [VariablePack]
  private var fall: [VariablePack]
  /// ψᵢ of the constraints.
  private var values: [Double]

  // The system for Δλ.
  private var slopes: [VariablePack]
  private var inverseCurvature: [VariablePack]
  private var system: [Double]

  init(of problem: SeparableProblem) {
    self.problem = problem
    let (count, rows) = (problem.packCount, problem.constraintCount)
    let one = VariablePack(repeating: 1)
    var places = problem.lower
    var bounds = problem.lower
    for pack in 0..<count {
      let (lower, upper) = (problem.lower[pack], problem.upper[pack])
      places[pack] = 0.5 * (lower + upper)
      bounds[pack] = pointwiseMax(one, 2 / (upper - lower))
    }
    point = PrimalDualPoint(
      places: places, lowerMultipliers: bounds, upperMultipliers: bounds,
      violations: Array(repeating: 1, count: rows),
      violationMultipliers: Array(repeating: max(1, 0.5 * problem.violationCost), count: rows),
      multipliers: Array(repeating: 1, count: rows), slacks: Array(repeating: 1, count: rows))
    trial = point
    direction = point
    upperInverse = Array(repeating: .zero, count: count)
    lowerInverse = upperInverse
    rise = upperInverse
    fall = upperInverse
    values = Array(repeating: 0, count: rows)
    slopes = Array(repeating: .zero, count: count * rows)
    inverseCurvature = upperInverse
    system = Array(repeating: 0, count: rows * (rows + 1))
  }

  /// The last ε: it leaves in the variables' multipliers, all together, about *n* times itself.
  private static let precision = 1e-11

  /// The solution.
  mutating func run() -> PrimalDualPoint {
    let start = point
    if runFast() { return point }
    point = start
    runCarefully()
    return point
  }

  /// Newton steps with ε at a part of the present mean of the complementary products, the smaller the longer the last step was.
  ///
  /// - Returns: Whether `point` is the solution; nothing holds these steps back from overshooting.
  mutating func runFast() -> Bool {
    guard problem.packCount > 0 else { return true }
    var lastStep = 0.0
    for _ in 0..<100 {
      let relaxation = max(
        Self.precision, meanProduct() * (lastStep > 0.9 ? 0.05 : lastStep > 0.5 ? 0.2 : 0.5))
      if pointResidual(relaxation).largest < 0.9 * relaxation, relaxation == Self.precision {
        return true
      }
      findDirection(relaxation)
      lastStep = longestStep()
      guard lastStep > 0 else { return false }
      move(by: lastStep)
      swap(&point, &trial)
    }
    return false
  }

  /// The strategy of the source: ε is divided by ten when its conditions hold, and no step may raise the residual.
  mutating func runCarefully() {
    guard problem.packCount > 0 else { return }
    var relaxation = 1.0
    while true {
      var state = pointResidual(relaxation)
      // The bound on Newton steps is never reached in exact arithmetic; it ends a search that round-off has stopped.
      for _ in 0..<200 where state.largest >= 0.9 * relaxation {
        findDirection(relaxation)
        guard let next = advance(relaxation, from: state.norm) else { break }
        state = next
      }
      if relaxation == Self.precision { return }
      relaxation = max(Self.precision, 0.1 * relaxation)
    }
  }

  /// The mean of all products that vanish at the optimum.
  private func meanProduct() -> Double {
    var sum = VariablePack.zero
    for pack in 0..<problem.packCount {
      sum +=
        point.lowerMultipliers[pack] * (point.places[pack] - problem.lower[pack])
        + point.upperMultipliers[pack] * (problem.upper[pack] - point.places[pack])
    }
    var total = sum.sum()
    for row in 0..<problem.constraintCount {
      total +=
        point.violations[row] * point.violationMultipliers[row]
        + point.multipliers[row] * point.slacks[row]
    }
    return total / Double(16 * problem.packCount + 2 * problem.constraintCount)
  }

  /// ``residual(_:)`` at `point`; exchanging the two copies nothing.
  private mutating func pointResidual(_ relaxation: Double) -> (norm: Double, largest: Double) {
    swap(&point, &trial)
    defer { swap(&point, &trial) }
    return residual(relaxation)
  }

  /// Moves `point` along `direction` as far as everything stays positive and the residual falls; `nil` where it does not.
  private mutating func advance(_ relaxation: Double, from norm: Double) -> (
    norm: Double, largest: Double
  )? {
    var step = longestStep()
    for _ in 0..<30 {
      move(by: step)
      let state = residual(relaxation)
      if state.norm < norm {
        swap(&point, &trial)
        return state
      }
      step *= 0.5
    }
    return nil
  }

  /// The sum of the conditions' squares at `trial`, and the largest of their sizes.
  private mutating func residual(_ relaxation: Double) -> (norm: Double, largest: Double) {
    let (count, rows) = (problem.packCount, problem.constraintCount)
    var squares = VariablePack.zero
    var sizes = VariablePack.zero
    for pack in 0..<count {
      let place = trial.places[pack]
      upperInverse[pack] = 1 / (1 - place)
      lowerInverse[pack] = 1 / (1 + place)
      rise[pack] = problem.rise[pack]
      fall[pack] = problem.fall[pack]
    }
    for row in 0..<rows {
      let start = (row + 1) * count
      let multiplier = trial.multipliers[row]
      var value = VariablePack.zero
      for pack in 0..<count {
        let (p, q) = (problem.rise[start + pack], problem.fall[start + pack])
        rise[pack] += multiplier * p
        fall[pack] += multiplier * q
        value += p * upperInverse[pack] + q * lowerInverse[pack]
      }
      values[row] = value.sum()
    }
    for pack in 0..<count {
      let place = trial.places[pack]
      let (upper, lower) = (upperInverse[pack], lowerInverse[pack])
      let (low, high) = (trial.lowerMultipliers[pack], trial.upperMultipliers[pack])
      let slope = rise[pack] * upper * upper - fall[pack] * lower * lower - low + high
      let atLower = low * (place - problem.lower[pack]) - relaxation
      let atUpper = high * (problem.upper[pack] - place) - relaxation
      squares += slope * slope + atLower * atLower + atUpper * atUpper
      sizes = pointwiseMax(sizes, magnitude(slope))
      sizes = pointwiseMax(sizes, magnitude(atLower))
      sizes = pointwiseMax(sizes, magnitude(atUpper))
    }
    var (norm, largest) = (squares.sum(), sizes.max())
    for row in 0..<rows {
      let (y, λ) = (trial.violations[row], trial.multipliers[row])
      let (μ, s) = (trial.violationMultipliers[row], trial.slacks[row])
      for value in [
        problem.violationCost + y - λ - μ, μ * y - relaxation,
        values[row] - y + s - problem.limits[row], λ * s - relaxation,
      ] {
        norm += value * value
        largest = max(largest, abs(value))
      }
    }
    return (norm, largest)
  }

  /// Newton's direction at `point`, which the last call of `residual` looked at.
  private mutating func findDirection(_ relaxation: Double) {
    let (count, rows) = (problem.packCount, problem.constraintCount)
    // rt is kept where Δt will be.
    for pack in 0..<count {
      let (upper, lower) = (upperInverse[pack], lowerInverse[pack])
      let rising = rise[pack] * upper * upper
      let falling = fall[pack] * lower * lower
      let fromLower = 1 / (point.places[pack] - problem.lower[pack])
      let fromUpper = 1 / (problem.upper[pack] - point.places[pack])
      inverseCurvature[pack] =
        1
        / (2 * (rising * upper + falling * lower) + point.lowerMultipliers[pack] * fromLower
          + point.upperMultipliers[pack] * fromUpper)
      direction.places[pack] = rising - falling + relaxation * (fromUpper - fromLower)
    }
    for row in 0..<rows {
      let start = row * count
      var projection = VariablePack.zero
      for pack in 0..<count {
        let (upper, lower) = (upperInverse[pack], lowerInverse[pack])
        let slope =
          problem.rise[start + count + pack] * upper * upper
          - problem.fall[start + count + pack] * lower * lower
        slopes[start + pack] = slope
        projection += slope * inverseCurvature[pack] * direction.places[pack]
      }
      let (y, λ) = (point.violations[row], point.multipliers[row])
      let violationCurvature = 1 + point.violationMultipliers[row] / y
      let violationResidual = problem.violationCost + y - λ - relaxation / y
      direction.violations[row] = violationResidual
      direction.multipliers[row] =
        values[row] - y - problem.limits[row] + relaxation / λ
        + violationResidual / violationCurvature - projection.sum()
      for column in 0...row {
        var product = VariablePack.zero
        for pack in 0..<count {
          product +=
            slopes[start + pack] * inverseCurvature[pack] * slopes[column * count + pack]
        }
        system[row * rows + column] = product.sum()
      }
      system[row * rows + row] += point.slacks[row] / λ + 1 / violationCurvature
    }
    solveSystem()
    for row in 0..<rows {
      let change = direction.multipliers[row]
      for pack in 0..<count {
        direction.places[pack] += change * slopes[row * count + pack]
      }
      let (y, μ) = (point.violations[row], point.violationMultipliers[row])
      let violation = (change - direction.violations[row]) / (1 + μ / y)
      direction.violations[row] = violation
      direction.violationMultipliers[row] = relaxation / y - μ - μ / y * violation
      let (λ, s) = (point.multipliers[row], point.slacks[row])
      direction.slacks[row] = relaxation / λ - s - s / λ * change
    }
    for pack in 0..<count {
      let move = -inverseCurvature[pack] * direction.places[pack]
      direction.places[pack] = move
      let fromLower = 1 / (point.places[pack] - problem.lower[pack])
      let fromUpper = 1 / (problem.upper[pack] - point.places[pack])
      let (low, high) = (point.lowerMultipliers[pack], point.upperMultipliers[pack])
      direction.lowerMultipliers[pack] = relaxation * fromLower - low - low * fromLower * move
      direction.upperMultipliers[pack] = relaxation * fromUpper - high + high * fromUpper * move
    }
  }

  /// Solves for Δλ by Cholesky factorization in place: a handful of unknowns, too few for a library.
  private mutating func solveSystem() {
    let rows = problem.constraintCount
    for row in 0..<rows {
      for column in 0...row {
        var value = system[row * rows + column]
        for k in 0..<column { value -= system[row * rows + k] * system[column * rows + k] }
        // The diagonal that was added is positive, but round-off may eat it where constraints depend on each other.
        system[row * rows + column] =
          row == column
          ? max(value, .leastNormalMagnitude).squareRoot()
          : value / system[column * rows + column]
      }
    }
    for row in 0..<rows {
      for k in 0..<row {
        direction.multipliers[row] -= system[row * rows + k] * direction.multipliers[k]
      }
      direction.multipliers[row] /= system[row * rows + row]
    }
    for row in (0..<rows).reversed() {
      for k in row + 1..<max(row + 1, rows) {
        direction.multipliers[row] -= system[k * rows + row] * direction.multipliers[k]
      }
      direction.multipliers[row] /= system[row * rows + row]
    }
  }

  /// The longest step, at most 1, that leaves every positive number a hundredth of itself.
  private func longestStep() -> Double {
    // The largest −Δv/v over all positive v.
    var decline = VariablePack.zero
    for pack in 0..<problem.packCount {
      let move = direction.places[pack]
      let place = point.places[pack]
      decline = pointwiseMax(decline, move / (problem.upper[pack] - place))
      decline = pointwiseMax(decline, -move / (place - problem.lower[pack]))
      decline = pointwiseMax(
        decline, -direction.lowerMultipliers[pack] / point.lowerMultipliers[pack])
      decline = pointwiseMax(
        decline, -direction.upperMultipliers[pack] / point.upperMultipliers[pack])
    }
    var steepest = decline.max()
    for row in 0..<problem.constraintCount {
      steepest = max(steepest, -direction.violations[row] / point.violations[row])
      steepest = max(
        steepest, -direction.violationMultipliers[row] / point.violationMultipliers[row])
      steepest = max(steepest, -direction.multipliers[row] / point.multipliers[row])
      steepest = max(steepest, -direction.slacks[row] / point.slacks[row])
    }
    return 1 / max(1, 1.01 * steepest)
  }

  /// `trial` = `point` + `step` · `direction`.
  private mutating func move(by step: Double) {
    for pack in 0..<problem.packCount {
      trial.places[pack] = point.places[pack] + step * direction.places[pack]
      trial.lowerMultipliers[pack] =
        point.lowerMultipliers[pack] + step * direction.lowerMultipliers[pack]
      trial.upperMultipliers[pack] =
        point.upperMultipliers[pack] + step * direction.upperMultipliers[pack]
    }
    for row in 0..<problem.constraintCount {
      trial.violations[row] = point.violations[row] + step * direction.violations[row]
      trial.violationMultipliers[row] =
        point.violationMultipliers[row] + step * direction.violationMultipliers[row]
      trial.multipliers[row] = point.multipliers[row] + step * direction.multipliers[row]
      trial.slacks[row] = point.slacks[row] + step * direction.slacks[row]
    }
  }
}

private func magnitude(_ pack: VariablePack) -> VariablePack {
  pack.replacing(with: -pack, where: pack .< 0)
}

private func pointwiseMax(_ a: VariablePack, _ b: VariablePack) -> VariablePack {
  a.replacing(with: b, where: a .< b)
}
