internal import DesignProblem

/// Stresses in the solid at the centres of all elements, of one load case: σ = λ tr ε + 2 μ ε − β θ, and what derivatives need of them.
///
/// Strains are `[element][component]` in Voigt's order with engineering shears. In plane stress σzz = 0, so that one formula serves both:
/// s² = ½ ((σx − σy)² + (σy − σz)² + (σz − σx)²) + 3 Σ τ².
struct ElementStresses {
  /// Von Mises stresses.
  private(set) var vonMises: [Double]
  private let strain, lambda, shear, thermalStress: [Double]
  /// Empty where the case is cold.
  private let temperatureRise: [Double]
  private let isPlane: Bool

  init(_ state: DesignState, inCase loadCase: Int) {
    strain = state.strains[loadCase]
    lambda = state.fields.solid.lambda
    shear = state.fields.solid.shear
    thermalStress = state.fields.solid.thermalStress
    temperatureRise = state.problem.isWarm(loadCase) ? state.temperatureRise : []
    isPlane = state.problem.problem.grid.isPlane
    vonMises = []
    vonMises = lambda.indices.map { element in
      let σ = stress(at: element, of: strain(at: element))
      let normal =
        (σ.x - σ.y) * (σ.x - σ.y) + (σ.y - σ.z) * (σ.y - σ.z) + (σ.z - σ.x) * (σ.z - σ.x)
      return (normal / 2 + 3 * (σ.xy * σ.xy + σ.xz * σ.xz + σ.yz * σ.yz)).squareRoot()
    }
  }

  private typealias Voigt = (x: Double, y: Double, z: Double, xy: Double, xz: Double, yz: Double)

  @inline(__always) private func strain(at element: Int) -> Voigt {
    if isPlane {
      let first = 3 * element
      return (strain[first], strain[first + 1], 0, strain[first + 2], 0, 0)
    }
    let first = 6 * element
    return (
      strain[first], strain[first + 1], strain[first + 2], strain[first + 3], strain[first + 4],
      strain[first + 5]
    )
  }

  @inline(__always) private func stress(at element: Int, of ε: Voigt) -> Voigt {
    let (λ, μ) = (lambda[element], shear[element])
    var normal = λ * (ε.x + ε.y + ε.z)
    if !temperatureRise.isEmpty { normal -= thermalStress[element] * temperatureRise[element] }
    return (
      normal + 2 * μ * ε.x, normal + 2 * μ * ε.y, isPlane ? 0 : normal + 2 * μ * ε.z, μ * ε.xy,
      μ * ε.xz, μ * ε.yz
    )
  }

  /// The derivatives of the elements' von Mises stresses s, times a factor each: with g = factor · M σ / s, the derivative by the stress,
  ///
  ///     ∂/∂ε = λ (g·1) 1 + 2 μ g (shears μ g),  ∂/∂λ = tr ε g·1,  ∂/∂μ = 2 g:ε,  ∂/∂β = −θ g·1,  ∂/∂θ = −β g·1.
  ///
  /// - Parameters:
  ///   - factors: One per element.
  ///   - byTemperatureRise: Empty where the case is cold, as the constants' derivatives by β are.
  func addDerivatives(
    times factors: [Double], toStrain byStrain: inout [Double],
    constants: inout FieldSensitivity, temperatureRise byTemperatureRise: inout [Double]
  ) {
    // Three arrays of one structure are changed at a time: taken out of it, or each entry would ask whether it is shared.
    var lateralSlopes: [Double] = []
    var shearSlopes: [Double] = []
    var thermalStressSlopes: [Double] = []
    func exchange() {
      swap(&lateralSlopes, &constants.solidLambda)
      swap(&shearSlopes, &constants.solidShear)
      swap(&thermalStressSlopes, &constants.solidThermalStress)
    }
    exchange()
    addDerivatives(
      times: factors, toStrain: &byStrain, lambda: &lateralSlopes, shear: &shearSlopes,
      thermalStress: &thermalStressSlopes, temperatureRise: &byTemperatureRise)
    exchange()
  }

  private func addDerivatives(
    times factors: [Double], toStrain byStrain: inout [Double], lambda byLambda: inout [Double],
    shear byShear: inout [Double], thermalStress byThermalStress: inout [Double],
    temperatureRise byTemperatureRise: inout [Double]
  ) {
    var byStrain = byStrain.mutableSpan
    var byLambda = byLambda.mutableSpan
    var byShear = byShear.mutableSpan
    var byThermalStress = byThermalStress.mutableSpan
    var byTemperatureRise = byTemperatureRise.mutableSpan
    for element in vonMises.indices {
      let (s, factor) = (vonMises[element], factors[element])
      guard factor != 0, s > 0 else { continue }
      let scale = factor / s
      let ε = strain(at: element)
      let σ = stress(at: element, of: ε)
      let mean = (σ.x + σ.y + σ.z) / 3
      let (gx, gy) = (1.5 * scale * (σ.x - mean), 1.5 * scale * (σ.y - mean))
      let gz = isPlane ? 0 : 1.5 * scale * (σ.z - mean)
      let (gxy, gxz, gyz) = (3 * scale * σ.xy, 3 * scale * σ.xz, 3 * scale * σ.yz)
      let normal = gx + gy + gz
      let (λ, μ) = (lambda[element], shear[element])
      if isPlane {
        let first = 3 * element
        byStrain[first] += λ * normal + 2 * μ * gx
        byStrain[first + 1] += λ * normal + 2 * μ * gy
        byStrain[first + 2] += μ * gxy
      } else {
        let first = 6 * element
        byStrain[first] += λ * normal + 2 * μ * gx
        byStrain[first + 1] += λ * normal + 2 * μ * gy
        byStrain[first + 2] += λ * normal + 2 * μ * gz
        byStrain[first + 3] += μ * gxy
        byStrain[first + 4] += μ * gxz
        byStrain[first + 5] += μ * gyz
      }
      byLambda[element] += normal * (ε.x + ε.y + ε.z)
      byShear[element] +=
        2 * (gx * ε.x + gy * ε.y + gz * ε.z) + gxy * ε.xy + gxz * ε.xz + gyz * ε.yz
      if !temperatureRise.isEmpty {
        byThermalStress[element] -= temperatureRise[element] * normal
        byTemperatureRise[element] -= thermalStress[element] * normal
      }
    }
  }
}
