internal import FiniteElements
internal import Meshing

/// How the values at a cell's integration points become values at its nodes, as in CalculiX 2.20, digit by digit; the six
/// nodes of a wedge apart, whose weights CalculiX mixes up.
///
/// Corners come from the points: by the multilinear function through them where there are two per direction, by the
/// least-squares fit of the cell's own functions where there are more. Mid-side nodes of reduced and simplex
/// cells are the mean of their corners. Plane and axisymmetric cells do this as the brick CalculiX makes of
/// them, and then take the mean over its layers of nodes. CalculiX keeps its weights to a few decimals, and so
/// does this table; ``Extrapolation`` has them to all digits.
///
/// - Source: the rules are those of CalculiX 2.20, `extrapolate` and `map3dto1d2d`.
struct NodalFieldExtrapolation: Sendable {
  /// Nodes of a cell.
  let nodeCount: Int
  /// Points of a cell.
  let pointCount: Int
  /// Nodes times points, the points of a node side by side.
  let weights: [Double]

  /// The weights of an element type.
  static func of(_ type: ElementType) -> Self { all[type] ?? Self(type) }

  private static let all = [ElementType: Self](
    uniqueKeysWithValues: ElementType.allCases.map { ($0, Self($0)) })

  private init(_ type: ElementType) {
    let brick = type.brick
    let solid = Self.solid(brick)
    let table = ElementTable.stiffness(type)
    let solidPointCount = solid.count / brick.shape.nodeCount
    // Points of a plane cell stand for a layer of the brick's each.
    var weights: [Double] = []
    for copies in type.brickNodes {
      var row = [Double](repeating: 0, count: table.pointCount)
      for (node, share) in copies {
        for point in 0..<solidPointCount {
          row[point % table.pointCount] += share * solid[node * solidPointCount + point]
        }
      }
      weights += row
    }
    nodeCount = type.shape.nodeCount
    pointCount = table.pointCount
    self.weights = weights
  }

  /// Nodes times points of a solid.
  private static func solid(_ type: ElementType) -> [Double] {
    let shape = type.shape
    let points = ElementTable.stiffness(type).points
    var corners: [[Double]]
    switch type.traits.points {
    case .box(perAxis: 2):
      let root = 3.0.squareRoot()
      corners = shape.linear.referenceNodes.map { node in
        points.map { point in
          let weight = (0..<3).reduce(1.0) { $0 * (1 + root * node[$1] * (point[$1] * root)) / 2 }
          // 2.549, -0.683, 0.183, -0.04904
          return abs(weight) < 0.1 ? weight.rounded(decimals: 5) : weight.rounded(decimals: 3)
        }
      }
    case .wedge3(layers: 3):
      corners = shape.linear.referenceNodes.map { node in
        points.map { point in
          let plane = triangleWeight(node, point)
          let through = 1 / 3.0 + node.z * point.z / 1.2
          return (plane * through).rounded(decimals: 5)
        }
      }
    case .wedge1(layers: 2):
      // The linear function through the points. CalculiX has the weights of a rule of three here, and gives every second
      // node those of the other end.
      let near = (1 + 3.0.squareRoot()) / 2
      corners = shape.referenceNodes.map { node in
        points.map { ($0.z < 0) == (node.z < 0) ? near : 1 - near }
      }
    case .tetrahedron4:
      // The linear function through the points is 1.92705 and -0.30902.
      let root = 5.0.squareRoot()
      corners = (0..<4).map { node in
        (0..<4).map { point in
          ((node == point ? (1 + 3 * root) / 4 : (1 - root) / 4)).rounded(decimals: 5)
        }
      }
    case .wedge1, .wedge3:
      // CalculiX has no such rule and no digits of its own.
      return Extrapolation.nodes(of: type).matrix
    case .tetrahedron1, .box(perAxis: 1):
      corners = Array(
        repeating: Array(repeating: 1 / Double(points.count), count: points.count),
        count: shape.cornerCount)
    case .box:
      return leastSquares(points.map { shape.shapeFunctions(at: $0).values }).flatMap {
        $0.map { $0.rounded(decimals: 5) }
      }
    }
    if shape.isQuadratic {
      for edge in shape.edges {
        corners.append(zip(corners[edge.0], corners[edge.1]).map { ($0 + $1) / 2 })
      }
    }
    return corners.flatMap { $0 }
  }

  /// The value at a corner of a triangle of the linear function that is one at one of the points
  /// (1/6, 1/6), (2/3, 1/6), (1/6, 2/3) and zero at the others.
  private static func triangleWeight(_ node: SIMD3<Double>, _ point: SIMD3<Double>) -> Double {
    // Each point belongs to the corner it is nearest to.
    let distance = (node.x - point.x) * (node.x - point.x) + (node.y - point.y) * (node.y - point.y)
    return distance < 0.2 ? 5 / 3.0 : -1 / 3.0
  }

  /// The least-squares inverse of a matrix of full column rank: (AᵀA)⁻¹Aᵀ.
  private static func leastSquares(_ matrix: [[Double]]) -> [[Double]] {
    let rows = matrix.count
    let columns = matrix[0].count
    // The augmented matrix [AᵀA | Aᵀ], by elimination with row exchanges.
    var work = (0..<columns).map { i in
      (0..<columns).map { j in (0..<rows).reduce(0.0) { $0 + matrix[$1][i] * matrix[$1][j] } }
        + (0..<rows).map { matrix[$0][i] }
    }
    for column in 0..<columns {
      let pivot = (column..<columns).max { abs(work[$0][column]) < abs(work[$1][column]) } ?? column
      work.swapAt(column, pivot)
      let scale = 1 / work[column][column]
      for j in work[column].indices { work[column][j] *= scale }
      for i in 0..<columns where i != column && work[i][column] != 0 {
        let factor = work[i][column]
        for j in work[i].indices { work[i][j] -= factor * work[column][j] }
      }
    }
    return work.map { Array($0[columns...]) }
  }
}

extension Double {
  /// The nearest number with so many decimals.
  fileprivate func rounded(decimals: Int) -> Double {
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    return (self * scale).rounded() / scale
  }
}

extension ElementType {
  /// For every node of the element, the nodes of the brick whose weighted mean it shows.
  fileprivate var brickNodes: [[(node: Int, share: Double)]] {
    let count = shape.nodeCount
    guard theory != .solid else { return (0..<count).map { [($0, 1)] } }
    let corners = shape.cornerCount
    return (0..<count).map { node in
      if !shape.isQuadratic { return [(node, 0.5), (node + corners, 0.5)] }
      if node >= corners {
        return [(node + corners, 0.5), (node + 2 * corners, 0.5)]
      }
      return [(node, 1 / 6.0), (node + 4 * corners, 2 / 3.0), (node + corners, 1 / 6.0)]
    }
  }
}
