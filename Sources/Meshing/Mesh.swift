/// Nodes, blocks of cells of one kind, and named sets of nodes, cells and sides.
///
/// Nodes and cells are numbered from zero in the order they are stored; the numbers their file gave
/// them are kept as labels. Cells count through the blocks: the first cell of a block is
/// ``firstCell(ofBlock:)``.
public struct Mesh: Sendable, Equatable {
  /// Node positions, in the length unit of the file; plane meshes leave the third axis at zero.
  public var nodes: [SIMD3<Double>]
  /// The number each node has in its file.
  public var nodeLabels: [Int]
  /// Cells of one kind, side by side.
  public var blocks: [CellBlock]
  /// Nodes by set name, in the order of the file, without repetition.
  public var nodeSets: [String: [Int32]]
  /// Cells by set name, in the order of the file, without repetition.
  public var cellSets: [String: [Int32]]
  /// Sides of cells by surface name.
  public var surfaces: [String: [Facet]]

  /// A mesh of the given parts.
  public init(
    nodes: [SIMD3<Double>] = [], nodeLabels: [Int]? = nil, blocks: [CellBlock] = [],
    nodeSets: [String: [Int32]] = [:], cellSets: [String: [Int32]] = [:],
    surfaces: [String: [Facet]] = [:]
  ) {
    self.nodes = nodes
    self.nodeLabels = nodeLabels ?? Array(1..<(nodes.count + 1))
    self.blocks = blocks
    self.nodeSets = nodeSets
    self.cellSets = cellSets
    self.surfaces = surfaces
  }

  /// The number of cells in all blocks.
  public var cellCount: Int { blocks.reduce(0) { $0 + $1.count } }

  /// The number of the first cell of a block.
  public func firstCell(ofBlock block: Int) -> Int {
    blocks[..<block].reduce(0) { $0 + $1.count }
  }

  /// The block of a cell and the cell's place in it.
  ///
  /// - Complexity: O(blocks); for many cells make one ``BlockIndex``.
  public func place(of cell: Int) -> (block: Int, index: Int) {
    precondition(cell < cellCount, "cell \(cell) of a mesh with \(cellCount) cells")
    return BlockIndex(blocks).place(of: cell)
  }
}
