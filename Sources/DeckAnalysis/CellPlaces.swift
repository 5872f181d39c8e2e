import Meshing

/// Cells of a set in the order they are printed, each with its block and its number in the deck.
struct CellPlaces: RandomAccessCollection {
  /// Where a cell is.
  struct Place {
    /// The cell, counted through the blocks.
    var cell: Int
    /// The block.
    var block: Int
    /// The cell's place in its block.
    var index: Int
    /// The number in the deck.
    var label: Int
  }

  private let places: [Place]

  /// The places of some cells.
  init(_ cells: [Int32], in mesh: Mesh) {
    let blocks = BlockIndex(mesh.blocks)
    places = cells.map { cell in
      let (block, index) = blocks.place(of: Int(cell))
      return Place(
        cell: Int(cell), block: block, index: index, label: mesh.blocks[block].labels[index])
    }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { places.count }
  subscript(position: Int) -> Place { places[position] }
}
