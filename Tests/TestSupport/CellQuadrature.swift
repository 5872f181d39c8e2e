public import FiniteElements
public import Meshing
import NumericalMethods

/// Points, weights and shape functions that integrate over cells of one shape, independently of the rules of its elements.
///
/// Products of Gauss rules; those of triangles and tetrahedra come from a square or cube with a side shrunk to a point.
public struct CellQuadrature: Sendable {
  /// Reference coordinates of the points.
  public let points: [SIMD3<Double>]
  /// What each point stands for in the reference cell.
  public let weights: [Double]
  /// The shape functions at every point.
  public let functions: [ShapeFunctions]
  /// The theory whose volumes are integrated over.
  public let theory: ElementType.Theory

  /// A rule for the cells of an element type.
  ///
  /// - Parameter pointsPerAxis: Gauss points along each axis; *n* integrate degree 2*n* − 1, less one or two in
  ///   triangles and tetrahedra.
  public init(_ type: ElementType, pointsPerAxis: Int) {
    let line = GaussLegendreRule(pointCount: pointsPerAxis)
    let half = line.points.map { ($0 + 1) / 2 }
    let halfWeights = line.weights.map { $0 / 2 }
    var points: [SIMD3<Double>] = []
    var weights: [Double] = []
    let indices = Array(0..<pointsPerAxis)
    for k in type.shape.dimension == 3 ? indices : [0] {
      for j in indices {
        for i in indices {
          switch type.shape.linear {
          case .triangle3:
            points.append([half[i] * (1 - half[j]), half[j], 0])
            weights.append(halfWeights[i] * halfWeights[j] * (1 - half[j]))
          case .quadrilateral4:
            points.append([line.points[i], line.points[j], 0])
            weights.append(line.weights[i] * line.weights[j])
          case .tetrahedron4:
            let (a, b) = (1 - half[k], 1 - half[j])
            points.append([half[i] * b * a, half[j] * a, half[k]])
            weights.append(halfWeights[i] * halfWeights[j] * halfWeights[k] * b * a * a)
          case .wedge6:
            points.append([half[i] * (1 - half[j]), half[j], line.points[k]])
            weights.append(halfWeights[i] * halfWeights[j] * (1 - half[j]) * line.weights[k])
          default:
            points.append([line.points[i], line.points[j], line.points[k]])
            weights.append(line.weights[i] * line.weights[j] * line.weights[k])
          }
        }
      }
    }
    self.points = points
    self.weights = weights
    functions = points.map { type.shape.shapeFunctions(at: $0) }
    theory = type.theory
  }

  /// One point in a cell in space.
  public struct Place {
    /// The point's number in the rule.
    public var point: Int
    /// Where it is.
    public var position: SIMD3<Double>
    /// The volume it stands for: per unit thickness in the plane, a full turn about an axis.
    public var volume: Double
    /// Shape functions.
    public var values: [Double]
    /// Gradients of the shape functions in space.
    public var gradients: [SIMD3<Double>]

    /// A nodal field at the place.
    public func value(of field: [SIMD3<Double>]) -> SIMD3<Double> {
      var sum = SIMD3<Double>.zero
      for node in values.indices { sum += values[node] * field[node] }
      return sum
    }

    /// A nodal field at the place.
    public func value(of field: [Double]) -> Double {
      zip(values, field).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// Visits the points of a cell.
  ///
  /// - Parameter nodes: Where the cell's nodes are.
  public func forEachPoint(of nodes: [SIMD3<Double>], _ visit: (Place) -> Void) {
    let isFlat = theory != .solid
    var place = Place(
      point: 0, position: .zero, volume: 0, values: [],
      gradients: Array(repeating: .zero, count: nodes.count))
    for point in points.indices {
      place.point = point
      place.values = functions[point].values
      // Columns of the map from the reference cell.
      var (a, b, c) = (SIMD3<Double>.zero, SIMD3<Double>.zero, SIMD3<Double>.zero)
      for node in nodes.indices {
        let slope = functions[point].gradients[node]
        a += slope.x * nodes[node]
        b += slope.y * nodes[node]
        c += slope.z * nodes[node]
      }
      if isFlat { c = [0, 0, 1] }
      let determinant = a.dot(b.cross(c))
      let (da, db, dc) = (
        b.cross(c) / determinant, c.cross(a) / determinant, a.cross(b) / determinant
      )
      for node in nodes.indices {
        let slope = functions[point].gradients[node]
        place.gradients[node] = slope.x * da + slope.y * db + (isFlat ? 0 : slope.z) * dc
      }
      place.position = place.value(of: nodes)
      place.volume =
        weights[point] * determinant * (theory == .axisymmetric ? 2 * .pi * place.position.x : 1)
      visit(place)
    }
  }
}
