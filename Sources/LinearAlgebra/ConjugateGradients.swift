internal import Parallelism

/// Conjugate gradients, preconditioned with the diagonal of the matrix (Jacobi).
///
/// Takes memory in proportion to the matrix, where a factor of a body in space takes many times as much; each solve takes as
/// many products with the matrix as there are iterations, about the square root of the condition number. Sums have an order
/// that depends on the matrix alone: one thread and two give the same bits.
///
/// Conjugate gradients on a singular matrix may well converge, to one of many answers. So ``update(with:)`` first solves
/// for a right-hand side of random signs, which every motion without resistance has a part in.
///
/// - Source: Saad, *Iterative Methods for Sparse Linear Systems* (2003), sections 6.7 and 9.2.
public final class ConjugateGradients: LinearSolver {
  private let size: Int
  private let entryCount: Int
  /// Where each row starts in ``columns`` and ``entries``, which hold both triangles: a row is then one thread's.
  private let rowStarts: [Int]
  private var columns: [Int32] = []
  private var entries: [Double] = []
  private var diagonal: [Double] = []

  /// Iterations of all solves so far, those for ``reciprocalCondition`` not among them.
  public private(set) var iterationCount: Int? = 0
  /// The smallest over the largest Rayleigh quotient met for the right-hand side of random signs, of the matrix scaled to a
  /// unit diagonal: an upper bound of that matrix's reciprocal condition number, but for round-off.
  public private(set) var reciprocalCondition = 0.0
  /// `nil`: there is no factor.
  public var factorEntryCount: Int? { nil }

  /// The residual of an answer over that of zero, both as √(rᵀD⁻¹r) with the diagonal D.
  static let reduction = 1e-13
  /// The same where only the Rayleigh quotients are wanted. The part of a motion without resistance in *n* random signs is about 1/√*n*:
  /// such a solve never comes so far.
  private static let probeReduction = 1e-6
  /// A Rayleigh quotient below this share of the largest is round-off.
  private static let smallestQuotient = 1e-14
  private static let rowsPerChunk = 2048

  /// Counts the entries of every row.
  public init(analysing pattern: SparsityPattern) throws(FactorizationError) {
    guard pattern.size <= Int32.max else { throw .tooLarge }
    (size, entryCount) = (pattern.size, pattern.entryCount)
    var starts = [Int](repeating: 0, count: size + 1)
    for column in 0..<size {
      for place in pattern.columnStarts[column]..<pattern.columnStarts[column + 1] {
        starts[column + 1] += 1
        if pattern.rows[place] != column { starts[pattern.rows[place] + 1] += 1 }
      }
    }
    for row in 0..<size { starts[row + 1] += starts[row] }
    rowStarts = starts
  }

  /// Bytes of both triangles, and of the vectors of one solve.
  public var neededBytes: Int {
    rowStarts[size] * (MemoryLayout<Double>.stride + MemoryLayout<Int32>.stride)
      + 8 * size * MemoryLayout<Double>.stride
  }

  /// Takes the values of a matrix and looks whether it is singular.
  ///
  /// - Throws: ``FactorizationError/noResistance(column:)``; ``FactorizationError/notConverged(iterations:residual:)``.
  /// - Complexity: About half of a solve.
  public func update(with matrix: borrowing SparseMatrix) throws(FactorizationError) {
    let pattern = matrix.pattern
    precondition(
      pattern.size == size && pattern.entryCount == entryCount,
      "\(pattern.entryCount) entries in \(pattern.size) columns instead of \(entryCount) in \(size)"
    )
    columns = Array(repeating: 0, count: rowStarts[size])
    entries = Array(repeating: 0, count: rowStarts[size])
    diagonal = Array(repeating: 0, count: size)
    var next = rowStarts
    for column in 0..<size {
      for place in pattern.columnStarts[column]..<pattern.columnStarts[column + 1] {
        let (row, value) = (pattern.rows[place], matrix.values[place])
        (columns[next[column]], entries[next[column]]) = (Int32(row), value)
        next[column] += 1
        if row == column {
          guard value > 0 else { throw .notPositiveDefinite(column: column) }
          diagonal[column] = value
        } else {
          (columns[next[row]], entries[next[row]]) = (Int32(column), value)
          next[row] += 1
        }
      }
    }
    var bits: UInt64 = 1
    let signs = diagonal.map { entry in
      // Knuth's linear congruential generator, its highest bit.
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return bits >> 63 == 0 ? entry.squareRoot() : -entry.squareRoot()
    }
    let run = try iterate(for: signs, to: Self.probeReduction)
    reciprocalCondition = run.count > 0 ? run.smallest / run.largest : 1
  }

  /// Solves A x = b.
  ///
  /// - Throws: ``FactorizationError/noResistance(column:)``; ``FactorizationError/notConverged(iterations:residual:)``.
  /// - Complexity: O(stored entries) per iteration; iterations grow with the square root of the condition number.
  public func solve(_ load: [Double]) throws(FactorizationError) -> [Double] {
    precondition(load.count == size, "a load of \(load.count) values for \(size) unknowns")
    precondition(diagonal.count == size, "no matrix was given")
    let run = try iterate(for: load, to: Self.reduction)
    iterationCount = (iterationCount ?? 0) + run.count
    return run.solution
  }

  /// What came of one run: the solution, its iterations, and the Rayleigh quotients met.
  private struct Run {
    var solution: [Double]
    var count = 0
    var smallest = Double.infinity
    var largest = 0.0
  }

  /// Iterates until the residual has fallen to a share of what it was.
  private func iterate(
    for load: [Double], to reduction: Double
  ) throws(FactorizationError) -> Run {
    var run = Run(solution: Array(repeating: 0, count: size))
    var residual = load
    var direction = [Double](repeating: 0, count: size)
    for row in 0..<size { direction[row] = load[row] / diagonal[row] }
    var image = direction
    // rᵀ D⁻¹ r, and pᵀ D p of the direction p.
    var residualSquare = Self.dot(residual, direction)
    var directionSquare = residualSquare
    let (start, limit) = (residualSquare, min(50_000, 100 + 20 * size))
    var (lastAlpha, lastBeta) = (1.0, 0.0)
    while !(residualSquare <= start * reduction * reduction) {
      guard residualSquare.isFinite, run.count < limit else {
        throw .notConverged(iterations: run.count, residual: (residualSquare / start).squareRoot())
      }
      multiply(direction, into: &image)
      let work = Self.dot(direction, image)
      let alpha = residualSquare / work
      run.smallest = min(run.smallest, work / directionSquare)
      // A diagonal entry of Lanczos's matrix: the Rayleigh quotient of the residual.
      run.largest = max(run.largest, 1 / alpha + lastBeta / lastAlpha)
      guard run.smallest > Self.smallestQuotient * run.largest else {
        throw .noResistance(column: largestMotion(direction))
      }
      for row in 0..<size {
        run.solution[row] += alpha * direction[row]
        residual[row] -= alpha * image[row]
        image[row] = residual[row] / diagonal[row]
      }
      let newSquare = Self.dot(residual, image)
      (lastAlpha, lastBeta) = (alpha, newSquare / residualSquare)
      for row in 0..<size { direction[row] = image[row] + lastBeta * direction[row] }
      directionSquare = newSquare + lastBeta * lastBeta * directionSquare
      residualSquare = newSquare
      run.count += 1
    }
    return run
  }

  /// The matrix times a vector.
  private func multiply(_ vector: [Double], into result: inout [Double]) {
    let (rowStarts, columns, entries) = (self.rowStarts, self.columns, self.entries)
    result.mutateChunksInParallel(ofLength: Self.rowsPerChunk) { first, chunk in
      for place in 0..<chunk.count {
        var sum = 0.0
        for entry in rowStarts[first + place]..<rowStarts[first + place + 1] {
          sum += entries[entry] * vector[Int(columns[entry])]
        }
        chunk[place] = sum
      }
    }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for row in a.indices { sum += a[row] * b[row] }
    return sum
  }

  /// The unknown that moves most in a direction, all measured by their diagonal entry.
  private func largestMotion(_ direction: [Double]) -> Int {
    func size(_ row: Int) -> Double { diagonal[row] * direction[row] * direction[row] }
    return direction.indices.max { size($0) < size($1) } ?? 0
  }
}
