/// Local axes in space: fixed, or turning with the angle about an axis.
public enum CoordinateSystem: Sendable, Equatable, Codable {
  /// Fixed axes: `first` is x', the third is `first` × `second`. Both are unit vectors, at right angles.
  case rectangular(first: SIMD3<Double>, second: SIMD3<Double>)
  /// Radial, circumferential and axial axes about the line from `origin` along the unit vector `axis`.
  case cylindrical(origin: SIMD3<Double>, axis: SIMD3<Double>)

  /// The axes at a point, each a unit vector in global components.
  ///
  /// On the axis of a cylindrical system the radial direction is not defined; an arbitrary one is given.
  public func axes(at point: SIMD3<Double>) -> (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>) {
    switch self {
    case .rectangular(let first, let second):
      return (first, second, first.cross(second))
    case .cylindrical(let origin, let axis):
      let arm = point - origin
      var radial = arm - axis * arm.dot(axis)
      if radial.length <= 1e-12 * arm.length || radial.length == 0 { radial = axis.anyNormal }
      radial = radial.normalized
      return (radial, axis.cross(radial), axis)
    }
  }
}

extension SIMD3<Double> {
  /// The scalar product.
  @inlinable public func dot(_ other: Self) -> Double { x * other.x + y * other.y + z * other.z }

  /// The vector product.
  @inlinable public func cross(_ other: Self) -> Self {
    Self(
      y * other.z - z * other.y,
      z * other.x - x * other.z,
      x * other.y - y * other.x)
  }

  /// The Euclidean length.
  @inlinable public var length: Double { dot(self).squareRoot() }

  /// The vector of length 1 in the same direction.
  @inlinable public var normalized: Self { self / length }

  /// Some unit vector at right angles to this one.
  var anyNormal: Self {
    let helper: Self = abs(x) < 0.9 * length ? Self(1, 0, 0) : Self(0, 1, 0)
    return cross(helper).normalized
  }
}
