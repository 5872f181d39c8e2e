/// The grid of square pixels of which the cells of a plane deck are the solid ones; its lower left corner is the origin.
package struct PixelPlace: Sendable, Hashable {
  /// Pixels along x and y.
  package var columns, rows: Int
  /// The radius, in pixels, of the cone filter that gives the length scale.
  package var radius: Double
  /// The filtered density that the middle of a member reaches.
  package var erosion = 0.75
  /// The filtered density that the middle of a gap does not exceed.
  package var dilation = 0.25
  /// c of exp(−c |∇ρ̄|²), which tells middles from edges.
  package var decay = 64.0

  /// A grid with the usual thresholds.
  package init(columns: Int, rows: Int, radius: Double) {
    (self.columns, self.rows, self.radius) = (columns, rows, radius)
  }

  /// As written in a part file.
  package var text: String { "pixels of a grid of \(columns)×\(rows), radius \(radius)" }
}
