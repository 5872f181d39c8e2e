// Rules on triangles and tetrahedra.
// Source: Strang and Fix, An Analysis of the Finite Element Method (1973), table 4.1 (triangle, degree 1 and 2);
// Hammer and Stroud, Math. Tables Aids Comput. 10 (1956) 137-139 (tetrahedron, degree 2).
// The order of the points is CalculiX's.

extension IntegrationRule {
  /// One point in the triangle; exact for degree 1.
  static let triangle1 = IntegrationRule(points: [[1.0 / 3, 1.0 / 3, 0]], weights: [0.5])

  /// Three points inside the triangle; exact for degree 2.
  static let triangle3 = IntegrationRule(
    points: [[1.0 / 6, 1.0 / 6, 0], [2.0 / 3, 1.0 / 6, 0], [1.0 / 6, 2.0 / 3, 0]],
    weights: [1.0 / 6, 1.0 / 6, 1.0 / 6])

  /// One point in the tetrahedron; exact for degree 1.
  static let tetrahedron1 = IntegrationRule(points: [[0.25, 0.25, 0.25]], weights: [1.0 / 6])

  /// Four points inside the tetrahedron; exact for degree 2.
  static let tetrahedron4: IntegrationRule = {
    let near = (5 + 3 * 5.0.squareRoot()) / 20
    let far = (5 - 5.0.squareRoot()) / 20
    return IntegrationRule(
      points: [[far, far, far], [near, far, far], [far, near, far], [far, far, near]],
      weights: [1.0 / 24, 1.0 / 24, 1.0 / 24, 1.0 / 24])
  }()
}
