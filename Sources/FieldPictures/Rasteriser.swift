import ArrayFiles

/// Draws triangles and lines with a depth for each sample; four samples make a pixel.
///
/// Places are in pixels from the upper left corner, y down; depth grows towards the reader. What lies outside is left out.
struct Rasteriser {
  /// Samples along a side of a pixel.
  static let samples = 2
  /// A colour as red, green and blue from 0 to 1.
  typealias Color = SIMD3<Double>

  let width, height: Int
  private let columns, rows: Int
  private var colors: [SIMD3<Float>]
  private var depths: [Double]

  /// A picture of one colour, in pixels.
  init(width: Int, height: Int, _ color: Color) {
    precondition(width > 0 && height > 0, "a picture of \(width) × \(height)")
    (self.width, self.height) = (width, height)
    (columns, rows) = (width * Self.samples, height * Self.samples)
    colors = [SIMD3<Float>](repeating: SIMD3<Float>(color), count: columns * rows)
    depths = [Double](repeating: -.infinity, count: columns * rows)
  }

  /// What is drawn.
  var picture: Picture {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(3 * width * height)
    for y in 0..<height {
      for x in 0..<width {
        let first = 2 * y * columns + 2 * x
        let sum =
          (colors[first] + colors[first + 1])
          + (colors[first + columns] + colors[first + columns + 1])
        let level = (sum * (255 / 4)).rounded(.toNearestOrAwayFromZero)
        for part in 0..<3 { bytes.append(UInt8(min(255, max(0, level[part])))) }
      }
    }
    return Picture(width: width, height: height, colors: .rgb, bytes: bytes)
  }

  /// Fills a triangle where nothing nearer is drawn.
  ///
  /// - Parameters:
  ///   - corners: Right, down and towards the reader.
  ///   - values: What is at the corners.
  ///   - color: The colour of a value.
  mutating func triangle(
    _ corners: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>), values: SIMD3<Double>,
    color: (Double) -> SIMD3<Float>
  ) {
    let scale = SIMD3(Double(Self.samples), Double(Self.samples), 1)
    let (a, b, c) = (corners.0 * scale, corners.1 * scale, corners.2 * scale)
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    guard area != 0, area.isFinite else { return }
    let left = clamp(min(a.x, b.x, c.x), columns), right = clamp(max(a.x, b.x, c.x) + 1, columns)
    let top = clamp(min(a.y, b.y, c.y), rows), bottom = clamp(max(a.y, b.y, c.y) + 1, rows)
    for row in top..<max(top, bottom) {
      let y = Double(row) + 0.5
      for column in left..<max(left, right) {
        let x = Double(column) + 0.5
        let shareB = ((x - a.x) * (c.y - a.y) - (y - a.y) * (c.x - a.x)) / area
        let shareC = ((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)) / area
        let shareA = 1 - shareB - shareC
        // Samples on a shared side belong to both triangles: no gap shows between them.
        guard shareA >= -1e-9, shareB >= -1e-9, shareC >= -1e-9 else { continue }
        let depth = a.z * shareA + b.z * shareB + c.z * shareC
        let place = row * columns + column
        guard depth > depths[place] else { continue }
        depths[place] = depth
        colors[place] = color(values.x * shareA + values.y * shareB + values.z * shareC)
      }
    }
  }

  /// Draws a line over what is not nearer than it.
  ///
  /// - Parameters:
  ///   - thickness: In pixels.
  ///   - strength: From 0, not to be seen, to 1, the full colour.
  ///   - bias: How far the line is brought towards the reader, in the unit of depth.
  mutating func line(
    from start: SIMD3<Double>, to end: SIMD3<Double>, thickness: Double, _ color: Color,
    strength: Double = 1, bias: Double
  ) {
    let scale = SIMD3(Double(Self.samples), Double(Self.samples), 1)
    let (a, b) = (start * scale, end * scale)
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let squared = dx * dx + dy * dy
    let half = thickness
    guard squared.isFinite else { return }
    let left = clamp(min(a.x, b.x) - half, columns)
    let right = clamp(max(a.x, b.x) + half + 1, columns)
    let top = clamp(min(a.y, b.y) - half, rows), bottom = clamp(max(a.y, b.y) + half + 1, rows)
    let ink = SIMD3<Float>(color)
    for row in top..<max(top, bottom) {
      for column in left..<max(left, right) {
        let (x, y) = (Double(column) + 0.5 - a.x, Double(row) + 0.5 - a.y)
        let along = squared > 0 ? min(1, max(0, (x * dx + y * dy) / squared)) : 0
        let (offX, offY) = (x - along * dx, y - along * dy)
        guard offX * offX + offY * offY <= half * half else { continue }
        let place = row * columns + column
        guard a.z + along * (b.z - a.z) + bias >= depths[place] else { continue }
        colors[place] += (ink - colors[place]) * Float(strength)
      }
    }
  }

  /// Fills a flat triangle over all that is drawn.
  mutating func mark(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>, _ color: Color) {
    let ink = SIMD3<Float>(color)
    let depth = Double.greatestFiniteMagnitude
    triangle(
      (SIMD3(a, depth), SIMD3(b, depth), SIMD3(c, depth)), values: .zero, color: { _ in ink })
  }

  /// Draws a ring over all that is drawn.
  mutating func ring(
    around center: SIMD2<Double>, radius: Double, thickness: Double, _ color: Color
  ) {
    let (x, y) = (center.x * Double(Self.samples), center.y * Double(Self.samples))
    let (inner, outer) = (
      (radius - thickness / 2) * Double(Self.samples),
      (radius + thickness / 2) * Double(Self.samples)
    )
    for row in clamp(y - outer, rows)..<max(clamp(y - outer, rows), clamp(y + outer + 1, rows)) {
      for column in clamp(
        x - outer, columns)..<max(
          clamp(x - outer, columns), clamp(x + outer + 1, columns))
      {
        let (dx, dy) = (Double(column) + 0.5 - x, Double(row) + 0.5 - y)
        let squared = dx * dx + dy * dy
        guard squared <= outer * outer, inner <= 0 || squared >= inner * inner else { continue }
        colors[row * columns + column] = SIMD3<Float>(color)
      }
    }
  }

  /// Whether a point is in front of what is drawn there.
  func isVisible(_ point: SIMD3<Double>, bias: Double) -> Bool {
    let column = clamp(point.x * Double(Self.samples), columns - 1)
    let row = clamp(point.y * Double(Self.samples), rows - 1)
    return point.z + bias >= depths[row * columns + column]
  }

  /// A sample's number from 0 up to a limit.
  private func clamp(_ value: Double, _ limit: Int) -> Int {
    value > 0 ? (value < Double(limit) ? Int(value) : limit) : 0
  }
}
