internal import Meshing
internal import NumericalMethods

// The three bubbles of C3D8I, nine unknowns that no other cell sees: eliminated here.
//
// With r the nodes' and q the bubbles' unknowns, Kqr r + Kqq q = fq gives the condensed stiffness
// Krr − Krq Kqq⁻¹ Kqr and the condensed thermal force fr − Krq Kqq⁻¹ fq. CalculiX keeps the bubbles as nodes of
// the whole system; nothing but their own cell acts on them, so the result is the same.

/// Unknowns of the bubbles.
private let bubbleUnknowns = 9

extension ElementTable {
  /// Lends the stiffness with bubbles, 33 rows, and the solution X of Kqq X = Kqr, 9 rows of 24.
  private func withElimination<Result>(
    _ frame: CellFrame, _ elasticity: Span<ElasticityMatrix>,
    _ body: (_ full: UnsafeMutablePointer<Double>, _ solved: UnsafeMutablePointer<Double>) -> Result
  ) -> Result {
    let size = 3 * frame.columnCount
    let kept = 3 * nodeCount
    return withUnsafeTemporaryAllocation(
      of: Double.self, capacity: size * size + bubbleUnknowns * kept
    ) { memory in
      let full = memory.baseAddress.unsafelyUnwrapped
      let solved = full + size * size
      cartesianStiffness(frame, elasticity, into: full)
      var factor = BubbleFactor(full + kept * size + kept, stride: size)
      for row in 0..<bubbleUnknowns {
        for column in 0..<kept {
          solved[row * kept + column] = full[(kept + row) * size + column]
        }
      }
      factor.solve(solved, columnCount: kept)
      return body(full, solved)
    }
  }

  /// The stiffness with the bubbles eliminated.
  func condensedStiffness(
    _ frame: CellFrame, _ elasticity: Span<ElasticityMatrix>,
    into target: UnsafeMutablePointer<Double>
  ) {
    let size = 3 * frame.columnCount
    let kept = 3 * nodeCount
    withElimination(frame, elasticity) { full, solved in
      for row in 0..<kept {
        for column in row..<kept {
          var sum = full[row * size + column]
          for bubble in 0..<bubbleUnknowns {
            sum -= full[row * size + kept + bubble] * solved[bubble * kept + column]
          }
          target[row * kept + column] = sum
          target[column * kept + row] = sum
        }
      }
    }
  }

  /// Adds the strain of the bubbles, which follow the nodes so that no force acts on them.
  ///
  /// `strain` holds that of the nodes' displacements.
  func addBubbleStrain(
    _ frame: CellFrame, _ elasticity: Span<ElasticityMatrix>,
    _ thermalStress: Span<SymmetricTensor>, to strain: inout MutableSpan<SymmetricTensor>
  ) {
    let size = 3 * frame.columnCount
    let kept = 3 * nodeCount
    withUnsafeTemporaryAllocation(of: Double.self, capacity: size * size) { memory in
      let full = memory.baseAddress.unsafelyUnwrapped
      cartesianStiffness(frame, elasticity, into: full)
      var factor = BubbleFactor(full + kept * size + kept, stride: size)
      // The residual of the nodes' strains and the thermal stress on the bubbles.
      var amplitudes = InlineArray<9, Double>(repeating: 0)
      for bubble in 0..<3 {
        var residual = SIMD3<Double>.zero
        for point in 0..<pointCount {
          let stress =
            thermalStress[thermalStress.count == 1 ? 0 : point]
            - elasticity[elasticity.count == 1 ? 0 : point] * strain[point]
          residual += force(on: nodeCount + bubble, of: stress, at: point, frame)
        }
        for axis in 0..<3 { amplitudes[3 * bubble + axis] = residual[axis] }
      }
      var span = amplitudes.mutableSpan
      span.withUnsafeMutableBufferPointer {
        factor.solve($0.baseAddress.unsafelyUnwrapped, columnCount: 1)
      }
      for point in 0..<pointCount {
        for bubble in 0..<3 {
          let slope = frame.gradients[point * frame.columnCount + nodeCount + bubble]
          let x = amplitudes[3 * bubble]
          let y = amplitudes[3 * bubble + 1]
          let z = amplitudes[3 * bubble + 2]
          strain[point] =
            strain[point]
            + SymmetricTensor(
              xx: x * slope.x, yy: y * slope.y, zz: z * slope.z,
              xy: (x * slope.y + y * slope.x) / 2, xz: (x * slope.z + z * slope.x) / 2,
              yz: (y * slope.z + z * slope.y) / 2)
        }
      }
    }
  }
}

/// The Cholesky factor of the bubbles' own stiffness.
private struct BubbleFactor {
  /// Lower triangle, row after row.
  private var entries = InlineArray<81, Double>(repeating: 0)

  /// Factors the symmetric positive definite matrix of nine rows that begins at `first`.
  init(_ first: UnsafeMutablePointer<Double>, stride: Int) {
    for column in 0..<bubbleUnknowns {
      for row in column..<bubbleUnknowns {
        var sum = first[row * stride + column]
        for k in 0..<column { sum -= entries[9 * row + k] * entries[9 * column + k] }
        entries[9 * row + column] = row == column ? sum.squareRoot() : sum / entries[10 * column]
      }
    }
  }

  /// Replaces nine rows of right-hand sides by the solutions.
  mutating func solve(_ sides: UnsafeMutablePointer<Double>, columnCount: Int) {
    for row in 0..<bubbleUnknowns {
      for k in 0..<row { subtract(k, entries[9 * row + k], from: row, sides, columnCount) }
      divide(row, sides, columnCount)
    }
    for row in (0..<bubbleUnknowns).reversed() {
      for k in row + 1..<bubbleUnknowns {
        subtract(k, entries[9 * k + row], from: row, sides, columnCount)
      }
      divide(row, sides, columnCount)
    }
  }

  private func subtract(
    _ other: Int, _ factor: Double, from row: Int, _ sides: UnsafeMutablePointer<Double>,
    _ columnCount: Int
  ) {
    for column in 0..<columnCount {
      sides[row * columnCount + column] -= factor * sides[other * columnCount + column]
    }
  }

  private func divide(_ row: Int, _ sides: UnsafeMutablePointer<Double>, _ columnCount: Int) {
    for column in 0..<columnCount { sides[row * columnCount + column] /= entries[10 * row] }
  }
}
