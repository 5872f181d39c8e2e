package import ArrayFiles
package import DesignValidation

/// A picture of a model, and what its colours mean.
package struct FieldPicture: Sendable {
  /// What is shown.
  package enum Content: Sendable {
    /// The materials, the supports and the forces.
    case geometry
    /// Values at the nodes as bands of colour.
    case field([Double], ColorScale)
  }

  /// The largest value that is shown, of a difference the largest in size.
  package struct Extreme: Sendable, Equatable {
    /// The value.
    package var value: Double
    /// The node's number in the deck.
    package var node: Int
    /// Where the node is in the deck's length unit, before it moves.
    package var position: SIMD3<Double>
    /// Whether the picture shows the place: else it is on the far side.
    package var isVisible: Bool
  }

  /// Red, green and blue from 0 to 1.
  typealias Color = SIMD3<Double>
  static let paper = Color(0.965, 0.969, 0.976), ink = Color(0.13, 0.15, 0.18)
  static let support = Color(0.07, 0.43, 0.30), load = Color(0.76, 0.15, 0.12)
  private static let materials: [SIMD3<Float>] = [
    [0.66, 0.71, 0.77], [0.87, 0.76, 0.58], [0.64, 0.78, 0.66], [0.80, 0.67, 0.74],
    [0.80, 0.80, 0.62], [0.62, 0.77, 0.80],
  ]

  /// What is drawn.
  package let picture: Picture
  /// What the colours mean; `nil` for a geometry.
  package let scale: ColorScale?
  /// The largest value; `nil` for a geometry, and where no value is finite.
  package let extreme: Extreme?

  /// Draws a model.
  ///
  /// Faces smaller than about five pixels are drawn without their edges. Supports and forces that stand too close
  /// together for a picture are thinned: forces of one spot are added up.
  ///
  /// - Parameters:
  ///   - deformation: The factor on the displacements; 0 shows the shape before it moves.
  package init(
    of fields: ModelFields, _ content: Content, from view: FieldView, deformation: Double,
    in frame: PictureFrame
  ) {
    let moved = fields.positions(moved: deformation)
    let points = moved.map { frame.place(view.turned($0)) }
    var canvas = Rasteriser(width: frame.width, height: frame.height, Self.paper)
    let edges = SkinEdges(of: fields).edges
    Self.fill(&canvas, fields, content, points, view, moved)
    Self.draw(&canvas, edges, points, fields.isPlane)
    switch content {
    case .geometry:
      scale = nil
      extreme = nil
      BoundarySymbols(of: fields, points: points, view: view).draw(on: &canvas)
    case .field(let values, let scale):
      if deformation != 0 {
        let still = fields.positions.map { frame.place(view.turned($0)) }
        for edge in edges where edge.isOutline {
          canvas.line(
            from: still[edge.first], to: still[edge.second], thickness: 1, Self.ink, strength: 0.35,
            bias: fields.isPlane ? .infinity : 1)
        }
      }
      self.scale = scale
      extreme = Self.mark(&canvas, fields, values, scale, points)
    }
    picture = canvas.picture
  }

  private static func fill(
    _ canvas: inout Rasteriser, _ fields: ModelFields, _ content: Content,
    _ points: [SIMD3<Double>], _ view: FieldView, _ moved: [SIMD3<Double>]
  ) {
    var skin = fields
    skin.positions = moved
    for (number, face) in fields.faces.enumerated() {
      // Light from where the reader is: faces seen from the side are darker.
      let light =
        fields.isPlane ? 1 : 0.5 + 0.5 * abs((skin.normal(of: face) * view.toward).sum())
      let shade = SIMD3<Float>(repeating: Float((light * 24).rounded() / 24))
      let bands: [SIMD3<Float>]
      switch content {
      case .geometry:
        bands = [materials[Int(fields.materials[number]) % materials.count] * shade]
      case .field(_, let scale):
        bands = (0..<ColorScale.bandCount).map { SIMD3<Float>(scale.color(ofBand: $0)) * shade }
      }
      for last in 2..<max(2, face.count) {
        let corners = [Int(face[0]), Int(face[last - 1]), Int(face[last])]
        let places = (points[corners[0]], points[corners[1]], points[corners[2]])
        switch content {
        case .geometry: canvas.triangle(places, values: .zero) { _ in bands[0] }
        case .field(let values, let scale):
          let values = SIMD3(values[corners[0]], values[corners[1]], values[corners[2]])
          canvas.triangle(places, values: values) { value in
            scale.band(of: value).map { bands[$0] } ?? SIMD3<Float>(ColorScale.missing) * shade
          }
        }
      }
    }
  }

  private static func draw(
    _ canvas: inout Rasteriser, _ edges: [SkinEdges.Edge], _ points: [SIMD3<Double>],
    _ isPlane: Bool
  ) {
    let lengths = edges.map { edge in
      let way = points[edge.second] - points[edge.first]
      return (way.x * way.x + way.y * way.y).squareRoot()
    }
    let areFacesDrawn = lengths.reduce(0, +) >= 5 * Double(lengths.count)
    for edge in edges where edge.isOutline || areFacesDrawn {
      canvas.line(
        from: points[edge.first], to: points[edge.second], thickness: edge.isOutline ? 1.2 : 0.8,
        ink, strength: edge.isOutline ? 0.85 : 0.22, bias: isPlane ? .infinity : 1)
    }
  }

  private static func mark(
    _ canvas: inout Rasteriser, _ fields: ModelFields, _ values: [Double], _ scale: ColorScale,
    _ points: [SIMD3<Double>]
  ) -> Extreme? {
    let sizes = values.map { scale.family == .difference ? abs($0) : $0 }
    let finite = sizes.indices.filter { sizes[$0].isFinite }
    // Of equal values the first, so that equal fields have the same mark.
    guard let place = finite.max(by: { (sizes[$0], $1) < (sizes[$1], $0) }) else { return nil }
    let isVisible = canvas.isVisible(points[place], bias: 2)
    if isVisible {
      let center = SIMD2(points[place].x, points[place].y)
      canvas.ring(around: center, radius: 7, thickness: 4.5, [1, 1, 1])
      canvas.ring(around: center, radius: 7, thickness: 2, ink)
    }
    return Extreme(
      value: values[place], node: fields.nodeNumbers[place], position: fields.positions[place],
      isVisible: isVisible)
  }
}

extension ModelFields {
  /// Where the nodes are when their displacements are multiplied.
  package func positions(moved factor: Double) -> [SIMD3<Double>] {
    guard factor != 0, let displacement else { return positions }
    return zip(positions, displacement).map { $0 + factor * $1 }
  }

  /// The factor that makes the largest displacement about a twelfth of the model's size: 1, 2 or 5 times a power of ten.
  ///
  /// - Returns: 0 where nothing moves, and 1 where what moves is seen without a factor.
  package var deformationFactor: Double {
    let largest = (displacement ?? []).map(\.length).filter(\.isFinite).max() ?? 0
    let low = positions.reduce(positions.first ?? .zero, pointwiseMin)
    let high = positions.reduce(positions.first ?? .zero, pointwiseMax)
    let wanted = (high - low).length / 12 / largest
    guard largest > 0, wanted.isFinite else { return 0 }
    var factor = 1.0
    while factor * 10 <= wanted { factor *= 10 }
    return [5, 2].map { $0 * factor }.first { $0 <= wanted } ?? factor
  }
}
