/// The reference cells and the gradients of their shape functions, as far as checks need them.
///
/// - Source: Zienkiewicz, Taylor, *The Finite Element Method*, volume 1 (2000), chapter 8.
extension CellShape {
  /// The corners of the reference cell: ±1 for bricks and quadrilaterals, 0 and 1 for simplices; a wedge is
  /// a triangle times ±1.
  package var referenceCorners: [SIMD3<Double>] {
    switch linear {
    case .line2: [[-1, 0, 0], [1, 0, 0]]
    case .triangle3: [[0, 0, 0], [1, 0, 0], [0, 1, 0]]
    case .quadrilateral4: [[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]]
    case .tetrahedron4: [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .wedge6: [[0, 0, -1], [1, 0, -1], [0, 1, -1], [0, 0, 1], [1, 0, 1], [0, 1, 1]]
    case .hexahedron8:
      [
        [-1, -1, -1], [1, -1, -1], [1, 1, -1], [-1, 1, -1],
        [-1, -1, 1], [1, -1, 1], [1, 1, 1], [-1, 1, 1],
      ]
    default: [.zero]
    }
  }

  /// The places where an element is integrated, full integration where no element type says otherwise.
  func integrationPoints(of elementType: ElementType?) -> [SIMD3<Double>] {
    let line: [Double] =
      switch elementType?.traits.points.layerCount ?? (isQuadratic ? 3 : 2) {
      case 1: [0]
      case 2: [-1 / 3.0.squareRoot(), 1 / 3.0.squareRoot()]
      default: [-0.6.squareRoot(), 0, 0.6.squareRoot()]
      }
    let triangle: [SIMD3<Double>] =
      isQuadratic
      ? [[1.0 / 6, 1.0 / 6, 0], [2.0 / 3, 1.0 / 6, 0], [1.0 / 6, 2.0 / 3, 0]]
      : [[1.0 / 3, 1.0 / 3, 0]]
    switch linear {
    case .triangle3: return triangle
    case .quadrilateral4: return line.flatMap { y in line.map { [$0, y, 0] } }
    case .tetrahedron4:
      guard isQuadratic else { return [[0.25, 0.25, 0.25]] }
      let (near, far) = (0.1381966011250105, 0.5854101966249685)
      return [[near, near, near], [far, near, near], [near, far, near], [near, near, far]]
    case .wedge6: return line.flatMap { z in triangle.map { [$0.x, $0.y, z] } }
    case .hexahedron8:
      return line.flatMap { z in line.flatMap { y in line.map { [$0, y, z] } } }
    default: return [.zero]
    }
  }

  /// The derivatives of each shape function along the reference axes.
  func gradients(at point: SIMD3<Double>) -> [SIMD3<Double>] {
    switch linear {
    case .line2, .quadrilateral4, .hexahedron8: productGradients(at: point)
    case .triangle3, .tetrahedron4, .wedge6: simplexGradients(at: point)
    default: [.zero]
    }
  }

  /// Serendipity functions on the square and cube.
  ///
  /// With p = Π(1 + ξᵢ xᵢ), a corner has p/2ᵈ, in quadratic cells p (Σ ξᵢ xᵢ - d + 1)/2ᵈ, and a node amid an
  /// edge along axis k has (1 - x_k²) Π(1 + ξᵢ xᵢ)/2ᵈ⁻¹ over the other axes.
  private func productGradients(at point: SIMD3<Double>) -> [SIMD3<Double>] {
    let corners = referenceCorners
    let middles =
      isQuadratic ? edges.map { (corners[$0.0] + corners[$0.1]) / 2 } : []
    let scale = 1 / Double(1 << dimension)
    return (corners + middles).map { node in
      let isMiddle = (0..<dimension).contains { node[$0] == 0 }
      var factors = [Double](repeating: 1, count: dimension)
      var slopes = [Double](repeating: 0, count: dimension)
      for axis in 0..<dimension {
        let isAlong = node[axis] == 0
        factors[axis] = isAlong ? 1 - point[axis] * point[axis] : 1 + node[axis] * point[axis]
        slopes[axis] = isAlong ? -2 * point[axis] : node[axis]
      }
      let sum = (node * point).sum() - Double(dimension - 1)
      let product = factors.reduce(1, *)
      var gradient = SIMD3<Double>.zero
      for axis in 0..<dimension {
        var others = slopes[axis]
        for other in 0..<dimension where other != axis { others *= factors[other] }
        gradient[axis] =
          isMiddle
          ? 2 * scale * others
          : isQuadratic ? scale * (others * sum + product * node[axis]) : scale * others
      }
      return gradient
    }
  }

  /// Functions of area and volume coordinates L; wedges multiply them along the third axis.
  private func simplexGradients(at point: SIMD3<Double>) -> [SIMD3<Double>] {
    let isWedge = linear == .wedge6
    let count = linear == .tetrahedron4 ? 4 : 3
    let coordinates = [
      1 - point.x - point.y - (count == 4 ? point.z : 0), point.x, point.y, point.z,
    ].prefix(count)
    let slopes: [SIMD3<Double>] = [
      [-1, -1, count == 4 ? -1 : 0], [1, 0, 0], [0, 1, 0], [0, 0, 1],
    ]
    let height = point.z
    /// The gradient of f(L) g(z) from the gradient of f, its value, g and g'.
    func product(
      _ slope: SIMD3<Double>, _ value: Double, _ g: Double, _ dg: Double
    ) -> SIMD3<Double> {
      SIMD3(slope.x * g, slope.y * g, value * dg)
    }
    func corner(_ node: Int) -> SIMD3<Double> {
      let (L, dL) = (coordinates[node % 3], slopes[node % 3])
      let sign = node < 3 ? -1.0 : 1
      guard isQuadratic else { return product(dL, L, (1 + sign * height) / 2, sign / 2) }
      // L (2L - 1)(1 ± z)/2 - L (1 - z²)/2
      return product((4 * L - 1) * dL, L * (2 * L - 1), (1 + sign * height) / 2, sign / 2)
        - product(dL, L, (1 - height * height) / 2, -height)
    }
    guard isWedge else {
      let corners = (0..<count).map { (isQuadratic ? 4 * coordinates[$0] - 1 : 1) * slopes[$0] }
      let middles =
        isQuadratic
        ? edges.map { 4 * (coordinates[$0.0] * slopes[$0.1] + coordinates[$0.1] * slopes[$0.0]) }
        : []
      return corners + middles
    }
    let corners = (0..<6).map(corner)
    guard isQuadratic else { return corners }
    return corners
      + edges.map { a, b in
        let (first, second) = (a % 3, b % 3)
        // Upright edges: L (1 - z²); edges of the triangles: 2 Lₐ L_b (1 ± z).
        guard first != second else {
          return product(slopes[first], coordinates[first], 1 - height * height, -2 * height)
        }
        let sign = a < 3 ? -1.0 : 1
        return product(
          2 * (coordinates[first] * slopes[second] + coordinates[second] * slopes[first]),
          2 * coordinates[first] * coordinates[second], 1 + sign * height, sign)
      }
  }
}
