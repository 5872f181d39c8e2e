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
    let matrixModes = (0..<2).map { matrix in
      Self.modes(of: Array(elements.matrices[(matrix * 64)..<(matrix * 64 + 64)]))
    }
    guard let first = matrixModes[0], let second = matrixModes[1] else { return nil }
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

/// The matrices of one factorization as sums over cells, A = Σ K_e without the couplings of held unknowns.
///
/// Products and fronts take them cell by cell: of a grid of 64×64 eight designs' stored entries are 5 MB, the cells' scales half of one. Vectors
/// are zero where an unknown is held. Shared, not copied: every front asks for them.
final class CellMatrices: Sendable {
  private let chunks: CellChunks
  private let fronts: CellFronts
  /// `[cell][matrix][8]`
  let scale: [Double]
  /// The unknowns that each lane holds.
  let held: [[Int]]
  /// `[unknown][8]`, no bits where an unknown is held.
  private let mask: [Int64]

  init(_ chunks: CellChunks, _ fronts: CellFronts, scale: [Double], held: [[Int]], size: Int) {
    precondition(
      scale.count == chunks.cellCount * 2 * BatchSolver.laneCount,
      "\(scale.count) scales for \(chunks.cellCount) cells")
    self.chunks = chunks
    self.fronts = fronts
    self.scale = scale
    self.held = held
    var mask = [Int64](repeating: -1, count: size * BatchSolver.laneCount)
    for (lane, held) in held.enumerated() {
      for unknown in held { mask[unknown * BatchSolver.laneCount + lane] = 0 }
    }
    self.mask = mask
  }

  private func withKernelView<Result>(_ body: (gck_squares_of_grid) -> Result) -> Result {
    scale.withUnsafeBufferPointer { scale in
      mask.withUnsafeBufferPointer { mask in
        body(
          gck_squares_of_grid(
            unknowns: chunks.unknowns.base, modes: chunks.modes.base, scale: scale.baseAddress,
            mask: mask.baseAddress))
      }
    }
  }

  private func withKernelView<Result>(
    scales: UnsafePointer<Double>?, _ body: (gck_front_cells) -> Result
  ) -> Result {
    withKernelView { squares in
      body(
        gck_front_cells(
          squares: squares, triangles: fronts.triangles.base, numbers: fronts.numbers.base,
          scales: scales))
    }
  }

  /// One chunk's part of a product; see `gck_multiply_squares`.
  func multiply(
    chunk: Int, _ rows: gck_rows, sides: Int32, _ x: UnsafePointer<Double>,
    _ y: UnsafeMutablePointer<Double>, beyond: UnsafeMutablePointer<Double>,
    products: UnsafeMutablePointer<Double>
  ) {
    let start = chunks.starts[chunk]
    withKernelView { squares in
      gck_multiply_squares(
        squares, rows, chunks.cells.base + start, Int64(chunks.starts[chunk + 1] - start), sides, x,
        y, beyond, products)
    }
  }

  /// Writes the diagonals, `[unknown][8]`; held unknowns keep theirs.
  func findDiagonals(_ diagonals: UnsafeMutablePointer<Double>) {
    withKernelView(scales: nil) {
      gck_cell_diagonals(
        $0, Int64(chunks.cellCount), Int32(mask.count / BatchSolver.laneCount), diagonals)
    }
  }

  /// Adds what enters at a front, scaled, to its zeroed factor.
  func assemble(
    front: Int, scales: UnsafePointer<Double>, into factor: UnsafeMutablePointer<Float>
  ) {
    let place = fronts.places[front]
    withKernelView(scales: scales) {
      gck_assemble_cells_f32($0, Int32(place.cellCount), fronts.list.base + place.start, factor)
    }
  }
}
