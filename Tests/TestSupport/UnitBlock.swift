public import Meshing

extension Mesh {
  /// A square or cube with edges of length 1 filled with cells of one type.
  ///
  /// One corner is the origin; that of an axisymmetric section is at radius 1.
  ///
  /// - Parameter divisions: Quadrilaterals or bricks along each edge; other shapes split them.
  public static func unitBlock(of type: ElementType, divisions: Int) -> Mesh {
    type.theory == .axisymmetric
      ? rectangle(
        origin: [1, 0], size: [1, 1], divisions: SIMD2(repeating: divisions), elementType: type)
      : box(size: [1, 1, 1], divisions: SIMD3(repeating: divisions), elementType: type)
  }

  /// The nodes on the sides that belong to one cell only, rising.
  public var boundaryNodes: [Int32] {
    Set(boundaryFacets().flatMap { sideNodes(of: $0) }).sorted()
  }

  /// The mesh with its nodes moved by a fixed smooth map, the same at every refinement.
  ///
  /// Cells become parallelepipeds as they shrink, and mid-side nodes leave the middle by the square of the size: what
  /// the theoretical orders of convergence ask for.
  public func smoothlyDistorted() -> Mesh {
    var mesh = self
    let isPlane = blocks.allSatisfy { $0.shape.dimension < 3 }
    for node in nodes.indices {
      let p = nodes[node]
      mesh.nodes[node] += SIMD3(
        0.10 * p.x * p.y - 0.06 * p.y * p.y + (isPlane ? 0 : 0.05 * p.z * p.x),
        0.08 * p.x * p.x + 0.07 * p.x * p.y - (isPlane ? 0 : 0.06 * p.z * p.y),
        isPlane ? 0 : 0.07 * p.x * p.y + 0.06 * p.y * p.z - 0.05 * p.x * p.x)
    }
    return mesh
  }
}
