import Foundation
import TestSupport
import Testing

@testable import Meshing

@Suite("Structured meshes") struct GeneratorTests {
  static let solids = ElementType.allCases.filter { $0.theory == .solid }
  static let planes = ElementType.allCases.filter { $0.theory == .planeStrain }

  /// Volume or area of a mesh, by its elements' own integration weights: corners' boxes would not see
  /// curved sides. From the divergence theorem over the boundary: ∮ x·n dA / 3, quadratic sides by their
  /// Gauss points.
  static func measure(_ mesh: Mesh) -> Double {
    var sum = 0.0
    for facet in mesh.boundaryFacets() {
      let (block, _) = mesh.place(of: Int(facet.cell))
      let shape = mesh.blocks[block].shape.sideShape(Int(facet.side))
      let nodes = mesh.sideNodes(of: facet).map { mesh.nodes[Int($0)] }
      let weights: [(SIMD3<Double>, Double)]
      let (g, w) = ([-0.6.squareRoot(), 0, 0.6.squareRoot()], [5.0 / 9, 8.0 / 9, 5.0 / 9])
      switch shape.linear {
      case .triangle3:
        // Six points of fourth order (Dunavant 1985).
        let (a, b) = (0.445948490915965, 0.091576213509771)
        let (p, q) = (0.223381589678011 / 2, 0.109951743655322 / 2)
        func three(_ a: Double, _ weight: Double) -> [(SIMD3<Double>, Double)] {
          let far = 1 - 2 * a
          return [SIMD3(a, a, 0), SIMD3(far, a, 0), SIMD3(a, far, 0)].map { ($0, weight) }
        }
        weights = three(a, p) + three(b, q)
      case .line2: weights = (0..<3).map { (SIMD3(g[$0], 0, 0), w[$0]) }
      default:
        weights = (0..<9).map { (SIMD3(g[$0 % 3], g[$0 / 3], 0), w[$0 % 3] * w[$0 / 3]) }
      }
      for (point, weight) in weights {
        let gradients = shape.shapeFunctions(at: point).gradients
        let values = Self.values(shape, at: point)
        var (place, a, b) = (SIMD3<Double>.zero, SIMD3<Double>.zero, SIMD3<Double>.zero)
        for (node, position) in nodes.enumerated() {
          place += values[node] * position
          a += gradients[node].x * position
          b += gradients[node].y * position
        }
        if shape.dimension == 1 { b = [0, 0, -1] }
        // A plane edge has the cell on its left, so its outward normal is the tangent turned right.
        let normal = shape.dimension == 1 ? SIMD3(a.y, -a.x, 0) : a.cross(b)
        sum += weight * place.dot(normal) / Double(shape.dimension + 1)
      }
    }
    return sum
  }

  /// Shape functions of lines, triangles and quadrilaterals.
  static func values(_ shape: CellShape, at p: SIMD3<Double>) -> [Double] {
    let (x, y) = (p.x, p.y)
    let L = [1 - x - y, x, y]
    switch shape {
    case .line2: return [(1 - x) / 2, (1 + x) / 2]
    case .line3: return [x * (x - 1) / 2, x * (x + 1) / 2, 1 - x * x]
    case .triangle3: return L
    case .triangle6:
      return L.map { $0 * (2 * $0 - 1) } + [4 * L[0] * L[1], 4 * L[1] * L[2], 4 * L[2] * L[0]]
    default:
      let corners: [(Double, Double)] = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
      let linear = corners.map { (a, b) -> Double in (1 + a * x) * (1 + b * y) / 4 }
      guard shape == .quadrilateral8 else { return linear }
      let middles: [Double] = [
        (1 - x * x) * (1 - y) / 2, (1 + x) * (1 - y * y) / 2, (1 - x * x) * (1 + y) / 2,
        (1 - x) * (1 - y * y) / 2,
      ]
      // Each corner's function loses half of those beside it.
      let quadratic = (0..<4).map { corner -> Double in
        let beside: Double = middles[corner] + middles[(corner + 3) % 4]
        return linear[corner] - beside / 2
      }
      return quadratic + middles
    }
  }

  @Test("a box has its volume and six sides", arguments: solids)
  func box(elementType: ElementType) throws {
    let mesh = Mesh.box(size: [2, 3, 5], divisions: [3, 2, 4], elementType: elementType)
    // Sums of some hundred terms of size ten.
    #expect(abs(Self.measure(mesh) - 30) < 1e-12)
    let onSides = ["left", "right", "front", "back", "bottom", "top"]
      .flatMap { mesh.surfaces[$0, default: []] }
    #expect(Set(onSides) == Set(mesh.boundaryFacets()))
    #expect(onSides.count == mesh.boundaryFacets().count)
    #expect(mesh.nodeSets["right"] == mesh.nodes { $0.x == 2 })
    #expect(mesh.nodeSets["back"] == mesh.nodes { $0.y == 3 })
    #expect(mesh.nodeSets["bottom"] == mesh.nodes { $0.z == 0 })
    #expect(mesh.blocks.map(\.elementType) == [elementType])
    #expect(mesh.findings().isEmpty)
  }

  @Test("boxes have the nodes their shapes ask for")
  func counts() {
    func nodeCount(_ elementType: ElementType) -> Int {
      Mesh.box(size: [1, 1, 1], divisions: [2, 2, 2], elementType: elementType).nodes.count
    }
    // By Euler: corners 27; edges of bricks 54; diagonals of faces and bodies for the tetrahedra.
    #expect(nodeCount(.c3d8) == 27)
    #expect(nodeCount(.c3d20) == 81)
    #expect(nodeCount(.c3d4) == 27)
    #expect(nodeCount(.c3d10) == 125)
    #expect(nodeCount(.c3d15) == 93)
    #expect(nodeCount(.cps8) == 21)
  }

  @Test("a rectangle has its area and four sides", arguments: planes)
  func rectangle(elementType: ElementType) {
    let mesh = Mesh.rectangle(
      origin: [1, -1], size: [2, 3], divisions: [3, 2], elementType: elementType)
    #expect(abs(Self.measure(mesh) - 6) < 1e-13)
    let onSides = ["left", "right", "bottom", "top"].flatMap { mesh.surfaces[$0, default: []] }
    #expect(Set(onSides) == Set(mesh.boundaryFacets()))
    #expect(mesh.nodeSets["left"] == mesh.nodes { $0.x == 1 })
    #expect(mesh.nodeSets["top"] == mesh.nodes { $0.y == 2 })
  }

  @Test("rings and sectors approach their area as their cells allow", arguments: planes)
  func ring(elementType: ElementType) throws {
    func error(_ count: Int, _ angles: ClosedRange<Double>?) throws -> Double {
      let mesh = Mesh.ring(
        innerRadius: 1, outerRadius: 2, angles: angles, divisions: [2, count],
        elementType: elementType)
      #expect(mesh.findings().isEmpty)
      for (name, radius) in [("inner", 1.0), ("outer", 2.0)] {
        let nodes = try #require(mesh.nodeSets[name])
        #expect(nodes.allSatisfy { abs(mesh.nodes[Int($0)].length - radius) < 1e-15 })
      }
      let area = Double.pi * 3 * (angles.map { ($0.upperBound - $0.lowerBound) / 360 } ?? 1)
      return abs(Self.measure(mesh) - area)
    }
    for angles in [nil, 30.0...90.0] {
      // Straight edges lose area as h²; parabolas through the middle of the arc as h⁴.
      let order = try log2(error(8, angles) / error(16, angles))
      #expect(abs(order - (elementType.shape.isQuadratic ? 4 : 2)) < 0.1)
    }
  }

  @Test func `a full ring closes and a sector has two ends`() {
    let full = Mesh.ring(innerRadius: 1, outerRadius: 2, divisions: [2, 12], elementType: .cps8)
    #expect(
      Set(full.boundaryFacets()) == Set(full.surfaces["inner"]! + full.surfaces["outer"]!))
    #expect(full.surfaces["start"] == nil)
    let quarter = Mesh.ring(
      innerRadius: 1, outerRadius: 2, angles: 0...90, divisions: [2, 12], elementType: .cps8)
    // Exactly on the axes, so that symmetry planes can be found by coordinate.
    #expect(quarter.nodeSets["start"] == quarter.nodes { $0.y == 0 })
    #expect(quarter.nodeSets["end"] == quarter.nodes { $0.x == 0 })
  }

  @Test("cylinders approach their volume as their cells allow", arguments: solids)
  func cylinder(elementType: ElementType) throws {
    func error(_ count: Int) -> Double {
      let mesh = Mesh.cylinder(
        innerRadius: 1, outerRadius: 2, angles: 0...120, height: 3, divisions: [2, count, 2],
        elementType: elementType)
      #expect(mesh.findings().isEmpty)
      let sides = ["inner", "outer", "start", "end", "bottom", "top"]
        .flatMap { mesh.surfaces[$0, default: []] }
      #expect(Set(sides) == Set(mesh.boundaryFacets()))
      return abs(Self.measure(mesh) - .pi * 3)
    }
    let order = log2(error(4) / error(8))
    #expect(abs(order - (elementType.shape.isQuadratic ? 4 : 2)) < 0.2)
  }

  @Test func `the section of a ring stands on the radius`() {
    let mesh = Mesh.ringSection(
      innerRadius: 3, outerRadius: 5, height: 4, divisions: [2, 2], elementType: .cax8)
    #expect(mesh.nodeSets["inner"] == mesh.nodes { $0.x == 3 })
    #expect(mesh.nodeSets["outer"] == mesh.nodes { $0.x == 5 })
    #expect(mesh.nodeSets["top"] == mesh.nodes { $0.y == 4 })
    #expect(Set(mesh.surfaces.keys) == ["inner", "outer", "bottom", "top"])
  }

  @Test(
    "a plate with a hole has its sides, its area and smaller cells at the hole", arguments: planes)
  func plateWithHole(elementType: ElementType) throws {
    func error(_ count: Int) throws -> Double {
      let mesh = Mesh.plateWithHole(
        radius: 1, size: [4, 3], divisions: [4, count, 0], elementType: elementType)
      #expect(mesh.findings().isEmpty)
      let sides = ["hole", "left", "right", "bottom", "top"].flatMap {
        mesh.surfaces[$0, default: []]
      }
      #expect(Set(sides) == Set(mesh.boundaryFacets()))
      #expect(mesh.nodeSets["left"] == mesh.nodes { $0.x == 0 })
      #expect(mesh.nodeSets["right"] == mesh.nodes { $0.x == 4 })
      #expect(mesh.nodeSets["top"] == mesh.nodes { $0.y == 3 })
      let bottom = mesh.nodes { $0.y == 0 }.map { mesh.nodes[Int($0)].x }.sorted()
      #expect(bottom.first == 1 && bottom.last == 4)
      let step = elementType.shape.isQuadratic ? 2 : 1
      let ratio =
        (bottom[bottom.count - 1] - bottom[bottom.count - 1 - step]) / (bottom[step] - bottom[0])
      #expect(abs(ratio - 4) < 1e-12)
      return abs(Self.measure(mesh) - (12 - .pi / 4))
    }
    let order = try log2(error(8) / error(16))
    #expect(abs(order - (elementType.shape.isQuadratic ? 4 : 2)) < 0.1)
  }

  @Test("a thick plate with a hole is sound", arguments: solids)
  func thickPlate(elementType: ElementType) {
    let mesh = Mesh.plateWithHole(
      radius: 1, size: [2, 2], thickness: 0.5, divisions: [3, 6, 2], elementType: elementType)
    #expect(mesh.findings().isEmpty)
    #expect(mesh.nodeSets["back"] == mesh.nodes { $0.z == 0.5 })
  }

  @Test("distortion moves inner nodes only, the same for the same seed", arguments: solids + planes)
  func distortion(elementType: ElementType) {
    let mesh = Mesh.box(size: [1, 1, 1], divisions: [4, 4, 4], elementType: elementType)
    let moved = mesh.distorted(by: 0.15, seed: 3)
    #expect(moved == mesh.distorted(by: 0.15, seed: 3))
    #expect(moved != mesh.distorted(by: 0.15, seed: 4))
    let boundary = Set(mesh.boundaryFacets().flatMap { mesh.sideNodes(of: $0) })
    let shape = elementType.shape
    let corners = Set(
      (0..<mesh.cellCount).flatMap { mesh.blocks[0].nodes(of: $0).prefix(shape.cornerCount) })
    for node in mesh.nodes.indices {
      let isMoved = moved.nodes[node] != mesh.nodes[node]
      if boundary.contains(Int32(node)) {
        #expect(!isMoved)
      }
      // A node between two corners of the boundary stays with them, inside the mesh too.
      else if corners.contains(Int32(node)) {
        #expect(isMoved)
      }
      // A fifth of the shortest edge, 0.25, times the diagonal of a unit cube.
      #expect((moved.nodes[node] - mesh.nodes[node]).length < 0.15 * 0.25 * 1.733)
    }
    #expect(abs(Self.measure(moved) - 1) < 1e-13)
    #expect(moved.findings().filter { $0.severity == .error }.isEmpty)
  }
}
