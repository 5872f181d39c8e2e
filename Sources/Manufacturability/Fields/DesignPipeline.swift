/// From a design to the constants of every element, and derivatives back: filter → projection → passive elements → interpolation.
///
/// With one solid of constant *c* and void ratio ε: c(ρ̃) = c (ε + (1 − ε) w(ρ̃)). With two, *c* is itself interpolated between the solids by
/// their share φ̃: c = c₁ + (c₂ − c₁) w(φ̃). Constants here are λ, μ, β = (2λ + 2μ) α in the plane, (3λ + 2μ) α in space, and k.
struct DesignPipeline: Sendable {
  private let stencil: ConeStencil?
  private let projection: DensityProjection?
  private let interpolation: MaterialInterpolation
  private let void: VoidPhase
  private let solids: [SolidConstants]
  private let elementCount: Int
  /// The density of passive elements; `nil` where an element is designed.
  private let passiveDensity: [Double?]
  private let hasPassive: Bool

  init(_ problem: ManufacturabilityProblem, isPeriodic: Bool) {
    let grid = problem.grid
    stencil = problem.filter.flatMap {
      $0.radius > 1 ? ConeStencil(grid, radius: $0.radius, isPeriodic: isPeriodic) : nil
    }
    projection = problem.projection
    interpolation = problem.interpolation
    void = problem.void
    solids = problem.solids.map { SolidConstants($0, isPlane: grid.isPlane) }
    elementCount = grid.elementCount
    var passive = [Double?](repeating: nil, count: grid.elementCount)
    for region in problem.passive {
      for element in grid.elements(in: region.region) {
        passive[element] = region.filling == .solid ? 1 : 0
      }
    }
    passiveDensity = passive
    hasPassive = !problem.passive.isEmpty
  }

  /// The constants of every element.
  ///
  /// - Parameter design: Density, and with two solids behind it the share of the second.
  /// - Complexity: O(elements · pixels under the filter)
  func fields(of design: [Double]) -> MaterialFields {
    let (filtered, density, densitySlope) = density(of: design)
    var share: [Double] = []
    var shareSlope: [Double] = []
    if solids.count == 2 {
      let image = Array(design[elementCount...])
      (share, shareSlope) = projected(stencil?.filtered(image) ?? image)
    }
    let zeros = [Double](repeating: 0, count: elementCount)
    var (lateral, shear, thermalStress, conductivity) = (zeros, zeros, zeros, zeros)
    var solidLateral = [Double](repeating: solids[0].lateral, count: elementCount)
    var solidShear = [Double](repeating: solids[0].shear, count: elementCount)
    var solidThermalStress = [Double](repeating: solids[0].thermalStress, count: elementCount)
    for element in 0..<share.count {
      let solid = mixture(at: share[element])
      solidLateral[element] = solid.lateral
      solidShear[element] = solid.shear
      solidThermalStress[element] = solid.thermalStress
      conductivity[element] = solid.conductivity
    }
    for element in 0..<elementCount {
      let factor = factors(at: density[element])
      let solid = share.isEmpty ? solids[0].conductivity : conductivity[element]
      lateral[element] = factor.stiffness.value * solidLateral[element]
      shear[element] = factor.stiffness.value * solidShear[element]
      thermalStress[element] = factor.thermalStress.value * solidThermalStress[element]
      conductivity[element] = factor.conductivity.value * solid
    }
    return MaterialFields(
      filteredDensity: filtered, density: density, lateral: lateral, shear: shear,
      thermalStress: thermalStress, conductivity: conductivity, solidLateral: solidLateral,
      solidShear: solidShear, solidThermalStress: solidThermalStress, share: share,
      densitySlope: densitySlope, shareSlope: shareSlope)
  }

  /// Mean physical density and its derivative by the design, of the design's shape.
  ///
  /// - Complexity: O(elements · pixels under the filter)
  func volume(of design: [Double]) -> (value: Double, gradient: [Double]) {
    let (_, density, slope) = density(of: design)
    var gradient = slope
    for element in gradient.indices { gradient[element] /= Double(elementCount) }
    return (
      density.reduce(0, +) / Double(elementCount),
      (stencil?.pulledBack(gradient) ?? gradient)
        + [Double](repeating: 0, count: design.count - elementCount)
    )
  }

  /// Mean physical density.
  func meanDensity(of design: [Double]) -> Double {
    density(of: design).physical.reduce(0, +) / Double(elementCount)
  }

  /// The elements that are not designed, with their density.
  var passiveElements: [(element: Int, density: Double)] {
    passiveDensity.enumerated().compactMap { element, density in density.map { (element, $0) } }
  }

  /// The filtered and the physical density, and the derivative of the second by the first.
  private func density(of design: [Double]) -> (
    filtered: [Double], physical: [Double], slope: [Double]
  ) {
    let image = Array(design[..<elementCount])
    let filtered = stencil?.filtered(image) ?? image
    var (density, slope) = projected(filtered)
    if hasPassive {
      for element in 0..<elementCount {
        guard let value = passiveDensity[element] else { continue }
        density[element] = value
        slope[element] = 0
      }
    }
    return (filtered, density, slope)
  }

  /// The derivative by the design, of the design's shape.
  func designGradient(_ sensitivity: FieldSensitivity, at fields: MaterialFields) -> [Double] {
    let zeros = [Double](repeating: 0, count: elementCount)
    var byDensity = zeros
    var byShare = solids.count == 2 ? zeros : []
    for element in 0..<elementCount {
      let at = { (values: [Double]) in values.isEmpty ? 0 : values[element] }
      let solid = fields.share.isEmpty ? solids[0] : mixture(at: fields.share[element])
      let factor = factors(at: fields.density[element])
      let byStiffness =
        at(sensitivity.lateral) * solid.lateral + at(sensitivity.shear) * solid.shear
      byDensity[element] =
        at(sensitivity.density) + byStiffness * factor.stiffness.slope
        + at(sensitivity.thermalStress) * solid.thermalStress * factor.thermalStress.slope
        + at(sensitivity.conductivity) * solid.conductivity * factor.conductivity.slope
      guard solids.count == 2 else { continue }
      let slope = mixing(at: fields.share[element]).slope
      let (a, b) = (solids[0], solids[1])
      let byLateral =
        at(sensitivity.lateral) * factor.stiffness.value + at(sensitivity.solidLateral)
      let byShear = at(sensitivity.shear) * factor.stiffness.value + at(sensitivity.solidShear)
      let byThermalStress =
        at(sensitivity.thermalStress) * factor.thermalStress.value
        + at(sensitivity.solidThermalStress)
      let byConductivity = at(sensitivity.conductivity) * factor.conductivity.value
      byShare[element] =
        slope
        * (byLateral * (b.lateral - a.lateral) + byShear * (b.shear - a.shear)
          + byThermalStress * (b.thermalStress - a.thermalStress)
          + byConductivity * (b.conductivity - a.conductivity))
    }
    for element in 0..<elementCount {
      byDensity[element] *= fields.densitySlope[element]
      if !sensitivity.filteredDensity.isEmpty {
        byDensity[element] += sensitivity.filteredDensity[element]
      }
      if solids.count == 2 { byShare[element] *= fields.shareSlope[element] }
    }
    guard let stencil else { return byDensity + byShare }
    return stencil.pulledBack(byDensity) + (solids.count == 2 ? stencil.pulledBack(byShare) : [])
  }

  /// The derivatives by the constants of the solids, one entry per solid.
  func materialGradient(_ sensitivity: FieldSensitivity, at fields: MaterialFields)
    -> [SolidGradient]
  {
    // First by λ, μ, β, k of each solid, then by E, α, k: λ, μ and β are proportional to E, β to α too.
    var gradients = solids.map { _ in SolidGradient() }
    for element in 0..<elementCount {
      let at = { (values: [Double]) in values.isEmpty ? 0 : values[element] }
      let factor = factors(at: fields.density[element])
      let byLateral =
        at(sensitivity.lateral) * factor.stiffness.value + at(sensitivity.solidLateral)
      let byShear = at(sensitivity.shear) * factor.stiffness.value + at(sensitivity.solidShear)
      let byThermalStress =
        at(sensitivity.thermalStress) * factor.thermalStress.value
        + at(sensitivity.solidThermalStress)
      let byConductivity = at(sensitivity.conductivity) * factor.conductivity.value
      let second = solids.count == 2 ? mixing(at: fields.share[element]).value : 0
      for (place, solid) in solids.enumerated() {
        let part = place == 0 ? 1 - second : second
        gradients[place].youngsModulus +=
          part
          * (byLateral * solid.lateral + byShear * solid.shear + byThermalStress
            * solid.thermalStress)
          / solid.youngsModulus
        gradients[place].expansion += part * byThermalStress * solid.thermalStressPerExpansion
        gradients[place].conductivity += part * byConductivity
      }
    }
    return gradients
  }

  private typealias Factor = (value: Double, slope: Double)

  /// What the constants of the solid are multiplied by at a physical density.
  private func factors(at density: Double) -> (
    stiffness: Factor, thermalStress: Factor, conductivity: Factor
  ) {
    func factor(_ penalty: Double, _ ratio: Double) -> Factor {
      let weight = interpolation.weight(density, penalty: penalty)
      return (ratio + (1 - ratio) * weight.value, (1 - ratio) * weight.slope)
    }
    let stiffness = factor(interpolation.penalty, void.stiffnessRatio)
    return (
      stiffness,
      interpolation.thermalStressPenalty.map { factor($0, void.stiffnessRatio) } ?? stiffness,
      factor(interpolation.conductivityPenalty ?? interpolation.penalty, void.conductivityRatio)
    )
  }

  private func mixing(at share: Double) -> Factor {
    interpolation.weight(share, penalty: interpolation.phasePenalty ?? interpolation.penalty)
  }

  private func mixture(at share: Double) -> SolidConstants {
    let weight = mixing(at: share).value
    let (a, b) = (solids[0], solids[1])
    var mixture = a
    mixture.lateral += weight * (b.lateral - a.lateral)
    mixture.shear += weight * (b.shear - a.shear)
    mixture.thermalStress += weight * (b.thermalStress - a.thermalStress)
    mixture.conductivity += weight * (b.conductivity - a.conductivity)
    return mixture
  }

  /// The projected image and its slope; the image itself where nothing is projected.
  private func projected(_ image: [Double]) -> (value: [Double], slope: [Double]) {
    guard let projection else {
      return (image, [Double](repeating: 1, count: image.count))
    }
    let (β, η) = (projection.steepness, projection.threshold)
    let low = hyperbolicTangent(β * η)
    let divisor = low + hyperbolicTangent(β * (1 - η))
    var value = image
    var slope = image
    for element in image.indices {
      let t = hyperbolicTangent(β * (image[element] - η))
      value[element] = (low + t) / divisor
      slope[element] = β * (1 - t * t) / divisor
    }
    return (value, slope)
  }
}

/// The constants of a solid that systems are made of.
struct SolidConstants: Sendable {
  var lateral, shear, thermalStress, conductivity: Double
  let youngsModulus, thermalStressPerExpansion: Double

  init(_ solid: SolidPhase, isPlane: Bool) {
    let lame = lameConstants(
      youngsModulus: solid.youngsModulus, poissonsRatio: solid.poissonsRatio, isPlane: isPlane)
    (lateral, shear) = lame
    youngsModulus = solid.youngsModulus
    thermalStressPerExpansion = (isPlane ? 2 : 3) * lateral + 2 * shear
    thermalStress = thermalStressPerExpansion * solid.expansion
    conductivity = solid.conductivity
  }
}

/// The derivatives of a value by the constants of one solid.
public struct SolidGradient: Codable, Sendable, Equatable {
  /// By Young's modulus.
  public var youngsModulus = 0.0
  /// By the expansion.
  public var expansion = 0.0
  /// By the conductivity.
  public var conductivity = 0.0
}
