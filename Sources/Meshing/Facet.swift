/// One side of one cell.
public struct Facet: Sendable, Hashable, Codable {
  /// The cell, counted through the blocks of its mesh.
  public var cell: Int32
  /// The side, from zero: 0 is S1. Its nodes are ``CellShape/sides``.
  public var side: Int32

  /// A side of a cell.
  public init(cell: Int32, side: Int32) {
    self.cell = cell
    self.side = side
  }
}
