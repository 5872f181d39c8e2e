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
