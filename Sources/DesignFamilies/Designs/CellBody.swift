/// The largest body of the cell of a periodic material, by common sides, and whether the material that it makes up hangs together.
struct CellBody {
  /// Which elements belong to it, `[row][column]`.
  private(set) var isMember: [Bool]
  /// Its elements.
  private(set) var count = 0
  /// Whether it goes on in the next cells along both axes.
  private(set) var spans = false

  /// - Parameter solid: `[row][column]`.
  /// - Complexity: O(elements)
  init(of solid: [Bool], _ size: GridSize) {
    isMember = solid.map { _ in false }
    // How many cells to the right and down each element was reached in.
    var cells = [SIMD2<Int>?](repeating: nil, count: solid.count)
    for start in solid.indices where solid[start] && cells[start] == nil {
      var members: [Int] = []
      // From an element to itself in another cell.
      var ways: Set<SIMD2<Int>> = []
      var stack = [start]
      cells[start] = .zero
      while let element = stack.popLast() {
        members.append(element)
        guard let cell = cells[element] else { continue }
        let (row, column) = (element / size.columns, element % size.columns)
        for (down, right) in [(-1, 0), (1, 0), (0, -1), (0, 1)] {
          let (r, c) = (row + down, column + right)
          let next = cell &+ SIMD2(c < 0 ? -1 : c / size.columns, r < 0 ? -1 : r / size.rows)
          let neighbour =
            (r + size.rows) % size.rows * size.columns + (c + size.columns) % size.columns
          guard solid[neighbour] else { continue }
          if let known = cells[neighbour] {
            if known != next { ways.insert(next &- known) }
          } else {
            cells[neighbour] = next
            stack.append(neighbour)
          }
        }
      }
      guard members.count > count else { continue }
      count = members.count
      isMember = solid.map { _ in false }
      for element in members { isMember[element] = true }
      spans = ways.contains { a in ways.contains { a.x * $0.y != a.y * $0.x } }
    }
  }
}
