/// The reference cells, and the points where checks look at a cell.
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
}
