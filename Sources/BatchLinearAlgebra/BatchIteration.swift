internal import CKernels
internal import Parallelism

/// The vector work of conjugate gradients, shared by a crew, chunk of rows by chunk; sums are taken in the order of the chunks.
struct BatchIteration: @unchecked Sendable {
  let view: gck_gradients
  let matrix: gck_matrix
  /// Products in place of those with the matrix' entries.
  let cells: CellMatrices?
  /// See ``BatchVectors/aside``.
  let aside: UnsafeMutablePointer<Double>
  let analysis: BatchAnalysis
  let crew: Crew

  var chunkCount: Int { analysis.chunks.count }
  private var sides: Int { Int(view.sides) }

  private func forEachChunk(_ body: @Sendable (Int, gck_rows) -> Void) {
    let chunks = analysis.chunks.chunks
    crew.forEach(chunks.count) { body($0, chunks[$0]) }
  }

  /// Numbers that several threads read, or write one chunk's part of.
  private struct Lent: @unchecked Sendable {
    let base: UnsafeMutablePointer<Double>
    init(_ numbers: borrowing LaneNumbers) { base = numbers.base }
    func chunk(_ number: Int) -> UnsafeMutablePointer<Double> {
      base + number * BatchSolver.sidesPerPass * BatchSolver.laneCount
    }
  }

  /// image = A x, but for what chunks have written aside, which ``step(alpha:factor:isFirst:squares:)`` and its like add; x · A x.
  func multiply(_ x: UnsafeMutablePointer<Double>, products: borrowing LaneNumbers) {
    let sums = Lent(products)
    let starts = analysis.chunks.beyond
    nonisolated(unsafe) let x = x
    forEachChunk { number, rows in
      let beyond = aside + starts[number] * sides * BatchSolver.laneCount
      if let cells {
        cells.multiply(
          chunk: number, rows, sides: view.sides, x, view.image, beyond: beyond,
          products: sums.chunk(number))
      } else {
        gck_multiply(matrix, rows, view.sides, x, view.image, beyond, sums.chunk(number))
      }
    }
    products.addUp(chunks: chunkCount, sides: sides)
  }

  /// Adds what the chunk before has written aside.
  private func completeImage(_ number: Int, _ rows: gck_rows) {
    guard number > 0 else { return }
    let starts = analysis.chunks.beyond
    gck_add(
      Int32((starts[number] - starts[number - 1]) * sides),
      aside + starts[number - 1] * sides * BatchSolver.laneCount,
      view.image + Int(rows.from) * sides * BatchSolver.laneCount)
  }

  /// residual = load − image; squares its length.
  func findResidual(
    of load: UnsafePointer<Double>, stride: Int, hasImage: Bool, factor: borrowing LaneNumbers,
    squares: borrowing LaneNumbers
  ) {
    let (sums, factor) = (Lent(squares), Lent(factor))
    nonisolated(unsafe) let load = load
    forEachChunk { number, rows in
      if hasImage { completeImage(number, rows) }
      gck_gradients_residual(
        view, rows, load, Int32(stride), hasImage ? 1 : 0, factor.base, sums.chunk(number))
    }
    squares.addUp(chunks: chunkCount, sides: sides)
  }

  /// preconditioned = residual · scale · factor.
  func scale(by factor: borrowing LaneNumbers) {
    let factor = Lent(factor)
    forEachChunk { _, rows in gck_gradients_scale(view, rows, factor.base) }
  }

  /// z · residual and z · image.
  func findProducts(
    factor: borrowing LaneNumbers, residual: borrowing LaneNumbers, image: borrowing LaneNumbers
  ) {
    let (factor, residuals, images) = (Lent(factor), Lent(residual), Lent(image))
    forEachChunk { number, rows in
      gck_gradients_products(
        view, rows, factor.base, residuals.chunk(number), images.chunk(number))
    }
    residual.addUp(chunks: chunkCount, sides: sides)
    image.addUp(chunks: chunkCount, sides: sides)
  }

  /// direction = z + beta · direction.
  func turn(factor: borrowing LaneNumbers, beta: borrowing LaneNumbers, isFirst: Bool) {
    let (factor, beta) = (Lent(factor), Lent(beta))
    forEachChunk { _, rows in
      gck_gradients_turn(view, rows, factor.base, beta.base, isFirst ? 1 : 0)
    }
  }

  /// solution += alpha · direction, residual −= alpha · image.
  func step(
    alpha: borrowing LaneNumbers, factor: borrowing LaneNumbers, isFirst: Bool,
    squares: borrowing LaneNumbers
  ) {
    let (sums, factor, alpha) = (Lent(squares), Lent(factor), Lent(alpha))
    forEachChunk { number, rows in
      completeImage(number, rows)
      gck_gradients_step(
        view, rows, alpha.base, factor.base, isFirst ? 1 : 0, sums.chunk(number))
    }
    squares.addUp(chunks: chunkCount, sides: sides)
  }
}
