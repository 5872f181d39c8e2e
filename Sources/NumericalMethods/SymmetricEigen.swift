/// Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi rotations.
///
/// - Parameters:
///   - matrix: Row-major, `count`² values.
/// - Returns: Eigenvalues in no particular order, and the eigenvectors, one after the other, of length 1.
/// - Complexity: O(*count*³) per sweep, about eight sweeps: for matrices up to a few hundred rows.
/// - Source: Golub & Van Loan, *Matrix Computations* (2013), section 8.5.
public func symmetricEigen(_ matrix: [Double], count: Int) -> (values: [Double], vectors: [Double])
{
  precondition(matrix.count == count * count, "\(matrix.count) values for \(count)² entries")
  var a = matrix
  var vectors = [Double](repeating: 0, count: count * count)
  for index in 0..<count { vectors[index * count + index] = 1 }
  let scale = a.reduce(0) { $0 + $1 * $1 }
  for _ in 0..<60 {
    var off = 0.0
    for row in 0..<count {
      for column in 0..<row { off += a[row * count + column] * a[row * count + column] }
    }
    if off <= 1e-34 * scale { break }
    for p in 0..<count {
      for q in (p + 1)..<max(p + 1, count) where a[p * count + q] != 0 {
        let apq = a[p * count + q]
        let theta = (a[q * count + q] - a[p * count + p]) / (2 * apq)
        let t = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for k in 0..<count {
          let (akp, akq) = (a[k * count + p], a[k * count + q])
          a[k * count + p] = c * akp - s * akq
          a[k * count + q] = s * akp + c * akq
        }
        for k in 0..<count {
          let (apk, aqk) = (a[p * count + k], a[q * count + k])
          a[p * count + k] = c * apk - s * aqk
          a[q * count + k] = s * apk + c * aqk
          let (vpk, vqk) = (vectors[p * count + k], vectors[q * count + k])
          vectors[p * count + k] = c * vpk - s * vqk
          vectors[q * count + k] = s * vpk + c * vqk
        }
      }
    }
  }
  return ((0..<count).map { a[$0 * count + $0] }, vectors)
}
