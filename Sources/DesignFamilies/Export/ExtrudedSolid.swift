internal import Meshing

/// A plane mesh drawn out across its plane, as triangles of its surface.
struct ExtrudedSolid {
  /// Corners, millimetres, counter-clockwise seen from outside.
  let triangles: [(SIMD3<Float>, SIMD3<Float>, SIMD3<Float>)]

  /// The body between the plane and a thickness above it.
  ///
  /// Every edge of the surface belongs to two triangles, save upright ones where parts of the mesh meet in a node alone.
  init(_ mesh: Mesh, thickness: Double) {
    var triangles: [(SIMD3<Float>, SIMD3<Float>, SIMD3<Float>)] = []
    func point(_ node: Int32, _ height: Double) -> SIMD3<Float> {
      let position = mesh.nodes[Int(node)]
      return SIMD3(Float(position.x), Float(position.y), Float(height))
    }
    for block in mesh.blocks {
      for cell in 0..<block.count {
        let corners = Array(block.nodes(of: cell).prefix(block.shape.cornerCount))
        for corner in 1..<(corners.count - 1) {
          let (a, b, c) = (corners[0], corners[corner], corners[corner + 1])
          triangles.append((point(a, thickness), point(b, thickness), point(c, thickness)))
          triangles.append((point(a, 0), point(c, 0), point(b, 0)))
        }
      }
    }
    // The cell lies to the left of its side, so outside is to the right.
    for facet in mesh.boundaryFacets() {
      let nodes = mesh.sideNodes(of: facet)
      let (a, b) = (nodes[0], nodes[1])
      triangles.append((point(a, 0), point(b, 0), point(b, thickness)))
      triangles.append((point(a, 0), point(b, thickness), point(a, thickness)))
    }
    self.triangles = triangles
  }

  /// The surface as a binary STL file, in millimetres.
  ///
  /// - Source: the format of 3D Systems (1988): 80 bytes of title, the number of triangles, and 50 bytes for each, little-endian.
  var stl: [UInt8] {
    var bytes = Array("gcgan design, millimetres".utf8)
    bytes += [UInt8](repeating: 0, count: 80 - bytes.count)
    bytes.reserveCapacity(84 + 50 * triangles.count)
    func append(_ bits: UInt32) {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    append(UInt32(triangles.count))
    for (a, b, c) in triangles {
      let (u, v) = (b - a, c - a)
      let normal = SIMD3(
        u.y * v.z - u.z * v.y, u.z * v.x - u.x * v.z, u.x * v.y - u.y * v.x)
      let length = (normal * normal).sum().squareRoot()
      for corner in [length > 0 ? normal / length : normal, a, b, c] {
        for axis in 0..<3 { append(corner[axis].bitPattern) }
      }
      bytes += [0, 0]
    }
    return bytes
  }
}
