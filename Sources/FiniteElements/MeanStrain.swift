internal import Glibc
internal import Meshing

// Cells that know one strain, the mean over their volume, and are kept from hourglassing by springs.
//
// Source: Flanagan and Belytschko, A uniform strain hexahedron and quadrilateral with orthogonal hourglass control,
// Int. J. Num. Meth. Engng. 17 (1981) 679-706. CalculiX makes plane and axisymmetric cells bricks first, so their
// springs know the thickness (or two degrees); hence the brick here too.

/// The four patterns of a hexahedron's nodes that linear displacements do not contain.
private let hourglassPatterns: InlineArray<4, InlineArray<8, Double>> = [
  [1, 1, -1, -1, -1, -1, 1, 1],
  [1, -1, -1, 1, -1, 1, 1, -1],
  [1, -1, 1, -1, 1, -1, 1, -1],
  [-1, 1, -1, 1, 1, -1, 1, -1],
]

/// CalculiX's choice of what the springs' stiffness is of the material's.
private let hourglassShare = 0.0005

extension ElementTable {
  /// The eight corners of the brick that stands for the cell.
  private func brick(
    of nodes: UnsafeBufferPointer<SIMD3<Double>>, thickness: Double
  ) -> InlineArray<8, SIMD3<Double>> {
    var corners = InlineArray<8, SIMD3<Double>>(repeating: .zero)
    let (sine, cosine) = (sin(WedgeTable.halfAngle), cos(WedgeTable.halfAngle))
    for corner in 0..<8 {
      let side = corner < 4 ? -1.0 : 1.0
      let node = nodes[nodeCount == 8 ? corner : corner % 4]
      corners[corner] =
        if nodeCount == 8 {
          node
        } else if isWedge {
          [node.x * cosine, node.y, side * node.x * sine]
        } else {
          [node.x, node.y, side * thickness / 2]
        }
    }
    return corners
  }

  /// The mean gradients, the volume and the hourglass vectors of a cell.
  func fillMeanStrain(
    _ frame: inout CellFrame, _ nodes: UnsafeBufferPointer<SIMD3<Double>>, _ thickness: Double
  ) {
    let corners = brick(of: nodes, thickness: thickness)
    // Two Gauss points per axis integrate the cofactors of a trilinear map exactly.
    var slopes = InlineArray<8, SIMD3<Double>>(repeating: .zero)
    var volume = 0.0
    let place = 1 / 3.0.squareRoot()
    for corner in 0..<8 {
      let point = place * hexahedronCorners[corner]
      var reference = InlineArray<8, SIMD3<Double>>(repeating: .zero)
      var map = ReferenceMap()
      for node in 0..<8 {
        let sign = hexahedronCorners[node]
        let factor = 1 + sign * point
        reference[node] =
          sign * SIMD3(factor.y * factor.z, factor.x * factor.z, factor.x * factor.y) / 8
        map.add(corners[node], reference[node])
      }
      let determinant = map.invert()
      volume += determinant
      for node in 0..<8 { slopes[node] += determinant * map.gradient(reference[node]) }
    }

    var squares = 0.0
    for node in 0..<8 { squares += slopes[node].dot(slopes[node]) }
    frame.hourglassScale = hourglassShare * squares / volume
    for node in 0..<8 { slopes[node] /= volume }
    // Flanagan and Belytschko take what is linear in x, y and z off the patterns. CalculiX 2.20 takes off z
    // alone (its loop over the axes begins anew each time), so its springs resist some linear fields of cells
    // that are not parallelepipeds; we agree with it unless asked to be exact.
    let removed: SIMD3<Double> = variant == .corrected ? [1, 1, 1] : [0, 0, 1]
    for pattern in 0..<4 {
      var moment = SIMD3<Double>.zero
      for node in 0..<8 { moment += hourglassPatterns[pattern][node] * corners[node] }
      for node in 0..<8 {
        frame.hourglass[8 * pattern + node] =
          hourglassPatterns[pattern][node] - slopes[node].dot(removed * moment)
      }
    }

    frame.volumes[0] = volume
    frame.smallestDeterminant = volume / 8
    if nodeCount == 8 {
      for node in 0..<8 { frame.gradients[node] = slopes[node] }
      return
    }
    let (sine, cosine) = (sin(WedgeTable.halfAngle), cos(WedgeTable.halfAngle))
    for node in 0..<4 {
      let both = slopes[node] + slopes[node + 4]
      frame.gradients[node] = [both.x, both.y, isWedge ? both.z : 0]
      if isSheet { frame.hoop[node] = slopes[node + 4] - slopes[node] }
      if isWedge {
        frame.radial[node] = cosine * both
        frame.hoop[node] = sine * (slopes[node + 4] - slopes[node])
      }
    }
    if isWedge {
      frame.volumes[0] *= Self.wedgesPerTurn
      frame.hourglassScale *= Self.wedgesPerTurn
    }
  }

  /// The springs between two nodes, per hourglass modulus: one number per axis.
  func hourglassStiffness(_ frame: CellFrame, _ i: Int, _ j: Int) -> SIMD3<Double> {
    if nodeCount == 8 { return SIMD3(repeating: spring(frame, i, j)) }
    let same = spring(frame, i, j) + spring(frame, i + 4, j + 4)
    let across = spring(frame, i, j + 4) + spring(frame, i + 4, j)
    guard isWedge else { return [same + across, same + across, same - across] }
    // Both sides of a wedge move along its radius: together in x, against each other in z.
    let (sine, cosine) = (sin(WedgeTable.halfAngle), cos(WedgeTable.halfAngle))
    return [
      cosine * cosine * (same + across) + sine * sine * (same - across), same + across, 0,
    ]
  }

  /// The sum in x and y of the springs' forces on both copies of a wedge's node `i`, per hourglass modulus and
  /// displacement of node `j`.
  func printedHourglassStiffness(
    _ frame: CellFrame, _ i: Int, _ j: Int
  ) -> SIMD3<Double> {
    let sum =
      spring(frame, i, j) + spring(frame, i + 4, j + 4) + spring(frame, i, j + 4)
      + spring(frame, i + 4, j)
    return [cos(WedgeTable.halfAngle) * sum, sum, 0]
  }

  /// The springs between two corners of the brick.
  @inline(__always)
  private func spring(_ frame: CellFrame, _ i: Int, _ j: Int) -> Double {
    var sum = 0.0
    for pattern in 0..<4 {
      sum += frame.hourglass[8 * pattern + i] * frame.hourglass[8 * pattern + j]
    }
    return sum * frame.hourglassScale
  }
}
