/// The principal values of a symmetric tensor and the axes along which they act.
public struct PrincipalValues: Sendable, Equatable {
  /// The values, largest first.
  public var values: SIMD3<Double>
  /// Unit vectors at right angles, right-handed, in the order of the values.
  ///
  /// Where two values are equal their axes are any two in their plane.
  public var axes: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)

  /// Whether values and axes are the same.
  public static func == (a: Self, b: Self) -> Bool { a.values == b.values && a.axes == b.axes }
}

extension SymmetricTensor {
  /// Principal values and directions.
  ///
  /// Accurate to round-off of the largest value, also where values are close to each other.
  public func principal() -> PrincipalValues {
    let scale = magnitude
    guard scale > 0 else {
      return PrincipalValues(values: .zero, axes: ([1, 0, 0], [0, 1, 0], [0, 0, 1]))
    }
    let unit = (1 / scale) * self  // so that no square overflows
    let (values, vectors) = symmetricEigen(
      [unit.xx, unit.xy, unit.xz, unit.xy, unit.yy, unit.yz, unit.xz, unit.yz, unit.zz], count: 3)
    let order = [0, 1, 2].sorted { values[$0] > values[$1] }
    func vector(_ index: Int) -> SIMD3<Double> {
      [vectors[3 * index], vectors[3 * index + 1], vectors[3 * index + 2]]
    }
    let (first, second) = (vector(order[0]), vector(order[1]))
    let third = SIMD3(
      first.y * second.z - first.z * second.y,
      first.z * second.x - first.x * second.z,
      first.x * second.y - first.y * second.x)
    return PrincipalValues(
      values: scale * SIMD3(values[order[0]], values[order[1]], values[order[2]]),
      axes: (first, second, third))
  }

  /// The components along turned axes.
  ///
  /// - Parameter axes: Unit vectors at right angles, in the components this tensor is written in.
  public func components(
    along axes: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)
  ) -> SymmetricTensor {
    func component(_ u: SIMD3<Double>, _ v: SIMD3<Double>) -> Double {
      xx * u.x * v.x + yy * u.y * v.y + zz * u.z * v.z
        + xy * (u.x * v.y + u.y * v.x) + xz * (u.x * v.z + u.z * v.x)
        + yz * (u.y * v.z + u.z * v.y)
    }
    return SymmetricTensor(
      xx: component(axes.0, axes.0), yy: component(axes.1, axes.1),
      zz: component(axes.2, axes.2), xy: component(axes.0, axes.1),
      xz: component(axes.0, axes.2), yz: component(axes.1, axes.2))
  }

  /// The global components of a tensor whose components along turned axes are these.
  ///
  /// - Parameter axes: Unit vectors at right angles, in global components.
  public func rotated(
    from axes: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)
  ) -> SymmetricTensor {
    components(
      along: (
        [axes.0.x, axes.1.x, axes.2.x], [axes.0.y, axes.1.y, axes.2.y],
        [axes.0.z, axes.1.z, axes.2.z]
      ))
  }
}
