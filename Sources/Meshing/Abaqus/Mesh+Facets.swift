public import Files

extension Mesh {
  /// One side of each of the given cells; a fault where a cell has no such side.
  ///
  /// - Parameter letter: What the deck writes before the number of a side: S, P or F.
  package func facets(
    of cells: [Int32], side: Int, at location: InputFault.Location, letter: Character,
    faults: inout FaultList
  ) -> [Facet] {
    var facets: [Facet] = []
    facets.reserveCapacity(cells.count)
    var known = 0..<0  // the cells of the block of the last cell
    for cell in cells {
      if !known.contains(Int(cell)) {
        let (block, index) = place(of: Int(cell))
        let shape = blocks[block].shape
        guard side < shape.sideCount else {
          faults.add(
            at: location,
            "cell \(blocks[block].labels[index]), a "
              + "\(blocks[block].elementType?.rawValue ?? shape.rawValue), has no side "
              + "\(letter)\(side + 1)",
            remedy: "its sides are \(letter)1 to \(letter)\(shape.sideCount)")
          return facets
        }
        known = Int(cell) - index..<Int(cell) - index + blocks[block].count
      }
      facets.append(Facet(cell: cell, side: Int32(side)))
    }
    return facets
  }
}

extension CellShape {
  /// The number of ``sides``.
  package var sideCount: Int {
    switch linear {
    case .triangle3: 3
    case .quadrilateral4, .tetrahedron4: 4
    case .wedge6: 5
    case .hexahedron8: 6
    default: 0
    }
  }
}
