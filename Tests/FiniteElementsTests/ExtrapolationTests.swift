import FiniteElements
import Meshing
import Testing

@Suite("Extrapolation to nodes") struct ExtrapolationTests {
  @Test("an even field stays even", arguments: ElementType.allCases)
  func even(_ type: ElementType) {
    let extrapolation = Extrapolation.nodes(of: type)
    #expect(extrapolation.matrix.count == extrapolation.nodeCount * extrapolation.pointCount)
    for node in 0..<extrapolation.nodeCount {
      let row = extrapolation.matrix[
        node * extrapolation.pointCount..<(node + 1) * extrapolation.pointCount]
      #expect(abs(row.reduce(0, +) - 1) < 1e-13)
    }
  }

  static let wellFitted = ElementType.allCases.filter { type in
    ElementTable.stiffness(type).pointCount > 1 && ![.c3d6, .cax3].contains(type)
  }

  @Test("a linear field of a cell with enough points is met exactly", arguments: wellFitted)
  func linear(_ type: ElementType) {
    let table = ElementTable.stiffness(type)
    let extrapolation = Extrapolation.nodes(of: type)
    let isPlane = type.axisCount == 2
    func field(_ p: SIMD3<Double>) -> Double { 2 + 3 * p.x - p.y + (isPlane ? 0 : 0.5 * p.z) }
    let values = table.points.map(field)
    for (node, place) in type.shape.referenceNodes.enumerated() {
      let row = extrapolation.matrix[node * values.count..<(node + 1) * values.count]
      let sum = zip(row, values).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(sum - field(place)) < 1e-12)
    }
  }

  @Test func `CalculiX's table for 27 points is met to its five digits`() {
    let matrix = Extrapolation.nodes(of: .c3d20).matrix
    // Corner 1 and the node amid corners 1 and 2, at the first, second and centre points.
    let expected = [2.37499, -0.31246, -0.29630, 0.32628, 1.28439, -0.11111]
    let found = [
      matrix[0], matrix[1], matrix[13], matrix[8 * 27], matrix[8 * 27 + 1], matrix[8 * 27 + 13],
    ]
    for (a, b) in zip(expected, found) { #expect(abs(a - b) < 6e-6) }
  }

  @Test func `CalculiX prints as many rows as its bricks have points`() {
    let rows: [ElementType: Int] = [
      .cps3: 2, .cps4: 8, .cps4r: 1, .cps6: 9, .cps8: 27, .cps8r: 8, .cpe3: 2, .cpe4: 8, .cpe4r: 1,
      .cpe6: 9, .cpe8: 27, .cpe8r: 8, .cax3: 2, .cax4: 8, .cax4r: 1, .cax6: 9, .cax8: 27, .cax8r: 8,
      .c3d4: 1, .c3d6: 2, .c3d8: 8, .c3d8r: 1, .c3d8i: 8, .c3d10: 4, .c3d15: 9, .c3d20: 27,
      .c3d20r: 8,
    ]
    for type in ElementType.allCases {
      let layers = type.printedLayers
      #expect(layers.count * ElementTable.stiffness(type).pointCount == rows[type])
      // Gauss points of the interval from -1 to 1.
      #expect(layers == layers.sorted() && zip(layers, layers.reversed()).allSatisfy { $0 == -$1 })
    }
  }
}
