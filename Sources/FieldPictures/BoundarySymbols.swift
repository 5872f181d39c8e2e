import DesignValidation

/// Where a model is held and what pulls at it: triangles and arrows.
struct BoundarySymbols {
  /// Symbols nearer to each other than this, in pixels, become one.
  private static let spacing = 15.0

  private struct Cell: Hashable { let column, row, axis: Int }

  private let triangles: [(tip: SIMD3<Double>, along: SIMD2<Double>)]
  private let arrows: [(tip: SIMD3<Double>, way: SIMD2<Double>)]
  private let isPlane: Bool

  /// The symbols of a model.
  ///
  /// - Parameter points: Where its nodes are in the picture.
  init(of fields: ModelFields, points: [SIMD3<Double>], view: FieldView) {
    isPlane = fields.isPlane
    let middle = points.reduce(.zero, +) / Double(max(1, points.count))
    func cell(_ place: Int, _ axis: Int) -> Cell {
      let (column, row) = (points[place].x / Self.spacing, points[place].y / Self.spacing)
      guard column.magnitude < 1e9, row.magnitude < 1e9 else {
        return Cell(column: 0, row: 0, axis: axis)
      }
      return Cell(column: Int(column.rounded(.down)), row: Int(row.rounded(.down)), axis: axis)
    }
    let directions: [SIMD3<Double>] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    var seen: Set<Cell> = []
    var triangles: [(tip: SIMD3<Double>, along: SIMD2<Double>)] = []
    for support in fields.supports {
      for axis in support.axes.sorted() where (0..<3).contains(axis) {
        let turned = view.turned(directions[axis])
        var along = SIMD2(turned.x, -turned.y)
        let length = (along * along).sum().squareRoot()
        // An axis towards the reader has no direction in the picture.
        guard length > 0.2, seen.insert(cell(support.place, axis)).inserted else { continue }
        along /= length
        let tip = points[support.place]
        // The triangle stands outside of the model.
        if (along * SIMD2(tip.x - middle.x, tip.y - middle.y)).sum() < 0 { along = -along }
        triangles.append((tip, along))
      }
    }
    self.triangles = triangles

    var sums: [Cell: (place: Int, force: SIMD3<Double>)] = [:]
    var order: [Cell] = []
    for load in fields.loads {
      let key = cell(load.place, 3)
      if sums[key] == nil { order.append(key) }
      sums[key, default: (load.place, .zero)].force += load.force
    }
    let forces = order.compactMap { sums[$0] }
    let largest = forces.map { $0.force.length }.filter(\.isFinite).max() ?? 0
    arrows = forces.compactMap { place, force in
      let turned = view.turned(force)
      let size = force.length
      guard largest > 0, size.isFinite, size >= 0.01 * largest else { return nil }
      return (points[place], SIMD2(turned.x, -turned.y) / size * (12 + 24 * size / largest))
    }
  }

  /// Draws those that the model does not hide.
  func draw(on canvas: inout Rasteriser) {
    let bias = isPlane ? Double.infinity : 2
    let held = triangles.filter { canvas.isVisible($0.tip, bias: bias) }
    let pulled = arrows.filter { canvas.isVisible($0.tip, bias: bias) }
    for (tip, along) in held {
      let point = SIMD2(tip.x, tip.y)
      let across = SIMD2(-along.y, along.x) * 5
      canvas.mark(
        point, point + along * 9 + across, point + along * 9 - across, FieldPicture.support)
    }
    for (tip, way) in pulled {
      let length = (way * way).sum().squareRoot()
      let point = SIMD2(tip.x, tip.y)
      guard length > 3 else {
        // A force towards the reader is a ring.
        canvas.ring(around: point, radius: 4, thickness: 2, FieldPicture.load)
        continue
      }
      let along = way / length
      let across = SIMD2(-along.y, along.x) * 3.6
      let neck = point - along * min(9, length)
      canvas.line(
        from: SIMD3(point - way, 0), to: SIMD3(neck, 0), thickness: 1.8, FieldPicture.load,
        bias: .infinity)
      canvas.mark(point, neck + across, neck - across, FieldPicture.load)
    }
  }
}
