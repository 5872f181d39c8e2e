import DesignProblem
import Manufacturability
import TestSupport
import Testing

@Suite("Matrix and solids of passive regions") struct MatrixTests {
  private static let silicon = SolidPhase(
    youngsModulus: 130, poissonsRatio: 0.28, conductivity: 0.13, expansion: 2.6e-6)
  private static let copper = SolidPhase(
    youngsModulus: 120, poissonsRatio: 0.34, conductivity: 0.39, expansion: 17e-6)
  private static let laminate = SolidPhase(
    youngsModulus: 20, poissonsRatio: 0.3, conductivity: 0.001, expansion: 12e-6)

  private func values(_ problem: ManufacturabilityProblem, _ design: [Double]) throws -> [Double] {
    try ManufacturabilityLoss(of: problem).evaluate([design], .init(gradient: .none))[0].get()
      .terms.map(\.value)
  }

  /// Void is the solid times a ratio: a matrix of such constants is the same.
  @Test func `a matrix of the constants of void changes nothing`() throws {
    var problem = SampleProblem.structure()
    problem.void = VoidPhase(stiffnessRatio: 1e-2, conductivityRatio: 1e-1)
    let design = SampleProblem.densities(problem)
    let expected = try values(problem, design)
    var solid = problem.solids[0]
    (solid.youngsModulus, solid.conductivity) = (
      1e-2 * solid.youngsModulus, 1e-1 * solid.conductivity
    )
    problem.matrix = solid
    for (value, expected) in zip(try values(problem, design), expected) {
      #expect(abs(value - expected) <= 1e-10 * abs(expected))
    }
  }

  @Test func `a passive region made of the design's solid is a solid region`() throws {
    var problem = SampleProblem.structure()
    problem.passive = [PassiveRegion(.box(lower: [3, 2], upper: [5, 4]), .solid)]
    let design = SampleProblem.densities(problem)
    let expected = try values(problem, design)
    problem.passive[0].madeOf = problem.solids[0]
    #expect(try values(problem, design) == expected)
  }

  /// Layers in series: the lower face is warmer than the air by q (Σ t/k + 1/h).
  @Test func `a stack of layers has the thermal resistance of its layers in series`() throws {
    let (flux, film) = (0.02, 0.003)
    let problem = ManufacturabilityProblem(
      grid: DesignGrid(columns: 3, rows: 8, pixelSize: 0.1), solids: [Self.copper],
      matrix: Self.laminate,
      heat: HeatConduction(
        sources: [.init(.edge(side: .bottom), power: flux * 0.3)],
        films: [.init(.edge(side: .top), coefficient: film, ambient: 25)],
        stressFreeTemperature: 0),
      passive: [
        PassiveRegion(.box(lower: [0, 0], upper: [3, 2]), .solid, madeOf: Self.silicon)
      ],
      terms: [Term(.temperature(exponent: 1000))])
    // Two rows of silicon, three of laminate, three of copper; the image has the top first.
    let design = [Double](repeating: 1, count: 9) + [Double](repeating: 0, count: 15)
    let evaluation = try ManufacturabilityLoss(of: problem).evaluate(
      [design], .init(gradient: .none, wantsDisplacements: true))[0].get()
    let resistance = 0.2 / 0.13 + 0.3 / 0.001 + 0.3 / 0.39 + 1 / film
    // Even shares of nodes at a face are not those of a flux: ends take a third of the middle's too much, and die out in the first rows.
    let top = evaluation.temperatures.suffix(4).reduce(0, +) / 4
    #expect(abs(top - 25 - flux / film) <= 1e-6 * flux / film)
    let bottom = evaluation.temperatures.prefix(4)
    let mean = (bottom.reduce(0, +) + bottom[1] + bottom[2]) / 6
    #expect(abs(mean - 25 - flux * resistance) <= 1e-3 * flux * resistance)
  }

  /// Timoshenko, J. Opt. Soc. Am. 11 (1925) 233: κ = 6 Δα ΔT (1 + m)² / (h (3 (1 + m)² + (1 + m n)(m² + 1/(m n)))), m = t₁/t₂, n = E₁/E₂. A parabola of that curvature
  /// over a length L is off its own line by κ L²/8 · √(4/45), root mean square.
  @Test func `a strip of two solids bows as Timoshenko's bimetal does`() throws {
    let (columns, rows) = (240, 12)
    let (a, b) = (
      SolidPhase(youngsModulus: 120, poissonsRatio: 0, expansion: 17e-6),
      SolidPhase(youngsModulus: 40, poissonsRatio: 0, expansion: 5e-6)
    )
    let problem = ManufacturabilityProblem(
      grid: DesignGrid(columns: columns, rows: rows, pixelSize: 0.1, thickness: 1),
      solids: [a], matrix: b,
      supports: [
        Support(.point(at: [0, 0]), axes: [.x, .y]),
        Support(.point(at: [Double(columns), 0]), axes: [.y]),
      ],
      heat: HeatConduction(
        sources: [.init(.edge(side: .bottom), power: 3)],
        sinks: [.init(.edge(side: .top), temperature: 80)], stressFreeTemperature: 20,
        deforms: false),
      temperatureChange: -150, terms: [Term(.warpage(side: .bottom)), Term(.temperature())])
    let upper = [Double](repeating: 1, count: columns * rows / 3)
    let design = upper + [Double](repeating: 0, count: columns * rows * 2 / 3)
    let (m, n, h, length) = (0.5, 3.0, 1.2, 24.0)
    let curvature =
      6 * 12e-6 * 150 * (1 + m) * (1 + m)
      / (h * (3 * (1 + m) * (1 + m) + (1 + m * n) * (m * m + 1 / (m * n))))
    let expected = curvature * length * length / 8 * (4.0 / 45).squareRoot()
    let value = try values(problem, design)[0]
    // Square cells lock in bending: 1/(1 + 12 rows²/…), within 2 % at twelve rows; ends differ over one height.
    #expect(abs(value / expected - 1) < 0.02, "\(value), \(expected)")
  }

  @Test func `a stress counts the elements of its region alone`() throws {
    var problem = SampleProblem.structure().inMatrix
    problem.filter = nil
    let whole = GridRegion.box(lower: [0, 0], upper: [12, 8])
    let (left, right) = (
      GridRegion.box(lower: [0, 0], upper: [6, 8]), GridRegion.box(lower: [6, 0], upper: [12, 8])
    )
    problem.terms = [whole, left, right].enumerated().map { place, region in
      Term(.thermalStress(Aggregate(exponent: 4, region: region)), name: "\(place)")
    }
    problem.terms.append(Term(.thermalStress(Aggregate(exponent: 4))))
    let found = try values(problem, SampleProblem.densities(problem))
    func fourth(_ x: Double) -> Double { x * x * x * x }
    #expect(abs(found[0] - found[3]) <= 1e-12 * found[3])
    #expect(abs(fourth(found[1]) + fourth(found[2]) - fourth(found[0])) <= 1e-12 * fourth(found[0]))
    #expect(found[1] < found[0] && found[2] < found[0])
  }
}
