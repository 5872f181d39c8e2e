internal import FiniteElements
internal import Meshing
internal import NumericalMethods

extension ErrorEstimate {
  /// Points of the reference cell of an element type at which its stress is wanted.
  struct CellPoints: Sendable {
    /// Weights of the points in the volume of the reference cell; zero where nothing is integrated.
    let weights: [Double]
    /// Shape functions: points times nodes.
    let shape: [Double]
    /// Their gradients in reference coordinates.
    let gradients: [SIMD3<Double>]
    /// What each integration point contributes to a value inside the cell: points times integration points.
    let shares: [Double]

    var count: Int { weights.count }

    private init(_ type: ElementType, _ places: [(SIMD3<Double>, Double)]) {
      let functions = places.map { type.shape.shapeFunctions(at: $0.0) }
      weights = places.map(\.1)
      shape = functions.flatMap(\.values)
      gradients = functions.flatMap(\.gradients)
      let extrapolation = Extrapolation.nodes(of: type)
      shares = functions.flatMap { function in
        (0..<extrapolation.pointCount).map { point in
          function.values.indices.reduce(0.0) {
            $0 + function.values[$1] * extrapolation.matrix[$1 * extrapolation.pointCount + point]
          }
        }
      }
    }

    /// The points at which stresses are best: of linear cells the middle, of quadratic ones those of the rule that
    /// integrates one degree less.
    ///
    /// - Source: Barlow, *Optimal stress locations in finite element models*, International Journal for Numerical
    ///   Methods in Engineering 10 (1976).
    static func best(_ type: ElementType) -> Self {
      Self(type, product(type.shape, pointsPerAxis: type.shape.isQuadratic ? 2 : 1))
    }

    /// Points that integrate the square of a stress error.
    static func throughout(_ type: ElementType) -> Self {
      Self(type, product(type.shape, pointsPerAxis: type.shape.isQuadratic ? 3 : 2))
    }

    /// A product of Gauss rules; that of a triangle or tetrahedron comes from a square or cube with a side shrunk to a
    /// point.
    private static func product(
      _ shape: CellShape, pointsPerAxis: Int
    ) -> [(SIMD3<Double>, Double)] {
      // One point must be the middle.
      if pointsPerAxis == 1 {
        let corners = shape.linear.referenceNodes
        return [(corners.reduce(.zero, +) / Double(corners.count), 0)]
      }
      let rule = GaussLegendreRule(pointCount: pointsPerAxis)
      let line = Array(zip(rule.points, rule.weights))
      let half = line.map { (($0.0 + 1) / 2, $0.1 / 2) }
      var places: [(SIMD3<Double>, Double)] = []
      for k in line.indices where k == 0 || shape.dimension == 3 {
        for j in line.indices {
          for i in line.indices {
            let flat = half[i].1 * half[j].1 * (1 - half[j].0)
            let triangle = SIMD3(half[i].0 * (1 - half[j].0), half[j].0, 0)
            switch shape.linear {
            case .triangle3: places.append((triangle, flat))
            case .wedge6:
              places.append((triangle + [0, 0, line[k].0], flat * line[k].1))
            case .tetrahedron4:
              let width = 1 - half[k].0
              places.append(
                (width * triangle + [0, 0, half[k].0], flat * half[k].1 * width * width))
            case .quadrilateral4:
              places.append(([line[i].0, line[j].0, 0], line[i].1 * line[j].1))
            default:
              places.append(
                ([line[i].0, line[j].0, line[k].0], line[i].1 * line[j].1 * line[k].1))
            }
          }
        }
      }
      return places
    }
  }
}
