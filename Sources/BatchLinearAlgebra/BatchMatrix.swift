internal import CKernels
internal import LinearAlgebra

/// Eight matrices on one pattern in double precision, as the caller assembled them, and the scales of their rows.
struct BatchMatrix: ~Copyable {
  private let analysis: BatchAnalysis
  /// Taken when they are first asked for: where cells are added straight into fronts, hardly ever.
  private var values = AlignedMemory(byteCount: 0)
  private var hasValues = false
  private let diagonals: AlignedMemory
  private let scaleMemory: AlignedMemory
  /// The largest scale of each lane.
  private(set) var largestScales = [Double](repeating: 1, count: BatchSolver.laneCount)

  init(_ analysis: BatchAnalysis) {
    self.analysis = analysis
    diagonals = AlignedMemory(byteCount: analysis.pattern.size * 64)
    scaleMemory = AlignedMemory(byteCount: analysis.pattern.size * 64)
  }

  /// [entry of the pattern][lane].
  var entries: UnsafeMutableBufferPointer<Double> {
    mutating get {
      if !hasValues {
        values = AlignedMemory(byteCount: analysis.pattern.entryCount * 64)
        hasValues = true
      }
      return UnsafeMutableBufferPointer(
        start: values.vectors(of: Double.self),
        count: analysis.pattern.entryCount * BatchSolver.laneCount)
    }
  }

  /// [row in the order of elimination][lane], powers of two.
  var scales: UnsafeMutablePointer<Double> { scaleMemory.vectors(of: Double.self) }

  /// As the kernels take it.
  var view: gck_matrix {
    gck_matrix(
      size: Int32(analysis.pattern.size), starts: analysis.starts.base,
      rows: analysis.rows.base, numbers: analysis.numbers.base,
      values: values.vectors(of: Double.self))
  }

  /// Finds the scales that bring the diagonals near one: those of the values, or of cells.
  ///
  /// - Returns: The first row of each lane, in the order of elimination, whose diagonal is not positive and finite; or a
  ///   negative number.
  mutating func findScales(of cells: CellMatrices?) -> [Int32] {
    var failure = [Int32](repeating: -1, count: BatchSolver.laneCount)
    let largest = AlignedMemory(byteCount: 64)
    let size = Int32(analysis.pattern.size)
    if let cells {
      cells.findDiagonals(diagonals.vectors(of: Double.self))
      gck_scales(
        size, diagonals.vectors(of: Double.self), nil, analysis.numbers.base, scales,
        largest.vectors(of: Double.self), &failure)
    } else {
      gck_scales(
        size, values.vectors(of: Double.self), analysis.starts.base, analysis.numbers.base, scales,
        largest.vectors(of: Double.self), &failure)
    }
    largestScales = (0..<BatchSolver.laneCount).map { largest.vectors(of: Double.self)[$0] }
    return failure
  }

  /// The largest sum of absolute values in a row, of each lane.
  func infinityNorms() -> [Double] {
    let sums = AlignedMemory(byteCount: analysis.pattern.size * 64)
    gck_row_sums(view, sums.vectors(of: Double.self))
    return (0..<BatchSolver.laneCount).map { lane in
      (0..<analysis.pattern.size).reduce(0) {
        max($0, sums.vectors(of: Double.self)[$1 * BatchSolver.laneCount + lane])
      }
    }
  }
}
