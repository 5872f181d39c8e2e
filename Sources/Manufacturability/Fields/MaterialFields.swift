/// The constants of every element of one design, place by place as in the image.
struct MaterialFields: Sendable {
  /// The filtered, not yet projected density ρ̄.
  var filteredDensity: [Double]
  /// The physical density ρ̃.
  var density: [Double]
  /// λ, μ, the thermal stress per temperature β, and the conductivity k.
  var lambda, shear, thermalStress, conductivity: [Double]
  /// The solid alone, which the stress in it is computed with.
  var solid: SolidImage

  // What the way back needs.
  /// What the factors below multiply: the solid, of a problem with a matrix what it has over the matrix, and nothing in elements that are made of a solid of
  /// their own.
  var span: SolidImage
  /// What λ and μ, β, and k of ``span`` are multiplied by.
  var stiffnessFactor, thermalStressFactor, conductivityFactor: InterpolatedImage
  /// The filtered and the projected share of the second solid; empty with one solid.
  var share: [Double]
  var densitySlope, shareSlope: [Double]
}

/// λ, μ, β and k of the solid in every element.
struct SolidImage: Sendable {
  var lambda, shear, thermalStress, conductivity: [Double]

  init(_ solids: [SolidConstants]) {
    lambda = solids.map(\.lambda)
    shear = solids.map(\.shear)
    thermalStress = solids.map(\.thermalStress)
    conductivity = solids.map(\.conductivity)
  }
}

/// A function of the physical density in every element, and its derivative.
struct InterpolatedImage: Sendable {
  var value, slope: [Double]
}

/// The derivatives of one value by the constants of every element; an empty array is one of zeros.
struct FieldSensitivity: Sendable {
  var filteredDensity: [Double] = []
  var density: [Double] = []
  /// By the physical share of the second solid.
  var share: [Double] = []
  var lambda: [Double] = []
  var shear: [Double] = []
  var thermalStress: [Double] = []
  var conductivity: [Double] = []
  var solidLambda: [Double] = []
  var solidShear: [Double] = []
  var solidThermalStress: [Double] = []

  /// Adds another value's derivatives, times a factor.
  mutating func add(_ other: Self, times factor: Double) {
    func add(_ sum: inout [Double], _ addend: [Double]) {
      guard !addend.isEmpty else { return }
      if sum.isEmpty {
        sum = factor == 1 ? addend : multiples(addend, by: factor)
      } else {
        addMultiples(addend, by: factor, to: &sum)
      }
    }
    add(&filteredDensity, other.filteredDensity)
    add(&density, other.density)
    add(&share, other.share)
    add(&lambda, other.lambda)
    add(&shear, other.shear)
    add(&thermalStress, other.thermalStress)
    add(&conductivity, other.conductivity)
    add(&solidLambda, other.solidLambda)
    add(&solidShear, other.solidShear)
    add(&solidThermalStress, other.solidThermalStress)
  }
}
