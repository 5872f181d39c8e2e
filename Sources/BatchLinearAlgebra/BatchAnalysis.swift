public import LinearAlgebra

/// What matrices on one pattern share: the order of elimination, the fronts, and where each entry goes.
///
/// Made once, used by any number of ``BatchSolver``s on any number of threads.
public final class BatchAnalysis: Sendable {
  /// The matrix's lower triangle in the caller's order, for assembly.
  public let pattern: SparsityPattern
  let tree: FrontTree
  /// The number of each of the caller's unknowns in the order of elimination.
  let numbers: ConstantTable<Int32>
  /// The pattern's rows.
  let rows: ConstantTable<Int32>
  /// The pattern's column starts.
  let starts: ConstantTable<Int64>
  /// The caller's unknowns, dealt to threads.
  let chunks: RowChunks
  /// What makes the matrices, if that is known, where their entries go, and the couplings of each unknown.
  let elements: ScaledElements?
  private let places: [Int32]
  private let couplings: (starts: [Int], entries: [Int32])
  /// The same cells dealt to the chunks and to the fronts, where they are squares: then no entries are stored.
  let cells: (chunks: CellChunks, fronts: CellFronts)?
  /// The caller's unknowns in the order of elimination.
  let unknowns: [Int]

  /// Orders, analyses and lays out a pattern.
  ///
  /// - Parameters:
  ///   - graph: Which vertices are coupled, lower triangle.
  ///   - unknownsPerVertex: Unknowns of each vertex, all coupled with one another and with those of its neighbours.
  ///     Component `c` of vertex `v` is unknown `v * unknownsPerVertex + c`, in the caller's order; the order of
  ///     elimination stays inside.
  ///   - order: The vertices in the order of elimination; METIS's where there is none.
  ///   - elements: The cells that make the matrices, in the caller's unknowns, for ``BatchSolver/setMatrices(scale:held:)``.
  /// - Complexity: METIS on the graph where no order is given, and O(entries of the factor).
  public init(
    ofGraph graph: SparsityPattern, unknownsPerVertex: Int, order: [Int]? = nil,
    elements: ScaledElements? = nil
  ) throws(FactorizationError) {
    precondition(unknownsPerVertex > 0, "\(unknownsPerVertex) unknowns per vertex")
    let order = if let order { order } else { try nestedDissection(of: graph) }
    precondition(order.count == graph.size, "\(order.count) vertices of \(graph.size) in order")
    let pattern = graph.expanded(widths: Array(repeating: unknownsPerVertex, count: graph.size))
    guard pattern.entryCount < Int(Int32.max) else { throw .tooLarge }
    let unknowns = order.flatMap { vertex in
      (0..<unknownsPerVertex).map { vertex * unknownsPerVertex + $0 }
    }
    var numbers = [Int32](repeating: 0, count: pattern.size)
    for (number, unknown) in unknowns.enumerated() { numbers[unknown] = Int32(number) }
    let symbolic = try SupernodalStructure(
      of: pattern.reordered(by: numbers.map(Int.init)))
    let tree = FrontTree(pattern: pattern, numbers: numbers, symbolic: symbolic)
    // Places inside a front and lists of indices are 32-bit integers.
    guard tree.fronts.allSatisfy({ $0.factorSize < Int(Int32.max) }) else { throw .tooLarge }
    self.pattern = pattern
    self.unknowns = unknowns
    self.numbers = ConstantTable(numbers)
    self.tree = tree
    rows = ConstantTable(pattern.rows.map { Int32($0) })
    let chunks = RowChunks(pattern)
    self.chunks = chunks
    self.elements = elements
    places = elements?.places(in: pattern) { $0 } ?? []
    couplings = elements == nil ? ([], []) : pattern.couplings { $0 }
    if let elements, let dealt = CellChunks(elements, chunks),
      let fronts = CellFronts(elements, tree.fronts, symbolic, self.numbers)
    {
      cells = (dealt, fronts)
    } else {
      cells = nil
    }
    starts = ConstantTable(pattern.columnStarts.map(Int64.init))
  }

  /// Adds up the entries of matrices, [entry][8], that a lane's held unknowns are not coupled in; their diagonals stay.
  func assemble(
    scale: [Double], held: [[Int]], into entries: UnsafeMutableBufferPointer<Double>
  ) {
    guard let elements else { preconditionFailure("an analysis that knows no elements") }
    entries.update(repeating: 0)
    var values = entries.mutableSpan
    elements.assemble(scale: scale, places: places, into: &values)
    for (lane, held) in held.enumerated() {
      for unknown in held {
        for place in couplings.starts[unknown]..<couplings.starts[unknown + 1] {
          values[Int(couplings.entries[place]) * BatchSolver.laneCount + lane] = 0
        }
      }
    }
  }

  /// Stored entries of one factor, explicit zeros included.
  public var factorEntryCount: Int { tree.factorSize }

  /// Multiplications and additions of one numeric factorization.
  public var operationCount: Double { tree.operationCount }

  /// Memory of one ``BatchSolver`` while no design needs double precision: factor, stack, matrix, and the vectors of
  /// one right-hand side.
  public var bytesPerGroup: Int {
    (tree.factorSize + 2 * tree.stackSize + tree.vectorSize) * 32
      + (cells == nil ? pattern.entryCount * 64 : 0) + pattern.size * 6 * 64
  }
}
