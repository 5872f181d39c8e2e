internal import CKernels

/// Eight matrices on one pattern in double precision, as the caller assembled them, and the scales of their rows.
struct BatchMatrix: ~Copyable {
  private let analysis: BatchAnalysis
  private let values: AlignedMemory
  private let scaleMemory: AlignedMemory
  /// The largest scale of each lane.
  private(set) var largestScales = [Double](repeating: 1, count: BatchSolver.laneCount)

  init(_ analysis: BatchAnalysis) {
    self.analysis = analysis
    values = AlignedMemory(byteCount: analysis.pattern.entryCount * 64)
    scaleMemory = AlignedMemory(byteCount: analysis.pattern.size * 64)
  }

  /// [entry of the pattern][lane].
  var entries: UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(
      start: values.vectors(of: Double.self),
      count: analysis.pattern.entryCount * BatchSolver.laneCount)
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

  /// Finds the scales that bring the diagonals near one.
  ///
  /// - Returns: The first row of each lane, in the order of elimination, whose diagonal is not positive and finite; or a
  ///   negative number.
  mutating func findScales() -> [Int32] {
    var failure = [Int32](repeating: -1, count: BatchSolver.laneCount)
    let largest = AlignedMemory(byteCount: 64)
    gck_scales(view, scales, largest.vectors(of: Double.self), &failure)
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
