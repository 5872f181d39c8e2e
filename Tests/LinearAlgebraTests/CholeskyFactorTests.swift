import Parallelism
import Testing

@testable import LinearAlgebra

@Suite("Sparse Cholesky factorization") struct CholeskyFactorTests {
  /// The Laplacian of a grid of `side`² points with held boundary, plus `shift` on its diagonal.
  static func laplacian(_ side: Int, shift: Double = 0) -> SparseMatrix {
    var starts = [0]
    var rows: [Int] = []
    var values: [Double] = []
    for point in 0..<side * side {
      rows.append(point)
      values.append(4 + shift)
      if point % side < side - 1 { rows.append(point + 1); values.append(-1) }
      if point + side < side * side { rows.append(point + side); values.append(-1) }
      starts.append(rows.count)
    }
    return SparseMatrix(
      pattern: SparsityPattern(size: side * side, columnStarts: starts, rows: rows), values: values)
  }

  @Test("solves A x = b for a known x", arguments: [1, 2, 7, 40])
  func solves(side: Int) throws {
    let matrix = Self.laplacian(side)
    let known = (0..<side * side).map { Double($0 % 7) - 2.5 }
    let factor = try CholeskyFactor(of: matrix)
    let found = try factor.solve(matrix.multiplied(by: known))
    // condition of the grid Laplacian ≈ side² times round-off
    for (a, b) in zip(found, known) { #expect(abs(a - b) < 1e-16 * Double(side * side) * 100) }
  }

  @Test func `an indefinite matrix names the failing column`() {
    let matrix = SparseMatrix(
      pattern: SparsityPattern(size: 3, columnStarts: [0, 2, 4, 5], rows: [0, 1, 1, 2, 2]),
      values: [2, 1, 2, 1, -1])
    #expect(throws: FactorizationError.notPositiveDefinite(column: 2)) {
      _ = try CholeskyFactor(of: matrix)
    }
  }

  @Test func `a factor is updated with new values`() throws {
    var factor = try CholeskyFactor(of: Self.laplacian(6))
    let other = Self.laplacian(6, shift: 3)
    try factor.update(with: other)
    let known = (0..<36).map { Double($0) }
    let found = try factor.solve(other.multiplied(by: known))
    for (a, b) in zip(found, known) { #expect(abs(a - b) < 1e-12) }
  }

  @Test func `nested dissection is a permutation that reduces fill`() throws {
    let matrix = Self.laplacian(60)
    let order = try nestedDissection(of: matrix.pattern)
    #expect(order.sorted() == Array(0..<3600))
    let natural = try CholeskyFactor(of: matrix).entryCount
    var number = [Int32](repeating: 0, count: 3600)
    for (place, vertex) in order.enumerated() { number[vertex] = Int32(place) }
    var starts = [0]
    var members: [Int32] = []
    for column in 0..<3600 {
      for place in matrix.pattern.columnStarts[column]..<matrix.pattern.columnStarts[column + 1] {
        members += [number[column], number[matrix.pattern.rows[place]]]
        starts.append(members.count)
      }
    }
    let pattern = SparsityPattern(size: 3600, groupStarts: starts, members: members)
    #expect(pattern.entryCount == matrix.pattern.entryCount)
    let values = (0..<3600).flatMap { column in
      (pattern.columnStarts[column]..<pattern.columnStarts[column + 1]).map {
        pattern.rows[$0] == column ? 4.0 : -1.0
      }
    }
    let factor = try CholeskyFactor(of: SparseMatrix(pattern: pattern, values: values))
    #expect(factor.entryCount < natural)
  }

  /// The Laplacian of a cube of `side`³ points in the order of a nested dissection, plus `shift` on one diagonal.
  static func dissectedCube(_ side: Int, shift: Double = 0, at shifted: Int = 0) throws
    -> SparseMatrix
  {
    let count = side * side * side
    var starts = [0]
    var rows: [Int] = []
    for point in 0..<count {
      rows.append(point)
      if point % side < side - 1 { rows.append(point + 1) }
      if point / side % side < side - 1 { rows.append(point + side) }
      if point + side * side < count { rows.append(point + side * side) }
      starts.append(rows.count)
    }
    let graph = SparsityPattern(size: count, columnStarts: starts, rows: rows)
    var number = [Int32](repeating: 0, count: count)
    for (place, point) in try nestedDissection(of: graph).enumerated() {
      number[point] = Int32(place)
    }
    var groups = [0]
    var members: [Int32] = []
    for column in 0..<count {
      for place in starts[column]..<starts[column + 1] {
        members += [number[column], number[rows[place]]]
        groups.append(members.count)
      }
    }
    let pattern = SparsityPattern(size: count, groupStarts: groups, members: members)
    var values = [Double](repeating: -1, count: pattern.entryCount)
    for column in 0..<count {
      values[pattern.columnStarts[column]] = 6 + (column == shifted ? shift : 0)
    }
    return SparseMatrix(pattern: pattern, values: values)
  }

  @Test
  func
    `a factor cut into subtrees and tiles solves A x = b, with the same bits on one thread and on three`()
    throws
  {
    // 21952 unknowns: 14 subtrees and more above them, supernodes of several tiles
    let matrix = try Self.dissectedCube(28)
    let known = (0..<matrix.pattern.size).map { Double($0 % 7) - 2.5 }
    let load = matrix.multiplied(by: known)
    let before = WorkerPool.threadCount
    defer { WorkerPool.threadCount = before }
    let found = try [1, 3].map { count in
      WorkerPool.threadCount = count
      return try CholeskyFactor(of: matrix).solve(load)
    }
    #expect(found[0] == found[1])
    // condition of the grid Laplacian ≈ side² times round-off
    for (a, b) in zip(found[0], known) { #expect(abs(a - b) < 1e-16 * 28 * 28 * 100) }
  }

  @Test("the failing column is the first, wherever it lies", arguments: [0, 1234, 21951])
  func firstFailure(column: Int) throws {
    // A pivot is at most the diagonal entry, which is negative here; all columns before it are as they were.
    let matrix = try Self.dissectedCube(28, shift: -100, at: column)
    #expect(throws: FactorizationError.notPositiveDefinite(column: column)) {
      _ = try CholeskyFactor(of: matrix)
    }
  }

  @Test func `an expanded graph couples all unknowns of neighbouring vertices`() {
    // two vertices joined by an edge, with 2 and 1 unknowns: a full 3 × 3 matrix
    let graph = SparsityPattern(size: 2, columnStarts: [0, 2, 3], rows: [0, 1, 1])
    let expanded = graph.expanded(widths: [2, 1])
    #expect(expanded.columnStarts == [0, 3, 5, 6])
    #expect(expanded.rows == [0, 1, 2, 1, 2, 2])
  }
}
