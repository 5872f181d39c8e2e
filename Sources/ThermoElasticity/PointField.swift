/// Values at the integration points of all cells.
public struct PointField<Value: Sendable>: Sendable {
  /// The points of one block of cells, cell after cell.
  public struct Block: Sendable {
    /// Points per cell.
    public let pointCount: Int
    /// Cells times points values.
    public var values: [Value]

    /// Values of one block.
    public init(pointCount: Int, values: [Value]) {
      self.pointCount = pointCount
      self.values = values
    }

    /// The values of one cell of the block.
    public subscript(cell index: Int) -> ArraySlice<Value> {
      values[index * pointCount..<(index + 1) * pointCount]
    }
  }

  /// One block per block of the mesh.
  public var blocks: [Block]

  /// A field of the given blocks.
  public init(blocks: [Block]) { self.blocks = blocks }
}
