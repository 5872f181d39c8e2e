internal import Glibc
import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// Convection on the border against closed forms and other ways of solving.
@Suite("Films") struct FilmTests {
  private func temperatures(
    _ problem: ManufacturabilityProblem,
    _ factorization: EvaluationOptions.Factorization = .automatic
  ) throws -> [Double] {
    try ManufacturabilityLoss(of: problem).evaluate(
      [Array(repeating: 1, count: problem.grid.elementCount)],
      .init(gradient: .none, wantsDisplacements: true, factorization: factorization))[0].get()
      .temperatures
  }

  @Test(
    "a wall between two films: resistances in series",
    arguments: [
      DesignGrid(columns: 6, rows: 3, pixelSize: 0.5, thickness: 0.2),
      DesignGrid(columns: 6, rows: 3, layers: 2, pixelSize: 0.5),
    ])
  func wall(_ grid: DesignGrid) throws {
    let problem = ManufacturabilityProblem(
      grid: grid, solids: [SampleProblem.steel],
      heat: HeatConduction(
        sources: [],
        films: [
          .init(.edge(side: .left), coefficient: 4, ambient: 10),
          .init(.edge(side: .right), coefficient: 0.8, ambient: 1),
        ]), terms: [Term(.temperature())])
    // k = 2, L = 3: ΔT / (1/h + L/k + 1/h) = 9 / (0.25 + 1.5 + 1.25) = 3 per area.
    for (node, temperature) in try temperatures(problem).enumerated() {
      let x = 0.5 * Double(grid.position(ofNode: node)[0])
      // The profile is linear, which the elements hold: round-off alone.
      #expect(abs(temperature - (10 - 3 * 0.25 - 3 * x / 2)) <= 1e-12 * 10)
    }
  }

  @Test func `a wall between a heated side and a film takes all of the power`() throws {
    // One row of elements, so that the two nodes of the left side take half of the power each: uniform.
    let problem = ManufacturabilityProblem(
      grid: DesignGrid(columns: 5, rows: 1, pixelSize: 0.5, thickness: 0.2),
      solids: [SampleProblem.steel],
      heat: HeatConduction(
        sources: [.init(.edge(side: .left), power: 0.6)],
        films: [.init(.edge(side: .right), coefficient: 3, ambient: 20)]),
      terms: [Term(.temperature())])
    // 0.6 over 0.1 is 6 per area: 6/3 over the film, 6 · 2.5/2 over the wall.
    let found = try temperatures(problem)
    #expect(abs(found[5] - 22) <= 1e-12 * 30)
    #expect(abs(found[0] - 29.5) <= 1e-12 * 30)
  }

  @Test func `a thin fin converges to its closed form with the square of the element size`() throws
  {
    // Cooled on both long sides, its tip insulated: T/T₀ = cosh m(L − x)/cosh mL with m² = 2 h/(k d), d the height. One row of elements is
    // one-dimensional by symmetry; its height is that of an element, and its film such that m stays.
    let (length, k, m) = (2.0, 2.0, 2.0.squareRoot())
    let errors = try [8, 16, 32].map { columns -> Double in
      let size = length / Double(columns)
      let problem = ManufacturabilityProblem(
        grid: DesignGrid(columns: columns, rows: 1, pixelSize: size), solids: [SampleProblem.steel],
        heat: HeatConduction(
          sources: [], sinks: [.init(.edge(side: .left), temperature: 1)],
          films: [.bottom, .top].map {
            .init(.edge(side: $0), coefficient: m * m * k * size / 2, ambient: 0)
          }), terms: [Term(.temperature())])
      return abs(try temperatures(problem)[columns] - 1 / cosh(m * length))
    }
    for (coarse, fine) in zip(errors, errors.dropFirst()) {
      // log₂ 4 = 2, less what the next order leaves on coarse grids.
      #expect(abs(log2(coarse / fine) - 2) < 0.1, "\(errors)")
    }
  }

  @Test func `CHOLMOD one at a time gives the same temperatures`() throws {
    for problem in [SampleProblem.structure().filmed, SampleProblem.block().filmed] {
      let one = try temperatures(problem)
      let other = try temperatures(problem, .oneAtATime)
      #expect(!one.isEmpty)
      // The condition is below 1e4.
      for (a, b) in zip(one, other) { #expect(abs(a - b) <= 1e-11 * (1 + abs(b))) }
    }
  }

  @Test func `a design's bits are its own beside other films, and beside none`() throws {
    let first = SampleProblem.structure().filmed
    var second = first
    second.heat?.films = [.init(.edge(side: .bottom), coefficient: 9, ambient: 4)]
    let problems = [first, SampleProblem.structure(), second, first]
    let designs = problems.indices.map {
      SampleProblem.densities(problems[$0], seed: UInt64($0 % 3))
    }
    let losses = try problems.map { try ManufacturabilityLoss(of: $0) }
    let together = try ManufacturabilityLoss.evaluate(Array(zip(losses, designs)))
    for place in problems.indices {
      let alone = try losses[place].evaluate([designs[place]])[0].get()
      let among = try together[place].get()
      #expect(alone.total == among.total)
      #expect(alone.gradient == among.gradient)
    }
  }
}
