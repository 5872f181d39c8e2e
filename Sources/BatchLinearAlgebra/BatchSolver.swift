internal import CKernels
internal import LinearAlgebra
public import Parallelism

/// Up to eight symmetric positive definite matrices on one pattern, factored and solved together.
///
/// The matrices' numbers lie side by side, one design per lane of a vector, so that one instruction works for eight
/// designs. The factor is in single precision and serves as preconditioner of conjugate gradients in double; a lane for
/// which that is not enough is factored again in double, by itself. Lanes never mix: the bits of a design's solution do
/// not depend on its lane, its neighbours or the number of threads.
///
/// Owns its memory (``BatchAnalysis/bytesPerGroup``); one thread at a time uses it, several solvers work side by side.
///
/// ```swift
/// var solver = BatchSolver(analysis)
/// solver.withMatrixValues { values in … }          // values[entry * 8 + lane]
/// solver.factor(laneCount: 8)
/// let report = solver.solve(&displacements, count: 1)
/// ```
public struct BatchSolver: ~Copyable, @unchecked Sendable {
  /// Designs per batch.
  public static let laneCount = 8
  /// Right-hand sides that share one pass over the factor.
  public static let sidesPerPass = 4

  let analysis: BatchAnalysis
  var matrix: BatchMatrix
  var factor: InterleavedFactor<Float>
  /// The matrices by cells, where their entries are not stored.
  var cells: CellMatrices?
  private var hasEntries = false
  var doubleLanes: [DoubleLanes] = []
  /// Memory of earlier factors in double, to be used again.
  private var spareDoubleLanes: [DoubleLanes] = []
  var vectors: BatchVectors
  private let stack: AlignedMemory
  /// Which precision each lane is solved in, or why it is not solved; [lane].
  public internal(set) var laneStatus = [LaneStatus](repeating: .unused, count: laneCount)

  /// Takes the memory; factors nothing yet.
  public init(_ analysis: BatchAnalysis) {
    self.analysis = analysis
    matrix = BatchMatrix(analysis)
    factor = InterleavedFactor(analysis.tree)
    // Room for a factorization in double.
    stack = AlignedMemory(byteCount: analysis.tree.stackSize * 64)
    vectors = BatchVectors(analysis, sides: 1)
  }

  /// Lends the matrices' values for assembly: [entry of ``BatchAnalysis/pattern``][lane], zero at first.
  public mutating func withMatrixValues(_ body: (inout MutableSpan<Double>) -> Void) {
    cells = nil
    hasEntries = true
    var span = matrix.entries.mutableSpan
    body(&span)
  }

  /// Takes the matrices from the analysis' elements.
  ///
  /// - Parameters:
  ///   - scale: `[cell][matrix][8]`.
  ///   - held: The unknowns that each lane holds: they keep their diagonals and lose their couplings. Loads are zero there.
  public mutating func setMatrices(scale: [Double], held: [[Int]]) {
    hasEntries = false
    cells = analysis.cells.map { chunks, fronts in
      CellMatrices(chunks, fronts, scale: scale, held: held, size: analysis.pattern.size)
    }
    if cells == nil {
      analysis.assemble(scale: scale, held: held, into: matrix.entries)
      hasEntries = true
    }
  }

  /// Stores the entries of matrices that so far were cells; of those that nobody gave they are zero.
  mutating func storeEntries() {
    guard !hasEntries else { return }
    let entries = matrix.entries
    if let cells { analysis.assemble(scale: cells.scale, held: cells.held, into: entries) }
    hasEntries = true
  }

  /// Factors the matrices of the first lanes; the others are ignored.
  ///
  /// Scaled to a diagonal near one (by powers of two) and rounded to single precision; a lane whose pivot breaks down
  /// is factored again in double, and marked as failed where that breaks down too. No lane disturbs another.
  ///
  /// - Parameter crew: Threads that share the work; the bits do not depend on them.
  /// - Complexity: ``BatchAnalysis/operationCount`` vector operations; twice more for each eight lanes in double.
  public mutating func factor(laneCount: Int, crew: Crew = .alone) {
    precondition(
      (1...Self.laneCount).contains(laneCount), "\(laneCount) lanes of \(Self.laneCount)")
    if cells == nil { storeEntries() }
    laneStatus = (0..<Self.laneCount).map { $0 < laneCount ? .single : .unused }
    spareDoubleLanes += doubleLanes
    doubleLanes.removeAll()
    for (lane, row) in matrix.findScales(of: cells).enumerated() where row >= 0 && lane < laneCount
    {
      fail(lane, at: Int(row))
    }
    nonisolated(unsafe) let (values, scales) = (matrix.view.values, matrix.scales)
    let failure = factor.eliminate(stack: stack, threshold: 0, crew: crew) {
      [cells, tree = analysis.tree] number, front in
      if let cells { return cells.assemble(front: number, scales: scales, into: front) }
      let count = tree.fronts[number].entryCount
      let lists = tree.indices.base + tree.fronts[number].entries
      gck_assemble_f32(
        Int32(count), lists, lists + count, lists + 2 * count, lists + 3 * count, values, scales,
        front)
    }
    factorInDouble(
      (0..<laneCount).filter { failure[$0] >= 0 && laneStatus[$0] == .single }, crew)
  }

  /// Factors lanes again in double precision.
  mutating func factorInDouble(_ lanes: [Int], _ crew: Crew) {
    guard !lanes.isEmpty else { return }
    storeEntries()
    for start in stride(from: 0, to: lanes.count, by: Double.laneCount) {
      let chosen = Array(lanes[start..<min(start + Double.laneCount, lanes.count)])
      let group = spareDoubleLanes.popLast() ?? DoubleLanes(analysis.tree)
      let failure = group.eliminate(
        lanes: chosen, matrix: matrix.view, scales: matrix.scales, stack: stack, crew: crew)
      for (lane, pivot) in zip(chosen, failure) {
        if pivot >= 0 { fail(lane, at: pivot) } else { laneStatus[lane] = .double }
      }
      doubleLanes.append(group)
    }
  }

  private mutating func fail(_ lane: Int, at row: Int) {
    laneStatus[lane] = .failed(.notPositiveDefinite(column: analysis.unknowns[row]))
  }
}
