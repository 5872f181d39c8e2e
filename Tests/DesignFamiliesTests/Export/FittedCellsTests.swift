import DesignProblem
import Manufacturability
import Meshing
import Testing

@testable import DesignFamilies

@Suite("Cells fitted to a design") struct FittedCellsTests {
  /// Random images: every pattern of four pixels is among them, at the border too.
  static func noise(_ number: Int, _ size: GridSize) -> [Double] {
    var random = SeededGenerator(seed: 5, stream: UInt64(number))
    return (0..<size.elementCount).map { _ in random.nextUnit() }
  }

  /// Every node of the grid that touches a solid pixel and whose number is a multiple of seven.
  static func pins(_ solid: [Bool], _ size: GridSize) -> Set<Int> {
    let problem = DesignTask(size: size, supports: [], loads: [], volumeFraction: 0.5)
    return Set(stride(from: 0, to: problem.grid.nodeCount, by: 7))
      .filter { node in problem.elements(atNode: node).contains { solid[$0] } }
  }

  @Test("enclose the area of the solid pixels, without a fault", arguments: 0..<20)
  func enclose(_ number: Int) throws {
    let size = GridSize(columns: 9 + number, rows: 14)
    let density = Self.noise(number, size)
    let solid = density.map { $0 >= 0.5 }
    let pins = Self.pins(solid, size)
    let fitted = try #require(FittedCells(solid, along: density, size: size, pins: pins))
    let target = Double(solid.count { $0 })
    // The level is halved to round-off; 1e-6 is what the part promises.
    #expect(abs(fitted.area - target) <= 1e-6 * target)
    let problem = DesignTask(size: size, supports: [], loads: [], volumeFraction: 0.5)
    let model = PlaneModel(fitted, of: problem)
    #expect(MeshCheck.findings(in: model.mesh) == [])
    for pin in pins {
      let point = fitted.points[try #require(fitted.pinnedPoints[pin])]
      let at = problem.grid.position(ofNode: pin)
      #expect(point == SIMD2(Double(at[0]), Double(at[1])))
    }
    for point in fitted.points {
      #expect(point.x >= 0 && point.x <= Double(size.columns))
      #expect(point.y >= 0 && point.y <= Double(size.rows))
    }
  }

  @Test("have as many bodies as the image has by sides of pixels", arguments: 0..<20)
  func bodies(_ number: Int) throws {
    let size = GridSize(columns: 17, rows: 12)
    let density = Self.noise(100 + number, size)
    let solid = density.map { $0 >= 0.6 }
    let fitted = try #require(FittedCells(solid, along: density, size: size, pins: []))
    var root = Array(fitted.points.indices)
    func find(_ point: Int) -> Int {
      var point = point
      while root[point] != point { point = root[point] }
      return point
    }
    for cell in fitted.cells {
      for corner in cell {
        let (a, b) = (find(cell[0]), find(corner))
        root[max(a, b)] = min(a, b)
      }
    }
    let count = Set(fitted.cells.joined().map(find)).count
    #expect(count == SolidLabels(of: solid, size).count)
  }

  @Test func `a full grid is its rectangle, and a half one has a straight side`() throws {
    let size = GridSize(columns: 8, rows: 6)
    let full = [Bool](repeating: true, count: 48)
    let fitted = try #require(
      FittedCells(full, along: full.map { _ in 1 }, size: size, pins: [0, 8, 30, 62]))
    // A sum of whole numbers and quarters.
    #expect(fitted.area == 48)
    let half = (0..<48).map { $0 % 8 < 4 }
    let fittedHalf = try #require(
      FittedCells(half, along: half.map { $0 ? 1 : 0 }, size: size, pins: []))
    let edge = fittedHalf.points.map(\.x).max() ?? 0
    // The halving ends at round-off.
    #expect(abs(edge - 4) < 1e-9)
  }

  @Test func `a smooth density gives a smooth boundary`() throws {
    // A disc of radius 11.3: the density falls over two pixels, and the boundary has to lie on the circle.
    let size = GridSize(columns: 32, rows: 32)
    let density = (0..<1024).map { place -> Double in
      let (x, y) = (Double(place % 32) - 15.5, Double(place / 32) - 15.5)
      return min(1, max(0, 0.5 + (11.3 - (x * x + y * y).squareRoot()) / 2))
    }
    let solid = density.map { $0 >= 0.5 }
    let fitted = try #require(FittedCells(solid, along: density, size: size, pins: []))
    let problem = DesignTask(size: size, supports: [], loads: [], volumeFraction: 0.5)
    let mesh = PlaneModel(fitted, of: problem).mesh
    let radii = mesh.boundaryFacets().flatMap { mesh.sideNodes(of: $0).prefix(2) }.map { node in
      let at = mesh.nodes[Int(node)] - SIMD3(16, 16, 0)
      return (at * at).sum().squareRoot()
    }
    // The pixels' own boundary is up to 0.7 pixels off; the margin of cuts is 0.15 of a pixel.
    #expect((radii.max() ?? 99) - (radii.min() ?? 0) < 0.3)
  }

  @Test func `the same design gives the same bits`() throws {
    let size = GridSize(columns: 20, rows: 20)
    let density = Self.noise(3, size)
    let solid = density.map { $0 >= 0.5 }
    let pins = Self.pins(solid, size)
    let first = try #require(FittedCells(solid, along: density, size: size, pins: pins))
    let second = try #require(FittedCells(solid, along: density, size: size, pins: pins))
    #expect(first.points == second.points)
    #expect(first.cells == second.cells)
  }
}
