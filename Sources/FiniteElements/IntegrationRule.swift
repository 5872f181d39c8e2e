internal import Meshing
internal import NumericalMethods

/// Points and weights that integrate over a reference cell.
struct IntegrationRule: Sendable, Equatable {
  /// Reference coordinates.
  var points: [SIMD3<Double>]
  /// Weights, which add up to the volume of the reference cell.
  var weights: [Double]

  /// The product of a rule in the plane with one along the third axis; the plane's points run fastest.
  func extended(by line: GaussLegendreRule) -> IntegrationRule {
    var result = IntegrationRule(points: [], weights: [])
    for (height, share) in zip(line.points, line.weights) {
      result.points += points.map { [$0.x, $0.y, height] }
      result.weights += weights.map { $0 * share }
    }
    return result
  }

  /// Gauss points on [-1, 1] in each of so many axes; the first axis runs fastest.
  static func box(_ dimension: Int, _ countPerAxis: Int) -> IntegrationRule {
    let line = GaussLegendreRule(pointCount: countPerAxis)
    var result = IntegrationRule(points: line.points.map { [$0, 0, 0] }, weights: line.weights)
    for axis in 1..<max(dimension, 1) {
      let plane = result
      result = IntegrationRule(points: [], weights: [])
      for (place, share) in zip(line.points, line.weights) {
        result.points += plane.points.map { point in
          var point = point
          point[axis] = place
          return point
        }
        result.weights += plane.weights.map { $0 * share }
      }
    }
    return result
  }
}
