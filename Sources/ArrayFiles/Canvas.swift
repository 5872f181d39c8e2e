/// A picture in colours that is drawn on: squares, lines, triangles, text.
///
/// Places are in pixels from the upper left corner, y down. What lies outside is left out.
package struct Canvas: Sendable {
  /// Red, green and blue.
  package struct Color: Sendable, Equatable {
    let red, green, blue: UInt8

    /// A colour.
    package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
      (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// Black and white.
    package static let black = Color(0, 0, 0), white = Color(255, 255, 255)
  }

  /// Pixels along a row, and rows.
  package let width, height: Int
  private var bytes: [UInt8]

  /// A canvas of one colour.
  ///
  /// - Precondition: There is at least one pixel.
  package init(width: Int, height: Int, _ color: Color = .white) {
    precondition(width > 0 && height > 0, "a canvas of \(width) × \(height)")
    (self.width, self.height) = (width, height)
    bytes = (0..<width * height).flatMap { _ in [color.red, color.green, color.blue] }
  }

  /// What is drawn.
  package var picture: Picture {
    Picture(width: width, height: height, colors: .rgb, bytes: bytes)
  }

  /// Colours a pixel.
  package mutating func paint(_ x: Int, _ y: Int, _ color: Color) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let place = 3 * (y * width + x)
    (bytes[place], bytes[place + 1], bytes[place + 2]) = (color.red, color.green, color.blue)
  }

  /// Colours a rectangle.
  package mutating func fill(x: Int, y: Int, width: Int, height: Int, _ color: Color) {
    for row in max(0, y)..<max(0, y, min(self.height, y + height)) {
      for column in max(0, x)..<max(0, x, min(self.width, x + width)) { paint(column, row, color) }
    }
  }

  /// Draws a line.
  ///
  /// - Parameter thickness: In pixels.
  package mutating func line(
    from a: SIMD2<Double>, to b: SIMD2<Double>, thickness: Double = 1, _ color: Color
  ) {
    let way = b - a
    let squared = (way * way).sum()
    fill(from: pointwiseMin(a, b) - thickness, to: pointwiseMax(a, b) + thickness, color) { point in
      let along = squared > 0 ? min(1, max(0, ((point - a) * way).sum() / squared)) : 0
      let off = point - a - way * along
      return (off * off).sum() <= 0.25 * thickness * thickness
    }
  }

  /// Fills a triangle.
  package mutating func triangle(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>, _ color: Color
  ) {
    func side(_ p: SIMD2<Double>, _ q: SIMD2<Double>, _ r: SIMD2<Double>) -> Double {
      (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
    }
    fill(
      from: pointwiseMin(pointwiseMin(a, b), c), to: pointwiseMax(pointwiseMax(a, b), c), color
    ) { point in
      let sides = [side(a, b, point), side(b, c, point), side(c, a, point)]
      return sides.allSatisfy { $0 >= 0 } || sides.allSatisfy { $0 <= 0 }
    }
  }

  /// Draws an arrow whose head is at its end.
  ///
  /// - Parameter head: The length of the head in pixels.
  package mutating func arrow(
    from a: SIMD2<Double>, to b: SIMD2<Double>, thickness: Double, head: Double, _ color: Color
  ) {
    let way = b - a
    let length = (way * way).sum().squareRoot()
    guard length > 0 else { return }
    let direction = way / length
    let across = SIMD2(-direction.y, direction.x) * (0.45 * head)
    let neck = b - direction * min(head, length)
    line(from: a, to: neck, thickness: thickness, color)
    triangle(b, neck + across, neck - across, color)
  }

  /// Writes a line of text from its upper left corner.
  ///
  /// Small letters, digits and some others have a form; the rest is a box.
  package mutating func write(_ text: String, x: Int, y: Int, scale: Int = 1, _ color: Color) {
    for (place, letter) in text.enumerated() {
      let left = x + place * (PixelFont.width + PixelFont.gap) * scale
      for (row, bits) in PixelFont.rows(of: letter).enumerated() {
        for column in 0..<PixelFont.width where bits >> (PixelFont.width - 1 - column) & 1 == 1 {
          fill(
            x: left + column * scale, y: y + row * scale, width: scale, height: scale, color)
        }
      }
    }
  }

  /// Whether text has a form for a letter.
  package static func hasForm(for letter: Character) -> Bool { PixelFont.hasRows(for: letter) }

  /// The width of a line of text, and the height of one.
  package static func size(of text: String, scale: Int = 1) -> (width: Int, height: Int) {
    (PixelFont.width(of: text) * scale, PixelFont.height * scale)
  }

  /// Colours the pixels of a rectangle whose middle lies inside a shape.
  private mutating func fill(
    from a: SIMD2<Double>, to b: SIMD2<Double>, _ color: Color,
    where isInside: (SIMD2<Double>) -> Bool
  ) {
    let end = SIMD2(Double(width), Double(height))
    let (low, high) = (pointwiseMax(a, .zero), pointwiseMin(b, end))
    guard low.x < high.x, low.y < high.y else { return }
    for y in Int(low.y)..<Int(high.y.rounded(.up)) {
      for x in Int(low.x)..<Int(high.x.rounded(.up))
      where isInside(SIMD2(Double(x) + 0.5, Double(y) + 0.5)) { paint(x, y, color) }
    }
  }
}
