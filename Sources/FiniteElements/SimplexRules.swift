// Rules on triangles and tetrahedra.
// Source: Strang and Fix, An Analysis of the Finite Element Method (1973), table 4.1 (triangle, degree 1 and 2);
// Hammer and Stroud, Math. Tables Aids Comput. 10 (1956) 137-139 (tetrahedron, degree 2).
// The order of the points is CalculiX's. Degree 5: Stroud, Approximate Calculation of Multiple Integrals (1971), rules T2:5-1
// (Radon 1948) and T3:5-1.

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

  /// Seven points inside the triangle; exact for degree 5.
  static let triangle7: IntegrationRule = {
    let root = 15.0.squareRoot()
    var rule = IntegrationRule(points: [[1.0 / 3, 1.0 / 3, 0]], weights: [9.0 / 80])
    for sign in [-1.0, 1.0] {
      let near = (6 + sign * root) / 21
      let far = 1 - 2 * near
      rule.points += [[near, near, 0], [far, near, 0], [near, far, 0]]
      rule.weights += Array(repeating: (155 + sign * root) / 2400, count: 3)
    }
    return rule
  }()

  /// Fifteen points inside the tetrahedron; exact for degree 5.
  static let tetrahedron15: IntegrationRule = {
    let root = 15.0.squareRoot()
    var rule = IntegrationRule(points: [[0.25, 0.25, 0.25]], weights: [8.0 / 405])
    for sign in [-1.0, 1.0] {
      let near = (7 + sign * root) / 34
      let far = 1 - 3 * near
      rule.points += [
        [near, near, near], [far, near, near], [near, far, near], [near, near, far],
      ]
      rule.weights += Array(repeating: (2665 - sign * 14 * root) / 226_800, count: 4)
    }
    let near = (10 - 2 * root) / 40
    let far = 0.5 - near
    rule.points += [
      [near, near, far], [near, far, near], [far, near, near],
      [far, far, near], [far, near, far], [near, far, far],
    ]
    rule.weights += Array(repeating: 5.0 / 567, count: 6)
    return rule
  }()
}
