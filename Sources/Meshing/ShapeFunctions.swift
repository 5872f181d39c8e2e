/// The shape functions of a cell at one point: each is one at its own node and zero at the others.
public struct ShapeFunctions: Sendable, Equatable {
  /// One value per node; they add up to one.
  public var values: [Double]
  /// One gradient per node with respect to the reference coordinates; they add up to zero.
  public var gradients: [SIMD3<Double>]
}

extension CellShape {
  /// Where the nodes of the reference cell lie.
  ///
  /// Lines, quadrilaterals and hexahedra fill [-1, 1] in each of their axes; triangles and tetrahedra have
  /// their first corner in the origin and the others at one on an axis; wedges are triangles extended over
  /// [-1, 1] in the third axis.
  public var referenceNodes: [SIMD3<Double>] {
    let corners = referenceCorners
    guard isQuadratic else { return corners }
    return corners + edges.map { (corners[$0.0] + corners[$0.1]) / 2 }
  }

  /// The shape functions at a point of the reference cell.
  ///
  /// Cells with mid-side nodes have no nodes inside their faces (serendipity functions).
  ///
  /// - Source: Zienkiewicz and Taylor, *The Finite Element Method*, volume 1 (2000), chapter 8.
  public func shapeFunctions(at point: SIMD3<Double>) -> ShapeFunctions {
    let places = referenceNodes
    let edges = self.edges
    var result = ShapeFunctions(values: [], gradients: [])
    for node in places.indices {
      let (value, gradient) =
        switch linear {
        case .line2, .quadrilateral4, .hexahedron8: boxFunction(node, places[node], at: point)
        case .triangle3, .tetrahedron4, .wedge6:
          simplexFunction(node, places[node], edges, at: point)
        default: (1.0, SIMD3<Double>.zero)
        }
      result.values.append(value)
      result.gradients.append(gradient)
    }
    return result
  }

  /// Functions of lines, quadrilaterals and hexahedra: products over the axes.
  private func boxFunction(
    _ node: Int, _ place: SIMD3<Double>, at point: SIMD3<Double>
  ) -> (Double, SIMD3<Double>) {
    var factor = SIMD3<Double>(repeating: 1)
    var slope = SIMD3<Double>.zero
    for axis in 0..<dimension {
      if place[axis] == 0 {  // amid an edge along this axis
        factor[axis] = 1 - point[axis] * point[axis]
        slope[axis] = -2 * point[axis]
      } else {
        factor[axis] = (1 + place[axis] * point[axis]) / 2
        slope[axis] = place[axis] / 2
      }
    }
    var value = factor.x * factor.y * factor.z
    var gradient = SIMD3(
      slope.x * factor.y * factor.z, factor.x * slope.y * factor.z, factor.x * factor.y * slope.z)
    if isQuadratic, node < cornerCount {
      // What makes a corner's function vanish on the nodes amid its edges.
      let correction = (place * point).sum() - Double(dimension - 1)
      gradient = gradient * correction + value * place
      value *= correction
    }
    return (value, gradient)
  }

  /// Functions of triangles, tetrahedra and wedges: polynomials in the barycentric coordinates.
  private func simplexFunction(
    _ node: Int, _ place: SIMD3<Double>, _ edges: [(Int, Int)], at point: SIMD3<Double>
  ) -> (Double, SIMD3<Double>) {
    let isWedge = linear == .wedge6
    let isTetrahedron = linear == .tetrahedron4
    func barycentric(_ corner: Int) -> (Double, SIMD3<Double>) {
      switch isWedge ? corner % 3 : corner {
      case 0:
        isTetrahedron
          ? (1 - point.x - point.y - point.z, [-1, -1, -1]) : (1 - point.x - point.y, [-1, -1, 0])
      case 1: (point.x, [1, 0, 0])
      case 2: (point.y, [0, 1, 0])
      default: (point.z, [0, 0, 1])
      }
    }
    let height = isWedge ? place.z : 0
    // Along the third axis of a wedge: linear on the end faces, a bubble on the upright edges.
    let along = isWedge ? (1 + height * point.z) / 2 : 1
    let alongSlope: SIMD3<Double> = isWedge ? [0, 0, height / 2] : .zero
    let bubble = isWedge ? 1 - point.z * point.z : 0
    let bubbleSlope: SIMD3<Double> = isWedge ? [0, 0, -2 * point.z] : .zero

    if node < cornerCount {
      let (l, dl) = barycentric(node)
      guard isQuadratic else { return (l * along, dl * along + l * alongSlope) }
      let value = l * (2 * l - 1)
      let slope = (4 * l - 1) * dl
      return (
        value * along - l * bubble / 2,
        slope * along + value * alongSlope - dl * bubble / 2 - l / 2 * bubbleSlope
      )
    }
    let (first, second) = edges[node - cornerCount]
    let (a, da) = barycentric(first)
    if isWedge, height == 0 { return (a * bubble, da * bubble + a * bubbleSlope) }
    let (b, db) = barycentric(second)
    return (4 * a * b * along, 4 * (a * db + b * da) * along + 4 * a * b * alongSlope)
  }
}
