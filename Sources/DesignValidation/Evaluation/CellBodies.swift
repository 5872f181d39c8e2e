import Meshing

/// Cells that hang together by whole sides: edges of plane cells, faces of solids. What meets in a corner, or in an edge of solids, is a hinge
/// and belongs to two bodies.
struct CellBodies {
  /// The body of every cell.
  private(set) var ofCell: [Int]
  /// The bodies at every node, each once; empty at nodes without a cell.
  private(set) var atNode: [[Int]]

  /// Finds the bodies of a mesh.
  ///
  /// - Parameter ties: Nodes that equations tie together: their bodies are taken for one.
  /// - Complexity: O(cells)
  init(_ mesh: Mesh, ties: [[Int32]] = []) {
    var parent = Array(0..<mesh.cellCount)
    func root(_ cell: Int) -> Int {
      var cell = cell
      while parent[cell] != cell {
        parent[cell] = parent[parent[cell]]
        cell = parent[cell]
      }
      return cell
    }
    func join(_ a: Int, _ b: Int) {
      let (a, b) = (root(a), root(b))
      if a != b { parent[max(a, b)] = min(a, b) }
    }
    var owner: [[Int32]: Int] = [:]
    var cellsAtNode = [[Int]](repeating: [], count: mesh.nodes.count)
    var cell = 0
    for block in mesh.blocks {
      // Sides are the same where they have the same corners.
      let sides = block.shape.sides.map { $0.filter { $0 < block.shape.cornerCount } }
      for index in 0..<block.count {
        let nodes = Array(block.nodes(of: index))
        for side in sides {
          let key = side.map { nodes[$0] }.sorted()
          if let other = owner[key] { join(other, cell) } else { owner[key] = cell }
        }
        for node in nodes { cellsAtNode[Int(node)].append(cell) }
        cell += 1
      }
    }
    for tie in ties {
      let cells = tie.flatMap { cellsAtNode[Int($0)] }
      for other in cells.dropFirst() { join(cells[0], other) }
    }
    let bodies = (0..<mesh.cellCount).map(root)
    ofCell = bodies
    atNode = cellsAtNode.map { cells in
      var distinct: [Int] = []
      for cell in cells where !distinct.contains(bodies[cell]) { distinct.append(bodies[cell]) }
      return distinct
    }
  }
}
