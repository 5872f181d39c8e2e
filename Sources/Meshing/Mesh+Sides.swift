extension Mesh {
  /// The nodes of one side of one cell, in the order of ``CellShape/sides``.
  ///
  /// - Complexity: O(blocks); for many sides of one block read ``CellShape/sides`` once instead.
  public func sideNodes(of facet: Facet) -> [Int32] {
    let (block, index) = place(of: Int(facet.cell))
    let cellNodes = blocks[block].nodes(of: index)
    return blocks[block].shape.sides[Int(facet.side)].map { cellNodes[cellNodes.startIndex + $0] }
  }

  /// The sides that belong to one cell only, by cell and side.
  ///
  /// Two sides are the same where they have the same corners, whatever lies between those.
  public func boundaryFacets() -> [Facet] {
    var seen: [SideKey: Int32] = [:]
    forEachSide { _, key in seen[key, default: 0] += 1 }
    var boundary: [Facet] = []
    forEachSide { facet, key in if seen[key] == 1 { boundary.append(facet) } }
    return boundary
  }

  /// The numbers of the nodes whose position satisfies a condition, rising.
  public func nodes(where condition: (SIMD3<Double>) throws -> Bool) rethrows -> [Int32] {
    try nodes.indices.filter { try condition(nodes[$0]) }.map { Int32($0) }
  }

  /// The corners of a side, whatever the order in which its cell lists them.
  struct SideKey: Hashable {
    /// Sorted node numbers; -1 before them where there are fewer than four.
    var corners: SIMD4<Int32>

    init(_ nodes: some Sequence<Int32>) {
      // Four lanes, filled from the back, kept in order by insertion.
      var sorted = SIMD4<Int32>(repeating: -1)
      for node in nodes {
        var value = node
        for lane in (0..<4).reversed() where sorted[lane] < value {
          swap(&sorted[lane], &value)
        }
      }
      corners = sorted
    }
  }

  /// Visits every side of every cell with its key, block after block.
  func forEachSide(_ visit: (Facet, SideKey) -> Void) {
    var cell: Int32 = 0
    for block in blocks {
      let sides = block.shape.sides.map { $0.filter { $0 < block.shape.cornerCount } }
      let nodeCount = block.shape.nodeCount
      for index in 0..<block.count {
        for (side, corners) in sides.enumerated() {
          visit(
            Facet(cell: cell, side: Int32(side)),
            SideKey(corners.lazy.map { block.connectivity[index * nodeCount + $0] }))
        }
        cell += 1
      }
    }
  }
}
