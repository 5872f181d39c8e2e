/// A picture of 8 bits per channel.
package struct Picture: Sendable, Equatable {
  /// What a pixel is made of.
  package enum Colors: Int, Sendable {
    /// One byte: 0 black, 255 white.
    case grey = 1
    /// Red, green and blue.
    case rgb = 3
  }

  /// Pixels along a row.
  package let width: Int
  /// Rows.
  package let height: Int
  /// What a pixel is made of.
  package let colors: Colors
  /// Rows from the top, pixels from the left, channels of a pixel side by side.
  package let bytes: [UInt8]

  /// A picture.
  ///
  /// - Precondition: There is at least one pixel, and `bytes` are as many as there should be.
  package init(width: Int, height: Int, colors: Colors, bytes: [UInt8]) {
    precondition(width > 0 && height > 0, "a picture has pixels, found \(width) × \(height)")
    precondition(
      bytes.count == width * height * colors.rawValue,
      "a picture of \(width) × \(height) has \(width * height * colors.rawValue) bytes, found \(bytes.count)"
    )
    self.width = width
    self.height = height
    self.colors = colors
    self.bytes = bytes
  }

  /// Densities from 0 (white) to 1 (black), rows from the top; images of a stack stand one below the other.
  ///
  /// What lies outside 0…1 is cut off, and NaN is white.
  ///
  /// - Precondition: The array has two axes or more, none of them empty.
  package init(density: NumericArray) {
    let shape = density.shape
    precondition(shape.count >= 2, "a picture has rows and columns, found \(density.shapeText)")
    self.init(
      width: shape[shape.count - 1], height: shape.dropLast().reduce(1, *), colors: .grey,
      bytes: density.values.map { value in
        // NaN is not above 0.
        UInt8((255 * (1 - Swift.min(1, value > 0 ? value : 0))).rounded())
      })
  }

  /// Every pixel as a square of pixels.
  ///
  /// - Precondition: The factor is at least 1.
  package func scaled(by factor: Int) -> Picture {
    precondition(factor >= 1, "pixels are not made smaller, found the factor \(factor)")
    guard factor > 1 else { return self }
    let channels = colors.rawValue
    var scaled: [UInt8] = []
    scaled.reserveCapacity(bytes.count * factor * factor)
    for row in 0..<height {
      var line: [UInt8] = []
      line.reserveCapacity(width * channels * factor)
      for pixel in row * width..<(row + 1) * width {
        for _ in 0..<factor { line += bytes[pixel * channels..<(pixel + 1) * channels] }
      }
      for _ in 0..<factor { scaled += line }
    }
    return Picture(width: width * factor, height: height * factor, colors: colors, bytes: scaled)
  }
}
