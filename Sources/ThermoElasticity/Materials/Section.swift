public import Meshing

/// Cells of one material, its axes, and the thickness of plane cells.
public struct Section: Sendable, Equatable {
  /// The cells, counted through the blocks of the mesh.
  public var cells: [Int32]
  /// The material's place in the model's list.
  public var material: Int
  /// The axes of the material; `nil` for the global axes.
  public var orientation: CoordinateSystem?
  /// Thickness of plane stress and plane strain cells; not read for others.
  public var thickness: Double

  /// Cells that share material, axes and thickness.
  public init(
    cells: [Int32], material: Int, orientation: CoordinateSystem? = nil, thickness: Double = 1
  ) {
    self.cells = cells
    self.material = material
    self.orientation = orientation
    self.thickness = thickness
  }
}

extension [Section] {
  /// The place in this list of each cell's section: of the last one that names the cell; -1 where none does.
  ///
  /// - Parameter count: The number of cells.
  package func sectionOfCell(count: Int) -> [Int32] {
    var places = [Int32](repeating: -1, count: count)
    for (place, section) in enumerated() {
      for cell in section.cells { places[Int(cell)] = Int32(place) }
    }
    return places
  }

  /// The thickness of each cell; 1 where no section names the cell.
  ///
  /// - Parameter count: The number of cells.
  package func thicknessOfCell(count: Int) -> [Double] {
    sectionOfCell(count: count).map { $0 < 0 ? 1 : self[Int($0)].thickness }
  }
}
