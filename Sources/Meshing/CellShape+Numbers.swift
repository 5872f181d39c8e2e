extension CellShape {
  /// The numbers by which other programs know the shape.
  ///
  /// - Source: Gmsh 4.8 reference manual, *MSH file format*; `vtkCellType.h`.
  var numbers: (gmsh: Int, vtk: UInt8) {
    switch self {
    case .point1: (gmsh: 15, vtk: 1)
    case .line2: (gmsh: 1, vtk: 3)
    case .line3: (gmsh: 8, vtk: 21)
    case .triangle3: (gmsh: 2, vtk: 5)
    case .triangle6: (gmsh: 9, vtk: 22)
    case .quadrilateral4: (gmsh: 3, vtk: 9)
    case .quadrilateral8: (gmsh: 16, vtk: 23)
    case .tetrahedron4: (gmsh: 4, vtk: 10)
    case .tetrahedron10: (gmsh: 11, vtk: 24)
    case .wedge6: (gmsh: 6, vtk: 13)
    case .wedge15: (gmsh: 18, vtk: 26)
    case .hexahedron8: (gmsh: 5, vtk: 12)
    case .hexahedron20: (gmsh: 17, vtk: 25)
    }
  }
}
