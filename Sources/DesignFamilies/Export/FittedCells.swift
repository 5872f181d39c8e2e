/// Triangles and quadrilaterals that fill a black and white design with a smooth boundary, and keep its volume.
///
/// Marching squares between the centres of the pixels: a square whose four pixels are solid becomes a quadrilateral, others lose the corners that
/// are void at a point of each edge that a level of a smoothed density sets. Whatever the level, the centre of a solid pixel is inside and that of a
/// void one outside, so members that are a pixel wide and gaps as wide stay. Where pixels meet in a corner alone, two bodies come apart, as the
/// strict test of Docs/Design.md §5 counts them, and the parts of one body are joined, as their common node joins them in the image. The level is the one
/// that encloses the area of the solid pixels.
///
/// Pinned nodes of the grid, on which forces act and supports hold, are corners of cells and lie inside: where a void pixel touches one, a small pad
/// of half a pixel stands around it. Cuts stay 0.15 of an edge away from both ends, so that no cell degenerates.
///
/// - Source: marching squares after Lorensen and Cline, SIGGRAPH (1987), on the dual of the pixels.
struct FittedCells {
  /// The nearest that a cut comes to an end of its edge, as a share of the edge.
  static let margin = 0.15
  /// What densities of solid pixels are at least above a half, and those of void ones below, once they are smoothed.
  static let contrast = 0.1

  /// Corners, in pixels from the lower left corner of the grid.
  private(set) var points: [SIMD2<Double>] = []
  /// Three or four corners each, counter-clockwise.
  private(set) var cells: [[Int]] = []
  /// The corner at every pinned node of the grid.
  private(set) var pinnedPoints: [Int: Int] = [:]

  /// The area of all cells, in pixels.
  var area: Double { Self.area(cells, points) }

  /// Fits cells to a design.
  ///
  /// - Parameters:
  ///   - solid: What is solid, `[row][column]`.
  ///   - density: What the boundary follows, `[row][column]`.
  ///   - size: The image.
  ///   - pins: Nodes of the grid that touch a solid pixel, numbered as the grid does.
  /// - Returns: `nil` where no boundary that keeps a margin encloses the area of the solid pixels.
  /// - Complexity: O(pixels)
  init?(_ solid: [Bool], along density: [Double], size: GridSize, pins: Set<Int>) {
    var march = March(solid, Self.smoothed(density, solid, size), size)
    for b in 0...size.rows {
      for a in 0...size.columns { march.fill(a, b, pins) }
    }
    cells = march.cells
    pinnedPoints = march.pinnedPoints
    let target = Double(solid.lazy.filter { $0 }.count)
    guard let level = march.level(enclosing: target) else { return nil }
    points = march.points(at: level)
  }

  /// The sum of the areas of cells.
  fileprivate static func area(_ cells: [[Int]], _ points: [SIMD2<Double>]) -> Double {
    cells.reduce(0) { sum, cell in
      var twice = 0.0
      let origin = points[cell[0]]
      for corner in 1..<(cell.count - 1) {
        let (a, b) = (points[cell[corner]] - origin, points[cell[corner + 1]] - origin)
        twice += a.x * b.y - a.y * b.x
      }
      return sum + twice / 2
    }
  }

  /// Densities averaged with their neighbours (weights 1 2 1 either way), and kept on their side of a half.
  private static func smoothed(_ density: [Double], _ solid: [Bool], _ size: GridSize) -> [Double] {
    func value(_ row: Int, _ column: Int) -> Double {
      density[
        min(size.rows - 1, max(0, row)) * size.columns + min(size.columns - 1, max(0, column))]
    }
    return density.indices.map { element in
      let (row, column) = (element / size.columns, element % size.columns)
      var sum = 0.0
      for (down, weight) in [(-1, 1.0), (0, 2), (1, 1)] {
        sum +=
          weight
          * (value(row + down, column - 1) + 2 * value(row + down, column)
            + value(row + down, column + 1))
      }
      return solid[element] ? max(sum / 16, 0.5 + contrast) : min(sum / 16, 0.5 - contrast)
    }
  }

  /// Cells as they are made, with cuts whose place depends on the level.
  private struct March {
    /// A corner of cells: a fixed place, or a cut on an edge from a solid end to a void one.
    struct Corner {
      var start: SIMD2<Double>
      /// To the void end; zero at fixed places.
      var span: SIMD2<Double>
      /// Densities at both ends.
      var inner: Double
      var outer: Double

      func position(at level: Double) -> SIMD2<Double> {
        let share = (inner - level) / (inner - outer)
        return start + min(1 - FittedCells.margin, max(FittedCells.margin, share)) * span
      }
    }
    /// Two ends of an edge.
    struct Edge: Hashable {
      let inner: Int
      let outer: Int
    }
    /// An end of edges: the centre of a pixel, its image on the border, or a pinned node.
    struct End {
      let key: Int
      let isSolid: Bool
      /// The body of a solid pixel; −1 at void and pins.
      let body: Int
      let density: Double
      let position: SIMD2<Double>
    }

    let solid: [Bool]
    let labels: SolidLabels
    let density: [Double]
    let size: GridSize
    var corners: [Corner] = []
    var cells: [[Int]] = []
    var pinnedPoints: [Int: Int] = [:]
    private var fixed: [Int: Int] = [:]
    private var cuts: [Edge: Int] = [:]

    init(_ solid: [Bool], _ density: [Double], _ size: GridSize) {
      (self.solid, self.density, self.size) = (solid, density, size)
      labels = SolidLabels(of: solid, size)
    }

    func points(at level: Double) -> [SIMD2<Double>] { corners.map { $0.position(at: level) } }

    /// The level at which cells enclose an area.
    ///
    /// The area falls with the level wherever a cut may still move, so halving finds it to round-off.
    func level(enclosing target: Double) -> Double? {
      func area(_ level: Double) -> Double { FittedCells.area(cells, points(at: level)) }
      let tolerance = 1e-9 * max(target, 1)
      var (low, high) = (0.0, 1.0)
      guard area(low) >= target - tolerance, area(high) <= target + tolerance else { return nil }
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if area(middle) >= target { low = middle } else { high = middle }
      }
      return abs(area(low) - target) <= tolerance ? low : nil
    }

    /// Fills the square around a node of the grid, cut in half or quarters at the border.
    mutating func fill(_ a: Int, _ b: Int, _ pins: Set<Int>) {
      let square = [end(a, b), end(a + 1, b), end(a + 1, b + 1), end(a, b + 1)]
      let node = b * (size.columns + 1) + a
      guard pins.contains(node) else { return fill(square) }
      let (isSide, isEnd) = (a == 0 || a == size.columns, b == 0 || b == size.rows)
      if isSide && isEnd {
        // A corner of the grid is the image of its pixel's centre.
        fill(square)
        pinnedPoints[node] = point(square[(a == 0 ? 0 : 1) ^ (b == 0 ? 0 : 3)])
        return
      }
      let pin = End(
        key: -1 - node, isSolid: true, body: -1, density: 1,
        position: SIMD2(Double(a), Double(b)))
      pinnedPoints[node] = point(pin)
      // A pin on the border lies on a side of its half square.
      let skipped = a == 0 ? 3 : a == size.columns ? 1 : b == 0 ? 0 : b == size.rows ? 2 : -1
      for side in 0..<4 where side != skipped {
        fan(pin, square[side], square[(side + 1) % 4])
      }
    }

    /// The triangle of a pin and a side of its square.
    private mutating func fan(_ pin: End, _ p: End, _ q: End) {
      switch (p.isSolid, q.isSolid) {
      case (true, true): cells.append([point(pin), point(p), point(q)])
      case (true, false): cells.append([point(pin), point(p), cut(p, q), cut(pin, q)])
      case (false, true): cells.append([point(pin), cut(pin, p), cut(q, p), point(q)])
      case (false, false): cells.append([point(pin), cut(pin, p), cut(pin, q)])
      }
    }

    /// A square without a pin.
    private mutating func fill(_ square: [End]) {
      func corner(_ place: Int) -> End { square[place % 4] }
      let inside = (0..<4).filter { square[$0].isSolid }
      switch inside.count {
      case 4: cells.append(square.map { point($0) })
      case 3:
        guard let void = (0..<4).first(where: { !square[$0].isSolid }) else { return }
        let (next, far, last) = (corner(void + 1), corner(void + 2), corner(void + 3))
        let (p, q) = (cut(last, corner(void)), cut(next, corner(void)))
        cells.append([point(far), point(last), p])
        cells.append([point(far), p, q])
        cells.append([point(far), q, point(next)])
      case 2 where corner(inside[0] + 2).isSolid:
        let (p, q) = (corner(inside[0]), corner(inside[1]))
        let (a, b) = (corner(inside[0] + 1), corner(inside[0] + 3))
        if p.body == q.body {
          cells.append([cut(p, b), point(p), cut(p, a)])
          cells.append([cut(p, b), cut(p, a), cut(q, a), cut(q, b)])
          cells.append([cut(q, a), point(q), cut(q, b)])
        } else {
          cutOff(p, a, b)
          cutOff(q, b, a)
        }
      case 2:
        let first = corner(inside[0] + 1).isSolid ? inside[0] : inside[1]
        cells.append([
          point(corner(first)), point(corner(first + 1)), cut(corner(first + 1), corner(first + 2)),
          cut(corner(first), corner(first + 3)),
        ])
      case 1: cutOff(corner(inside[0]), corner(inside[0] + 1), corner(inside[0] + 3))
      default: break
      }
    }

    private mutating func cutOff(_ inner: End, _ next: End, _ last: End) {
      cells.append([point(inner), cut(inner, next), cut(inner, last)])
    }

    /// The end at a place of the lattice of centres, from 0 at the border to one more than there are pixels.
    private func end(_ a: Int, _ b: Int) -> End {
      let column = min(size.columns - 1, max(0, a - 1))
      let row = size.rows - 1 - min(size.rows - 1, max(0, b - 1))
      let element = row * size.columns + column
      func along(_ place: Int, _ count: Int) -> Double {
        place == 0 ? 0 : place > count ? Double(count) : Double(place) - 0.5
      }
      return End(
        key: b * (size.columns + 2) + a, isSolid: solid[element],
        body: labels.labels[element], density: density[element],
        position: SIMD2(along(a, size.columns), along(b, size.rows)))
    }

    private mutating func point(_ end: End) -> Int {
      if let known = fixed[end.key] { return known }
      corners.append(
        Corner(start: end.position, span: .zero, inner: end.density, outer: end.density - 1))
      fixed[end.key] = corners.count - 1
      return corners.count - 1
    }

    private mutating func cut(_ inner: End, _ outer: End) -> Int {
      let edge = Edge(inner: inner.key, outer: outer.key)
      if let known = cuts[edge] { return known }
      corners.append(
        Corner(
          start: inner.position, span: outer.position - inner.position, inner: inner.density,
          outer: outer.density))
      cuts[edge] = corners.count - 1
      return corners.count - 1
    }
  }
}
