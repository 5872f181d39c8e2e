/// Finds the block of a cell; to be made once for many cells of one mesh.
public struct BlockIndex: Sendable {
  /// The first cell of each block.
  private let firstCells: [Int]

  /// The blocks of a mesh, in their order.
  ///
  /// - Complexity: O(blocks)
  public init(_ blocks: [CellBlock]) {
    var count = 0
    firstCells = blocks.map { block in
      defer { count += block.count }
      return count
    }
  }

  /// The block of a cell and the cell's place in it.
  ///
  /// - Parameter cell: The cell, counted through the blocks.
  /// - Complexity: O(log *blocks*)
  public func place(of cell: Int) -> (block: Int, index: Int) {
    var low = 0
    var high = firstCells.count - 1
    // The last block that begins at the cell or before: empty blocks begin where the next one does.
    while low < high {
      let middle = (low + high + 1) / 2
      if firstCells[middle] <= cell { low = middle } else { high = middle - 1 }
    }
    return (low, cell - firstCells[low])
  }
}
