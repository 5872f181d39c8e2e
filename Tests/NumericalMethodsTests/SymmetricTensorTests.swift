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

  @Test("principal values along their axes give the tensor back", arguments: samples)
  func principal(_ tensor: SymmetricTensor) {
    let result = tensor.principal()
    let back = SymmetricTensor(
      xx: result.values.x, yy: result.values.y, zz: result.values.z
    ).rotated(from: result.axes)
    #expect((back - tensor).magnitude <= 8e-16 * 3 * tensor.magnitude)
    #expect(result.values.x >= result.values.y && result.values.y >= result.values.z)
    let (a, b, c) = result.axes
    // 4e-15: a few rotations' round-off.
    for (u, v) in [(a, b), (b, c), (a, c)] { #expect(abs((u * v).sum()) < 4e-15) }
    for axis in [a, b, c] { #expect(abs((axis * axis).sum() - 1) < 4e-15) }
  }

  @Test func `pure shear has principal values of both signs under 45 degrees`() {
    let result = SymmetricTensor(xy: 2).principal()
    #expect(abs(result.values.x - 2) < 1e-15 && abs(result.values.y) < 1e-15)
    #expect(abs(abs(result.axes.0.x) - 0.5.squareRoot()) < 1e-15)
    #expect(abs(result.axes.0.x - result.axes.0.y) < 1e-15)
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
}
