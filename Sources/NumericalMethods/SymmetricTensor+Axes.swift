extension SymmetricTensor {
  /// The product with a vector: of a stress, the traction on an area.
  public func applied(to v: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(
      xx * v.x + xy * v.y + xz * v.z, xy * v.x + yy * v.y + yz * v.z,
      xz * v.x + yz * v.y + zz * v.z)
  }

  /// The components along turned axes.
  ///
  /// - Parameter axes: Unit vectors at right angles, in the components this tensor is written in.
  public func components(
    along axes: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)
  ) -> SymmetricTensor {
    func product(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double {
      a.x * b.x + a.y * b.y + a.z * b.z
    }
    let (a, b, c) = (applied(to: axes.0), applied(to: axes.1), applied(to: axes.2))
    return Self(
      xx: product(axes.0, a), yy: product(axes.1, b), zz: product(axes.2, c),
      xy: product(axes.0, b), xz: product(axes.0, c), yz: product(axes.1, c))
  }

  /// The global components of a tensor whose components along turned axes are these.
  ///
  /// - Parameter axes: Unit vectors at right angles, in global components.
  public func rotated(
    from axes: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)
  ) -> SymmetricTensor {
    func term(_ factor: Double, _ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SymmetricTensor {
      factor
        * SymmetricTensor(
          xx: a.x * b.x, yy: a.y * b.y, zz: a.z * b.z, xy: (a.x * b.y + a.y * b.x) / 2,
          xz: (a.x * b.z + a.z * b.x) / 2, yz: (a.y * b.z + a.z * b.y) / 2)
    }
    return term(xx, axes.0, axes.0) + term(yy, axes.1, axes.1) + term(zz, axes.2, axes.2)
      + term(2 * xy, axes.0, axes.1) + term(2 * xz, axes.0, axes.2)
      + term(2 * yz, axes.1, axes.2)
  }
}
