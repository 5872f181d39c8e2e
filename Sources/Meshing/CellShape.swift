/// The shape of a cell: how many nodes it has and how they lie on its corners, edges and faces.
///
/// Nodes are numbered as Abaqus and CalculiX number them: corners first, then one node per edge in
/// the order of ``edges``. Local numbers count from zero.
public enum CellShape: String, CaseIterable, Codable, Sendable {
  case point1
  case line2, line3
  case triangle3, triangle6, quadrilateral4, quadrilateral8
  case tetrahedron4, tetrahedron10, wedge6, wedge15, hexahedron8, hexahedron20

  /// The number of nodes of one cell.
  public var nodeCount: Int {
    switch self {
    case .point1: 1
    case .line2: 2
    case .line3, .triangle3: 3
    case .quadrilateral4, .tetrahedron4: 4
    case .triangle6, .wedge6: 6
    case .quadrilateral8, .hexahedron8: 8
    case .tetrahedron10: 10
    case .wedge15: 15
    case .hexahedron20: 20
    }
  }

  /// The number of nodes that are corners; the others lie amid the edges.
  public var cornerCount: Int { linear.nodeCount }

  /// The dimension of the cell itself, 0 for a point and 3 for a solid.
  public var dimension: Int {
    switch self {
    case .point1: 0
    case .line2, .line3: 1
    case .triangle3, .triangle6, .quadrilateral4, .quadrilateral8: 2
    case .tetrahedron4, .tetrahedron10, .wedge6, .wedge15, .hexahedron8, .hexahedron20: 3
    }
  }

  /// Whether the cell has a node amid each edge.
  public var isQuadratic: Bool { self != linear }

  /// The shape with the same corners and no mid-side nodes.
  public var linear: CellShape {
    switch self {
    case .point1: .point1
    case .line2, .line3: .line2
    case .triangle3, .triangle6: .triangle3
    case .quadrilateral4, .quadrilateral8: .quadrilateral4
    case .tetrahedron4, .tetrahedron10: .tetrahedron4
    case .wedge6, .wedge15: .wedge6
    case .hexahedron8, .hexahedron20: .hexahedron8
    }
  }

  /// The two corners of each edge, in the order of the mid-side nodes.
  public var edges: [(Int, Int)] {
    switch linear {
    case .line2: [(0, 1)]
    case .triangle3: [(0, 1), (1, 2), (2, 0)]
    case .quadrilateral4: [(0, 1), (1, 2), (2, 3), (3, 0)]
    case .tetrahedron4: [(0, 1), (1, 2), (2, 0), (0, 3), (1, 3), (2, 3)]
    case .wedge6:
      [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (0, 3), (1, 4), (2, 5)]
    case .hexahedron8:
      [
        (0, 1), (1, 2), (2, 3), (3, 0), (4, 5), (5, 6), (6, 7), (7, 4), (0, 4), (1, 5), (2, 6),
        (3, 7),
      ]
    default: []
    }
  }

  /// The sides S1, S2, … of the cell: faces of a solid, edges of a plane cell.
  ///
  /// Each side lists its corners, then its mid-side nodes, in the order its own shape has them. The
  /// corners of a solid's face run counter-clockwise seen from outside; the edge of a plane cell whose
  /// nodes run counter-clockwise has the cell on its left.
  public var sides: [[Int]] {
    let corners: [[Int]] =
      switch linear {
      case .triangle3: [[0, 1], [1, 2], [2, 0]]
      case .quadrilateral4: [[0, 1], [1, 2], [2, 3], [3, 0]]
      case .tetrahedron4: [[0, 2, 1], [0, 1, 3], [1, 2, 3], [2, 0, 3]]
      case .wedge6: [[0, 2, 1], [3, 4, 5], [0, 1, 4, 3], [1, 2, 5, 4], [2, 0, 3, 5]]
      case .hexahedron8:
        [[0, 3, 2, 1], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]]
      default: []
      }
    guard isQuadratic else { return corners }
    let edges = self.edges
    return corners.map { side in
      let ends =
        side.count == 2
        ? [(side[0], side[1])]
        : side.indices.map { corner in
          (side[corner], side[(corner + 1) % side.count])
        }
      return side
        + ends.map { end in
          guard let edge = edges.firstIndex(where: { $0 == end || $0 == (end.1, end.0) }) else {
            preconditionFailure("corners \(end) of a side of \(self) are on no edge")
          }
          return cornerCount + edge
        }
    }
  }

  /// The shape of a side with so many corners.
  public func sideShape(_ side: Int) -> CellShape {
    switch (sides[side].count, dimension, isQuadratic) {
    case (2, _, _): .line2
    case (3, 2, _): .line3
    case (3, _, _): .triangle3
    case (4, _, _): .quadrilateral4
    case (6, _, _): .triangle6
    default: .quadrilateral8
    }
  }
}
