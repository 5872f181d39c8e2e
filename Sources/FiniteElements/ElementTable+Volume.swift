internal import Meshing
public import NumericalMethods

extension ElementTable {
  /// The volume each point stands for, and the smallest determinant as in ``stiffness(nodes:elasticity:thickness:into:)``.
  ///
  /// - Parameters:
  ///   - nodes: Where the nodes are.
  ///   - thickness: Of plane cells.
  ///   - volumes: Receives one volume per point; a full turn's for axisymmetric cells.
  @discardableResult
  public func pointVolumes(
    nodes: Span<SIMD3<Double>>, thickness: Double, into volumes: inout MutableSpan<Double>
  ) -> Double {
    precondition(volumes.count == pointCount, "\(volumes.count) volumes for \(pointCount) points")
    return withFrame(of: nodes, thickness: thickness) { frame in
      for point in 0..<pointCount { volumes[point] = frame.volumes[point] }
      return frame.smallestDeterminant
    }
  }

  /// Where the points are in space; those of axisymmetric cells and sheets also before and behind the mesh's plane.
  ///
  /// - Parameters:
  ///   - nodes: Where the nodes are.
  ///   - thickness: Of sheets; not read for others.
  ///   - positions: Receives one position per point.
  public func pointPositions(
    nodes: Span<SIMD3<Double>>, thickness: Double = 1,
    into positions: inout MutableSpan<SIMD3<Double>>
  ) {
    precondition(nodes.count == nodeCount, "\(nodes.count) nodes for a \(type.rawValue)")
    precondition(
      positions.count == pointCount, "\(positions.count) positions for \(pointCount) points")
    for point in 0..<pointCount {
      var sum = SIMD3<Double>.zero
      for node in 0..<nodeCount {
        let entry = point * nodeCount + node
        if isWedge {
          sum += [
            wedge.radial[entry] * nodes[node].x, shape[entry] * nodes[node].y,
            wedge.hoop[entry] * nodes[node].x,
          ]
        } else {
          sum += shape[entry] * nodes[node]
        }
      }
      if isSheet { sum.z = points[point].z * thickness / 2 }
      positions[point] = sum
    }
  }

  /// Nodal forces of a force per volume: ∫Nᵀb dV.
  ///
  /// - Parameters:
  ///   - nodes: Where the nodes are.
  ///   - density: Force per volume in global components, one per point or one for all.
  ///   - thickness: Of plane cells.
  ///   - forces: Receives one vector per node.
  public func bodyForce(
    nodes: Span<SIMD3<Double>>, density: Span<SIMD3<Double>>, thickness: Double,
    into forces: inout MutableSpan<SIMD3<Double>>
  ) {
    precondition(forces.count == nodeCount, "\(forces.count) forces for \(nodeCount) nodes")
    checkCount(density.count, "force densities")
    withFrame(of: nodes, thickness: thickness) { frame in
      for node in 0..<nodeCount {
        var sum = SIMD3<Double>.zero
        for point in 0..<pointCount {
          let push = frame.volumes[point] * density[density.count == 1 ? 0 : point]
          let entry = point * nodeCount + node
          if isWedge {
            sum.x += wedge.radial[entry] * push.x + wedge.hoop[entry] * push.z
            sum.y += shape[entry] * push.y
          } else if isSheet {
            sum += SIMD3(shape[entry], shape[entry], wedge.hoop[entry]) * push
          } else {
            sum += shape[entry] * push
          }
        }
        if axisCount == 2 { sum.z = 0 }
        forces[node] = sum
      }
    }
  }

  /// Shares of something that is spread over the volume, such as heat or mass: ∫N q dV.
  ///
  /// - Parameters:
  ///   - nodes: Where the nodes are.
  ///   - density: Amount per volume, one per point or one for all.
  ///   - thickness: Of plane cells.
  ///   - amounts: Receives one amount per node.
  public func source(
    nodes: Span<SIMD3<Double>>, density: Span<Double>, thickness: Double,
    into amounts: inout MutableSpan<Double>
  ) {
    precondition(amounts.count == nodeCount, "\(amounts.count) amounts for \(nodeCount) nodes")
    checkCount(density.count, "densities")
    withFrame(of: nodes, thickness: thickness) { frame in
      for node in 0..<nodeCount {
        var sum = 0.0
        for point in 0..<pointCount {
          sum +=
            shape[point * nodeCount + node] * frame.volumes[point]
            * density[density.count == 1 ? 0 : point]
        }
        amounts[node] = sum
      }
    }
  }

  /// Nodal forces as CalculiX prints them for axisymmetric and plane strain cells: the sum over the copies of a node, for
  /// one wedge of two degrees or the thickness.
  ///
  /// Their force across the plane is not nothing where the material couples shear across the plane with the strains in it.
  /// The force in x is not the work per change of radius: the hoop stress on the sides of the wedge is in it, so
  /// that the forces of a whole structure add up to nothing. Other cells' forces are those of
  /// ``internalForce(nodes:displacements:elasticity:stress:thickness:into:)``.
  ///
  /// - Parameters:
  ///   - nodes: Where the nodes are.
  ///   - displacements: How the nodes moved.
  ///   - elasticity: One matrix per point, or one for all.
  ///   - stress: One per point, or one for all.
  ///   - thickness: Of plane cells.
  ///   - forces: Receives one vector per node.
  public func printedForce(
    nodes: Span<SIMD3<Double>>, displacements: Span<SIMD3<Double>>,
    elasticity: Span<ElasticityMatrix>, stress: Span<SymmetricTensor>, thickness: Double,
    into forces: inout MutableSpan<SIMD3<Double>>
  ) {
    guard isWedge else {
      internalForce(
        nodes: nodes, displacements: displacements, elasticity: elasticity, stress: stress,
        thickness: thickness, into: &forces)
      if isSheet { for node in 0..<nodeCount { forces[node].z = 0 } }
      if type.theory == .planeStrain {
        addForceAcross(nodes: nodes, stress: stress, thickness: thickness, into: &forces)
      }
      return
    }
    precondition(forces.count == nodeCount, "\(forces.count) forces for \(nodeCount) nodes")
    checkCount(stress.count, "stresses")
    withFrame(of: nodes, thickness: thickness) { frame in
      for node in 0..<nodeCount {
        var sum = SIMD3<Double>.zero
        var size = 0.0
        for point in 0..<pointCount {
          let value = stress[stress.count == 1 ? 0 : point]
          let slope = frame.volumes[point] * frame.gradients[point * nodeCount + node]
          sum.x += slope.dot([value.xx, value.xy, value.xz])
          sum.y += slope.dot([value.xy, value.yy, value.yz])
          let across = slope * [value.xz, value.yz, value.zz]
          sum.z += across.sum()
          size += abs(across.x) + abs(across.y) + abs(across.z)
        }
        // Nothing but round-off where the layers of the wedge are each other's mirror image.
        if abs(sum.z) < 1e-12 * size { sum.z = 0 }
        if formulation == .meanStrain {
          for other in 0..<nodeCount {
            sum +=
              elasticity[0].hourglassModulus
              * printedHourglassStiffness(frame, node, other) * displacements[other]
          }
        }
        forces[node] = sum / Self.wedgesPerTurn
      }
    }
  }

  /// Adds the nodal forces across the plane of plane strain cells.
  private func addForceAcross(
    nodes: Span<SIMD3<Double>>, stress: Span<SymmetricTensor>, thickness: Double,
    into forces: inout MutableSpan<SIMD3<Double>>
  ) {
    withFrame(of: nodes, thickness: thickness) { frame in
      for point in 0..<pointCount {
        let value = stress[stress.count == 1 ? 0 : point]
        for node in 0..<nodeCount {
          let slope = frame.volumes[point] * frame.gradients[point * nodeCount + node]
          forces[node].z += slope.x * value.xz + slope.y * value.yz
        }
      }
    }
  }
}
