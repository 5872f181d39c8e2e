import Meshing

extension ElementType {
  /// Whether the cells have nodes in the middle of their edges.
  var isQuadratic: Bool {
    switch shape {
    case .triangle6, .quadrilateral8, .tetrahedron10, .wedge15, .hexahedron20: true
    default: false
    }
  }

  /// How many sides a load may name.
  var sideCount: Int {
    switch shape {
    case .triangle3, .triangle6: 3
    case .quadrilateral4, .quadrilateral8, .tetrahedron4, .tetrahedron10: 4
    case .wedge6, .wedge15: 5
    default: 6
    }
  }
}

/// How a grid cell is cut into cells of a shape.
///
/// - Source: node orders of CalculiX CrunchiX 2.20, user's manual, chapter 6.2.
extension RandomMesh {
  static let corners: [SIMD3<Int>] = [
    SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(1, 1, 0), SIMD3(0, 1, 0),
    SIMD3(0, 0, 1), SIMD3(1, 0, 1), SIMD3(1, 1, 1), SIMD3(0, 1, 1),
  ]

  /// The cells of a grid cell, each by its corners.
  static func parts(of shape: CellShape) -> [[Int]] {
    switch shape {
    case .triangle3, .triangle6: [[0, 1, 2], [0, 2, 3]]
    case .quadrilateral4, .quadrilateral8: [[0, 1, 2, 3]]
    case .wedge6, .wedge15: [[0, 1, 2, 4, 5, 6], [0, 2, 3, 4, 6, 7]]
    case .tetrahedron4, .tetrahedron10:
      [[0, 1, 2, 6], [0, 2, 3, 6], [0, 3, 7, 6], [0, 7, 4, 6], [0, 4, 5, 6], [0, 5, 1, 6]]
    default: [[0, 1, 2, 3, 4, 5, 6, 7]]
    }
  }

  /// Orders in which the corners of a cell may be named.
  static func orders(of shape: CellShape) -> [[Int]] {
    switch shape {
    case .triangle3, .triangle6: [[0, 1, 2], [1, 2, 0], [2, 0, 1]]
    case .quadrilateral4, .quadrilateral8:
      [[0, 1, 2, 3], [1, 2, 3, 0], [2, 3, 0, 1], [3, 0, 1, 2]]
    case .wedge6, .wedge15:
      [[0, 1, 2, 3, 4, 5], [1, 2, 0, 4, 5, 3], [3, 5, 4, 0, 2, 1], [4, 3, 5, 1, 0, 2]]
    case .tetrahedron4, .tetrahedron10:
      [[0, 1, 2, 3], [1, 2, 0, 3], [1, 0, 3, 2], [2, 3, 0, 1]]
    default:
      [
        [0, 1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 0, 5, 6, 7, 4], [2, 3, 0, 1, 6, 7, 4, 5],
        [4, 7, 6, 5, 0, 3, 2, 1], [0, 4, 5, 1, 3, 7, 6, 2], [3, 2, 6, 7, 0, 1, 5, 4],
      ]
    }
  }

  /// The edges with a node in their middle, in the order of the cell's nodes.
  static func edges(of shape: CellShape) -> [(Int, Int)] {
    switch shape {
    case .triangle3, .triangle6: [(0, 1), (1, 2), (2, 0)]
    case .quadrilateral4, .quadrilateral8: [(0, 1), (1, 2), (2, 3), (3, 0)]
    case .tetrahedron4, .tetrahedron10: [(0, 1), (1, 2), (2, 0), (0, 3), (1, 3), (2, 3)]
    case .wedge6, .wedge15:
      [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (0, 3), (1, 4), (2, 5)]
    default:
      [
        (0, 1), (1, 2), (2, 3), (3, 0), (4, 5), (5, 6), (6, 7), (7, 4), (0, 4), (1, 5), (2, 6),
        (3, 7),
      ]
    }
  }
}
