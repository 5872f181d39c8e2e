/// Which solid elements of a black and white image hang together.
package struct SolidLabels: Sendable {
  /// What counts as touching.
  package enum Connectivity: Sendable {
    /// A common side: elements that meet in a corner alone are a hinge, not a joint.
    case four
    /// A common corner too, as the published floating test has it.
    case eight
  }
  /// The number of each element's body from 0, −1 for void.
  package let labels: [Int]
  /// Bodies.
  package let count: Int

  /// Finds the bodies of an image.
  ///
  /// - Parameters:
  ///   - solid: `[row][column]`.
  ///   - isPeriodic: Whether the image goes on at its other ends.
  /// - Complexity: O(elements)
  package init(
    of solid: [Bool], _ size: GridSize, connectivity: Connectivity = .four, isPeriodic: Bool = false
  ) {
    precondition(
      solid.count == size.elementCount, "\(solid.count) elements for \(size.elementCount)")
    var labels = [Int](repeating: -1, count: solid.count)
    var count = 0
    var stack: [Int] = []
    for start in solid.indices where solid[start] && labels[start] < 0 {
      labels[start] = count
      stack.append(start)
      while let element = stack.popLast() {
        size.forEachNeighbour(of: element, connectivity, isPeriodic: isPeriodic) { neighbour in
          if solid[neighbour], labels[neighbour] < 0 {
            labels[neighbour] = count
            stack.append(neighbour)
          }
        }
      }
      count += 1
    }
    self.labels = labels
    self.count = count
  }

  /// The bodies that have one of these elements.
  package func bodies(with elements: some Sequence<Int>) -> Set<Int> {
    Set(elements.lazy.map { labels[$0] }.filter { $0 >= 0 })
  }
}

extension GridSize {
  /// Calls with every element that touches another, sides first; where the image goes on at its other ends, with those too.
  func forEachNeighbour(
    of element: Int, _ connectivity: SolidLabels.Connectivity = .four, isPeriodic: Bool = false,
    _ body: (Int) -> Void
  ) {
    let (row, column) = (element / columns, element % columns)
    if isPeriodic {
      let places = [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)]
      for (down, right) in places.prefix(connectivity == .four ? 4 : 8) {
        body((row + down + rows) % rows * columns + (column + right + columns) % columns)
      }
      return
    }
    let (isLeft, isRight) = (column == 0, column == columns - 1)
    if row > 0 { body(element - columns) }
    if row < rows - 1 { body(element + columns) }
    if !isLeft { body(element - 1) }
    if !isRight { body(element + 1) }
    guard connectivity == .eight else { return }
    if row > 0, !isLeft { body(element - columns - 1) }
    if row > 0, !isRight { body(element - columns + 1) }
    if row < rows - 1, !isLeft { body(element + columns - 1) }
    if row < rows - 1, !isRight { body(element + columns + 1) }
  }
}
