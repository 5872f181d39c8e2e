import Parallelism
import Testing

@testable import BatchLinearAlgebra
@testable import LinearAlgebra

/// Lanes are designs: none may disturb another, wherever it sits and whatever becomes of its neighbours.
@Suite("Lanes of a batch") struct BatchLaneTests {
  typealias Grid = BatchSolverTests.Grid
  static let grid = Grid(sides: [12, 11], unknownsPerVertex: 2)
  static let analysis = Result {
    try BatchAnalysis(ofGraph: grid.graph, unknownsPerVertex: grid.unknownsPerVertex)
  }

  let analysis: BatchAnalysis
  let size = Self.grid.unknownCount

  init() throws { analysis = try Self.analysis.get() }

  func values(_ seed: UInt64) -> [Double] {
    Self.grid.values(on: analysis.pattern, seed: seed)
  }

  /// Stiffnesses so far apart that single precision cannot help: condition about 1e11, whatever the scaling.
  func illConditioned(_ seed: UInt64) -> [Double] {
    var grid = Self.grid
    grid.shift = 1e-11
    return grid.values(on: analysis.pattern, seed: seed)
  }

  func solution(
    lanes: [[Double]], seeds: [UInt64], count: Int = 1
  ) -> (vectors: [Double], status: [LaneStatus], report: BatchSolveReport) {
    var solver = BatchSolver(analysis)
    BatchSolverTests.fill(&solver, lanes: lanes)
    solver.factor(laneCount: lanes.count)
    var vectors = BatchSolverTests.loads(size, count: count, seeds: seeds)
    let report = solver.solve(&vectors, count: count)
    return (vectors, solver.laneStatus, report)
  }

  func lane(_ lane: Int, of vectors: [Double]) -> [UInt64] {
    BatchSolverTests.side(vectors, 0, of: 1, lane: lane).map(\.bitPattern)
  }

  @Test("every number of lanes works, and gives each design the same bits", arguments: 1...8)
  func laneCounts(count: Int) {
    let alone = solution(lanes: [values(3)], seeds: [30])
    // The design sits last, its neighbours are others.
    let lanes = (1..<count).map { values(UInt64($0 + 40)) } + [values(3)]
    let seeds = (1..<count).map { UInt64($0 + 60) } + [30]
    let together = solution(lanes: lanes, seeds: seeds)
    #expect(lane(count - 1, of: together.vectors) == lane(0, of: alone.vectors))
    #expect(together.report.isConverged.allSatisfy { $0 })
    #expect(together.status[..<count].allSatisfy { $0 == .single })
    #expect(together.status[count...].allSatisfy { $0 == .unused })
  }

  @Test func `a lane of NaN and an indefinite one fail by name and leave their neighbours' bits`() {
    let good = (0..<8).map { values(UInt64($0)) }
    let seeds = (0..<8).map { UInt64($0 + 200) }
    let before = solution(lanes: good, seeds: seeds)
    var lanes = good
    // An entry below the diagonal, not seen by the scaling.
    let place = analysis.pattern.columnStarts[7] + 1
    lanes[2][place] = .nan
    // Indefinite by one coupling that is larger than its diagonals.
    lanes[4][place] = 50
    // A diagonal that is not positive is named before anything is factored.
    lanes[7][analysis.pattern.columnStarts[5]] = -1
    let after = solution(lanes: lanes, seeds: seeds)
    for number in 0..<8 where ![2, 4, 7].contains(number) {
      #expect(lane(number, of: after.vectors) == lane(number, of: before.vectors))
      #expect(after.status[number] == .single)
    }
    #expect(after.status[7] == .failed(.notPositiveDefinite(column: 5)))
    for number in [2, 4] {
      guard case .failed(.notPositiveDefinite(let column)) = after.status[number] else {
        Issue.record("lane \(number) is \(after.status[number])")
        continue
      }
      #expect((0..<size).contains(column))
    }
    for number in [2, 4, 7] {
      #expect(!after.report.isConverged[number])
      #expect(BatchSolverTests.side(after.vectors, 0, of: 1, lane: number).allSatisfy { $0.isNaN })
    }
  }

  @Test func `an ill-conditioned lane is solved in double and leaves its neighbours' bits`() throws
  {
    let good = (0..<8).map { values(UInt64($0)) }
    let seeds = (0..<8).map { UInt64($0 + 200) }
    let before = solution(lanes: good, seeds: seeds)
    var lanes = good
    for number in [0, 6, 7] { lanes[number] = illConditioned(UInt64(number)) }
    let after = solution(lanes: lanes, seeds: seeds)
    let alone = solution(lanes: [lanes[6]], seeds: [206])
    #expect(lane(6, of: after.vectors) == lane(0, of: alone.vectors))
    for number in 0..<8 {
      if [0, 6, 7].contains(number) {
        #expect(after.status[number] == .double)
        #expect(after.report.isConverged[number])
        // CHOLMOD's own residual is what double precision allows: ε ‖A‖ ‖x‖, the sum of 300 terms' round-off.
        let matrix = SparseMatrix(pattern: analysis.pattern, values: lanes[number])
        let x = BatchSolverTests.side(after.vectors, 0, of: 1, lane: number)
        let load = BatchSolverTests.side(
          BatchSolverTests.loads(size, count: 1, seeds: seeds), 0, of: 1, lane: number)
        let rest = zip(load, matrix.multiplied(by: x)).map { $0 - $1 }
        let bound =
          16 * Double.ulpOfOne
          * (matrix.infinityNorm * BatchSolverTests.length(x) + BatchSolverTests.length(load))
        #expect(BatchSolverTests.length(rest) <= max(bound, 1e-12 * BatchSolverTests.length(load)))
      } else {
        #expect(lane(number, of: after.vectors) == lane(number, of: before.vectors))
        #expect(after.status[number] == .single)
      }
    }
  }

  @Test func `all eight lanes can be in double`() {
    let lanes = (0..<8).map { illConditioned(UInt64($0)) }
    let found = solution(lanes: lanes, seeds: (0..<8).map { $0 + 10 })
    #expect(found.status.allSatisfy { $0 == .double })
    #expect(found.report.isConverged.allSatisfy { $0 })
  }

  @Test func `a solver used again gives the bits of a fresh one`() {
    var solver = BatchSolver(analysis)
    let hard = (0..<8).map { illConditioned(UInt64($0)) }
    BatchSolverTests.fill(&solver, lanes: hard)
    solver.factor(laneCount: 8)
    var vectors = BatchSolverTests.loads(size, count: 2, seeds: (0..<8).map { $0 })
    solver.solve(&vectors, count: 2)
    let lanes = (0..<8).map { values(UInt64($0)) }
    BatchSolverTests.fill(&solver, lanes: lanes)
    solver.factor(laneCount: 8)
    #expect(solver.laneStatus.allSatisfy { $0 == .single })
    vectors = BatchSolverTests.loads(size, count: 1, seeds: (0..<8).map { $0 })
    solver.solve(&vectors, count: 1)
    let fresh = solution(lanes: lanes, seeds: (0..<8).map { $0 })
    #expect(vectors == fresh.vectors)
  }

  @Test func `threads and groups do not change bits`() {
    let seeds = (0..<8).map { UInt64($0 + 5) }
    let lanes = (0..<8).map { values(UInt64($0)) }
    func run(threads: Int) -> [[Double]] {
      var results = Array(repeating: [Double](), count: 4)
      results.mutateChunksInParallel(ofLength: 1) { start, chunk in
        chunk[0] =
          solution(
            lanes: (0..<8).map { lanes[($0 + start) % 8] },
            seeds: (0..<8).map { seeds[($0 + start) % 8] }
          ).vectors
      }
      return results
    }
    let before = WorkerPool.threadCount
    defer { WorkerPool.threadCount = before }
    WorkerPool.threadCount = 1
    let one = run(threads: 1)
    WorkerPool.threadCount = 4
    #expect(run(threads: 4) == one)
    // Design 6 sits in another lane of each group.
    for group in 1..<4 {
      #expect(lane(6 - group, of: one[group]) == lane(6, of: one[0]))
    }
  }

  @Test(
    "a crew shares one group and gives the bits of one thread", arguments: [[31, 27], [9, 9, 9]])
  func crews(sides: [Int]) throws {
    let grid = Grid(sides: sides, unknownsPerVertex: sides.count)
    let analysis = try BatchAnalysis(
      ofGraph: grid.graph, unknownsPerVertex: grid.unknownsPerVertex)
    // What is to be shared is there: subtrees, and rows in chunks whose columns reach into the next.
    #expect(analysis.tree.parts.count > 2)
    #expect(analysis.chunks.count > 1)
    var hard = grid
    hard.shift = 1e-11
    let lanes = (0..<8).map { number in
      (number == 3 ? hard : grid).values(on: analysis.pattern, seed: UInt64(number))
    }
    func solution(_ crew: Crew) -> [UInt64] {
      var solver = BatchSolver(analysis)
      BatchSolverTests.fill(&solver, lanes: lanes)
      solver.factor(laneCount: 8, crew: crew)
      var vectors = BatchSolverTests.loads(grid.unknownCount, count: 3, seeds: (0..<8).map { $0 })
      let report = solver.solve(&vectors, count: 3, crew: crew)
      #expect(report.isConverged.allSatisfy { $0 })
      #expect(solver.laneStatus[3] == .double)
      return vectors.map(\.bitPattern)
    }
    let alone = solution(.alone)
    let before = WorkerPool.threadCount
    defer { WorkerPool.threadCount = before }
    for threads in [2, 5] {
      WorkerPool.threadCount = threads
      for _ in 0..<3 { #expect(Crew.gathered { solution($0) } == alone) }
    }
  }

  @Test func `zero right-hand sides give zero, beside others that do not`() {
    var solver = BatchSolver(analysis)
    BatchSolverTests.fill(&solver, lanes: (0..<8).map { values(UInt64($0)) })
    solver.factor(laneCount: 8)
    var vectors = BatchSolverTests.loads(size, count: 6, seeds: (0..<8).map { $0 })
    for unknown in 0..<size {
      for lane in 0..<8 where lane % 3 == 0 { vectors[(unknown * 6 + 1) * 8 + lane] = 0 }
    }
    let load = vectors
    let report = solver.solve(&vectors, count: 6)
    #expect(report.isConverged.allSatisfy { $0 })
    let image = solver.multiply(vectors, count: 6)
    for lane in 0..<8 {
      for side in 0..<6 {
        let b = BatchSolverTests.side(load, side, of: 6, lane: lane)
        let rest = zip(b, BatchSolverTests.side(image, side, of: 6, lane: lane)).map { $0 - $1 }
        #expect(BatchSolverTests.length(rest) <= 1e-12 * BatchSolverTests.length(b))
        let x = BatchSolverTests.side(vectors, side, of: 6, lane: lane)
        #expect(x.allSatisfy { $0 == 0 } == (lane % 3 == 0 && side == 1))
      }
    }
  }

  @Test func `solutions are symmetric in load and place, and so are products`() {
    var solver = BatchSolver(analysis)
    BatchSolverTests.fill(&solver, lanes: (0..<8).map { values(UInt64($0)) })
    solver.factor(laneCount: 8)
    let vectors = BatchSolverTests.loads(size, count: 2, seeds: (0..<8).map { $0 + 3 })
    var solved = vectors
    solver.solve(&solved, count: 2)
    let image = solver.multiply(vectors, count: 2)
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    for lane in 0..<8 {
      func side(_ v: [Double], _ s: Int) -> [Double] {
        BatchSolverTests.side(v, s, of: 2, lane: lane)
      }
      let (x, y) = (side(vectors, 0), side(vectors, 1))
      let scale = BatchSolverTests.length(x) * BatchSolverTests.length(side(image, 1))
      // round-off of sums of 264 terms
      #expect(abs(dot(side(image, 0), y) - dot(x, side(image, 1))) <= 1e-13 * scale)
      let solvedScale = BatchSolverTests.length(x) * BatchSolverTests.length(side(solved, 1))
      // residuals of 1e-12, twice
      #expect(abs(dot(side(solved, 0), y) - dot(x, side(solved, 1))) <= 1e-10 * solvedScale)
    }
  }

  @Test func `units do not matter: a matrix times 1e-180 is solved as well`() {
    let lanes = [1.0, 1e-180, 1e120].map { scale in values(4).map { $0 * scale } }
    let found = solution(lanes: lanes, seeds: [8, 8, 8])
    #expect(found.status[..<3].allSatisfy { $0 == .single })
    #expect(found.report.isConverged.allSatisfy { $0 })
    #expect(found.report.relativeResiduals.allSatisfy { $0 <= 1e-12 })
  }

  @Test func `a disconnected graph has several roots`() throws {
    // two squares and a vertex by itself
    let graph = SparsityPattern(
      size: 9, groupStarts: [0, 4, 8, 9], members: [0, 1, 2, 3, 4, 5, 6, 7, 8])
    let analysis = try BatchAnalysis(ofGraph: graph, unknownsPerVertex: 3)
    var solver = BatchSolver(analysis)
    let pattern = analysis.pattern
    var values = [Double](repeating: 0, count: pattern.entryCount)
    for column in 0..<pattern.size {
      for place in pattern.columnStarts[column]..<pattern.columnStarts[column + 1] {
        values[place] = 1 / Double(place + 1)
      }
      values[pattern.columnStarts[column]] = 14 + Double(column)
    }
    BatchSolverTests.fill(&solver, lanes: Array(repeating: values, count: 5))
    solver.factor(laneCount: 5)
    let load = BatchSolverTests.loads(27, count: 1, seeds: [1, 2, 3, 4, 5])
    var found = load
    let report = solver.solve(&found, count: 1)
    #expect(report.isConverged.allSatisfy { $0 })
    let factor = try CholeskyFactor(
      of: SparseMatrix(pattern: analysis.pattern, values: values))
    for lane in 0..<5 {
      let expected = try factor.solve(BatchSolverTests.side(load, 0, of: 1, lane: lane))
      let x: [Double] = BatchSolverTests.side(found, 0, of: 1, lane: lane)
      for (a, b) in zip(x, expected) {
        // condition below 10, residual 1e-12
        #expect(abs(a - b) <= 1e-11)
      }
    }
  }

  @Test func `factors in double equal CHOLMOD's to round-off`() throws {
    let lanes = (0..<8).map { values(UInt64($0)) }
    var solver = BatchSolver(analysis)
    BatchSolverTests.fill(&solver, lanes: lanes)
    solver.factor(laneCount: 8)
    solver.factorInDouble(Array(0..<8), .alone)
    let load = BatchSolverTests.loads(size, count: 1, seeds: (0..<8).map { $0 })
    var found = load
    solver.solve(&found, count: 1)
    for lane in 0..<8 {
      let matrix = SparseMatrix(pattern: analysis.pattern, values: lanes[lane])
      let expected = try CholeskyFactor(of: matrix).solve(
        BatchSolverTests.side(load, 0, of: 1, lane: lane))
      let x = BatchSolverTests.side(found, 0, of: 1, lane: lane)
      let difference = BatchSolverTests.length(zip(x, expected).map { $0 - $1 })
      // ε times a condition of about 1e3
      #expect(difference <= 1e-12 * BatchSolverTests.length(expected))
    }
  }
}
