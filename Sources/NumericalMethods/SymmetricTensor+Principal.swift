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
  ///
  /// - Source: Jacobi's rotations; Golub and Van Loan, *Matrix Computations* (2013), 8.5.
  public func principal() -> PrincipalValues {
    var a = [[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]
    var v: [SIMD3<Double>] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    for _ in 0..<50 {  // converges quadratically: six sweeps are many
      let off = abs(a[0][1]) + abs(a[0][2]) + abs(a[1][2])
      if !(off > 0) { break }
      for (p, q) in [(0, 1), (0, 2), (1, 2)] where a[p][q] != 0 {
        let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let t =
          (theta < 0 ? -1 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        let r = 3 - p - q
        let (arp, arq, apq) = (a[r][p], a[r][q], a[p][q])
        a[p][p] -= t * apq
        a[q][q] += t * apq
        (a[p][q], a[q][p]) = (0, 0)
        a[r][p] = c * arp - s * arq
        a[r][q] = s * arp + c * arq
        (a[p][r], a[q][r]) = (a[r][p], a[r][q])
        (v[p], v[q]) = (c * v[p] - s * v[q], s * v[p] + c * v[q])
      }
    }
    let order = [0, 1, 2].sorted { a[$0][$0] > a[$1][$1] }
    let (first, second) = (v[order[0]], v[order[1]])
    let third = SIMD3(
      first.y * second.z - first.z * second.y,
      first.z * second.x - first.x * second.z,
      first.x * second.y - first.y * second.x)
    return PrincipalValues(
      values: [a[order[0]][order[0]], a[order[1]][order[1]], a[order[2]][order[2]]],
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
