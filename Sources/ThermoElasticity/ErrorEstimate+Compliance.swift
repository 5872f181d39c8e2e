internal import FiniteElements
internal import NumericalMethods

extension ErrorEstimate {
  /// The inverse of an elasticity matrix, as its Cholesky factor.
  struct Compliance: Sendable {
    /// The lower factor, row after row; directions without stiffness have a zero on the diagonal.
    private var factor: InlineArray<36, Double>

    init(of matrix: ElasticityMatrix) {
      factor = InlineArray(repeating: 0)
      for row in 0..<6 {
        for column in 0...row {
          var value = matrix[row, column]
          for k in 0..<column { value -= factor[6 * row + k] * factor[6 * column + k] }
          if column < row {
            let pivot = factor[6 * column + column]
            factor[6 * row + column] = pivot > 0 ? value / pivot : 0
          } else {
            factor[6 * row + row] = value > 1e-14 * matrix[row, row] ? value.squareRoot() : 0
          }
        }
      }
    }

    /// Twice the elastic energy per volume of a stress; a sheet's stress has no component across.
    func energy(of stress: SymmetricTensor) -> Double {
      let right: InlineArray<6, Double> = [
        stress.xx, stress.yy, stress.zz, stress.xy, stress.xz, stress.yz,
      ]
      var solution = InlineArray<6, Double>(repeating: 0)
      var sum = 0.0
      for row in 0..<6 where factor[7 * row] > 0 {
        var value = right[row]
        for k in 0..<row { value -= factor[6 * row + k] * solution[k] }
        solution[row] = value / factor[7 * row]
        sum += solution[row] * solution[row]
      }
      return sum
    }
  }
}
