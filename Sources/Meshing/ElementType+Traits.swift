extension ElementType {
  /// The row of the element.
  ///
  /// - Source: CalculiX 2.20, `gen3delem`, `gauss`, `e_c3d` and `e_c3d_th`.
  public var traits: ElementTraits {
    switch self {
    case .c3d4: .solid(.tetrahedron4, .tetrahedron1)
    case .c3d6: .solid(.wedge6, .wedge1(layers: 2), sidePointsPerAxis: 1)
    case .c3d8: .solid(.hexahedron8, .box(perAxis: 2), temperatures: .cellMean)
    case .c3d8r:
      .solid(
        .hexahedron8, .box(perAxis: 1), .meanStrain, temperatures: .cellMean, sidePointsPerAxis: 1)
    case .c3d8i:
      .solid(.hexahedron8, .box(perAxis: 2), .incompatibleModes, temperatures: .cellMean)
    case .c3d10: .solid(.tetrahedron10, .tetrahedron4)
    case .c3d15: .solid(.wedge15, .wedge3(layers: 3))
    case .c3d20:
      .solid(
        .hexahedron20, .box(perAxis: 3), temperatures: .reducedRule, sidePointsPerAxis: 3)
    case .c3d20r: .solid(.hexahedron20, .box(perAxis: 2))

    case .cps3: .flat(.planeStress, .triangle3, like: .c3d6)
    case .cps4: .flat(.planeStress, .quadrilateral4, like: .c3d8)
    case .cps4r: .flat(.planeStress, .quadrilateral4, like: .c3d8r)
    case .cps6: .flat(.planeStress, .triangle6, like: .c3d15)
    case .cps8: .flat(.planeStress, .quadrilateral8, like: .c3d20)
    case .cps8r: .flat(.planeStress, .quadrilateral8, like: .c3d20r)

    case .cpe3: .flat(.planeStrain, .triangle3, like: .c3d6)
    case .cpe4: .flat(.planeStrain, .quadrilateral4, like: .c3d8)
    case .cpe4r: .flat(.planeStrain, .quadrilateral4, like: .c3d8r)
    case .cpe6: .flat(.planeStrain, .triangle6, like: .c3d15)
    case .cpe8: .flat(.planeStrain, .quadrilateral8, like: .c3d20)
    case .cpe8r: .flat(.planeStrain, .quadrilateral8, like: .c3d20r)

    case .cax3: .flat(.axisymmetric, .triangle3, like: .c3d6)
    case .cax4: .flat(.axisymmetric, .quadrilateral4, like: .c3d8)
    case .cax4r: .flat(.axisymmetric, .quadrilateral4, like: .c3d8r)
    case .cax6: .flat(.axisymmetric, .triangle6, like: .c3d15)
    case .cax8: .flat(.axisymmetric, .quadrilateral8, like: .c3d20)
    case .cax8r: .flat(.axisymmetric, .quadrilateral8, like: .c3d20r, repeatsHeatFlux: true)
    }
  }

  /// The element's theory.
  public var theory: Theory { traits.theory }

  /// The shape of its cells.
  public var shape: CellShape { traits.shape }

  /// The solid CalculiX makes of the element: itself where it is one.
  ///
  /// A plane cell becomes a brick of its thickness, an axisymmetric one a wedge of two degrees. The nodes of the plane come
  /// twice, corners of quadratic cells a third time in the middle; side n of the cell is face n + 2 of the solid.
  package var brick: ElementType { traits.brick ?? self }
}
