import Foundation
import Meshing

/// A small body of cells on a bent grid: one theory, one order of shape functions, one or several element types.
struct RandomMesh {
  /// A cell: its element type and its nodes, numbered from 0.
  struct Cell {
    var type: ElementType
    var nodes: [Int]
  }

  /// Where the nodes are.
  var points: [SIMD3<Double>] = []
  /// The cells.
  var cells: [Cell] = []
  /// The nodes of the two ends of the grid across its first direction.
  var ends: [[Int]] = [[], []]
  /// The size of one grid cell.
  let spacing: Double
  private var nodeAt: [SIMD3<Int>: Int] = [:]
  private var middle: [SIMD2<Int>: Int] = [:]
  private let bend: Double

  /// A body on a grid.
  ///
  /// - Parameters:
  ///   - types: Element types of one theory and one order, of which each grid cell takes one.
  ///   - offset: What is added to every coordinate.
  init(
    _ types: [ElementType], offset: SIMD3<Double>, random: inout DeckRandomness
  ) {
    let isSolid = types[0].theory == .solid
    let order = types.contains { $0.isQuadratic } ? 2 : 3
    spacing = random.one(of: [0.5, 1, 2])
    bend = random.chance(0.25) ? 0 : random.number(0.03...0.13)
    // Few cells of reduced integration have patterns without resistance, however an end of them is held.
    let least = types.contains { $0.isReduced } ? 2 : 1
    let counts = SIMD3(
      random.count(least...order), random.count(least...2), isSolid ? random.count(least...2) : 1)
    let stretch = SIMD3(
      random.number(0.7...1.4), random.number(0.7...1.4), random.number(0.7...1.4))
    func corner(_ key: SIMD3<Int>) -> Int {
      if let node = nodeAt[key] { return node }
      var point = SIMD3<Double>(key) * stretch * spacing
      for axis in 0..<(isSolid ? 3 : 2) {
        point[axis] += spacing * bend * random.number(-1...1)
      }
      if types[0].theory == .axisymmetric, key.x == 0, offset.x == 0 { point.x = 0 }
      if !isSolid { point.z = 0 }
      points.append(point + offset)
      nodeAt[key] = points.count - 1
      if key.x == 0 { ends[0].append(points.count - 1) }
      if key.x == counts.x { ends[1].append(points.count - 1) }
      return points.count - 1
    }
    for k in 0..<counts.z {
      for j in 0..<counts.y {
        for i in 0..<counts.x {
          let type = random.one(of: types)
          let corners = Self.corners.prefix(isSolid ? 8 : 4).map {
            corner(SIMD3(i, j, k) &+ $0)
          }
          for part in Self.parts(of: type.shape) {
            let order = random.one(of: Self.orders(of: type.shape))
            add(type, order.map { corners[part[$0]] }, &random)
          }
        }
      }
    }
  }

  private mutating func add(
    _ type: ElementType, _ corners: [Int], _ random: inout DeckRandomness
  ) {
    var nodes = corners
    if type.isQuadratic {
      for (a, b) in Self.edges(of: type.shape) {
        let key = SIMD2(min(corners[a], corners[b]), max(corners[a], corners[b]))
        if let node = middle[key] {
          nodes.append(node)
          continue
        }
        var point = (points[key.x] + points[key.y]) / 2
        for axis in 0..<(type.theory == .solid ? 3 : 2) {
          point[axis] += 0.3 * spacing * bend * random.number(-1...1)
        }
        if type.theory == .axisymmetric, points[key.x].x == 0, points[key.y].x == 0 { point.x = 0 }
        points.append(point)
        middle[key] = points.count - 1
        for end in 0...1 where ends[end].contains(key.x) && ends[end].contains(key.y) {
          ends[end].append(points.count - 1)
        }
        nodes.append(points.count - 1)
      }
    }
    cells.append(Cell(type: type, nodes: nodes))
  }

  /// Turns the body about the origin.
  mutating func turn(_ axis: SIMD3<Double>, by angle: Double) {
    let unit = axis / (axis * axis).sum().squareRoot()
    points = points.map { point in
      let along = unit * (unit * point).sum()
      let across = SIMD3(
        unit.y * point.z - unit.z * point.y, unit.z * point.x - unit.x * point.z,
        unit.x * point.y - unit.y * point.x)
      return along + (point - along) * cos(angle) + across * sin(angle)
    }
  }
}
