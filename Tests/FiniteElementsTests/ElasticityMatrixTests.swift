import FiniteElements
import NumericalMethods
import Testing

@Suite("Elasticity matrices") struct ElasticityMatrixTests {
  @Test func `tension of an isotropic material contracts it sideways`() {
    let matrix = ElasticityMatrix.isotropic(youngsModulus: 200, poissonsRatio: 0.25)
    let stress = matrix * SymmetricTensor(xx: 0.01, yy: -0.0025, zz: -0.0025)
    #expect((stress - SymmetricTensor(xx: 2)).magnitude < 1e-15)
    // Tensor shear 0.01 is engineering shear 0.02, G = 80.
    #expect(abs((matrix * SymmetricTensor(xy: 0.01)).xy - 1.6) < 1e-15)
  }

  @Test func `engineering constants are what tensile tests along the axes show`() {
    let matrix = ElasticityMatrix.engineeringConstants([200, 90, 40, 0.3, 0.2, 0.1, 30, 20, 15])
    let first = matrix * SymmetricTensor(xx: 0.01, yy: -0.003, zz: -0.002)
    #expect((first - SymmetricTensor(xx: 2)).magnitude < 1e-14)
    let second = matrix * SymmetricTensor(xx: -0.01 * 0.3 * 90 / 200, yy: 0.01, zz: -0.001)
    #expect((second - SymmetricTensor(yy: 0.9)).magnitude < 1e-14)
    let shear = matrix * SymmetricTensor(xy: 0.5, xz: 0.5, yz: 0.5)
    #expect((shear - SymmetricTensor(xy: 30, xz: 20, yz: 15)).magnitude < 1e-14)
  }

  @Test func `a turned material answers a turned strain with the turned stress`() {
    let axes: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>) = (
      [2.0 / 3, 2.0 / 3, 1.0 / 3], [-2.0 / 3, 1.0 / 3, 2.0 / 3], [1.0 / 3, -2.0 / 3, 2.0 / 3]
    )
    let local = ElasticityMatrix.anisotropic(ElementTableTests.anisotropicConstants)
    let strain = SymmetricTensor(xx: 1, yy: 2, zz: 3, xy: 4, xz: -5, yz: 6)
    let stress = (local * strain).rotated(from: axes)
    let turned = local.rotated(from: axes) * strain.rotated(from: axes)
    #expect((stress - turned).magnitude < 1e-12)
  }

  @Test func `a sheet has no stress across its plane`() {
    let matrix = ElasticityMatrix.isotropic(youngsModulus: 210, poissonsRatio: 0.3).planeStress()
    // E/(1 − ν²) and ν E/(1 − ν²).
    let stress = matrix * SymmetricTensor(xx: 1)
    #expect(abs(stress.xx - 210 / 0.91) < 1e-12)
    #expect(abs(stress.yy - 63 / 0.91) < 1e-12)
    #expect(stress.zz == 0)
    #expect(matrix.planeStress() == matrix)
  }

  @Test func `a sheet of a material tilted against its plane has no shear stress across it`() {
    let matrix = ElasticityMatrix.engineeringConstants([
      9000, 5000, 3000, 0, 0.3, 0, 2000, 1200, 1500,
    ])
    .rotated(from: ([0.8, 0, 0.6], [0, 1, 0], [-0.6, 0, 0.8])).planeStress()
    // Pulled along x it stretches by c⁴/E₁ + s⁴/E₃ + c²s²(1/G₁₃ − 2ν₁₃/E₁), and keeps its width.
    let mixed: Double = 1 / 1200 - 0.6 / 9000
    let stretch: Double = 0.4096 / 9000 + 0.1296 / 3000 + 0.2304 * mixed
    let stress = matrix * SymmetricTensor(xx: 7 * stretch)
    #expect((stress - SymmetricTensor(xx: 7)).magnitude < 1e-12)
    #expect(matrix.planeStress() == matrix)
  }
}
