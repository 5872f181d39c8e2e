import Testing

@testable import Meshing

@Suite("Rows of elements") struct ElementTraitsTests {
  @Test("the name says the theory and the number of nodes", arguments: ElementType.allCases)
  func name(_ type: ElementType) {
    let theories: [String: ElementType.Theory] = [
      "CPS": .planeStress, "CPE": .planeStrain, "CAX": .axisymmetric, "C3D": .solid,
    ]
    #expect(theories[String(type.rawValue.prefix(3))] == type.theory)
    let digits = type.rawValue.dropFirst(3).prefix { $0.isNumber }
    #expect(Int(digits) == type.shape.nodeCount)
  }

  @Test(
    "a flat cell becomes a solid with its nodes twice and its corners in the middle of quadratic ones"
  )
  func bricks() {
    for type in ElementType.allCases where type.theory != .solid {
      let shape = type.shape
      let middle = shape.isQuadratic ? shape.cornerCount : 0
      #expect(type.brick.theory == .solid)
      #expect(type.brick.shape.nodeCount == 2 * shape.nodeCount + middle)
      #expect(type.brick.isReduced == type.isReduced)
    }
  }

  @Test("a reduced element has fewer points than its full one", arguments: ElementType.allCases)
  func reduced(_ type: ElementType) throws {
    guard type.isReduced else { return }
    let full = try #require(ElementType(rawValue: String(type.rawValue.dropLast())))
    #expect(full.shape == type.shape)
    #expect(full.traits.points.layerCount == type.traits.points.layerCount + 1)
  }

  @Test func `no two shapes have the same number in Gmsh or in VTK`() {
    let numbers = CellShape.allCases.map(\.numbers)
    #expect(Set(numbers.map(\.gmsh)).count == CellShape.allCases.count)
    #expect(Set(numbers.map(\.vtk)).count == CellShape.allCases.count)
  }
}

@Suite("Blocks of cells") struct BlockIndexTests {
  @Test func `finds cells beside empty blocks`() {
    let counts = [0, 2, 0, 0, 1, 3, 0]
    let blocks = counts.map { count in
      CellBlock(shape: .point1, connectivity: Array(repeating: 0, count: count))
    }
    let index = BlockIndex(blocks)
    let places = (0..<6).map { index.place(of: $0) }
    #expect(places.map(\.block) == [1, 1, 4, 5, 5, 5])
    #expect(places.map(\.index) == [0, 1, 0, 0, 1, 2])
  }
}
