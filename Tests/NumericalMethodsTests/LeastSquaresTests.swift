import NumericalMethods
import Testing

@Suite("Least squares") struct LeastSquaresTests {
  @Test func `a line through three points has the textbook's slope and mean`() {
    let inverse = LeastSquares.pseudoinverse(of: [[1, 0], [1, 1], [1, 2]])
    let data = [1.0, 3.0, 2.0]
    let coefficients = inverse.map { zip($0, data).reduce(0) { $0 + $1.0 * $1.1 } }
    #expect(abs(coefficients[0] - 1.5) < 1e-14)
    #expect(abs(coefficients[1] - 0.5) < 1e-14)
  }

  @Test func `as many functions as data are met exactly`() {
    let rows = [[1.0, 2.0, 4.0], [1, 3, 9], [1, -1, 1]]
    let inverse = LeastSquares.pseudoinverse(of: rows)
    for (i, row) in rows.enumerated() {
      for j in rows.indices {
        let product = zip(row, inverse).reduce(0) { $0 + $1.0 * $1.1[j] }
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-13)
      }
    }
  }
}
