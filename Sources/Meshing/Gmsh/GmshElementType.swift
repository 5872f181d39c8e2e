/// The element numbers of Gmsh and what they are here.
///
/// - Source: Gmsh 4.8 reference manual, sections *MSH file format* and *Node ordering*.
enum GmshElementType {
  /// The shape a number stands for; `nil` for shapes we have no elements of.
  static func shape(_ number: Int) -> CellShape? { shapes[number] }

  private static let shapes = Dictionary(
    uniqueKeysWithValues: CellShape.allCases.map { ($0.numbers.gmsh, $0) })

  /// Why a number is refused and what the user can do.
  static func complaint(_ number: Int) -> (problem: String, remedy: String) {
    let name: String? =
      switch number {
      case 7, 14, 19: "a pyramid"
      case 10: "a quadrilateral of 9 nodes"
      case 12: "a brick of 27 nodes"
      case 13: "a wedge of 18 nodes"
      case 20...25, 26...31: "an element of third or higher order"
      default: nil
      }
    let remedy: String =
      switch number {
      case 10, 12, 13:
        "set Mesh.SecondOrderIncomplete = 1 in Gmsh, which leaves out the inner nodes"
      case 7, 14, 19: "mesh without pyramids: all tetrahedra, or a structured mesh"
      case 20...31: "set Mesh.ElementOrder = 1 or 2 in Gmsh"
      default:
        "supported are lines, triangles, quadrilaterals, tetrahedra, wedges and bricks of first and "
          + "second order, and points"
      }
    return (
      "element type \(number)" + (name.map { ", \($0)," } ?? "") + " is not supported", remedy
    )
  }

  /// For each node of a shape, in our order, its place in Gmsh's.
  ///
  /// Corners agree. Gmsh lists the nodes amid the edges in another order of the edges.
  static func nodeOrder(_ shape: CellShape) -> [Int] {
    let gmshEdges: [(Int, Int)]
    switch shape {
    case .tetrahedron10:
      gmshEdges = [(0, 1), (1, 2), (2, 0), (3, 0), (2, 3), (1, 3)]
    case .wedge15:
      gmshEdges = [
        (0, 1), (0, 2), (0, 3), (1, 2), (1, 4), (2, 5), (3, 4), (3, 5), (4, 5),
      ]
    case .hexahedron20:
      gmshEdges = [
        (0, 1), (0, 3), (0, 4), (1, 2), (1, 5), (2, 3), (2, 6), (3, 7), (4, 5), (4, 7), (5, 6),
        (6, 7),
      ]
    default: return Array(0..<shape.nodeCount)
    }
    return Array(0..<shape.cornerCount)
      + shape.edges.compactMap { edge in
        gmshEdges.firstIndex { $0 == edge || $0 == (edge.1, edge.0) }.map { $0 + shape.cornerCount }
      }
  }
}
