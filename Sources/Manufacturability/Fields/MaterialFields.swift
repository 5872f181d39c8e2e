/// The constants of every element of one design, place by place as in the image.
struct MaterialFields: Sendable {
  /// The filtered, not yet projected density ρ̄.
  var filteredDensity: [Double]
  /// The physical density ρ̃.
  var density: [Double]
  /// λ, μ, the thermal stress per temperature β, and the conductivity k.
  var lateral, shear, thermalStress, conductivity: [Double]
  /// λ, μ and β of the solid alone, which the stress in it is computed with.
  var solidLateral, solidShear, solidThermalStress: [Double]

  // What the way back needs.
  /// The filtered and the projected share of the second solid; empty with one solid.
  var share: [Double]
  var densitySlope, shareSlope: [Double]
}

/// The derivatives of one value by the constants of every element; an empty array is one of zeros.
struct FieldSensitivity: Sendable {
  var filteredDensity: [Double] = []
  var density: [Double] = []
  var lateral: [Double] = []
  var shear: [Double] = []
  var thermalStress: [Double] = []
  var conductivity: [Double] = []
  var solidLateral: [Double] = []
  var solidShear: [Double] = []
  var solidThermalStress: [Double] = []

  /// Adds another value's derivatives, times a factor.
  mutating func add(_ other: Self, times factor: Double) {
    func add(_ sum: inout [Double], _ addend: [Double]) {
      guard !addend.isEmpty else { return }
      if sum.isEmpty { sum = [Double](repeating: 0, count: addend.count) }
      for element in sum.indices { sum[element] += factor * addend[element] }
    }
    add(&filteredDensity, other.filteredDensity)
    add(&density, other.density)
    add(&lateral, other.lateral)
    add(&shear, other.shear)
    add(&thermalStress, other.thermalStress)
    add(&conductivity, other.conductivity)
    add(&solidLateral, other.solidLateral)
    add(&solidShear, other.solidShear)
    add(&solidThermalStress, other.solidThermalStress)
  }
}
