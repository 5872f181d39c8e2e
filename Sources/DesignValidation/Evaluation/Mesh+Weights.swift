import FiniteElements
import Meshing

extension Mesh {
  /// The shape functions at a point: nodes of the cell that holds it, with weights that add up to 1;
  /// `nil` where no cell holds it.
  ///
  /// Between curved sides of neighbours a point may lie in no cell by a hair; a cell takes points up to
  /// 1e-6 of its size outside.
  ///
  /// - Complexity: O(cells), with Newton steps only in cells whose box holds the point.
  func weights(at point: SIMD3<Double>) -> [(node: Int32, weight: Double)]? {
    for block in blocks where block.shape.dimension >= 2 {
      for cell in 0..<block.count {
        let nodes = block.nodes(of: cell)
        var (low, high) = (SIMD3(repeating: Double.infinity), SIMD3(repeating: -Double.infinity))
        for node in nodes {
          low = pointwiseMin(low, self.nodes[Int(node)])
          high = pointwiseMax(high, self.nodes[Int(node)])
        }
        // The side of a quadratic cell may bulge past the box of its nodes.
        let margin = (high - low).length * (block.shape.isQuadratic ? 0.25 : 1e-6)
        guard all(point .>= low - margin), all(point .<= high + margin) else { continue }
        let positions = nodes.map { self.nodes[Int($0)] }
        guard let place = block.shape.referencePoint(of: point, in: positions) else { continue }
        let values = block.shape.shapeFunctions(at: place).values
        return zip(nodes, values).map { (node: $0, weight: $1) }
      }
    }
    return nil
  }
}

extension CellShape {
  /// Where a point lies in the reference cell, found by Newton's method; `nil` outside the cell.
  fileprivate func referencePoint(of point: SIMD3<Double>, in nodes: [SIMD3<Double>])
    -> SIMD3<Double>?
  {
    let centre = referenceNodes.prefix(cornerCount).reduce(.zero, +) / Double(cornerCount)
    var place = centre
    for _ in 0..<30 {
      let functions = shapeFunctions(at: place)
      var position = SIMD3<Double>.zero
      var columns = [SIMD3<Double>](repeating: .zero, count: 3)
      for (node, value) in functions.values.enumerated() {
        position += value * nodes[node]
        for axis in 0..<3 { columns[axis] += functions.gradients[node][axis] * nodes[node] }
      }
      // A plane cell lies in z = 0 and leaves the third reference axis alone.
      if dimension == 2 { columns[2] = [0, 0, 1] }
      let offset = point - position
      let determinant = columns[0].dot(columns[1].cross(columns[2]))
      guard determinant.isFinite, determinant != 0 else { return nil }
      let step =
        SIMD3(
          offset.dot(columns[1].cross(columns[2])), columns[0].dot(offset.cross(columns[2])),
          columns[0].dot(columns[1].cross(offset))) / determinant
      place += step
      if (place - centre).length > 10 { return nil }
      if step.length < 1e-13 { break }
    }
    let isOnPlane = dimension == 3 || abs(place.z - centre.z) < 1e-6
    return isOnPlane && isInside(place, by: 1e-6) ? place : nil
  }

  /// Whether a reference point is in the cell, or outside by no more than a margin.
  private func isInside(_ place: SIMD3<Double>, by margin: Double) -> Bool {
    let inBox = abs(place.x) <= 1 + margin && abs(place.y) <= 1 + margin
    let inTriangle = place.x >= -margin && place.y >= -margin && place.x + place.y <= 1 + margin
    switch linear {
    case .quadrilateral4: return inBox
    case .hexahedron8: return inBox && abs(place.z) <= 1 + margin
    case .triangle3: return inTriangle
    case .wedge6: return inTriangle && abs(place.z) <= 1 + margin
    case .tetrahedron4:
      return min(place.x, place.y, place.z) >= -margin
        && place.x + place.y + place.z <= 1 + margin
    default: return false
    }
  }
}
