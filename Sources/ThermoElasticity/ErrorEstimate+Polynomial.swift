internal import NumericalMethods

extension ErrorEstimate {
  /// Complete polynomials of first and second degree in the plane and in space.
  enum Polynomial {
    static let largestTermCount = 10

    /// The monomials at a point: 1, x, y, z, then x², y², z², xy, xz, yz; those with z are zero in the plane.
    static func terms(
      _ p: SIMD3<Double>, _ dimension: Int, isQuadratic: Bool
    ) -> InlineArray<10, Double> {
      let z = dimension == 3 ? p.z : 0
      guard isQuadratic else { return [1, p.x, p.y, z, 0, 0, 0, 0, 0, 0] }
      return [1, p.x, p.y, z, p.x * p.x, p.y * p.y, z * z, p.x * p.y, p.x * z, p.y * z]
    }

    /// The equations of a least-squares fit of stresses.
    struct NormalEquations {
      /// The terms that occur.
      private let used: [Int]
      private let dimension: Int
      private let isQuadratic: Bool
      private var matrix = InlineArray<100, Double>(repeating: 0)
      private var right = InlineArray<10, SymmetricTensor>(repeating: .zero)

      init(dimension: Int, isQuadratic: Bool) {
        self.dimension = dimension
        self.isQuadratic = isQuadratic
        used =
          dimension == 3
          ? Array(0..<(isQuadratic ? 10 : 4)) : isQuadratic ? [0, 1, 2, 4, 5, 7] : [0, 1, 2]
      }

      mutating func add(_ stress: SymmetricTensor, at point: SIMD3<Double>) {
        let terms = Polynomial.terms(point, dimension, isQuadratic: isQuadratic)
        for row in used {
          for column in used where column <= row {
            matrix[10 * row + column] += terms[row] * terms[column]
          }
          right[row] = right[row] + terms[row] * stress
        }
      }

      /// Solves by Cholesky's method; terms that the samples do not tell from those before them are left out.
      ///
      /// - Returns: One stress per term; zero for those left out.
      consuming func solution() -> InlineArray<10, SymmetricTensor> {
        for row in used {
          for column in used where column <= row {
            var value = matrix[10 * row + column]
            for k in used where k < column {
              value -= matrix[10 * row + k] * matrix[10 * column + k]
            }
            if column < row {
              matrix[10 * row + column] = value / matrix[11 * column]
            } else {
              // What the terms before do not explain of this one's samples: a tenth or more in patches all around a
              // corner, next to nothing where the samples lie on two planes. Dividing by infinity leaves it out.
              let isTold = value > 0.02 * matrix[11 * row]
              matrix[11 * row] = isTold ? value.squareRoot() : .infinity
            }
          }
        }
        for row in used {
          for k in used where k < row { right[row] = right[row] - matrix[10 * row + k] * right[k] }
          right[row] = (1 / matrix[11 * row]) * right[row]
        }
        for row in used.reversed() {
          for k in used where k > row { right[row] = right[row] - matrix[10 * k + row] * right[k] }
          right[row] = (1 / matrix[11 * row]) * right[row]
        }
        return right
      }
    }
  }
}
