public import Meshing
internal import NumericalMethods

/// Values at the nodes of a cell from values at its integration points.
///
/// Each cell's values are fitted by least squares with a polynomial that its points determine, which is then read off
/// at the nodes: one or three or four points per triangle or tetrahedron a linear one, two points per axis a
/// multilinear one, three per axis the shape functions of the cell. CalculiX does the same, with tables of five
/// digits; only its table for two points through a wedge (C3D6, and triangles it makes wedges) is not that of
/// a linear function, and ours is. Nodes of plane and axisymmetric cells take the mean through the thickness that CalculiX takes.
public struct Extrapolation: Sendable {
  /// Nodes of a cell.
  public let nodeCount: Int
  /// Points of a cell.
  public let pointCount: Int
  /// Nodes times points, the points of a node side by side.
  public let matrix: [Double]

  /// The extrapolation from the points of ``ElementTable/stiffness(_:)``, which are also those of
  /// ``ElementTable/conductivity(_:)``.
  public static func nodes(of type: ElementType) -> Extrapolation { all[type] }

  private static let all = LazyTables { Extrapolation($0) }

  private init(_ type: ElementType) {
    let points = type.integrationRule.points
    let terms = type.extrapolationTerms
    func values(at place: SIMD3<Double>) -> [Double] {
      terms.map { term in
        (0..<3).reduce(1.0) { product, axis in
          (0..<term[axis]).reduce(product) { value, _ in value * place[axis] }
        }
      }
    }
    let inverse = LeastSquares.pseudoinverse(of: points.map(values))
    nodeCount = type.shape.nodeCount
    pointCount = points.count
    var matrix: [Double] = []
    for (node, place) in type.shape.referenceNodes.enumerated() {
      // The copies of the node that the values are a mean of.
      let copies: [(SIMD3<Double>, Double)] =
        if type.theory != .axisymmetric {
          [(place, 1)]
        } else if type.shape.isQuadratic, node < type.shape.cornerCount {
          [(place - [0, 0, 1], 1.0 / 6), (place, 2.0 / 3), (place + [0, 0, 1], 1.0 / 6)]
        } else {
          [(place - [0, 0, 1], 0.5), (place + [0, 0, 1], 0.5)]
        }
      for point in points.indices {
        matrix.append(
          copies.reduce(0.0) { sum, copy in
            zip(values(at: copy.0), inverse).reduce(sum) { $0 + copy.1 * $1.0 * $1.1[point] }
          })
      }
    }
    self.matrix = matrix
  }
}
