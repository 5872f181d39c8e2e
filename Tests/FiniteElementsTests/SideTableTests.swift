import FiniteElements
import Meshing
import Testing

@Suite("Sides of cells") struct SideTableTests {
  @Test("pressure all around neither pushes nor turns a cell", arguments: ElementType.allCases)
  func equilibrium(_ type: ElementType) {
    let probe = CellProbe(.stiffness(type), type.sampleNodes(distortion: 0.1))
    var force = SIMD3<Double>.zero
    var moment = SIMD3<Double>.zero
    var size = 0.0
    for side in type.shape.sides.indices {
      for (place, push) in zip(probe.nodes, probe.pressureForce(side: side)) {
        force += push
        moment += place.cross(push)
        size = max(size, push.length)
      }
    }
    #expect(size > 0)
    // A ring is held by its hoop against pressure around its section, and has no moment to speak of.
    if type.theory == .axisymmetric { (force.x, moment) = (0, .zero) }
    #expect(force.length < 1e-14 * 20 * size)
    if Self.isExact(type) { #expect(moment.length < 1e-13 * 20 * size) }
  }

  /// Whether the rule of the sides integrates what the test asks of a distorted cell.
  ///
  /// One point does not for a warped face, nor do the points of curved faces where they are not as many as C3D20's.
  static func isExact(_ type: ElementType) -> Bool {
    ![.c3d8r, .c3d6, .c3d10, .c3d15, .c3d20r].contains(type)
  }

  @Test("pressure does the work of the volume it takes", arguments: ElementType.allCases)
  func work(_ type: ElementType) {
    // Points too few for the volume of a distorted cell: an undistorted one then.
    let exact: Set<ElementType> = [
      .c3d4, .c3d8, .c3d8i, .c3d20, .cps3, .cpe3, .cax3, .cps4, .cpe4, .cax4, .cps8, .cpe8,
      .cax8,
    ]
    let probe = CellProbe(
      .stiffness(type), type.sampleNodes(distortion: exact.contains(type) ? 0.1 : 0))
    var work = 0.0
    for side in type.shape.sides.indices {
      for (place, push) in zip(probe.nodes, probe.pressureForce(side: side)) {
        work += (place * push).sum()
      }
    }
    // Growing in proportion: dV/V = 3, in the plane 2, in a ring 3.
    let growth = type.theory == .planeStress || type.theory == .planeStrain ? 2.0 : 3.0
    let volume = probe.volumes().reduce(0, +)
    #expect(abs(work + growth * volume) < 1e-12 * volume)
  }

  @Test(
    "a film's matrix takes what its ambient gives at even temperature",
    arguments: ElementType.allCases)
  func film(_ type: ElementType) {
    let nodes = type.sampleNodes(distortion: 0.1)
    for (number, side) in type.shape.sides.enumerated() {
      let table = SideTable.side(number, of: type)
      let corners = side.map { nodes[$0] }
      var matrix = Array(repeating: 0.0, count: side.count * side.count)
      var matrixSpan = matrix.mutableSpan
      table.film(nodes: corners.span, coefficient: 4, thickness: 0.3, into: &matrixSpan)
      var load = Array(repeating: 0.0, count: side.count)
      var loadSpan = load.mutableSpan
      table.source(nodes: corners.span, density: 4, thickness: 0.3, into: &loadSpan)
      for row in load.indices {
        let sum = matrix[row * side.count..<(row + 1) * side.count].reduce(0, +)
        #expect(abs(sum - load[row]) < 1e-13 * largest(load))
      }
      let size = table.area(nodes: corners.span, thickness: 0.3).size
      #expect(abs(load.reduce(0, +) - 4 * size) < 1e-13 * size)
    }
  }

  @Test func `a tilted flat quadrilateral has the area and normal of its parallelogram`() {
    let corners: [SIMD3<Double>] = [[0, 0, 0], [2, 0, 1], [2, 3, 1], [0, 3, 0]]
    for type in [ElementType.c3d8, .c3d8r] {
      let area = SideTable.side(1, of: type).area(nodes: corners.span, thickness: 1)
      #expect(abs(area.size - 3 * 5.0.squareRoot()) < 1e-14)
      #expect((area.vector - [-3, 0, 6]).length < 1e-14)
    }
  }

  @Test func `a traction on a ring's outer face adds up along the axis`() {
    // Radius 2, height 3: 2π·2·3 = 37.7, less what the flat wedge lacks of the arc.
    let edge: [SIMD3<Double>] = [[2, 0, 0], [2, 3, 0]]
    var forces = [SIMD3<Double>](repeating: .zero, count: 2)
    var span = forces.mutableSpan
    SideTable.side(1, of: .cax4).tractionForce(
      nodes: edge.span, traction: [0, 5, 0], thickness: 1, into: &span)
    let total = forces[0].y + forces[1].y
    #expect(abs(total / (5 * 12 * Double.pi) - 1) < 6e-5)  // 1 − sin 1°/1°
  }
}
