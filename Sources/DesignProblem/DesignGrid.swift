/// A regular grid of square pixels or cubic voxels that a density image fills.
///
/// Images are stored `[rows, columns]`, in space `[layers, rows, columns]`, with row 0 at the **top**; problem coordinates
/// have *y* up, and their origin in the lower left corner (of the first layer). Nodes are numbered with *x* fastest, then *y*, then *z*.
public struct DesignGrid: Codable, Sendable, Hashable {
  /// Elements along *x*: the image's width.
  public var columns: Int
  /// Elements along *y*: the image's height.
  public var rows: Int
  /// Elements along *z*; `nil` for a plane grid in plane stress.
  public var layers: Int?
  /// The edge of an element, a length.
  public var pixelSize: Double
  /// The thickness of a plane grid, a length; not read in space.
  public var thickness: Double

  /// A grid.
  public init(
    columns: Int, rows: Int, layers: Int? = nil, pixelSize: Double = 1, thickness: Double = 1
  ) {
    self.columns = columns
    self.rows = rows
    self.layers = layers
    self.pixelSize = pixelSize
    self.thickness = thickness
  }

  /// Whether the grid lies in a plane.
  public var isPlane: Bool { layers == nil }
  /// Directions in space: 2 or 3.
  public var axisCount: Int { isPlane ? 2 : 3 }
  /// Pixels or voxels.
  public var elementCount: Int { columns * rows * (layers ?? 1) }
  /// The shape of one image, slowest axis first.
  public var imageShape: [Int] { layers.map { [$0, rows, columns] } ?? [rows, columns] }
  /// The volume of one element.
  public var elementVolume: Double {
    pixelSize * pixelSize * (isPlane ? thickness : pixelSize)
  }

  /// The place in the image of the element that is `i`-th along *x*, `j`-th along *y* from below, `k`-th along *z*.
  public func element(_ i: Int, _ j: Int, _ k: Int = 0) -> Int {
    (k * rows + (rows - 1 - j)) * columns + i
  }

  /// Where the element at a place of the image is: the inverse of ``element(_:_:_:)``.
  public func position(ofElement element: Int) -> (i: Int, j: Int, k: Int) {
    let row = element / columns
    return (element % columns, rows - 1 - row % rows, row / rows)
  }
}
