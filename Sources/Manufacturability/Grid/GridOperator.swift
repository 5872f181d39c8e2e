internal import BatchLinearAlgebra
internal import DesignProblem
internal import LinearAlgebra
internal import Synchronization

/// The unknowns of one kind of field on a grid, and the pattern that all designs on it share.
///
/// Held unknowns stay in the pattern (their rows and columns become those of the unit matrix, design by design), so that problems with
/// different supports share one analysis and one batch.
final class GridOperator: Sendable {
  /// What is solved for.
  enum Kind: Sendable, Hashable { case displacement, temperature }

  let grid: DesignGrid
  let kind: Kind
  /// Whether opposite sides of the grid are the same.
  let isPeriodic: Bool
  /// Whether cells for films follow those of the elements: one for every side of an element on the border, of two matrices, conduction's and the film's.
  let hasFilms: Bool
  /// Unknowns per node.
  let width: Int
  /// Nodes; opposite sides counted once where periodic.
  let vertexCount: Int
  var unknownCount: Int { vertexCount * width }
  let matrices: ElementMatrices
  let elements: ScaledElements
  /// The vertices coupled with each other, lower triangle.
  let graph: SparsityPattern

  init(
    _ grid: DesignGrid, _ kind: Kind, isPeriodic: Bool, hasFilms: Bool = false,
    _ matrices: ElementMatrices
  ) {
    precondition(
      !hasFilms || (kind == .temperature && !isPeriodic), "films are of temperatures on a border")
    self.grid = grid
    self.kind = kind
    self.isPeriodic = isPeriodic
    self.hasFilms = hasFilms
    self.matrices = matrices
    width = kind == .displacement ? grid.axisCount : 1
    let extent = grid.extent
    vertexCount = isPeriodic ? extent.reduce(1, *) : grid.nodeCount
    let cells = (0..<grid.elementCount).map { element in
      grid.nodes(ofElement: element).map { Self.vertex(ofNode: $0, grid, isPeriodic) }
    }
    let width = self.width
    let all = hasFilms ? cells + grid.borderSides : cells
    elements = ScaledElements(
      size: matrices.nodeCount * width,
      unknowns: all.flatMap { cell in
        cell.flatMap { vertex in (0..<width).map { Int32(vertex * width + $0) } }
      },
      matrices: kind == .displacement
        ? matrices.stiffness : [matrices.conductivity] + (hasFilms ? [matrices.film] : []))
    graph = SparsityPattern(
      size: vertexCount,
      groupStarts: (0...grid.elementCount).map { $0 * matrices.nodeCount },
      members: cells.flatMap { $0.map(Int32.init) })
  }

  /// What an operator depends on.
  private struct Key: Hashable {
    let grid: DesignGrid
    let kind: Kind
    let isPeriodic: Bool
    let hasFilms: Bool
  }
  private static let made = Mutex<[Key: GridOperator]>([:])
  /// Grids kept at most; programs use one or two, tests many.
  private static let keptCount = 16

  /// The operator of a grid, made once: problems are made by the thousand, and pattern and element matrices are those of their grid.
  static func shared(_ grid: DesignGrid, _ kind: Kind, isPeriodic: Bool, hasFilms: Bool = false)
    -> GridOperator
  {
    let key = Key(grid: grid, kind: kind, isPeriodic: isPeriodic, hasFilms: hasFilms)
    if let known = made.withLock({ $0[key] }) { return known }
    let fresh = GridOperator(
      grid, kind, isPeriodic: isPeriodic, hasFilms: hasFilms, ElementMatrices(grid))
    return made.withLock { made in
      if made.count >= keptCount { made.removeAll() }
      made[key] = fresh
      return fresh
    }
  }

  /// The vertices in an order of elimination that keeps factors small.
  func order() throws(FactorizationError) -> [Int] {
    try nestedDissection(
      ofLattice: isPeriodic ? grid.extent : grid.extent.map { $0 + 1 }, isPeriodic: isPeriodic,
      unknownsPerVertex: width, graph: graph)
  }

  /// The vertex that stands for a node of the grid.
  func vertex(ofNode node: Int) -> Int { Self.vertex(ofNode: node, grid, isPeriodic) }

  private static func vertex(ofNode node: Int, _ grid: DesignGrid, _ isPeriodic: Bool) -> Int {
    guard isPeriodic else { return node }
    let position = grid.position(ofNode: node)
    let extent = grid.extent
    return position.indices.reversed().reduce(0) { $0 * extent[$1] + position[$1] % extent[$1] }
  }
}
