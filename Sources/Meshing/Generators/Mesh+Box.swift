extension Mesh {
  /// A rectangular box with one corner at the origin, its edges along the axes.
  ///
  /// Node sets and surfaces: `left` (x = 0), `right`, `front` (y = 0), `back`, `bottom` (z = 0), `top`.
  /// Cell set: `all`. Cells that are not bricks split each brick, a wedge standing on its triangle.
  /// With a plane element type this is ``rectangle(size:divisions:elementType:)``.
  ///
  /// - Parameters:
  ///   - size: The lengths of the edges.
  ///   - divisions: Bricks along each axis.
  ///   - elementType: The element of every cell.
  public static func box(
    size: SIMD3<Double>, divisions: SIMD3<Int>, elementType: ElementType
  ) -> Mesh {
    guard elementType.shape.dimension == 3 else {
      return rectangle(
        size: SIMD2(size.x, size.y), divisions: SIMD2(divisions.x, divisions.y),
        elementType: elementType)
    }
    let end = 2 &* divisions
    return Lattice(divisions: divisions).mesh(
      of: elementType,
      sides: [
        .init(name: "left") { $0.x == 0 }, .init(name: "right") { $0.x == end.x },
        .init(name: "front") { $0.y == 0 }, .init(name: "back") { $0.y == end.y },
        .init(name: "bottom") { $0.z == 0 }, .init(name: "top") { $0.z == end.z },
      ], place: { size * $0 })
  }

  /// A rectangle in the plane of the first two axes, one corner at `origin`.
  ///
  /// Node sets and surfaces: `left` (x smallest), `right`, `bottom` (y smallest), `top`. Cell set: `all`.
  ///
  /// - Parameters:
  ///   - origin: The corner of the smallest coordinates; for an axisymmetric section its first one
  ///     is the inner radius.
  ///   - size: The lengths of the edges.
  ///   - divisions: Quadrilaterals along each axis; triangles split each along its rising diagonal.
  ///   - elementType: The element of every cell.
  public static func rectangle(
    origin: SIMD2<Double> = .zero, size: SIMD2<Double>, divisions: SIMD2<Int>,
    elementType: ElementType
  ) -> Mesh {
    let end = 2 &* divisions
    return Lattice(divisions: SIMD3(divisions.x, divisions.y, 0)).mesh(
      of: elementType,
      sides: [
        .init(name: "left") { $0.x == 0 }, .init(name: "right") { $0.x == end.x },
        .init(name: "bottom") { $0.y == 0 }, .init(name: "top") { $0.y == end.y },
      ],
      place: { SIMD3(origin.x + size.x * $0.x, origin.y + size.y * $0.y, 0) })
  }
}
