import Parallelism
import Testing

@testable import BatchLinearAlgebra
@testable import LinearAlgebra

@Suite("Interleaved batch of eight matrices") struct BatchSolverTests {
  @Test func `matrices that nobody gave are zero, and fail`() throws {
    let analysis = try BatchAnalysis(
      ofGraph: Grid(sides: [3, 3], unknownsPerVertex: 2).graph, unknownsPerVertex: 2)
    var solver = BatchSolver(analysis)
    solver.factor(laneCount: 8)
    for status in solver.laneStatus {
      guard case .failed = status else {
        Issue.record("factored: \(status)")
        continue
      }
    }
  }

  /// A grid's matrix with random couplings, positive definite as a sum of squares of differences and a small shift.
  struct Grid: Sendable, CustomTestStringConvertible {
    var sides: [Int]
    var unknownsPerVertex: Int
    var shift = 0.02
    var testDescription: String { "\(sides), \(unknownsPerVertex) per vertex" }

    var vertexCount: Int { sides.reduce(1, *) }
    var unknownCount: Int { vertexCount * unknownsPerVertex }

    /// Cells of two vertices per direction: squares and cubes.
    var cells: [[Int]] {
      var cells: [[Int]] = []
      for vertex in 0..<vertexCount {
        var corners = [vertex]
        var step = 1
        for side in sides {
          if vertex / step % side < side - 1 { corners += corners.map { $0 + step } }
          step *= side
        }
        cells.append(corners)
      }
      return cells
    }

    var graph: SparsityPattern {
      var starts = [0]
      var members: [Int32] = []
      for cell in cells {
        members += cell.map(Int32.init)
        starts.append(members.count)
      }
      return SparsityPattern(size: vertexCount, groupStarts: starts, members: members)
    }

    /// Values of one matrix on the expanded pattern.
    func values(on pattern: SparsityPattern, seed: UInt64, contrast: Double = 1) -> [Double] {
      var random = Random(seed: seed)
      var values = [Double](repeating: 0, count: pattern.entryCount)
      func place(_ a: Int, _ b: Int) -> Int {
        let column = min(a, b)
        let range = pattern.columnStarts[column]..<pattern.columnStarts[column + 1]
        guard let place = range.first(where: { pattern.rows[$0] == max(a, b) }) else {
          preconditionFailure("no entry at \(a), \(b)")
        }
        return place
      }
      for unknown in 0..<unknownCount { values[pattern.columnStarts[unknown]] += shift }
      for cell in cells {
        let unknowns = cell.flatMap { vertex in
          (0..<unknownsPerVertex).map { vertex * unknownsPerVertex + $0 }
        }
        // Two random directions per cell: w wᵀ.
        let weight = random.next() < 0.5 ? 1 : 1 / contrast
        for _ in 0..<2 {
          let w = unknowns.map { _ in random.next() - 0.5 }
          for i in unknowns.indices {
            for j in 0...i {
              values[place(unknowns[i], unknowns[j])] += weight * w[i] * w[j]
            }
          }
        }
      }
      return values
    }
  }

  struct Random {
    var state: UInt64
    init(seed: UInt64) { state = (seed &+ 77) &* 0x9E37_79B9_7F4A_7C15 | 1 }
    mutating func next() -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(state >> 11) * 0x1p-53
    }
  }

  static func fill(_ solver: inout BatchSolver, lanes: [[Double]]) {
    solver.withMatrixValues { values in
      for (lane, matrix) in lanes.enumerated() {
        for entry in matrix.indices { values[entry * 8 + lane] = matrix[entry] }
      }
    }
  }

  /// Right-hand sides [unknown][side][lane], and one lane and side of them.
  static func loads(_ size: Int, count: Int, seeds: [UInt64]) -> [Double] {
    var vectors = [Double](repeating: 0, count: size * count * 8)
    for (lane, seed) in seeds.enumerated() {
      var random = Random(seed: seed)
      for unknown in 0..<size {
        for side in 0..<count {
          vectors[(unknown * count + side) * 8 + lane] = random.next() - 0.5
        }
      }
    }
    return vectors
  }

  static func side(_ vectors: [Double], _ side: Int, of count: Int, lane: Int) -> [Double] {
    stride(from: 0, to: vectors.count / (8 * count), by: 1).map {
      vectors[($0 * count + side) * 8 + lane]
    }
  }

  static func length(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  static let grids = [
    Grid(sides: [1], unknownsPerVertex: 1), Grid(sides: [3], unknownsPerVertex: 2),
    Grid(sides: [9, 7], unknownsPerVertex: 1), Grid(sides: [13, 17], unknownsPerVertex: 2),
    Grid(sides: [20, 20], unknownsPerVertex: 3), Grid(sides: [6, 5, 7], unknownsPerVertex: 1),
    Grid(sides: [5, 6, 4], unknownsPerVertex: 2), Grid(sides: [5, 5, 6], unknownsPerVertex: 3),
  ]

  @Test("solves what CHOLMOD solves", arguments: grids)
  func agreesWithCholmod(grid: Grid) throws {
    let analysis = try BatchAnalysis(
      ofGraph: grid.graph, unknownsPerVertex: grid.unknownsPerVertex)
    let size = grid.unknownCount
    let lanes = (0..<8).map { grid.values(on: analysis.pattern, seed: UInt64($0)) }
    var solver = BatchSolver(analysis)
    Self.fill(&solver, lanes: lanes)
    solver.factor(laneCount: 8)
    #expect(solver.laneStatus == Array(repeating: .single, count: 8))
    let loads = Self.loads(size, count: 3, seeds: (0..<8).map { $0 + 100 })
    var found = loads
    let report = solver.solve(&found, count: 3)
    #expect(report.isConverged.allSatisfy { $0 })
    for lane in 0..<8 {
      let matrix = SparseMatrix(pattern: analysis.pattern, values: lanes[lane])
      let factor = try CholeskyFactor(of: matrix)
      for side in 0..<3 {
        let load = Self.side(loads, side, of: 3, lane: lane)
        let expected = try factor.solve(load)
        let x = Self.side(found, side, of: 3, lane: lane)
        let rest = zip(load, matrix.multiplied(by: x)).map { $0 - $1 }
        // The promise itself.
        #expect(Self.length(rest) <= 1e-12 * Self.length(load))
        // Condition at most 1e4 (a shift of 0.02 below row sums of a few) times the residual of 1e-12.
        let difference = zip(x, expected).map { $0 - $1 }
        #expect(Self.length(difference) <= 1e-8 * Self.length(expected))
      }
    }
  }
}
