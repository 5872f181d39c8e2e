public import Meshing
internal import NumericalMethods

// Mass and heat capacity of one cell, consistent with its shape functions: ∫N q N dV. The tables to use are those of
// ``ElementTable/mass(_:)`` and ``ElementTable/sheetMass(_:)``.

extension ElementTable {
  /// The table for mass and heat capacity: points that integrate the product of two shape functions.
  ///
  /// Also for elements of reduced integration. With the one point of its stiffness a C3D8R would have a mass matrix of rank one per
  /// direction, and the motions without mass infinite frequencies; cells of straight parallel edges are integrated exactly.
  /// CalculiX 2.20 integrates the mass with the points of the stiffness (the matrices that `*FREQUENCY, SOLVER=MATRIXSTORAGE` stores
  /// show it): for C3D8, C3D20 and the nodes of C3D8I its matrix is this one; for C3D8R, C3D20R, wedges and tetrahedra it is that of
  /// fewer points. Bubbles of C3D8I have a mass there and none here.
  public static func mass(_ type: ElementType) -> ElementTable { massTables[type] }

  /// The table for the mass of plane-stress elements as CalculiX has them; see ``sheet(_:_:)``.
  public static func sheetMass(_ type: ElementType) -> ElementTable {
    precondition(type.theory == .planeStress, "no sheet is made of \(type.rawValue)")
    return sheetMassTables[type]
  }

  private static let massTables = LazyTables {
    ElementTable(
      $0, formulation: .isoparametric,
      rule: .ofMass($0.shape, isBrick: $0.theory == .axisymmetric))
  }
  private static let sheetMassTables = LazyTables {
    ElementTable(
      $0, formulation: .isoparametric, isSheet: true, rule: .ofMass($0.shape, isBrick: true))
  }

  /// The consistent mass of one cell: ∫ρ NᵀN dV.
  ///
  /// One direction's motion has no part in another's: blocks of two nodes are diagonal. A node of an axisymmetric cell moves the whole
  /// circle, in the wedge of the stiffness; a sheet's third unknown moves its faces apart.
  ///
  /// - Parameters:
  ///   - nodes: Where the nodes are.
  ///   - density: Mass per volume, one per point or one for all.
  ///   - thickness: Of plane cells.
  ///   - matrix: Receives nodes · axes rows of as many entries, node after node; symmetric, all of it is written.
  /// - Returns: The smallest determinant, as for the stiffness.
  /// - Complexity: O(*points* · *nodes*²)
  public func mass(
    nodes: Span<SIMD3<Double>>, density: Span<Double>, thickness: Double,
    into matrix: inout MutableSpan<Double>
  ) -> Double {
    let size = nodeCount * axisCount
    precondition(
      matrix.count == size * size, "\(matrix.count) entries for a matrix of \(size) rows")
    for entry in 0..<matrix.count { matrix[entry] = 0 }
    return sumProducts(nodes, density, thickness) { i, j, share in
      for axis in 0..<axisCount {
        matrix[(axisCount * i + axis) * size + axisCount * j + axis] += share[axis]
        if i != j { matrix[(axisCount * j + axis) * size + axisCount * i + axis] += share[axis] }
      }
    }
  }

  /// The heat capacity of one cell: ∫ρc NᵀN dV.
  ///
  /// - Parameters:
  ///   - nodes: Where the nodes are.
  ///   - density: Heat per volume and temperature, ρc; one per point or one for all.
  ///   - thickness: Of plane cells.
  ///   - matrix: Receives one row per node; symmetric, all of it is written.
  /// - Returns: The smallest determinant, as for the stiffness.
  /// - Complexity: O(*points* · *nodes*²)
  public func capacity(
    nodes: Span<SIMD3<Double>>, density: Span<Double>, thickness: Double,
    into matrix: inout MutableSpan<Double>
  ) -> Double {
    precondition(
      matrix.count == nodeCount * nodeCount,
      "\(matrix.count) entries for a matrix of \(nodeCount) rows")
    for entry in 0..<matrix.count { matrix[entry] = 0 }
    // Temperature has the functions of the displacement along the axis, y.
    return sumProducts(nodes, density, thickness) { i, j, share in
      matrix[i * nodeCount + j] += share.y
      if i != j { matrix[j * nodeCount + i] += share.y }
    }
  }

  /// Visits ∫ρ NᵢNⱼ dV of every direction, point by point, for i ≤ j.
  @inline(__always)
  private func sumProducts(
    _ nodes: Span<SIMD3<Double>>, _ density: Span<Double>, _ thickness: Double,
    _ visit: (Int, Int, SIMD3<Double>) -> Void
  ) -> Double {
    checkCount(density.count, "densities")
    return withFrame(of: nodes, thickness: thickness) { frame in
      for point in 0..<pointCount {
        let mass = density[density.count == 1 ? 0 : point] * frame.volumes[point]
        let row = point * nodeCount
        for i in 0..<nodeCount {
          for j in i..<nodeCount {
            let plain = shape[row + i] * shape[row + j]
            var product = SIMD3(repeating: plain)
            if isWedge {
              product.x =
                wedge.radial[row + i] * wedge.radial[row + j]
                + wedge.hoop[row + i] * wedge.hoop[row + j]
            } else if isSheet {
              // `hoop` is in half thicknesses, as the unknown is.
              product.z = wedge.hoop[row + i] * wedge.hoop[row + j]
            }
            visit(i, j, mass * product)
          }
        }
      }
      return frame.smallestDeterminant
    }
  }
}

extension IntegrationRule {
  /// Points that integrate the product of two shape functions exactly in cells with straight parallel edges.
  ///
  /// - Parameter isBrick: Whether a plane shape has points through the thickness of the brick, too.
  static func ofMass(_ shape: CellShape, isBrick: Bool) -> IntegrationRule {
    let perAxis = shape.isQuadratic ? 3 : 2
    let rule: IntegrationRule
    switch shape.linear {
    case .tetrahedron4: return .tetrahedron15
    case .triangle3: rule = .triangle7
    case .wedge6: return .triangle7.extended(by: GaussLegendreRule(pointCount: perAxis))
    default: rule = .box(shape.dimension, perAxis)
    }
    return isBrick ? rule.extended(by: GaussLegendreRule(pointCount: perAxis)) : rule
  }
}
