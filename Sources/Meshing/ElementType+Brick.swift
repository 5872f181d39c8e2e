extension ElementType {
  /// The solid CalculiX makes of the element: itself where it is one.
  ///
  /// A plane cell becomes a brick of its thickness, an axisymmetric one a wedge of two degrees. The nodes of the plane come
  /// twice, corners of quadratic cells a third time in the middle; side n of the cell is face n + 2 of the solid.
  ///
  /// - Source: CalculiX 2.20, `gen3delem`.
  package var brick: ElementType {
    switch self {
    case .cps3, .cpe3, .cax3: .c3d6
    case .cps4, .cpe4, .cax4: .c3d8
    case .cps4r, .cpe4r, .cax4r: .c3d8r
    case .cps6, .cpe6, .cax6: .c3d15
    case .cps8, .cpe8, .cax8: .c3d20
    case .cps8r, .cpe8r, .cax8r: .c3d20r
    default: self
    }
  }
}
