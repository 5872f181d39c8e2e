internal import DesignProblem
internal import Glibc

/// From a design to the constants of every element, and derivatives back: filter → projection → passive elements → interpolation.
///
/// With one solid of constant *c* and void ratio ε: c(ρ̃) = c (ε + (1 − ε) w(ρ̃)). With two, *c* is itself interpolated between the solids by
/// their share φ̃: c = c₁ + (c₂ − c₁) w(φ̃). With a matrix of constant *c*₀ in the place of void: c(ρ̃) = c₀ + (c − c₀) w(ρ̃). Passive elements that are
/// made of a solid of their own have its constants whatever the design says. Constants here are λ, μ, β = (2λ + 2μ) α in the plane, (3λ + 2μ) α in space, and k.
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
  /// The only solid in every element; with two, the first.
  private let uniformSolid: SolidImage
  /// What fills the grid where a design is 0, in the place of void.
  private let matrix: SolidConstants?
  /// The solid of passive elements that are made of none of the design's; empty where there are none.
  private let ownSolid: [SolidConstants?]
  /// Whether conductivity follows density as stiffness does.
  private let conductsAsItIsStiff: Bool

  init(_ problem: ManufacturabilityProblem, isPeriodic: Bool) {
    let grid = problem.grid
    stencil = problem.filter.flatMap {
      $0.radius > 1 ? ConeStencil(grid, radius: $0.radius, isPeriodic: isPeriodic) : nil
    }
    projection = problem.projection
    interpolation = problem.interpolation
    // With a matrix the factors are w(ρ̃) alone.
    void =
      problem.matrix == nil
      ? problem.void : VoidPhase(stiffnessRatio: 0, conductivityRatio: 0)
    matrix = problem.matrix.map { SolidConstants($0, isPlane: grid.isPlane) }
    solids = problem.solids.map { SolidConstants($0, isPlane: grid.isPlane) }
    elementCount = grid.elementCount
    var passive = [Double?](repeating: nil, count: grid.elementCount)
    for region in problem.passive {
      for element in grid.elements(in: region.region) {
        passive[element] = region.filling == .solid ? 1 : 0
      }
    }
    passiveDensity = passive
    var own = [SolidConstants?](repeating: nil, count: grid.elementCount)
    for region in problem.passive {
      guard let solid = region.madeOf else { continue }
      for element in grid.elements(in: region.region) {
        own[element] = SolidConstants(solid, isPlane: grid.isPlane)
      }
    }
    ownSolid = own.contains { $0 != nil } ? own : []
    hasPassive = !problem.passive.isEmpty
    uniformSolid = SolidImage(Array(repeating: solids[0], count: grid.elementCount))
    conductsAsItIsStiff =
      interpolation.conductivityPenalty ?? interpolation.penalty == interpolation.penalty
      && void.conductivityRatio == void.stiffnessRatio
  }

  /// The constants of every element.
  ///
  /// - Parameter design: Density, and with two solids behind it the share of the second.
  /// - Complexity: O(elements · pixels under the filter)
  func fields(of design: [Double]) -> MaterialFields {
    let (filtered, density, densitySlope) = density(of: design)
    var share: [Double] = []
    var shareSlope: [Double] = []
    var solid = uniformSolid
    if solids.count == 2 {
      let image = Array(design[elementCount...])
      (share, shareSlope) = projected(stencil?.filtered(image) ?? image)
      solid = SolidImage(share.map { mixture(at: $0) })
    }
    let stiffness = factor(at: density, interpolation.penalty, void.stiffnessRatio)
    let thermalStress =
      interpolation.thermalStressPenalty.map { factor(at: density, $0, void.stiffnessRatio) }
      ?? stiffness
    let conductivity =
      conductsAsItIsStiff
      ? stiffness
      : factor(
        at: density, interpolation.conductivityPenalty ?? interpolation.penalty,
        void.conductivityRatio)
    let (span, base) = spanAndBase(&solid)
    func constants(_ factor: InterpolatedImage, _ constant: KeyPath<SolidImage, [Double]>)
      -> [Double]
    {
      var values = products(factor.value, span[keyPath: constant])
      if let base { addMultiples(base[keyPath: constant], by: 1, to: &values) }
      return values
    }
    return MaterialFields(
      filteredDensity: filtered, density: density,
      lambda: constants(stiffness, \.lambda), shear: constants(stiffness, \.shear),
      thermalStress: constants(thermalStress, \.thermalStress),
      conductivity: constants(conductivity, \.conductivity),
      solid: solid, span: span, stiffnessFactor: stiffness, thermalStressFactor: thermalStress,
      conductivityFactor: conductivity, share: share, densitySlope: densitySlope,
      shareSlope: shareSlope)
  }

  /// What the factors of density multiply, and what is there without them; `nil` for zeros.
  ///
  /// - Parameter solid: The solid of every element; becomes that of the element's own where it has one.
  private func spanAndBase(_ solid: inout SolidImage) -> (span: SolidImage, base: SolidImage?) {
    guard matrix != nil || !ownSolid.isEmpty else { return (solid, nil) }
    var (span, base) = (solid, solid)
    func separate(
      _ image: WritableKeyPath<SolidImage, [Double]>, _ value: (SolidConstants) -> Double
    ) {
      let inMatrix = matrix.map(value) ?? 0
      for element in 0..<elementCount {
        if !ownSolid.isEmpty, let own = ownSolid[element] {
          base[keyPath: image][element] = value(own)
          span[keyPath: image][element] = 0
          solid[keyPath: image][element] = value(own)
        } else {
          base[keyPath: image][element] = inMatrix
          span[keyPath: image][element] -= inMatrix
        }
      }
    }
    separate(\.lambda, \.lambda)
    separate(\.shear, \.shear)
    separate(\.thermalStress, \.thermalStress)
    separate(\.conductivity, \.conductivity)
    return (span, base)
  }

  /// Whether an element is made of a solid of its own.
  private func isOfItsOwn(_ element: Int) -> Bool { !ownSolid.isEmpty && ownSolid[element] != nil }

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
    let (span, stiffness) = (fields.span, fields.stiffnessFactor)
    let zeros = [Double](repeating: 0, count: elementCount)
    var byDensity = sensitivity.density.isEmpty ? zeros : sensitivity.density
    addProducts(sensitivity.lambda, span.lambda, stiffness.slope, to: &byDensity)
    addProducts(sensitivity.shear, span.shear, stiffness.slope, to: &byDensity)
    addProducts(
      sensitivity.thermalStress, span.thermalStress, fields.thermalStressFactor.slope,
      to: &byDensity)
    addProducts(
      sensitivity.conductivity, span.conductivity, fields.conductivityFactor.slope,
      to: &byDensity)
    if projection != nil || hasPassive { byDensity = products(byDensity, fields.densitySlope) }
    addMultiples(sensitivity.filteredDensity, by: 1, to: &byDensity)
    let byShare = solids.count == 2 ? shareGradient(sensitivity, at: fields) : []
    guard let stencil else { return byDensity + byShare }
    return stencil.pulledBack(byDensity) + (byShare.isEmpty ? [] : stencil.pulledBack(byShare))
  }

  /// The derivative by the filtered share of the second solid.
  private func shareGradient(_ sensitivity: FieldSensitivity, at fields: MaterialFields) -> [Double]
  {
    let (a, b) = (solids[0], solids[1])
    return (0..<elementCount).map { element in
      if isOfItsOwn(element) { return 0 }
      let bySolid = bySolid(sensitivity, at: fields, element)
      let byMixture =
        mixing(at: fields.share[element]).slope
        * (bySolid.lambda * (b.lambda - a.lambda) + bySolid.shear * (b.shear - a.shear)
          + bySolid.thermalStress * (b.thermalStress - a.thermalStress)
          + bySolid.conductivity * (b.conductivity - a.conductivity))
      return fields.shareSlope[element]
        * (sensitivity.share.isEmpty ? byMixture : byMixture + sensitivity.share[element])
    }
  }

  /// The derivatives by the constants of the solid in an element.
  private func bySolid(
    _ sensitivity: FieldSensitivity, at fields: MaterialFields, _ element: Int
  ) -> (lambda: Double, shear: Double, thermalStress: Double, conductivity: Double) {
    let elementValue = { (values: [Double]) in values.isEmpty ? 0 : values[element] }
    let stiffness = fields.stiffnessFactor.value[element]
    return (
      elementValue(sensitivity.lambda) * stiffness + elementValue(sensitivity.solidLambda),
      elementValue(sensitivity.shear) * stiffness + elementValue(sensitivity.solidShear),
      elementValue(sensitivity.thermalStress) * fields.thermalStressFactor.value[element]
        + elementValue(sensitivity.solidThermalStress),
      elementValue(sensitivity.conductivity) * fields.conductivityFactor.value[element]
    )
  }

  /// The derivatives by the constants of the solids, one entry per solid; by those of a matrix and of passive elements there are none.
  func materialGradient(_ sensitivity: FieldSensitivity, at fields: MaterialFields)
    -> [SolidGradient]
  {
    // First by λ, μ, β, k of each solid, then by E, α, k: λ, μ and β are proportional to E, β to α too.
    var gradients = solids.map { _ in SolidGradient() }
    for element in 0..<elementCount where !isOfItsOwn(element) {
      let bySolid = bySolid(sensitivity, at: fields, element)
      let second = solids.count == 2 ? mixing(at: fields.share[element]).value : 0
      for (place, solid) in solids.enumerated() {
        let part = place == 0 ? 1 - second : second
        gradients[place].youngsModulus +=
          part
          * (bySolid.lambda * solid.lambda + bySolid.shear * solid.shear
            + bySolid.thermalStress * solid.thermalStress)
          / solid.youngsModulus
        gradients[place].expansion += part * bySolid.thermalStress * solid.thermalStressPerExpansion
        gradients[place].conductivity += part * bySolid.conductivity
      }
    }
    return gradients
  }

  /// What a constant of the solid is multiplied by at a physical density.
  private func factor(at density: [Double], _ penalty: Double, _ voidRatio: Double)
    -> InterpolatedImage
  {
    var (value, slope) = (density, density)
    var values = value.mutableSpan
    var slopes = slope.mutableSpan
    for element in values.indices {
      let weight = interpolation.weight(values[element], penalty: penalty)
      values[element] = voidRatio + (1 - voidRatio) * weight.value
      slopes[element] = (1 - voidRatio) * weight.slope
    }
    return InterpolatedImage(value: value, slope: slope)
  }

  private func mixing(at share: Double) -> (value: Double, slope: Double) {
    interpolation.weight(share, penalty: interpolation.phasePenalty ?? interpolation.penalty)
  }

  private func mixture(at share: Double) -> SolidConstants {
    let weight = mixing(at: share).value
    let (a, b) = (solids[0], solids[1])
    var mixture = a
    mixture.lambda += weight * (b.lambda - a.lambda)
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
    let low = tanh(β * η)
    let divisor = low + tanh(β * (1 - η))
    var value = image
    var slope = image
    for element in image.indices {
      let t = tanh(β * (image[element] - η))
      value[element] = (low + t) / divisor
      slope[element] = β * (1 - t * t) / divisor
    }
    return (value, slope)
  }
}

/// The constants of a solid that systems are made of.
struct SolidConstants: Sendable {
  var lambda, shear, thermalStress, conductivity: Double
  let youngsModulus, thermalStressPerExpansion: Double

  init(_ solid: SolidPhase, isPlane: Bool) {
    let lame = lameConstants(
      youngsModulus: solid.youngsModulus, poissonsRatio: solid.poissonsRatio, isPlane: isPlane)
    (lambda, shear) = lame
    youngsModulus = solid.youngsModulus
    thermalStressPerExpansion = (isPlane ? 2 : 3) * lambda + 2 * shear
    thermalStress = thermalStressPerExpansion * solid.expansion
    conductivity = solid.conductivity
  }
}

/// The derivatives of a value by the constants of one solid.
package struct SolidGradient: Codable, Sendable, Equatable {
  /// By Young's modulus.
  package var youngsModulus = 0.0
  /// By the expansion.
  package var expansion = 0.0
  /// By the conductivity.
  package var conductivity = 0.0
}
