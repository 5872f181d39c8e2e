internal import CKernels

/// The square cells of a grid dealt to the chunks of its unknowns: each to the chunk of its first unknown, so that what it changes beyond goes
/// aside as with stored entries.
struct CellChunks: Sendable {
  let unknowns: ConstantTable<Int32>
  let cellCount: Int
  /// The two matrices in the modes of a square's nodes; see `gck_squares_of_grid`.
  let modes: ConstantTable<Double>
  /// Cells of all chunks, one chunk after the other.
  let cells: ConstantTable<Int32>
  /// Where each chunk's cells start; one more than the chunks.
  let starts: [Int]

  /// `nil` where cells are no squares of two matrices: stored entries serve all.
  init?(_ elements: ScaledElements, _ chunks: RowChunks) {
    guard elements.size == 8, elements.matrixCount == 2 else { return nil }
    let found = (0..<2).map { matrix in
      Self.modes(of: Array(elements.matrices[(matrix * 64)..<(matrix * 64 + 64)]))
    }
    guard let first = found[0], let second = found[1] else { return nil }
    modes = ConstantTable(first + second)
    unknowns = ConstantTable(elements.unknowns)
    cellCount = elements.cellCount
    let firsts = (0..<cellCount).map { elements.unknowns[($0 * 8)..<($0 * 8 + 8)].min() ?? 0 }
    // Along the unknowns, so that neighbours find each other's vectors near.
    let order = firsts.indices.sorted { (firsts[$0], $0) < (firsts[$1], $1) }
    cells = ConstantTable(order.map(Int32.init))
    starts = (0...chunks.count).map { chunk in
      guard chunk < chunks.count else { return order.count }
      return order.firstIndex { firsts[$0] >= chunks.chunks[chunk].from } ?? order.count
    }
  }

  /// The couplings of a square's modes, or `nil` where there are others than a square's.
  static func modes(of matrix: [Double]) -> [Double]? {
    // 1, x, y, xy at the nodes, counter-clockwise from the lower left.
    let signs: [[Double]] = [[1, 1, 1, 1], [-1, 1, 1, -1], [-1, -1, 1, 1], [1, -1, 1, -1]]
    var couplings = [Double](repeating: 0, count: 64)
    for (a, left) in (0..<8).map({ ($0, signs[$0 / 2]) }) {
      for (b, right) in (0..<8).map({ ($0, signs[$0 / 2]) }) {
        for i in 0..<4 {
          for j in 0..<4 {
            couplings[a * 8 + b] +=
              left[i] * matrix[(2 * i + a % 2) * 8 + 2 * j + b % 2] * right[j] / 16
          }
        }
      }
    }
    // Mode 2 m + axis: ux 2, vx 3, uy 4, vy 5, uxy 6, vxy 7.
    let places = [(2, 2), (2, 5), (5, 5), (4, 4), (4, 3), (3, 3), (6, 6), (7, 7)]
    let largest = couplings.reduce(0) { max($0, abs($1)) }
    for a in 0..<8 {
      for b in 0..<8 where !places.contains(where: { $0 == (a, b) || $0 == (b, a) }) {
        guard abs(couplings[a * 8 + b]) <= 1e-14 * largest else { return nil }
      }
    }
    return places.map { couplings[$0.0 * 8 + $0.1] }
  }
}

/// Products A x cell by cell, A = Σ K_e without the couplings of held unknowns, for the matrices of one factorization.
///
/// Of a grid of 64×64 eight designs' stored entries are 5 MB, the cells' scales half of one. Vectors are zero where an unknown is held.
struct CellProduct {
  private let chunks: CellChunks
  /// `[cell][matrix][8]`
  private let scale: [Double]
  /// `[unknown][8]`, no bits where an unknown is held.
  private let mask: [Int64]

  /// - Parameter held: The unknowns that each lane holds.
  init(_ chunks: CellChunks, scale: [Double], held: [[Int]], size: Int) {
    precondition(
      scale.count == chunks.cellCount * 2 * BatchSolver.laneCount,
      "\(scale.count) scales for \(chunks.cellCount) cells")
    self.chunks = chunks
    self.scale = scale
    var mask = [Int64](repeating: -1, count: size * BatchSolver.laneCount)
    for (lane, held) in held.enumerated() {
      for unknown in held { mask[unknown * BatchSolver.laneCount + lane] = 0 }
    }
    self.mask = mask
  }

  /// One chunk's part; see `gck_multiply_squares`.
  func multiply(
    chunk: Int, _ rows: gck_rows, sides: Int32, _ x: UnsafePointer<Double>,
    _ y: UnsafeMutablePointer<Double>, beyond: UnsafeMutablePointer<Double>,
    products: UnsafeMutablePointer<Double>
  ) {
    let start = chunks.starts[chunk]
    scale.withUnsafeBufferPointer { scale in
      mask.withUnsafeBufferPointer { mask in
        gck_multiply_squares(
          gck_squares_of_grid(
            unknowns: chunks.unknowns.base, modes: chunks.modes.base, scale: scale.baseAddress,
            mask: mask.baseAddress), rows, chunks.cells.base + start,
          Int64(chunks.starts[chunk + 1] - start), sides, x, y, beyond, products)
      }
    }
  }
}
