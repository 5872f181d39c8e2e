extension DesignGrid {
  /// Nodes of the grid.
  package var nodeCount: Int { (columns + 1) * (rows + 1) * (layers.map { $0 + 1 } ?? 1) }

  /// The number of the node at a lattice position.
  package func node(_ i: Int, _ j: Int, _ k: Int = 0) -> Int {
    (k * (rows + 1) + j) * (columns + 1) + i
  }

  /// The lattice position of a node: its coordinates in element units.
  package func position(ofNode node: Int) -> [Int] {
    let i = node % (columns + 1)
    let row = node / (columns + 1)
    return isPlane ? [i, row] : [i, row % (rows + 1), row / (rows + 1)]
  }

  /// Elements along each axis.
  package var extent: [Int] { [columns, rows] + (layers.map { [$0] } ?? []) }

  /// The nodes of a region, ascending; empty where it lies outside the grid.
  package func nodes(in region: GridRegion) -> [Int] {
    switch region {
    case .point(let point):
      return nearestNode(point).map { [$0] } ?? []
    case .points(let points):
      return Set(points.compactMap { nearestNode($0) }).sorted()
    case .edge, .corner, .box, .disc:
      let spans = spans(of: region)
      return spans[2].flatMap { k in
        spans[1].flatMap { j in
          spans[0].compactMap { i in
            let point = isPlane ? [Double(i), Double(j)] : [Double(i), Double(j), Double(k)]
            return contains(region, point) ? node(i, j, k) : nil
          }
        }
      }
    }
  }

  /// Lattice positions along x, y and z outside which a region has no node: a box a little larger than the region.
  private func spans(of region: GridRegion) -> [Range<Int>] {
    let whole = (0..<3).map { 0..<($0 < axisCount ? extent[$0] + 1 : 1) }
    func side(_ side: GridSide, _ spans: inout [Range<Int>]) {
      guard side.axis < axisCount else { return }
      let place = side.isFar ? extent[side.axis] : 0
      spans[side.axis] = spans[side.axis].clamped(to: place..<place + 1)
    }
    func box(from lower: [Double], to upper: [Double]) -> [Range<Int>] {
      guard lower.count == axisCount, upper.count == axisCount else { return whole }
      return whole.enumerated().map { axis, span in
        guard axis < axisCount else { return span }
        // Clamped before they become integers: a region may be written far outside the grid.
        let last = Double(extent[axis] + 1)
        let first = min(last, max(0, lower[axis].rounded(.down) - 1))
        let end = min(last, max(first, upper[axis].rounded(.up) + 2))
        return Int(first)..<Int(end)
      }
    }
    switch region {
    case .edge(let edge):
      var spans = whole
      side(edge, &spans)
      return spans
    case .corner(let sides): return sides.reduce(into: whole) { side($1, &$0) }
    case .box(let lower, let upper): return box(from: lower, to: upper)
    case .disc(let center, let radius):
      return box(from: center.map { $0 - radius }, to: center.map { $0 + radius })
    case .point, .points: return whole
    }
  }

  /// The elements whose centres lie in a region, or that have a node of it where it is made of points; places in the image.
  package func elements(in region: GridRegion) -> [Int] {
    switch region {
    case .point, .points, .edge, .corner:
      let nodes = Set(nodes(in: region))
      return (0..<elementCount).filter { element in
        self.nodes(ofElement: element).contains { nodes.contains($0) }
      }
    case .box, .disc:
      return (0..<elementCount).filter { element in
        let corner = position(ofElement: element)
        let center = [Double(corner.i) + 0.5, Double(corner.j) + 0.5, Double(corner.k) + 0.5]
        return contains(region, Array(center.prefix(axisCount)))
      }
    }
  }

  /// The corners of an element in the order of ``Meshing/CellShape``: counter-clockwise from the lower left, layer by layer.
  package func nodes(ofElement element: Int) -> [Int] {
    let (i, j, k) = position(ofElement: element)
    let layers = isPlane ? [k] : [k, k + 1]
    return layers.flatMap { k in
      [node(i, j, k), node(i + 1, j, k), node(i + 1, j + 1, k), node(i, j + 1, k)]
    }
  }

  private func contains(_ region: GridRegion, _ point: [Double]) -> Bool {
    // Lattice positions are whole or half numbers: anything closer than this is equal.
    let margin = 1e-9
    func isOn(_ side: GridSide) -> Bool {
      side.axis < axisCount
        && abs(point[side.axis] - (side.isFar ? Double(extent[side.axis]) : 0)) <= margin
    }
    switch region {
    case .edge(let side): return isOn(side)
    case .corner(let sides): return sides.allSatisfy(isOn)
    case .box(let lower, let upper):
      return lower.count == axisCount && upper.count == axisCount
        && point.indices.allSatisfy {
          point[$0] >= lower[$0] - margin && point[$0] <= upper[$0] + margin
        }
    case .disc(let center, let radius):
      guard center.count == axisCount else { return false }
      let square = zip(point, center).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return square <= (radius + margin) * (radius + margin)
    case .point, .points: return false
    }
  }

  /// The node nearest to a point of the grid; `nil` where the point is off the grid by more than half an element.
  private func nearestNode(_ point: [Double]) -> Int? {
    guard point.count == axisCount else { return nil }
    var position = [0, 0, 0]
    for axis in 0..<axisCount {
      guard point[axis] >= -0.5, point[axis] <= Double(extent[axis]) + 0.5 else { return nil }
      position[axis] = min(extent[axis], max(0, Int(point[axis].rounded())))
    }
    return node(position[0], position[1], position[2])
  }
}
