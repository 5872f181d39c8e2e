/// A regular grid of square pixels or cubic voxels that a density image fills.
///
/// Images are stored `[rows, columns]`, in space `[layers, rows, columns]`, with row 0 at the **top**; problem coordinates
/// have *y* up, and their origin in the lower left corner (of the first layer). Nodes are numbered with *x* fastest, then *y*, then *z*.
package struct DesignGrid: Codable, Sendable, Hashable {
  /// Elements along *x*: the image's width.
  package var columns: Int
  /// Elements along *y*: the image's height.
  package var rows: Int
  /// Elements along *z*; `nil` for a plane grid in plane stress.
  package var layers: Int?
  /// The edge of an element, a length.
  package var pixelSize: Double
  /// The thickness of a plane grid, a length; not read in space.
  package var thickness: Double

  /// A grid.
  package init(
    columns: Int, rows: Int, layers: Int? = nil, pixelSize: Double = 1, thickness: Double = 1
  ) {
    self.columns = columns
    self.rows = rows
    self.layers = layers
    self.pixelSize = pixelSize
    self.thickness = thickness
  }

  /// Whether the grid lies in a plane.
  package var isPlane: Bool { layers == nil }
  /// Directions in space: 2 or 3.
  package var axisCount: Int { isPlane ? 2 : 3 }
  /// Pixels or voxels.
  package var elementCount: Int { columns * rows * (layers ?? 1) }
  /// The shape of one image, slowest axis first.
  package var imageShape: [Int] { layers.map { [$0, rows, columns] } ?? [rows, columns] }
  /// The volume of one element.
  package var elementVolume: Double {
    pixelSize * pixelSize * (isPlane ? thickness : pixelSize)
  }

  /// The place in the image of the element that is `i`-th along *x*, `j`-th along *y* from below, `k`-th along *z*.
  package func element(_ i: Int, _ j: Int, _ k: Int = 0) -> Int {
    (k * rows + (rows - 1 - j)) * columns + i
  }

  /// Where the element at a place of the image is: the inverse of ``element(_:_:_:)``.
  package func position(ofElement element: Int) -> (i: Int, j: Int, k: Int) {
    let row = element / columns
    return (element % columns, rows - 1 - row % rows, row / rows)
  }
}
