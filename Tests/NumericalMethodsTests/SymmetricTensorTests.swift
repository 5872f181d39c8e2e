import NumericalMethods
import Testing

@Suite("Symmetric tensors") struct SymmetricTensorTests {
  static let samples: [SymmetricTensor] = [
    .zero,
    SymmetricTensor(xx: 3, yy: -1, zz: 2),
    SymmetricTensor(xx: 5, yy: 5, zz: 5),
    SymmetricTensor(xy: 1),
    SymmetricTensor(xx: 1, yy: 2, zz: 3, xy: 4, xz: -5, yz: 6),
    SymmetricTensor(xx: 1, yy: 1 + 1e-9, zz: 1, xy: 1e-10, xz: 3e-10, yz: -2e-10),
    SymmetricTensor(xx: 1e200, yy: -3e199, xy: 2e199, yz: 7e198),
  ]

  @Test("principal values have the tensor's sums and products", arguments: samples)
  func principal(_ tensor: SymmetricTensor) {
    let scale = tensor.magnitude
    guard scale > 0 else {
      let zero = tensor.principalValues
      #expect(zero.max == 0 && zero.mid == 0 && zero.min == 0)
      return
    }
    let (a, b, c) = tensor.principalValues
    #expect(a >= b && b >= c)
    // Round-off of a few rotations, of the largest value.
    let tolerance = 8e-15
    #expect(abs(a / scale + b / scale + c / scale - tensor.trace / scale) < tolerance)
    let unit = (1 / scale) * tensor
    let (x, y, z) = (a / scale, b / scale, c / scale)
    #expect(abs(x * x + y * y + z * z - unit.contracted(with: unit)) < tolerance)
    let determinant =
      unit.xx * (unit.yy * unit.zz - unit.yz * unit.yz)
      - unit.xy * (unit.xy * unit.zz - unit.yz * unit.xz)
      + unit.xz * (unit.xy * unit.yz - unit.yy * unit.xz)
    #expect(abs(x * y * z - determinant) < tolerance)
  }

  @Test func `pure shear has principal values of both signs`() {
    let result = SymmetricTensor(xy: 2).principalValues
    #expect(abs(result.max - 2) < 1e-15 && abs(result.mid) < 1e-15 && abs(result.min + 2) < 1e-15)
  }

  @Test func `what is not finite has no principal values`() {
    #expect(SymmetricTensor(xx: .nan).principalValues.max.isNaN)
    #expect(SymmetricTensor(xy: .infinity).principalValues.min.isNaN)
  }

  @Test func `components along turned axes are those of a uniaxial stress by hand`() {
    // 100 along x, seen from axes turned by 30 degrees about z.
    let (c, s) = (3.0.squareRoot() / 2, 0.5)
    let turned = SymmetricTensor(xx: 100).components(along: ([c, s, 0], [-s, c, 0], [0, 0, 1]))
    let expected = SymmetricTensor(xx: 75, yy: 25, xy: -100 * s * c)
    #expect((turned - expected).magnitude < 1e-13)
  }

  @Test func `turning there and back changes nothing`() {
    let axes: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>) = (
      [2.0 / 3, 2.0 / 3, 1.0 / 3], [-2.0 / 3, 1.0 / 3, 2.0 / 3], [1.0 / 3, -2.0 / 3, 2.0 / 3]
    )
    let tensor = Self.samples[4]
    let back = tensor.components(along: axes).rotated(from: axes)
    #expect((back - tensor).magnitude < 1e-14)
    #expect((tensor.components(along: axes) - tensor).magnitude > 1)
  }

  @Test func `a turned conductor drives the turned flux`() {
    let axes: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>) = (
      [0.6, 0.8, 0], [-0.8, 0.6, 0], [0, 0, 1]
    )
    let turned = SymmetricTensor(xx: 4, yy: 1, zz: 2).rotated(from: axes)
    let error = turned.applied(to: axes.0) - 4 * axes.0
    #expect((error * error).sum().squareRoot() < 1e-14)
  }
}
