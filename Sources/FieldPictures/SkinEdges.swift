import DesignValidation

/// The edges of the faces of a model, each once, in the order of their nodes.
struct SkinEdges {
  /// An edge of faces.
  struct Edge {
    var first, second: Int
    /// Whether it bounds the shape: one face has it, its faces make a corner, or they are of two materials.
    var isOutline: Bool
  }

  let edges: [Edge]

  /// The edges of a model.
  ///
  /// - Complexity: O(*n* log *n*) in the number of edges.
  init(of fields: ModelFields) {
    var sides: [(key: UInt64, face: Int)] = []
    for (number, face) in fields.faces.enumerated() {
      for corner in face.indices {
        let (a, b) = (face[corner], face[(corner + 1) % face.count])
        sides.append((UInt64(min(a, b)) << 32 | UInt64(max(a, b)), number))
      }
    }
    sides.sort { ($0.key, $0.face) < ($1.key, $1.face) }
    let normals = fields.faces.map { fields.normal(of: $0) }
    var edges: [Edge] = []
    var start = 0
    while start < sides.count {
      var end = start + 1
      while end < sides.count, sides[end].key == sides[start].key { end += 1 }
      let (one, two) = (sides[start].face, sides[end - 1].face)
      // 0.87 is the cosine of 30 degrees.
      let isCorner = (normals[one] * normals[two]).sum() < 0.87
      let isOutline =
        end - start != 2 || (!fields.isPlane && isCorner)
        || fields.materials[one] != fields.materials[two]
      edges.append(
        Edge(
          first: Int(sides[start].key >> 32), second: Int(sides[start].key & 0xFFFF_FFFF),
          isOutline: isOutline))
      start = end
    }
    self.edges = edges
  }
}

extension ModelFields {
  /// The unit vector across a face; zero where the face has no area.
  func normal(of face: [UInt32]) -> SIMD3<Double> {
    guard face.count >= 3 else { return .zero }
    let corners = face.map { positions[Int($0)] }
    let across = (corners[2] - corners[0]).cross(corners[corners.count - 1] - corners[1])
    let normal =
      corners.count == 3 ? (corners[1] - corners[0]).cross(corners[2] - corners[0]) : across
    return normal.length > 0 ? normal / normal.length : .zero
  }
}

extension ModelFields {
  /// The edges that a page draws when it turns the model: all of a small one, else those of its outline.
  package var drawnEdges: [(first: Int, second: Int)] {
    let edges = SkinEdges(of: self).edges
    return edges.filter { $0.isOutline || edges.count < 6000 }.map { ($0.first, $0.second) }
  }
}
