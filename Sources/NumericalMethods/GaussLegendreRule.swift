internal import CGSL

/// Points and weights that integrate polynomials over [-1, 1].
///
/// The points increase; the rule is exact up to degree 2·count − 1.
public struct GaussLegendreRule: Sendable, Equatable {
  /// Points in (-1, 1), increasing.
  public let points: [Double]
  /// Weights, which add up to 2.
  public let weights: [Double]

  /// The rule with so many points.
  ///
  /// The corresponding C function is `gsl_integration_glfixed_table_alloc`.
  public init(pointCount: Int) {
    precondition(pointCount > 0, "a rule of \(pointCount) points")
    ScientificLibrary.prepare()
    guard let table = gsl_integration_glfixed_table_alloc(pointCount) else {
      preconditionFailure("no memory for a rule of \(pointCount) points")
    }
    defer { gsl_integration_glfixed_table_free(table) }
    var rows: [(point: Double, weight: Double)] = []
    for index in 0..<pointCount {
      var point = 0.0
      var weight = 0.0
      gsl_integration_glfixed_point(-1, 1, index, &point, &weight, table)
      rows.append((point, weight))
    }
    rows.sort { $0.point < $1.point }
    points = rows.map(\.point)
    weights = rows.map(\.weight)
  }
}
