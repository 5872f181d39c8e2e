import Manufacturability
import Testing

@testable import DesignProblem

@Suite("Regions of a grid") struct GridRegionTests {
  let grid = DesignGrid(columns: 4, rows: 2)

  @Test(
    "name nodes from the lower left",
    arguments: [
      (GridRegion.edge(side: .left), [0, 5, 10]),
      (.edge(side: .top), [10, 11, 12, 13, 14]),
      (.corner(sides: [.right, .bottom]), [4]),
      (.box(lower: [1, 1], upper: [2, 2]), [6, 7, 11, 12]),
      (.disc(center: [2, 1], radius: 1), [2, 6, 7, 8, 12]),
      (.point(at: [3.2, 0.8]), [8]),
      (.points(at: [[4, 2], [0, 0]]), [0, 14]),
      (.point(at: [9, 9]), []),
      (.edge(side: .front), []),
      (.corner(sides: [.left, .right]), []),
      (.disc(center: [4, 2], radius: 1), [9, 13, 14]),
      (.disc(center: [-1, 0], radius: 1), [0]),
      (.disc(center: [2, 1], radius: 1e300), Array(0..<15)),
      (.box(lower: [-1e300, 1.5], upper: [0.2, .infinity]), [10]),
      (.box(lower: [1, 1], upper: [0, 0]), []),
      (.box(lower: [5, 0], upper: [1e300, 2]), []),
    ])
  func names(_ region: GridRegion, _ nodes: [Int]) { #expect(grid.nodes(in: region) == nodes) }

  @Test func `elements count rows from the top`() {
    #expect(grid.element(0, 0) == 4)
    #expect(grid.element(3, 1) == 3)
    #expect(grid.elements(in: .box(lower: [0, 0], upper: [1, 1])) == [4])
    #expect(grid.nodes(ofElement: 4) == [0, 1, 6, 5])
    let solid = DesignGrid(columns: 2, rows: 3, layers: 4)
    for element in 0..<solid.elementCount {
      let at = solid.position(ofElement: element)
      #expect(solid.element(at.i, at.j, at.k) == element)
    }
    #expect(solid.nodes(in: .edge(side: .front)).count == 12)
    #expect(solid.nodes(in: .corner(sides: [.right, .top, .front])) == [solid.node(2, 3, 4)])
    #expect(
      solid.nodes(in: .box(lower: [1, 2, 3], upper: [2, 2, 4]))
        == [(1, 2, 3), (2, 2, 3), (1, 2, 4), (2, 2, 4)].map(solid.node))
    #expect(solid.nodes(in: .disc(center: [1, 1, 1], radius: 1)).count == 7)
  }
}
