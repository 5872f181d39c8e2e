internal import Meshing
public import NumericalMethods

// What every method here has in common:
//
// `nodes` are the cell's nodes in the order of its shape. Plane cells lie in the plane of the first two axes;
// axisymmetric ones have the radius first and the height along the axis of revolution second, and every integral
// is over the full turn. `thickness` is that of plane cells and not read for others.
//
// Elasticity and thermal stress (matrix times thermal strain) are always those of the solid material, whatever the
// theory of the element; the plane-stress reduction happens here. Spans of material values have one value per point,
// or one for all points.

extension ElementTable {
  /// The stiffness of one cell.
  ///
  /// - Parameters:
  ///   - nodes: Where the nodes are.
  ///   - elasticity: One matrix per point, or one for all.
  ///   - thickness: Of plane cells.
  ///   - matrix: Receives nodes · axes rows of as many entries, node after node; symmetric, all of it is written.
  /// - Returns: The smallest determinant of the map from reference coordinates; where it is not positive the
  ///   cell is inverted or folded and the matrix is worthless.
  public func stiffness(
    nodes: Span<SIMD3<Double>>, elasticity: Span<ElasticityMatrix>, thickness: Double,
    into matrix: inout MutableSpan<Double>
  ) -> Double {
    let size = nodeCount * axisCount
    precondition(
      matrix.count == size * size, "\(matrix.count) entries for a matrix of \(size) rows")
    checkCount(elasticity.count, "elasticity matrices")
    return matrix.withUnsafeMutableBufferPointer { entries in
      withFrame(of: nodes, thickness: thickness) { frame in
        let target = entries.baseAddress.unsafelyUnwrapped
        if isWedge || isSheet {
          brickStiffness(frame, elasticity, into: target)
        } else if bubbleCount > 0 {
          condensedStiffness(frame, elasticity, into: target)
        } else {
          cartesianStiffness(frame, elasticity, into: target)
        }
        if formulation == .meanStrain {
          let modulus = elasticity[0].hourglassModulus
          for i in 0..<nodeCount {
            for j in 0..<nodeCount {
              let spring = modulus * hourglassStiffness(frame, i, j)
              for axis in 0..<axisCount {
                target[(i * axisCount + axis) * size + j * axisCount + axis] += spring[axis]
              }
            }
          }
        }
        return frame.smallestDeterminant
      }
    }
  }

  /// All nodal forces of a cell whose stresses are known: those of the stresses and of the hourglass springs.
  ///
  /// - Parameters:
  ///   - nodes: Where the nodes are.
  ///   - displacements: How the nodes moved.
  ///   - elasticity: One matrix per point, or one for all.
  ///   - stress: One per point, or one for all.
  ///   - thickness: Of plane cells.
  ///   - forces: Receives one vector per node.
  public func internalForce(
    nodes: Span<SIMD3<Double>>, displacements: Span<SIMD3<Double>>,
    elasticity: Span<ElasticityMatrix>, stress: Span<SymmetricTensor>, thickness: Double,
    into forces: inout MutableSpan<SIMD3<Double>>
  ) {
    precondition(forces.count == nodeCount, "\(forces.count) forces for \(nodeCount) nodes")
    precondition(
      displacements.count == nodeCount,
      "\(displacements.count) displacements for \(nodeCount) nodes")
    checkCount(elasticity.count, "elasticity matrices")
    checkCount(stress.count, "stresses")
    withFrame(of: nodes, thickness: thickness) { frame in
      for node in 0..<nodeCount {
        var sum = force(on: node, of: stress, frame)
        if formulation == .meanStrain {
          let modulus = elasticity[0].hourglassModulus
          for other in 0..<nodeCount {
            sum += modulus * hourglassStiffness(frame, node, other) * displacements[other]
          }
        }
        forces[node] = sum
      }
    }
  }

  /// Total strain at the points.
  ///
  /// Elasticity and thermal stress decide about the thickness of plane-stress cells and the bubbles of C3D8I.
  ///
  /// - Parameters:
  ///   - nodes: Where the nodes are.
  ///   - displacements: How the nodes moved; the third component is not read for plane cells.
  ///   - elasticity: One matrix per point, or one for all.
  ///   - thermalStress: Elasticity times thermal strain; one per point, or one for all.
  ///   - thickness: Of sheets; not read for others.
  ///   - strain: Receives one tensor per point, in global axes.
  public func strain(
    nodes: Span<SIMD3<Double>>, displacements: Span<SIMD3<Double>>,
    elasticity: Span<ElasticityMatrix>, thermalStress: Span<SymmetricTensor>,
    thickness: Double = 1, into strain: inout MutableSpan<SymmetricTensor>
  ) {
    precondition(
      displacements.count == nodeCount,
      "\(displacements.count) displacements for \(nodeCount) nodes")
    precondition(strain.count == pointCount, "\(strain.count) strains for \(pointCount) points")
    checkCount(elasticity.count, "elasticity matrices")
    checkCount(thermalStress.count, "thermal stresses")
    withFrame(of: nodes, thickness: thickness) { frame in
      for point in 0..<pointCount {
        let row = point * frame.columnCount
        // Rows of the displacement gradient.
        var x = SIMD3<Double>.zero
        var y = SIMD3<Double>.zero
        var z = SIMD3<Double>.zero
        for node in 0..<nodeCount {
          let moved = displacements[node]
          let slope = frame.gradients[row + node]
          y += moved.y * slope
          if isWedge {
            x += moved.x * frame.radial[row + node]
            z += moved.x * frame.hoop[row + node]
          } else {
            x += moved.x * slope
            z += (axisCount == 3 ? moved.z : 0) * (isSheet ? frame.hoop[row + node] : slope)
          }
        }
        strain[point] = SymmetricTensor(
          xx: x.x, yy: y.y, zz: z.z, xy: (x.y + y.x) / 2, xz: (x.z + z.x) / 2,
          yz: (y.z + z.y) / 2)
      }
      if type.theory == .planeStress, !isSheet {
        for point in 0..<pointCount {
          let matrix = elasticity[elasticity.count == 1 ? 0 : point]
          let thermal = thermalStress[thermalStress.count == 1 ? 0 : point]
          if matrix.couplesShearAcross || thermal.xz != 0 || thermal.yz != 0 {
            strain[point] = matrix.freeAcross(strain[point], thermal: thermal)
          } else if matrix[2, 2] != 0 {
            let across = matrix * strain[point]
            strain[point].zz = (thermal.zz - across.zz) / matrix[2, 2]
          }
        }
      }
      if bubbleCount > 0 { addBubbleStrain(frame, elasticity, thermalStress, to: &strain) }
    }
  }

  /// Material values come one per point, or one for all.
  @inline(__always)
  func checkCount(_ count: Int, _ what: StaticString) {
    precondition(
      count == 1 || count == pointCount, "\(count) \(what) for \(pointCount) points")
  }

  /// The force that stresses at all points exert on a node or bubble.
  @inline(__always)
  func force(
    on node: Int, of stress: Span<SymmetricTensor>, _ frame: CellFrame
  ) -> SIMD3<Double> {
    var sum = SIMD3<Double>.zero
    for point in 0..<pointCount {
      sum += force(on: node, of: stress[stress.count == 1 ? 0 : point], at: point, frame)
    }
    return sum
  }

  /// The force that the stress at one point exerts on a node or bubble.
  @inline(__always)
  func force(
    on node: Int, of stress: SymmetricTensor, at point: Int, _ frame: CellFrame
  ) -> SIMD3<Double> {
    let x = SIMD3(stress.xx, stress.xy, stress.xz)
    let y = SIMD3(stress.xy, stress.yy, stress.yz)
    let z = SIMD3(stress.xz, stress.yz, stress.zz)
    let entry = point * frame.columnCount + node
    let slope = frame.gradients[entry]
    let force: SIMD3<Double> =
      if isWedge {
        [frame.radial[entry].dot(x) + frame.hoop[entry].dot(z), slope.dot(y), 0]
      } else {
        [
          slope.dot(x), slope.dot(y),
          axisCount == 3 ? (isSheet ? frame.hoop[entry] : slope).dot(z) : 0,
        ]
      }
    return frame.volumes[point] * force
  }
}
