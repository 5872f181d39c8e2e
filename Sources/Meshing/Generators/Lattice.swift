/// A block of bricks in parameter space, from which structured meshes are cut.
///
/// Points lie on the corners of the bricks and halfway between, so that every mid-side node of every
/// shape, on edges, face diagonals and the body diagonal, is a point of the lattice. Even indices are
/// corners. Plane meshes have no bricks along the third axis.
package struct Lattice {
  /// Parameter values of the corners along each axis, rising from 0 to 1.
  package var stations: (first: [Double], second: [Double], third: [Double])
  /// Whether the last corner along the second axis is the first one again.
  package var closesSecond = false

  /// Corners at equal distances; no division means a plane mesh.
  package init(divisions: SIMD3<Int>) {
    precondition(
      divisions.x > 0 && divisions.y > 0 && divisions.z >= 0,
      "a mesh of \(divisions.x) × \(divisions.y) × \(divisions.z) divisions")
    func even(_ count: Int) -> [Double] {
      count == 0 ? [0] : (0...count).map { Double($0) / Double(count) }
    }
    stations = (even(divisions.x), even(divisions.y), even(divisions.z))
  }

  /// The number of bricks along each axis.
  package var divisions: SIMD3<Int> {
    SIMD3(stations.first.count - 1, stations.second.count - 1, stations.third.count - 1)
  }

  /// The parameters of a point, each between 0 and 1.
  func parameters(at point: SIMD3<Int>) -> SIMD3<Double> {
    func value(_ stations: [Double], _ index: Int) -> Double {
      (stations[index / 2] + stations[(index + 1) / 2]) / 2
    }
    return SIMD3(
      value(stations.first, point.x), value(stations.second, point.y),
      value(stations.third, point.z))
  }

  /// A part of the boundary by its name.
  package struct Side {
    /// The name of the node set and the surface.
    package var name: String
    /// Whether a point of the lattice lies on it.
    package var contains: (SIMD3<Int>) -> Bool

    /// A part of the boundary.
    package init(name: String, contains: @escaping (SIMD3<Int>) -> Bool) {
      (self.name, self.contains) = (name, contains)
    }
  }

  /// The mesh of the lattice, its points carried into space.
  ///
  /// - Parameters:
  ///   - elementType: The cells; bricks are split into wedges or tetrahedra where it asks for them.
  ///   - sides: The named node sets and surfaces.
  ///   - place: The position of a point from its parameters; its Jacobian must be positive.
  package func mesh(
    of elementType: ElementType, sides: [Side], place: (SIMD3<Double>) -> SIMD3<Double>
  ) -> Mesh {
    let shape = elementType.shape
    precondition(
      (shape.dimension == 3) == (divisions.z > 0),
      "\(elementType.rawValue) cells do not fit a mesh of \(divisions.z) divisions along z")
    let points = cellPoints(of: shape)

    let extent = 2 &* divisions &+ 1
    func key(_ point: SIMD3<Int>) -> Int {
      let second = closesSecond && point.y == extent.y - 1 ? 0 : point.y
      return (point.z * extent.y + second) * extent.x + point.x
    }
    // Only the points some cell uses become nodes, in the order of the lattice.
    var numbers = [Int32](repeating: -1, count: extent.x * extent.y * extent.z)
    for point in points { numbers[key(point)] = 0 }
    var nodes: [SIMD3<Double>] = []
    var nodeSets: [String: [Int32]] = [:]
    for side in sides { nodeSets[side.name] = [] }
    for z in 0..<extent.z {
      for y in 0..<extent.y {
        for x in 0..<extent.x {
          let point = SIMD3(x, y, z)
          guard !(closesSecond && y == extent.y - 1), numbers[key(point)] == 0 else { continue }
          let number = Int32(nodes.count)
          numbers[key(point)] = number
          nodes.append(place(parameters(at: point)))
          for side in sides where side.contains(point) { nodeSets[side.name]?.append(number) }
        }
      }
    }
    let cellCount = points.count / shape.nodeCount
    var surfaces: [String: [Facet]] = [:]
    for side in sides { surfaces[side.name] = [] }
    let sideCorners = shape.sides.map { $0.prefix { $0 < shape.cornerCount } }
    for cell in 0..<cellCount {
      for (number, corners) in sideCorners.enumerated() {
        for side in sides
        where corners.allSatisfy({ side.contains(points[cell * shape.nodeCount + $0]) }) {
          surfaces[side.name]?.append(Facet(cell: Int32(cell), side: Int32(number)))
        }
      }
    }
    return Mesh(
      nodes: nodes,
      blocks: [
        CellBlock(
          shape: shape, elementType: elementType, connectivity: points.map { numbers[key($0)] })
      ],
      nodeSets: nodeSets, cellSets: ["all": Array(0..<Int32(cellCount))], surfaces: surfaces)
  }

  /// The points of all cells, cell after cell.
  private func cellPoints(of shape: CellShape) -> [SIMD3<Int>] {
    let corners = Self.brickSplit(into: shape.linear)
    var points: [SIMD3<Int>] = []
    let layers = max(divisions.z, 1)
    points.reserveCapacity(
      divisions.x * divisions.y * layers * corners.count * shape.nodeCount)
    for z in 0..<layers {
      for y in 0..<divisions.y {
        for x in 0..<divisions.x {
          let base = 2 &* SIMD3(x, y, z)
          for cell in corners {
            points += cell.map { base &+ 2 &* $0 }
            guard shape.isQuadratic else { continue }
            // Halfway between two even points is a point.
            points += shape.edges.map { base &+ cell[$0.0] &+ cell[$0.1] }
          }
        }
      }
    }
    return points
  }

  /// The corners of the cells that fill one brick, the same in every brick so that neighbours fit.
  private static func brickSplit(into shape: CellShape) -> [[SIMD3<Int>]] {
    let (a, b, c, d) = (SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(1, 1, 0), SIMD3(0, 1, 0))
    let up = SIMD3(0, 0, 1)
    switch shape {
    case .quadrilateral4: return [[a, b, c, d]]
    case .triangle3: return [[a, b, c], [a, c, d]]
    case .hexahedron8: return [[a, b, c, d, a &+ up, b &+ up, c &+ up, d &+ up]]
    case .wedge6:
      return [[a, b, c, a &+ up, b &+ up, c &+ up], [a, c, d, a &+ up, c &+ up, d &+ up]]
    case .tetrahedron4:
      // Kuhn's six: walk from one end of the body diagonal to the other along the axes, in each order.
      let axes = [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
      let even = [[0, 1, 2], [1, 2, 0], [2, 0, 1]]
      let odd = [[0, 2, 1], [2, 1, 0], [1, 0, 2]]
      func path(_ order: [Int]) -> [SIMD3<Int>] {
        [a, a &+ axes[order[0]], a &+ axes[order[0]] &+ axes[order[1]], SIMD3(1, 1, 1)]
      }
      return even.map(path) + odd.map(path).map { [$0[0], $0[2], $0[1], $0[3]] }
    default: preconditionFailure("no brick is split into \(shape)")
    }
  }
}
