import NumericalMethods

extension SymmetricTensor {
  /// The principal values, largest first.
  ///
  /// Found by Jacobi rotations, which keep full relative accuracy where two values are nearly equal.
  /// - Source: Golub and Van Loan, *Matrix Computations* (1996), section 8.4.
  var principalValues: (max: Double, mid: Double, min: Double) {
    var a = [[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]
    for _ in 0..<30 {
      let off = abs(a[0][1]) + abs(a[0][2]) + abs(a[1][2])
      let diagonal = abs(a[0][0]) + abs(a[1][1]) + abs(a[2][2])
      guard off > 1e-17 * diagonal, off.isFinite else { break }
      for (p, q) in [(0, 1), (0, 2), (1, 2)] where a[p][q] != 0 {
        let θ = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let t = (θ < 0 ? -1.0 : 1.0) / (abs(θ) + (θ * θ + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        let r = 3 - p - q
        let (apq, arp, arq) = (a[p][q], a[r][p], a[r][q])
        a[p][p] -= t * apq
        a[q][q] += t * apq
        (a[p][q], a[q][p]) = (0, 0)
        (a[r][p], a[p][r]) = (c * arp - s * arq, c * arp - s * arq)
        (a[r][q], a[q][r]) = (s * arp + c * arq, s * arp + c * arq)
      }
    }
    let values = [a[0][0], a[1][1], a[2][2]].sorted(by: >)
    return (values[0], values[1], values[2])
  }
}
