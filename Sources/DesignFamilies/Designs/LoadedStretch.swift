internal import DesignProblem
internal import Manufacturability

/// Nodes in a row that a line of forces acts on, with what lies beside them.
struct LoadedStretch {
  /// One node of the row.
  struct Place {
    /// Where, in elements from the upper left corner, y down.
    let position: SIMD2<Double>
    /// The force, y down.
    let force: SIMD2<Double>
    /// Elements beside it, by their distance from the row; the nearest first. One list for each side that is on the grid.
    let layers: [[[Int]]]
  }
  /// Shorter rows are as training has seen them: what is drawn for them carries.
  static let leastCount = DesignTask.longestTrainedLine + 1
  /// Layers that are looked at: what is as deep is an arm, not a skin.
  static let depth = 6

  /// In the order of the row.
  let places: [Place]

  /// The stretches of a problem: straight rows of nodes along the grid's lines with forces in one direction.
  static func all(of problem: DesignTask) -> [LoadedStretch] {
    NodalLoads.ofEachCase(of: problem).flatMap(\.groups).flatMap { group in
      stretches(of: group, in: problem)
    }
  }

  private static func stretches(of group: NodalLoads.Group, in problem: DesignTask)
    -> [LoadedStretch]
  {
    let grid = problem.grid
    let forces = Dictionary(uniqueKeysWithValues: zip(group.nodes, group.forces))
    func has(_ i: Int, _ j: Int) -> Bool {
      i >= 0 && i <= grid.columns && j >= 0 && j <= grid.rows && forces[grid.node(i, j)] != nil
    }
    var stretches: [LoadedStretch] = []
    for isUpright in [false, true] {
      for node in group.nodes {
        let position = grid.position(ofNode: node)
        let step = isUpright ? (0, 1) : (1, 0)
        // A row starts where it has no node before it.
        guard !has(position[0] - step.0, position[1] - step.1) else { continue }
        var row: [Int] = []
        var (i, j) = (position[0], position[1])
        while has(i, j) {
          row.append(grid.node(i, j))
          (i, j) = (i + step.0, j + step.1)
        }
        // Nodes with neighbours across the row are an area, which has an inside of its own.
        let lineCount = row.filter { node in
          let position = grid.position(ofNode: node)
          return !has(position[0] + step.1, position[1] + step.0)
            && !has(position[0] - step.1, position[1] - step.0)
        }.count
        guard row.count >= leastCount, 2 * lineCount > row.count else { continue }
        stretches.append(
          LoadedStretch(
            places: row.map { place(of: $0, forces[$0] ?? .zero, isUpright, in: problem) }))
      }
    }
    return stretches
  }

  private static func place(
    of node: Int, _ force: SIMD2<Double>, _ isUpright: Bool, in problem: DesignTask
  ) -> Place {
    let size = problem.size
    let position = problem.grid.position(ofNode: node)
    let (column, row) = (position[0], size.rows - position[1])
    var layers: [[[Int]]] = []
    // Elements before the row and behind it; along it the two that touch the node.
    for side in [-1, 1] {
      var list: [[Int]] = []
      for layer in 0..<depth {
        let across = (isUpright ? column : row) + (side < 0 ? -1 - layer : layer)
        guard across >= 0, across < (isUpright ? size.columns : size.rows) else { break }
        list.append(
          [-1, 0].compactMap { offset in
            let along = (isUpright ? row : column) + offset
            guard along >= 0, along < (isUpright ? size.rows : size.columns) else { return nil }
            return isUpright ? along * size.columns + across : across * size.columns + along
          })
      }
      if !list.isEmpty { layers.append(list) }
    }
    return Place(
      position: SIMD2(Double(column), Double(row)), force: SIMD2(force.x, -force.y), layers: layers)
  }
}
