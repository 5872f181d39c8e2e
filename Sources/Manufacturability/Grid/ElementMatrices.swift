internal import DesignProblem
internal import FiniteElements
internal import Meshing
internal import NumericalMethods

/// The constant matrices of one pixel (CPS4, plane stress) or voxel (C3D8), as `FiniteElements` integrates them.
///
/// For an isotropic material all depend linearly on two constants, so that a design only scales them:
/// stiffness λ K_λ + μ K_μ, with Lamé's λ = E ν / ((1 + ν)(1 − 2ν)) in space, λ = E ν / (1 − ν²) in plane stress and μ = E / (2 (1 + ν)).
/// Unknowns of a cell are numbered node by node.
struct ElementMatrices: Sendable {
  let axisCount: Int
  let nodeCount: Int
  /// Unknowns of the stiffness.
  var size: Int { nodeCount * axisCount }
  /// Components of strain and stress in Voigt's order with engineering shears: xx, yy, xy, or xx, yy, zz, xy, xz, yz.
  var strainCount: Int { axisCount == 2 ? 3 : 6 }
  /// K_λ and K_μ, `[size][size]`.
  let stiffness: [[Double]]
  /// K_k, `[node][node]`, for conductivity 1.
  let conductivity: [Double]
  /// h ∫NᵀN dA over one side for h = 1, `[node][node]`, the side's corners first: a square's or a cube's, linear along each edge.
  let film: [Double]
  /// The mean strain in the cell per displacement, `[component][size]`; for these cells that at the centre.
  let meanStrain: [Double]
  /// ∫Bᵀ1 dV, `[size]`: the nodal forces of a thermal stress of 1 in all normal directions.
  let swelling: [Double]
  /// Displacements of the corners under a unit strain of each component, `[component][size]`.
  let unitStrains: [[Double]]
  /// Temperatures of the corners under a unit gradient along each axis, `[axis][node]`.
  let unitGradients: [[Double]]

  init(_ grid: DesignGrid) {
    let type: ElementType = grid.isPlane ? .cps4 : .c3d8
    let table = ElementTable.stiffness(type)
    let h = grid.pixelSize
    let square: [SIMD3<Double>] = [[0, 0, 0], [h, 0, 0], [h, h, 0], [0, h, 0]]
    let corners = grid.isPlane ? square : square + square.map { $0 + [0, 0, h] }
    let axes = grid.axisCount
    let size = corners.count * axes

    func stiffness(of material: ElasticityMatrix) -> [Double] {
      var matrix = [Double](repeating: 0, count: size * size)
      var span = matrix.mutableSpan
      _ = table.stiffness(
        nodes: corners.span, elasticity: [material].span, thickness: grid.thickness, into: &span)
      return matrix
    }
    // μ = 1 and λ = 0; then μ = 1 and another λ: the difference is that of K_λ.
    let shear = stiffness(of: .isotropic(youngsModulus: 2, poissonsRatio: 0))
    let both = stiffness(of: .isotropic(youngsModulus: 2.5, poissonsRatio: 0.25))
    let lambda = lameConstants(youngsModulus: 2.5, poissonsRatio: 0.25, isPlane: grid.isPlane)
      .lambda
    self.stiffness = [zip(both, shear).map { ($0 - $1) / lambda }, shear]

    var conductivity = [Double](repeating: 0, count: corners.count * corners.count)
    var span = conductivity.mutableSpan
    _ = ElementTable.conductivity(type).conductivity(
      nodes: corners.span, conductivity: [.isotropic(1)].span, thickness: grid.thickness,
      into: &span)
    self.conductivity = conductivity

    film = Self.film(grid, size: corners.count)

    let components = axes == 2 ? 3 : 6
    var meanStrain = [Double](repeating: 0, count: components * size)
    // Without a Poisson's ratio nothing but the displacements decides about the strain.
    let material = [ElasticityMatrix.isotropic(youngsModulus: 1, poissonsRatio: 0)]
    for unknown in 0..<size {
      var displacements = [SIMD3<Double>](repeating: .zero, count: corners.count)
      displacements[unknown / axes][unknown % axes] = 1
      var strains = [SymmetricTensor](repeating: .zero, count: table.pointCount)
      var strainSpan = strains.mutableSpan
      table.strain(
        nodes: corners.span, displacements: displacements.span, elasticity: material.span,
        thermalStress: [SymmetricTensor.zero].span, into: &strainSpan)
      let mean = (1 / Double(table.pointCount)) * strains.reduce(.zero, +)
      let voigt =
        axes == 2
        ? [mean.xx, mean.yy, 2 * mean.xy]
        : [mean.xx, mean.yy, mean.zz, 2 * mean.xy, 2 * mean.xz, 2 * mean.yz]
      for component in 0..<components { meanStrain[component * size + unknown] = voigt[component] }
    }
    self.meanStrain = meanStrain
    swelling = (0..<size).map { unknown in
      grid.elementVolume * (0..<axes).reduce(0) { $0 + meanStrain[$1 * size + unknown] }
    }
    // u = ε x; a shear strain is shared between the two directions.
    let pairs =
      axes == 2 ? [(0, 0), (1, 1), (0, 1)] : [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)]
    unitStrains = pairs.map { a, b in
      corners.flatMap { corner in
        (0..<axes).map { axis in
          a == b
            ? (axis == a ? corner[a] : 0)
            : (axis == a ? corner[b] / 2 : 0) + (axis == b ? corner[a] / 2 : 0)
        }
      }
    }
    unitGradients = (0..<axes).map { axis in corners.map { $0[axis] } }
    axisCount = axes
    nodeCount = corners.count
  }

  /// ∫NᵀN of a linear edge is its length times [2 1; 1 2] / 6; that of a square is the product of two edges'.
  private static func film(_ grid: DesignGrid, size: Int) -> [Double] {
    let around = [[0, 0], [1, 0], [1, 1], [0, 1]]
    var matrix = [Double](repeating: 0, count: size * size)
    for a in 0..<grid.sideCornerCount {
      for b in 0..<grid.sideCornerCount {
        var entry = grid.sideArea
        for axis in 0..<(grid.axisCount - 1) {
          entry *= around[a][axis] == around[b][axis] ? 1.0 / 3 : 1.0 / 6
        }
        matrix[a * size + b] = entry
      }
    }
    return matrix
  }
}

/// Lamé's constants: λ (in plane stress that of the plane) and μ.
func lameConstants(youngsModulus: Double, poissonsRatio: Double, isPlane: Bool) -> (
  lambda: Double, shear: Double
) {
  let shear = youngsModulus / (2 * (1 + poissonsRatio))
  let lambda =
    isPlane
    ? youngsModulus * poissonsRatio / (1 - poissonsRatio * poissonsRatio)
    : youngsModulus * poissonsRatio / ((1 + poissonsRatio) * (1 - 2 * poissonsRatio))
  return (lambda, shear)
}
