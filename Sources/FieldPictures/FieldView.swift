package import DesignValidation

/// From where a model is looked at, without perspective.
package struct FieldView: Sendable, Equatable {
  /// Three words for a caption.
  package let name: String
  /// Unit vectors to the right, up and towards the reader.
  let right, up, toward: SIMD3<Double>

  /// The plane of x and y.
  package static let plane = Self(
    name: "in the plane", right: [1, 0, 0], up: [0, 1, 0], toward: [0, 0, 1])

  private init(
    name: String, right: SIMD3<Double>, up: SIMD3<Double>, toward: SIMD3<Double>
  ) {
    (self.name, self.right, self.up, self.toward) = (name, right, up, toward)
  }

  /// A view from a direction, with an axis of the model upright.
  private init(_ name: String, from direction: SIMD3<Double>, upright: SIMD3<Double>) {
    let toward = direction / direction.length
    let across = upright.cross(toward)
    let right = across / across.length
    self.init(name: name, right: right, up: toward.cross(right), toward: toward)
  }

  /// The views of a model: a plane one has one, a body has three, the third along its shortest side.
  package static func views(of fields: ModelFields) -> [Self] {
    guard !fields.isPlane else { return [.plane] }
    let low = fields.positions.reduce(fields.positions.first ?? .zero, pointwiseMin)
    let high = fields.positions.reduce(fields.positions.first ?? .zero, pointwiseMax)
    let sides = high - low
    // Looking along y shows x to the right and z up, the usual front.
    let axis = sides.y <= min(sides.x, sides.z) ? 1 : sides.z <= sides.x ? 2 : 0
    let along: SIMD3<Double> = axis == 0 ? [1, 0, 0] : axis == 1 ? [0, -1, 0] : [0, 0, 1]
    return [
      Self("front, right and above", from: [0.62, -1, 0.55], upright: [0, 0, 1]),
      Self("back, left and below", from: [-0.62, 1, -0.55], upright: [0, 0, 1]),
      Self(
        "along \(["x", "y", "z"][axis])", from: along, upright: axis == 2 ? [0, 1, 0] : [0, 0, 1]),
    ]
  }

  /// A point as right, up and towards the reader.
  func turned(_ point: SIMD3<Double>) -> SIMD3<Double> {
    [(point * right).sum(), (point * up).sum(), (point * toward).sum()]
  }
}

extension SIMD3<Double> {
  /// The length of the vector.
  var length: Double { (self * self).sum().squareRoot() }

  /// The vector product.
  func cross(_ other: Self) -> Self {
    [y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x]
  }
}
