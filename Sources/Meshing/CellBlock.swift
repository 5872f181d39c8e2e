/// Cells of one shape and one element type.
public struct CellBlock: Sendable, Equatable {
  /// The shape of every cell.
  public var shape: CellShape
  /// The element type, where the file names one; mesh files that name only shapes leave it open.
  public var elementType: ElementType?
  /// Node numbers (from zero), cell after cell, ``CellShape/nodeCount`` each.
  public var connectivity: [Int32]
  /// The number each cell has in its file.
  public var labels: [Int]

  /// A block of the given cells; labels count from 1 where none are given.
  public init(
    shape: CellShape, elementType: ElementType? = nil, connectivity: [Int32], labels: [Int]? = nil
  ) {
    precondition(
      connectivity.count % shape.nodeCount == 0,
      "\(connectivity.count) nodes do not make cells of \(shape.nodeCount)")
    self.shape = shape
    self.elementType = elementType
    self.connectivity = connectivity
    self.labels = labels ?? Array(1..<(connectivity.count / shape.nodeCount + 1))
  }

  /// The number of cells.
  public var count: Int { labels.count }

  /// The nodes of one cell.
  public func nodes(of index: Int) -> ArraySlice<Int32> {
    connectivity[index * shape.nodeCount..<(index + 1) * shape.nodeCount]
  }
}
