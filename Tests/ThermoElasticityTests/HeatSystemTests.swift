import FiniteElements
import Meshing
import NumericalMethods
import TestSupport
import Testing

@testable import ThermoElasticity

/// What a heat system keeps from one load case for the next, and that its answers do not depend on it.
@Suite("Heat solves one after the other") struct HeatSystemTests {
  /// A conductivity that falls with temperature.
  static let tired = Material(
    name: "TIRED", conductivity: .init([(0, [50]), (200, [20])]))

  /// One face held at a temperature, heat through the opposite one.
  static func loads(_ mesh: Mesh, held: Double = 20, flux: Double = 1000) -> ThermalLoads {
    var loads = ThermalLoads()
    loads.prescribed = mesh.nodes { $0.x == 0 }.map {
      PrescribedValue(node: $0, component: 0, value: held)
    }
    loads.fluxes = facets(mesh) { $0.x == 1 }.map { ($0, flux) }
    return loads
  }

  static func facets(_ mesh: Mesh, where isThere: (SIMD3<Double>) -> Bool) -> [Facet] {
    mesh.boundaryFacets().filter { facet in
      mesh.sideNodes(of: facet).allSatisfy { isThere(mesh.nodes[Int($0)]) }
    }
  }

  /// A load case with a film on the face y = 1.
  static func film(
    _ mesh: Mesh, _ loads: ThermalLoads, ambient: Double, coefficient: Double
  ) -> ThermalLoads {
    var loads = loads
    loads.films = facets(mesh) { $0.y == 1 }.map { ($0, ambient, coefficient) }
    return loads
  }

  /// Load cases in a row, and how often the pattern is analysed and values are factored.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let analyses: Int
    let factorizations: Int
    let material: Material
    let cases: @Sendable (Mesh) -> [ThermalLoads]

    init(
      _ name: String, _ analyses: Int, _ factorizations: Int, _ material: Material = steel,
      _ cases: @escaping @Sendable (Mesh) -> [ThermalLoads]
    ) {
      (testDescription, self.analyses, self.factorizations) = (name, analyses, factorizations)
      (self.material, self.cases) = (material, cases)
    }
  }

  static let rows: [Row] = [
    Row("other fluxes and prescribed temperatures need no new factor", 1, 1) { mesh in
      [(20, 1000), (20, 500), (80, -200), (-5, 0)].map { loads(mesh, held: $0, flux: $1) }
    },
    Row("another ambient temperature needs no new factor", 1, 1) { mesh in
      [10, 20, 35].map { film(mesh, loads(mesh), ambient: $0, coefficient: 7) }
    },
    Row("another film coefficient needs new values on the old analysis", 1, 3) { mesh in
      [7, 7, 9, 7].map { film(mesh, loads(mesh), ambient: 10, coefficient: $0) }
    },
    Row("a film that comes and goes needs new values on the old analysis", 1, 3) { mesh in
      [loads(mesh), film(mesh, loads(mesh), ambient: 10, coefficient: 7), loads(mesh)]
    },
    Row("other held nodes need a new analysis", 2, 2) { mesh in
      var other = loads(mesh)
      other.prescribed.removeLast()
      return [loads(mesh), other, other]
    },
    Row("a conductivity that changes with temperature is iterated on one analysis", 1, 20, tired) {
      mesh in [1000, 900, 800].map { loads(mesh, flux: $0) }
    },
  ]

  @Test("a factor serves as long as it is right", arguments: rows)
  func keeps(_ row: Row) throws {
    for type in [ElementType.c3d8, .cpe8r, .cax4] {
      var mesh = Mesh.unitBlock(of: type, divisions: 3)
      if type == .cax4 { for node in mesh.nodes.indices { mesh.nodes[node].x -= 1 } }
      let analysis = try HeatAnalysis(model(mesh, row.material), SolveOptions())
      for loads in row.cases(mesh) {
        let found = try analysis.solve(loads)
        let fresh = try HeatSystem(model(mesh, row.material)).solve(loads)
        #expect(found.temperature == fresh.temperature)
        #expect(found.reaction == fresh.reaction)
        #expect(found.heatFlux.blocks[0].values == fresh.heatFlux.blocks[0].values)
        #expect(found.soundness == fresh.soundness)
      }
      #expect(analysis.analysisCount == row.analyses)
      if row.material == Self.tired {
        // Some iterations each, on one analysis.
        #expect(analysis.factorizationCount > 6)
      } else {
        #expect(analysis.factorizationCount == row.factorizations)
      }
    }
  }

  @Test func `a failed factorization leaves nothing behind`() throws {
    let mesh = Mesh.unitBlock(of: .c3d8, divisions: 2)
    let analysis = try HeatAnalysis(model(mesh), SolveOptions())
    let good = Self.film(mesh, Self.loads(mesh), ambient: 10, coefficient: 7)
    let first = try analysis.solve(good)
    // A film that takes more the colder it is has no answer.
    let bad = Self.film(mesh, Self.loads(mesh), ambient: 10, coefficient: -1e6)
    #expect(throws: SolveError.self) { try analysis.solve(bad) }
    let again = try analysis.solve(good)
    #expect(again.temperature == first.temperature)
  }

  @Test func `a film whose coefficient falls to zero leaves a body without a temperature`() throws {
    let mesh = Mesh.unitBlock(of: .c3d8, divisions: 2)
    let analysis = try HeatAnalysis(model(mesh), SolveOptions())
    var loads = ThermalLoads()
    loads.films = Self.facets(mesh) { $0.y == 1 }.map { ($0, 20, 5) }
    #expect(try analysis.solve(loads).temperature.allSatisfy { abs($0 - 20) < 1e-12 })
    for place in loads.films.indices { loads.films[place].coefficient = 0 }
    #expect {
      try analysis.solve(loads)
    } throws: { error in
      if case SolveError.floatingTemperature = error { true } else { false }
    }
  }

  @Test("the answer has the same bits on one thread and on two", arguments: [steel, tired])
  func bits(_ material: Material) throws {
    let mesh = Mesh.unitBlock(of: .c3d8, divisions: 9)
    let loads = Self.film(mesh, Self.loads(mesh), ambient: 10, coefficient: 7)
    let answers = try [1, 2, 2].map { threads in
      try onThreads(threads) { try HeatSystem(model(mesh, material)).solve(loads) }
    }
    for answer in answers {
      #expect(answer.temperature == answers[0].temperature)
      #expect(answer.conductedFlow == answers[0].conductedFlow)
      #expect(answer.heatFlux.blocks[0].values == answers[0].heatFlux.blocks[0].values)
    }
  }
}
