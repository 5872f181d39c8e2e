import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// Steady conduction in space, and the growth it causes, against closed forms.
@Suite("Conduction in space and free growth against closed forms") struct ConductionInSpaceTests {
  @Test("a bar along each axis has a linear profile in each of two solids", arguments: [0, 1, 2])
  func bar(axis: Int) throws {
    // Sinks at both ends, the near half of steel (k = 2), the far half of another solid (k = 0.5): with the resistances 2/2 and 2/0.5 of
    // the halves the middle is at a + (b − a)/5.
    var extent = [2, 3, 2]
    extent[axis] = 4
    let grid = DesignGrid(columns: extent[0], rows: extent[1], layers: extent[2], pixelSize: 0.5)
    let near: GridSide = [.left, .bottom, .back][axis]
    let far: GridSide = [.right, .top, .front][axis]
    let (a, b) = (3.0, 8.0)
    let problem = ManufacturabilityProblem(
      grid: grid, solids: [SampleProblem.steel, SampleProblem.other],
      heat: HeatConduction(
        sources: [],
        sinks: [.init(.edge(side: near), temperature: a), .init(.edge(side: far), temperature: b)]),
      terms: [Term(.temperature(exponent: 1)), Term(.temperature(exponent: 2), name: "square")])
    let design =
      [Double](repeating: 1, count: grid.elementCount)
      + (0..<grid.elementCount).map { element -> Double in
        let at = grid.position(ofElement: element)
        return [at.i, at.j, at.k][axis] < 2 ? 0 : 1
      }
    let middle = a + (b - a) / 5
    let profile = [a, (a + middle) / 2, middle, (middle + b) / 2, b]
    let across = Double(grid.nodeCount / 5)
    let found = try ManufacturabilityLoss(of: problem).evaluate([design])[0].get().terms
    // Round-off: the profile is linear in every element, and so exact.
    #expect(agree(found[0].value, across * profile.reduce(0, +), within: 1e-12))
    let square = across * profile.reduce(0) { $0 + $1 * $1 }
    #expect(agree(found[1].value, square.squareRoot(), within: 1e-12))
  }

  /// A body that is held as a rigid one and warmed by θ everywhere grows by u = α θ x, with no stress in solid or void, whatever the density:
  /// the point held takes no part, and void has the solid's expansion.
  @Test(
    "uniform temperatureRise of a free body leaves no stress and no warpage, whatever the density")
  func freeGrowth() throws {
    for isSpace in [false, true] {
      let grid =
        isSpace
        ? DesignGrid(columns: 4, rows: 3, layers: 3, pixelSize: 0.5)
        : DesignGrid(columns: 8, rows: 5, pixelSize: 0.5, thickness: 0.1)
      let problem = ManufacturabilityProblem(
        grid: grid, solids: [SampleProblem.steel], void: VoidPhase(stiffnessRatio: 1e-3),
        supports: isSpace
          ? [
            Support(.point(at: [0, 0, 0]), axes: [.x, .y, .z]),
            Support(.point(at: [4, 0, 0]), axes: [.y, .z]),
            Support(.point(at: [0, 3, 0]), axes: [.z]),
          ]
          : [
            Support(.point(at: [0, 0]), axes: [.x, .y]), Support(.point(at: [8, 0]), axes: [.y]),
          ],
        temperatureChange: 3,
        terms: [
          Term(.thermalStress(Aggregate(exponent: 1))), Term(.warpage(side: .top)),
          Term(.thermalDistortion(region: .point(at: isSpace ? [4, 0, 0] : [8, 0]))),
        ])
      let design = SampleProblem.densities(problem, in: 0...1)
      let terms = try ManufacturabilityLoss(of: problem).evaluate([design])[0].get().terms
      let growth = 0.01 * 3
      // Stresses cancel from E α θ = 0.09 in every element, displacements from 0.06·size: residuals of 1e-12 times the condition that void
      // of 1e-3 leaves, some 1e4.
      #expect(terms[0].value <= 1e-8 * 3 * growth * Double(grid.elementCount), "\(terms[0].value)")
      #expect(terms[1].value <= 1e-8 * growth * 4)
      let length = 0.5 * Double(grid.columns)
      #expect(agree(terms[2].value, growth * length, within: 1e-8))
    }
  }
}
