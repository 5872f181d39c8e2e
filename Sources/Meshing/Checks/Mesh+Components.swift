extension Mesh {
  /// A part of a mesh that shares no node with the rest.
  public struct Component: Sendable, Equatable {
    /// Its nodes, rising.
    public var nodes: [Int32]
    /// Its cells, rising, counted through the blocks.
    public var cells: [Int32]
  }

  /// The parts of the mesh that cells hold together, by their smallest node; nodes of no cell are in none.
  ///
  /// - Parameter links: Pairs of nodes joined by something else than a cell, such as equations.
  /// - Complexity: O(nodes of all cells), nearly.
  public func components(joinedBy links: [(Int32, Int32)] = []) -> [Component] {
    var parents = (0..<Int32(nodes.count)).map { $0 }
    /// The smallest node of a tree, its path halved on the way.
    func root(_ node: Int32) -> Int32 {
      var node = node
      while parents[Int(node)] != node {
        parents[Int(node)] = parents[Int(parents[Int(node)])]
        node = parents[Int(node)]
      }
      return node
    }
    func join(_ a: Int32, _ b: Int32) {
      let (first, second) = (root(a), root(b))
      // The smaller becomes the root, so that no order of cells changes the result.
      if first < second {
        parents[Int(second)] = first
      } else {
        parents[Int(first)] = second
      }
    }
    var isUsed = [Bool](repeating: false, count: nodes.count)
    for block in blocks {
      let count = block.shape.nodeCount
      for start in stride(from: 0, to: block.connectivity.count, by: count) {
        let first = block.connectivity[start]
        for place in start..<start + count {
          isUsed[Int(block.connectivity[place])] = true
          join(first, block.connectivity[place])
        }
      }
    }
    for (a, b) in links { join(a, b) }

    var numbers = [Int32](repeating: -1, count: nodes.count)
    var components: [Component] = []
    for node in 0..<Int32(nodes.count) where isUsed[Int(node)] {
      let root = Int(root(node))
      if numbers[root] < 0 {
        numbers[root] = Int32(components.count)
        components.append(Component(nodes: [], cells: []))
      }
      components[Int(numbers[root])].nodes.append(node)
    }
    var cell: Int32 = 0
    for block in blocks {
      for index in 0..<block.count {
        let node = block.connectivity[index * block.shape.nodeCount]
        components[Int(numbers[Int(root(node))])].cells.append(cell)
        cell += 1
      }
    }
    return components
  }
}
