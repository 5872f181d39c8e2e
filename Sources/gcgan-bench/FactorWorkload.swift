internal import Glibc
internal import LinearAlgebra
internal import Parallelism

/// A reproducible sequence of numbers in [0, 1).
struct BenchRandom {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 2 &+ 1 }
  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }
}

func secondsNow() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

/// Solvers for several threads.
final class SolverBox: @unchecked Sendable {
  var solver: BatchSolver
  var moduli: UnsafeMutablePointer<Double>
  var vectors: [Double]
  var report: BatchSolveReport?

  init(_ analysis: BatchAnalysis, _ grid: PlaneStressGrid, seed: UInt64) {
    solver = BatchSolver(analysis)
    moduli = .allocate(capacity: grid.cellCount * 16 + 16)
    moduli = UnsafeMutableRawPointer.allocate(
      byteCount: grid.cellCount * 128, alignment: 128
    ).assumingMemoryBound(to: Double.self)
    var random = BenchRandom(seed: seed)
    for cell in 0..<(grid.cellCount * 16) { moduli[cell] = 0.1 + 0.9 * random.next() }
    vectors = Array(repeating: 0, count: grid.unknownCount * 16)
  }
}

extension Workload {
  static let factor = Workload(
    name: "factor-64x64-b32",
    summary: "numeric factorization of 32 matrices of 64×64 Q4 cells, beside CHOLMOD one by one"
  ) { setting in
    let side = 64
    let grid = PlaneStressGrid(width: side, height: side)
    let analysis = try BatchAnalysis(
      ofGraph: grid.graph, unknownsPerVertex: PlaneStressGrid.unknownsPerVertex)
    print(
      "entries \(analysis.factorEntryCount), flops \(analysis.operationCount), MB \(analysis.bytesPerGroup / 1_000_000)"
    )
    let boxes = (0..<2).map { SolverBox(analysis, grid, seed: UInt64($0 + 1)) }
    let load = ((side / 2) * (side + 1) + side) * 2 + 1
    WorkerPool.threadCount = setting.threads
    for _ in 0..<setting.runs {
      let t0 = secondsNow()
      WorkerPool.forEach(2) { group in
        let box = boxes[group]
        box.solver.withMatrixValues { grid.assemble(box.moduli, into: &$0) }
      }
      let t1 = secondsNow()
      WorkerPool.forEach(2) { boxes[$0].solver.factor(laneCount: 16) }
      let t2 = secondsNow()
      for box in boxes {
        for i in box.vectors.indices { box.vectors[i] = 0 }
        for lane in 0..<16 { box.vectors[load * 16 + lane] = -1 }
      }
      let t3 = secondsNow()
      WorkerPool.forEach(2) { group in
        let box = boxes[group]
        box.report = box.solver.solve(&box.vectors, count: 1)
      }
      let t4 = secondsNow()
      func ms(_ seconds: Double) -> Double { (seconds / 32 * 1e6).rounded() / 1000 }
      print("assemble \(ms(t1 - t0)) factor \(ms(t2 - t1)) solve \(ms(t4 - t3)) ms per design")
    }
    let report = boxes[0].report!
    print(report.iterations, report.relativeResiduals, boxes[0].solver.laneStatus)
    return Measurement(name: "factor-64x64-b32", seconds: [1], threads: 2, detail: [:])
  }
}
