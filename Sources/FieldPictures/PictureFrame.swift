/// Which part of a view a picture shows, and how many pixels it has.
///
/// Pictures that are compared have one frame.
package struct PictureFrame: Sendable, Equatable {
  /// Pixels along a row, and rows.
  package let width, height: Int
  /// Pixels along a unit of length.
  let scale: Double
  /// The middle of what is shown, right and up.
  let middle: SIMD2<Double>
  /// Around the model, for arrows and supports.
  static let margin = 30.0

  /// A frame that holds some points.
  ///
  /// - Parameters:
  ///   - width: Pixels along a row. Rows are as many as the points need, within a quarter and nine tenths of it.
  package init(around points: [SIMD3<Double>], from view: FieldView, width: Int) {
    let flat = points.lazy.map { view.turned($0) }.filter { $0.x.isFinite && $0.y.isFinite }
    var low = SIMD2<Double>(repeating: .infinity), high = -low
    for point in flat {
      low = pointwiseMin(low, SIMD2(point.x, point.y))
      high = pointwiseMax(high, SIMD2(point.x, point.y))
    }
    if low.x > high.x { (low, high) = ([-0.5, -0.5], [0.5, 0.5]) }
    let sides = high - low
    let free = Double(width) - 2 * Self.margin
    let wanted = sides.x > 0 ? free * sides.y / sides.x + 2 * Self.margin : Double(width)
    let limits = (0.25 * Double(width), 0.9 * Double(width))
    let rows = Int(min(limits.1, max(limits.0, wanted)).rounded())
    let scales = [
      free / sides.x, (Double(rows) - 2 * Self.margin) / sides.y,
    ].filter { $0.isFinite && $0 > 0 }
    (self.width, height) = (width, rows)
    scale = scales.min() ?? 1
    middle = (low + high) / 2
  }

  /// A point of the view as pixels right and down; its depth is in pixels too.
  func place(_ turned: SIMD3<Double>) -> SIMD3<Double> {
    [
      Double(width) / 2 + (turned.x - middle.x) * scale,
      Double(height) / 2 - (turned.y - middle.y) * scale, turned.z * scale,
    ]
  }
}
