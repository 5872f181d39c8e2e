// Where the stress of linear elasticity has no bound, so that it grows without end on finer grids.

extension ManufacturabilityProblem {
  /// The nodes where the stress is singular, ascending: those that a load acts on at a point, and the ends of supports.
  ///
  /// A load acts at a point where none of a node's neighbours takes a part of it; a row of loaded nodes is a traction, whose stress is finite. A held node is an
  /// end of its support unless all sides of elements on the border that meet in it are held in the same directions; within the grid every held node counts.
  ///
  /// - Parameter loadCase: The load case; `nil` for temperatures alone.
  /// - Complexity: O(elements)
  package func singularNodes(inCase loadCase: Int?) -> [Int] {
    var nodes = supportEnds
    for load in loadCase.map({ loadCases[$0].loads }) ?? [] {
      let loaded = grid.nodes(in: load.region)
      let members = Set(loaded)
      nodes.formUnion(
        loaded.filter { node in
          !grid.neighbours(ofNode: node).contains { members.contains($0) }
        })
    }
    return nodes.sorted()
  }

  private var supportEnds: Set<Int> {
    var held: [Int: Set<GridAxis>] = [:]
    for support in supports {
      for node in grid.nodes(in: support.region) { held[node, default: []].formUnion(support.axes) }
    }
    var ends = Set(held.keys.filter { !grid.isOnBorder([$0]) })
    for side in grid.borderSides {
      let corners = side.prefix(grid.sideCornerCount)
      for corner in corners {
        guard let axes = held[corner] else { continue }
        if corners.contains(where: { held[$0] != axes }) { ends.insert(corner) }
      }
    }
    return ends
  }

  /// The elements that a stress does not count in a load case, ascending: those near a singular node, and those outside of its region.
  ///
  /// - Parameter loadCase: The load case; `nil` for temperatures alone.
  package func elementsNotCounted(_ stress: Aggregate, inCase loadCase: Int?) -> [Int] {
    var omitted =
      stress.away > 0
      ? elements(near: singularNodes(inCase: loadCase), within: stress.away) : []
    if let region = stress.region {
      let counted = Set(grid.elements(in: region)).subtracting(omitted)
      omitted = (0..<grid.elementCount).filter { !counted.contains($0) }
    }
    return omitted
  }

  /// The elements whose centre is nearer to one of the nodes than a distance in elements, ascending.
  package func elements(near nodes: [Int], within distance: Double) -> [Int] {
    var isNear = [Bool](repeating: false, count: grid.elementCount)
    let reach = Int(min(distance, 4096).rounded(.up))
    func span(_ at: Int, _ count: Int) -> Range<Int> {
      max(0, min(count, at - reach))..<max(0, min(count, at + reach))
    }
    for node in nodes {
      let at = grid.position(ofNode: node)
      for k in grid.layers.map({ span(at[2], $0) }) ?? 0..<1 {
        for j in span(at[1], grid.rows) {
          for i in span(at[0], grid.columns) {
            let (x, y) = (Double(i - at[0]) + 0.5, Double(j - at[1]) + 0.5)
            let z = grid.isPlane ? 0 : Double(k - at[2]) + 0.5
            if x * x + y * y + z * z < distance * distance { isNear[grid.element(i, j, k)] = true }
          }
        }
      }
    }
    return isNear.indices.filter { isNear[$0] }
  }

  /// The places of load cases with given names; of all where there are none.
  package func cases(_ names: [String]?) -> [Int] {
    loadCases.indices.filter { names == nil || names?.contains(loadCases[$0].name) == true }
  }
}

extension DesignGrid {
  /// The other nodes of the elements that meet in a node.
  fileprivate func neighbours(ofNode node: Int) -> [Int] {
    let at = position(ofNode: node)
    var places = [at]
    for axis in 0..<axisCount {
      places = places.flatMap { place in
        (-1...1).compactMap { step in
          var moved = place
          moved[axis] += step
          return (0...extent[axis]).contains(moved[axis]) ? moved : nil
        }
      }
    }
    return places.map { self.node($0[0], $0[1], isPlane ? 0 : $0[2]) }.filter { $0 != node }
  }
}
