internal import LinearAlgebra

/// Stresses in the solid at the centres of all elements, of one load case.
struct ElementStresses {
  /// Strains and stresses, `[element][component]` in Voigt's order, engineering shears.
  private var strain: [Double]
  private var stress: [Double]
  /// Von Mises stresses.
  let vonMises: [Double]
  private let axisCount: Int
  private let componentCount: Int

  init(_ state: DesignState, of displacement: [Double], isWarm: Bool) {
    let geometry = state.problem.displacement
    let matrices = geometry.matrices
    let count = state.fields.density.count
    let (size, components, axes) = (matrices.size, matrices.strainCount, matrices.axisCount)
    var strain = [Double](repeating: 0, count: count * components)
    var stress = strain
    var vonMises = [Double](repeating: 0, count: count)
    let unknowns = geometry.elements.unknowns
    let isWarm = isWarm && !state.warming.isEmpty
    for element in 0..<count {
      for component in 0..<components {
        var sum = 0.0
        for place in 0..<size {
          sum +=
            matrices.meanStrain[component * size + place]
            * displacement[Int(unknowns[element * size + place])]
        }
        strain[element * components + component] = sum
      }
      let first = element * components
      var dilatation = 0.0
      for axis in 0..<axes { dilatation += strain[first + axis] }
      let shear = state.fields.solidShear[element]
      var normal = state.fields.solidLateral[element] * dilatation
      if isWarm { normal -= state.fields.solidThermalStress[element] * state.warming[element] }
      for component in 0..<components {
        let part = shear * strain[first + component]
        stress[first + component] = component < axes ? normal + 2 * part : part
      }
      var square = 0.0
      if axes == 2 {
        let (x, y, xy) = (stress[first], stress[first + 1], stress[first + 2])
        square = x * x - x * y + y * y + 3 * xy * xy
      } else {
        let (x, y, z) = (stress[first], stress[first + 1], stress[first + 2])
        square = ((x - y) * (x - y) + (y - z) * (y - z) + (z - x) * (z - x)) / 2
        for component in 3..<6 {
          square += 3 * stress[first + component] * stress[first + component]
        }
      }
      vonMises[element] = square.squareRoot()
    }
    self.strain = strain
    self.stress = stress
    self.vonMises = vonMises
    axisCount = axes
    componentCount = components
  }

  /// The sum of the normal strains.
  func dilatation(at element: Int) -> Double {
    var sum = 0.0
    for axis in 0..<axisCount { sum += strain[element * componentCount + axis] }
    return sum
  }

  /// M σ times a factor: half the derivative of the squared von Mises stress by the stress.
  func derivative(at element: Int, times factor: Double) -> [Double] {
    let first = element * componentCount
    var result = [Double](repeating: 0, count: componentCount)
    if axisCount == 2 {
      let (x, y, xy) = (stress[first], stress[first + 1], stress[first + 2])
      result[0] = factor * (x - y / 2)
      result[1] = factor * (y - x / 2)
      result[2] = factor * 3 * xy
    } else {
      let mean = (stress[first] + stress[first + 1] + stress[first + 2]) / 3
      for axis in 0..<3 { result[axis] = factor * 1.5 * (stress[first + axis] - mean) }
      for component in 3..<6 { result[component] = factor * 3 * stress[first + component] }
    }
    return result
  }

  /// g·1 over the normal components, and ½ ∂(g·σ)/∂μ: normal strains count whole, engineering shears half.
  func parts(of derivative: [Double], at element: Int) -> (normal: Double, work: Double) {
    var normal = 0.0
    var work = 0.0
    for component in 0..<componentCount {
      let product = derivative[component] * strain[element * componentCount + component]
      work += component < axisCount ? product : product / 2
      if component < axisCount { normal += derivative[component] }
    }
    return (normal, work)
  }

  /// Adds B̄ᵀ C g to an adjoint load.
  func addLoad(
    of derivative: [Double], at element: Int, _ state: DesignState, to load: inout [Double]
  ) {
    let geometry = state.problem.displacement
    let size = geometry.matrices.size
    let shear = state.fields.solidShear[element]
    var normal = 0.0
    for axis in 0..<axisCount { normal += derivative[axis] }
    normal *= state.fields.solidLateral[element]
    for component in 0..<componentCount {
      let part = shear * derivative[component]
      let stress = component < axisCount ? normal + 2 * part : part
      guard stress != 0 else { continue }
      for place in 0..<size {
        load[Int(geometry.elements.unknowns[element * size + place])] +=
          stress * geometry.matrices.meanStrain[component * size + place]
      }
    }
  }
}
