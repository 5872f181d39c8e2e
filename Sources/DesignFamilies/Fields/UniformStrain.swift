internal import DesignProblem
internal import Manufacturability

/// Stress and strain energy at the centres of the uniform design's elements in one load case, both but for powers of the side's length.
struct UniformStrain {
  /// xx, yy, xy.
  var stress: [SIMD3<Double>]
  /// The density of the strain energy.
  var energy: [Double]

  /// - Parameter place: The load case's.
  init(_ answer: UniformAnswer, inCase place: Int) {
    let problem = answer.task.stated
    let grid = problem.grid
    let u = answer.evaluation?.displacements[place] ?? []
    let rise =
      problem.loadCases[place].isWarm && problem.heat?.deforms != false
      ? answer.temperatureRise : []
    let solid = UniformSolid(problem)
    let (factor, ν) = (solid.factor, solid.poissonsRatio)
    stress = [SIMD3<Double>](repeating: .zero, count: answer.elementCount)
    energy = [Double](repeating: 0, count: answer.elementCount)
    for element in stress.indices where !answer.isVoid(element) {
      let (a, b, c, d) = grid.corners(ofElement: element)
      func corner(_ node: Int) -> SIMD2<Double> { SIMD2(u[2 * node], u[2 * node + 1]) }
      // Strains at the centre of a bilinear square, those of a free expansion taken off.
      let x = 0.5 * (corner(b) - corner(a) + corner(c) - corner(d))
      let y = 0.5 * (corner(d) - corner(a) + corner(c) - corner(b))
      let free = rise.isEmpty ? 0 : solid.expansion * rise[element] * grid.pixelSize
      let (εx, εy, γ) = (x[0] - free, y[1] - free, x[1] + y[0])
      let σ = factor * SIMD3(εx + ν * εy, εy + ν * εx, 0.5 * (1 - ν) * γ)
      energy[element] = 0.5 * (σ[0] * εx + σ[1] * εy + σ[2] * γ)
      stress[element] = σ
    }
  }
}

/// The solid of the uniform design in plane stress: the only one, or two of equal shares, mixed as the solver mixes them.
private struct UniformSolid {
  /// E / (1 − ν²)
  var factor: Double
  var poissonsRatio: Double
  var expansion: Double

  init(_ problem: ManufacturabilityProblem) {
    let solids = problem.solids.sorted { $0.index < $1.index }
    self.init(solids[0])
    guard solids.count == 2 else { return }
    let other = Self(solids[1])
    let interpolation = problem.interpolation
    let weight = interpolation.weight(
      ConditioningFields.uniformShare, penalty: interpolation.phasePenalty ?? interpolation.penalty
    ).value
    // λ + 2μ, λ and (2λ + 2μ) α are mixed.
    func mixed(_ a: Double, _ b: Double) -> Double { a + weight * (b - a) }
    let swelling = mixed(
      factor * (1 + poissonsRatio) * expansion,
      other.factor * (1 + other.poissonsRatio) * other.expansion)
    let lambda = mixed(factor * poissonsRatio, other.factor * other.poissonsRatio)
    factor = mixed(factor, other.factor)
    poissonsRatio = lambda / factor
    expansion = swelling / (factor * (1 + poissonsRatio))
  }

  private init(_ solid: SolidPhase) {
    let ν = solid.poissonsRatio
    (factor, poissonsRatio) = (solid.youngsModulus / (1 - ν * ν), ν)
    expansion = solid.expansion
  }
}
