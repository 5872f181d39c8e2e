import FiniteElements
import Meshing
import Testing

@Suite("Heat in one cell") struct HeatTests {
  static let conductor = ConductivityMatrix.symmetric(xx: 3, yy: 5, zz: 7, xy: 1, xz: 0.5, yz: -0.5)

  @Test(
    "even temperature drives no heat, and the matrix is symmetric", arguments: ElementType.allCases)
  func evenTemperature(_ type: ElementType) {
    let probe = CellProbe(.conductivity(type), type.sampleNodes(distortion: 0.2))
    let matrix = probe.conductivity([Self.conductor])
    let scale = largest(matrix.flatMap { $0 })
    #expect(scale > 0)
    for row in matrix.indices {
      #expect(abs(matrix[row].reduce(0, +)) < 1e-13 * scale)
      for column in 0..<row { #expect(matrix[row][column] == matrix[column][row]) }
    }
  }

  @Test("a linear temperature has Fourier's flux everywhere", arguments: ElementType.allCases)
  func linearTemperature(_ type: ElementType) {
    let probe = CellProbe(.conductivity(type), type.sampleNodes(distortion: 0.2))
    let isFlat = type.axisCount == 2
    // Only along the axis is a linear field of an axisymmetric cell the same all around.
    let slope: SIMD3<Double> =
      type.theory == .axisymmetric ? [0, 3, 0] : [2, 3, isFlat ? 0 : -1]
    let temperatures = probe.nodes.map { ($0 * slope).sum() }
    let expected = -1 * (Self.conductor * slope)
    for flux in probe.heatFlux(temperatures, [Self.conductor]) {
      let error = flux - expected
      #expect(largest([error.x, error.y, error.z]) < 1e-12)
    }
  }

  @Test(
    "heat that flows at the nodes is that of the flux at the points",
    arguments: ElementType.allCases)
  func dissipation(_ type: ElementType) {
    let probe = CellProbe(.conductivity(type), type.sampleNodes(distortion: 0.2))
    var scatter = Scatter(3)
    let temperatures = probe.nodes.map { _ in scatter.next() }
    // Tᵀ K T = ∫ q k⁻¹ q dV; with k = 2 everywhere that is ∫ q² dV / 2.
    let heat = product(probe.conductivity([.isotropic(2)]), temperatures)
    let work = zip(heat, temperatures).reduce(0) { $0 + $1.0 * $1.1 }
    let flux = probe.heatFlux(temperatures, [.isotropic(2)])
    let integral = zip(flux, probe.volumes()).reduce(0) { $0 + ($1.0 * $1.0).sum() * $1.1 / 2 }
    #expect(abs(work - integral) < 1e-12 * integral)
  }
}
