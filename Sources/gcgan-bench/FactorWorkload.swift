internal import BatchLinearAlgebra
internal import Glibc
internal import LinearAlgebra
internal import Parallelism

/// Thirty-two matrices of random moduli on one grid, factored in four groups of eight, beside CHOLMOD one by one.
///
/// The analysis is outside both figures. Every matrix is solved for one load by both ways, and the answers compared.
struct FactorWorkload {
  static let groupCount = 4
  let grid: PlaneStressGrid
  let analysis: BatchAnalysis
  private let groups: [Group]
  /// The pattern in the order of elimination, and the place in it of each entry of the caller's.
  private let ordered: SparsityPattern
  private let places: [Int]
  private let numbers: [Int]

  /// One solver and its designs; each index of the parallel loop touches one group alone.
  private final class Group: @unchecked Sendable {
    var solver: BatchSolver
    let moduli: [Double]
    var vectors: [Double] = []

    init(_ analysis: BatchAnalysis, _ moduli: [Double]) {
      solver = BatchSolver(analysis)
      self.moduli = moduli
    }
  }

  /// One CHOLMOD factor, kept between runs as a program would.
  private final class Reference: @unchecked Sendable {
    var factor: CholeskyFactor
    init(_ factor: consuming CholeskyFactor) { self.factor = factor }
  }

  init(width: Int, height: Int) throws {
    let grid = PlaneStressGrid(width: width, height: height)
    let analysis = try BatchAnalysis(
      ofGraph: grid.graph, unknownsPerVertex: PlaneStressGrid.unknownsPerVertex,
      order: nestedDissection(
        ofLattice: [width + 1, height + 1], isPeriodic: false,
        unknownsPerVertex: PlaneStressGrid.unknownsPerVertex, graph: grid.graph))
    var random = BenchRandom(seed: 11)
    groups = (0..<Self.groupCount).map { _ in
      Group(
        analysis,
        (0..<(grid.cellCount * BatchSolver.laneCount)).map { _ in 0.1 + 0.9 * random.next() })
    }
    // CHOLMOD's matrix in the order of elimination, as `CholeskyFactor` wants it.
    let order = try nestedDissection(of: grid.graph)
    var numbers = [Int](repeating: 0, count: grid.unknownCount)
    for (place, vertex) in order.enumerated() {
      for component in 0..<2 { numbers[vertex * 2 + component] = place * 2 + component }
    }
    let pattern = analysis.pattern
    var members: [Int32] = []
    var starts = [0]
    for column in 0..<pattern.size {
      for place in pattern.columnStarts[column]..<pattern.columnStarts[column + 1] {
        members += [Int32(numbers[column]), Int32(numbers[pattern.rows[place]])]
        starts.append(members.count)
      }
    }
    let ordered = SparsityPattern(size: pattern.size, groupStarts: starts, members: members)
    places = (0..<pattern.entryCount).map { entry in
      let (a, b) = (Int(members[2 * entry]), Int(members[2 * entry + 1]))
      return PlaneStressGrid.place(of: max(a, b), in: min(a, b), ordered)
    }
    self.ordered = ordered
    self.numbers = numbers
    self.grid = grid
    self.analysis = analysis
  }

  /// A force down on the middle of the right side.
  private var load: Int { (grid.height / 2 * (grid.width + 1) + grid.width) * 2 + 1 }

  func measure(_ name: String, _ setting: Workload.Setting) throws -> Measurement {
    let lanes = BatchSolver.laneCount
    let designCount = Self.groupCount * lanes
    WorkerPool.threadCount = setting.threads
    let matrices = (0..<designCount).map { design in
      let natural = grid.assembled(
        groups[design / lanes].moduli, lane: design % lanes, entryCount: places.count)
      var values = [Double](repeating: 0, count: places.count)
      for (entry, place) in places.enumerated() { values[place] = natural[entry] }
      return SparseMatrix(pattern: ordered, values: values)
    }
    let references = try matrices.map { Reference(try CholeskyFactor(of: $0)) }
    let others = try matrices.map { Reference(try CholeskyFactor(of: $0, kernel: .cholmod)) }
    var assembling: [Double] = []
    var factoring: [Double] = []
    var solving: [Double] = []
    var again: [Double] = []
    var peer: [Double] = []
    var cholmod: [Double] = []
    let force = load
    for _ in 0..<max(1, setting.runs) {
      assembling.append(
        seconds {
          WorkerPool.forEach(groups.count) { index in
            groups[index].solver.withMatrixValues { grid.assemble(groups[index].moduli, into: &$0) }
          }
        })
      factoring.append(
        seconds {
          WorkerPool.forEach(groups.count) { groups[$0].solver.factor(laneCount: lanes) }
        })
      for isFirst in [true, false] {
        for group in groups {
          group.vectors = Array(repeating: 0, count: grid.unknownCount * lanes)
          for lane in 0..<lanes { group.vectors[force * lanes + lane] = -1 }
        }
        let time = seconds {
          WorkerPool.forEach(groups.count) {
            groups[$0].solver.solve(&groups[$0].vectors, count: 1)
          }
        }
        if isFirst { solving.append(time) } else { again.append(time) }
      }
      peer.append(
        seconds {
          WorkerPool.forEach(designCount) { design in
            // A failure shows in the comparison below.
            try? references[design].factor.update(with: matrices[design])
          }
        })
      cholmod.append(
        seconds {
          WorkerPool.forEach(designCount) { design in
            try? others[design].factor.update(with: matrices[design])
          }
        })
    }
    let difference = max(
      try largestDifference(references, force), try largestDifference(others, force))
    guard difference <= 1e-8 else {
      throw BenchError.wrongAnswer("displacements differ by \(difference) of the largest")
    }
    let (value, other) = (median(factoring), median(peer))
    var result = Measurement(
      name: name, seconds: factoring, threads: setting.threads,
      detail: [
        "peer_s": other, "times_faster_than_peer": other / value,
        "cholmod_s": median(cholmod), "times_faster_than_cholmod": median(cholmod) / value,
        "ms_per_design": value / Double(designCount) * 1000,
        "assembly_s": median(assembling), "solve_s": median(solving),
        "second_solve_s": median(again),
        "second_solve_share": median(again) / (median(assembling) + value + median(solving)),
        "relative_difference": difference, "designs": Double(designCount),
        "factor_entries": Double(analysis.factorEntryCount),
        "operations": analysis.operationCount,
        "bytes_per_group": Double(analysis.bytesPerGroup),
        "gigaflops": analysis.operationCount * Double(designCount) / value * 1e-9,
      ])
    result.detail["unknowns"] = Double(grid.unknownCount)
    return result
  }

  /// The largest difference of all designs' displacements from CHOLMOD's, over the largest displacement.
  private func largestDifference(_ references: [Reference], _ force: Int) throws -> Double {
    var worst = 0.0
    var right = [Double](repeating: 0, count: grid.unknownCount)
    right[numbers[force]] = -1
    for (design, reference) in references.enumerated() {
      let expected = try reference.factor.solve(right)
      let vectors = groups[design / BatchSolver.laneCount].vectors
      let largest = expected.reduce(0) { max($0, abs($1)) }
      for unknown in 0..<grid.unknownCount {
        let x = vectors[unknown * BatchSolver.laneCount + design % BatchSolver.laneCount]
        let difference = abs(x - expected[numbers[unknown]]) / largest
        guard difference.isFinite else { throw BenchError.wrongAnswer("a value is not finite") }
        worst = max(worst, difference)
      }
    }
    return worst
  }

  private func seconds(_ body: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
    let start = now()
    body()
    return now() - start
  }
}

/// A reproducible sequence of numbers in [0, 1): Knuth's linear congruential generator, its upper 53 bits.
struct BenchRandom {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 2 &+ 1 }
  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }
}

extension Workload {
  static let factor = Workload(
    name: "factor-64x64-b32",
    summary: "numeric factorization of 32 matrices of 64×64 Q4 cells, beside CHOLMOD one by one"
  ) { setting in
    try FactorWorkload(width: 64, height: 64).measure("factor-64x64-b32", setting)
  }
}
