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
    var starts: [Int] = []
    var count = 0
    for block in mesh.blocks {
      starts.append(count)
      count += block.count
    }
    // Cells come in runs of one block: look where the last one was first.
    var block = 0
    var places: [Place] = []
    places.reserveCapacity(cells.count)
    for cell in cells.map(Int.init) {
      if cell < starts[block] || cell >= starts[block] + mesh.blocks[block].count {
        block = (starts.firstIndex { $0 > cell } ?? starts.count) - 1
        // Empty blocks start where the next one does.
        while mesh.blocks[block].count == 0 { block -= 1 }
      }
      let index = cell - starts[block]
      places.append(
        Place(cell: cell, block: block, index: index, label: mesh.blocks[block].labels[index]))
    }
    self.places = places
  }

  var startIndex: Int { 0 }
  var endIndex: Int { places.count }
  subscript(position: Int) -> Place { places[position] }
}
