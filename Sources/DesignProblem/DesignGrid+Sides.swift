extension DesignGrid {
  /// The area of an element's side: in the plane its length times the thickness.
  package var sideArea: Double { pixelSize * (isPlane ? thickness : pixelSize) }

  /// The elements' sides on the border of the grid.
  ///
  /// - Returns: The nodes of the element of each side: first the side's own corners, once around it, then the element's others.
  package var borderSides: [[Int]] {
    (0..<elementCount).flatMap { element in
      let at = position(ofElement: element)
      let isInside =
        at.i > 0 && at.i < columns - 1 && at.j > 0 && at.j < rows - 1
        && (layers.map { at.k > 0 && at.k < $0 - 1 } ?? true)
      guard !isInside else { return [[Int]]() }
      return sides(of: nodes(ofElement: element)).filter {
        isOnBorder($0.prefix(sideCornerCount))
      }
    }
  }

  /// Corners of an element's side: 2 in the plane, 4 in space.
  package var sideCornerCount: Int { isPlane ? 2 : 4 }

  /// The places in ``borderSides`` of the sides whose corners all lie in a region.
  package func borderSides(in region: GridRegion, of sides: [[Int]]) -> [Int] {
    let members = Set(nodes(in: region))
    return sides.indices.filter { place in
      sides[place].prefix(sideCornerCount).allSatisfy { members.contains($0) }
    }
  }

  private func sides(of corners: [Int]) -> [[Int]] {
    let places =
      isPlane
      ? [[0, 1, 2, 3], [1, 2, 3, 0], [2, 3, 0, 1], [3, 0, 1, 2]]
      : [
        [0, 1, 2, 3, 4, 5, 6, 7], [4, 5, 6, 7, 0, 1, 2, 3], [0, 1, 5, 4, 3, 2, 6, 7],
        [1, 2, 6, 5, 0, 3, 7, 4], [2, 3, 7, 6, 1, 0, 4, 5], [3, 0, 4, 7, 2, 1, 5, 6],
      ]
    return places.map { $0.map { corners[$0] } }
  }

  /// Whether nodes lie all on one side of the grid.
  func isOnBorder(_ nodes: some Collection<Int>) -> Bool {
    let positions = nodes.map { position(ofNode: $0) }
    return (0..<axisCount).contains { axis in
      positions.allSatisfy { $0[axis] == 0 } || positions.allSatisfy { $0[axis] == extent[axis] }
    }
  }
}
