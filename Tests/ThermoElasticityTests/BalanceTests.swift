import FiniteElements
import Meshing
import NumericalMethods
import TestSupport
import Testing

@testable import ThermoElasticity

/// A balance that holds is found to hold whatever crosses the boundary, nothing included; one that does not hold is refused.
@Suite("Balance of heat and of forces") struct BalanceTests {
  /// A mesh of random cells for a number.
  static func mesh(_ type: ElementType, _ number: UInt64) -> Mesh {
    Mesh.unitBlock(of: type, divisions: 3).distorted(by: 0.18, seed: number)
  }

  // MARK: - Heat

  /// One node of a block held at a temperature.
  static func isothermal(_ mesh: Mesh, _ temperature: Double, held: [Int32]) -> ThermalLoads {
    var loads = ThermalLoads()
    loads.prescribed = held.map { PrescribedValue(node: $0, component: 0, value: temperature) }
    return loads
  }

  @Test("forty random plates held at one temperature are solved", arguments: 0..<40)
  func isothermalPlates(_ number: Int) throws {
    for type in [ElementType.cps4, .cpe3, .cps8r, .cax4] {
      let mesh = Self.mesh(type, UInt64(number))
      let temperature = 37.123 + 101.7 * Double(number * number % 17)
      for held in [mesh.nodes { $0.y == 0 }, [0], mesh.nodes { _ in true }] {
        let solution = try HeatSystem(model(mesh)).solve(
          Self.isothermal(mesh, temperature, held: held))
        #expect(
          solution.temperature.allSatisfy { abs($0 - temperature) < 1e-10 * temperature })
      }
    }
  }

  /// Every element but C3D8R, whose one point of integration does not hold a face alone.
  @Test(
    "a body at one temperature is solved", arguments: ElementType.allCases.filter { $0 != .c3d8r })
  func isothermal(_ type: ElementType) throws {
    let mesh = Self.mesh(type, 5)
    let solution = try HeatSystem(model(mesh)).solve(
      Self.isothermal(mesh, 414.432, held: mesh.nodes { $0.y == 0 }))
    #expect(solution.temperature.allSatisfy { abs($0 - 414.432) < 1e-9 })
    #expect((solution.soundness.reactionBalance ?? 1) <= 1e-6)
    // The same at the temperature of what surrounds it, without a support. One point of integration does not hold all
    // temperatures of a cell then.
    guard !PatchTests.skewOnly.contains(type) || type == .c3d8i else { return }
    var loads = ThermalLoads()
    loads.films = (mesh.surfaces["top"] ?? mesh.boundaryFacets()).map { ($0, 414.432, 12) }
    let bathed = try HeatSystem(model(mesh)).solve(loads)
    #expect(bathed.temperature.allSatisfy { abs($0 - 414.432) < 1e-9 })
  }

  /// A heat from nowhere: a hundred-thousandth of what flows; where next to nothing flows a ten-thousand-millionth of what cancels
  /// inside, some 10⁶.
  @Test(
    "heat from nowhere is found", arguments: [(1000.0, 1e-2), (1e-3, 1e-4), (0.0, 1e-4)])
  func heatFromNowhere(_ flux: Double, _ error: Double) throws {
    let mesh = Self.mesh(.c3d8, 3)
    let analysis = try HeatAnalysis(model(mesh), SolveOptions())
    var loads = Self.isothermal(mesh, 414.432, held: mesh.nodes { $0.y == 0 })
    loads.fluxes = HeatSystemTests.facets(mesh) { $0.y == 1 }.map { ($0, flux) }
    let solution = try analysis.solve(loads)
    let factored = try #require(analysis.factored)
    let applied = solution.conductedFlow.indices.map {
      solution.conductedFlow[$0] - solution.reaction[$0]
    }
    var flow = HeatFlow(
      temperature: solution.temperature, conducted: solution.conductedFlow,
      outflow: solution.conductedFlow)
    #expect(throws: Never.self) { try analysis.soundness(flow, applied, factored) }
    let support = Int(loads.prescribed[0].node)
    flow.outflow[support] += error
    flow.conducted[support] += error
    #expect {
      try analysis.soundness(flow, applied, factored)
    } throws: { fault in
      if case SolveError.unbalanced = fault { true } else { false }
    }
    flow.outflow[support] = .nan
    #expect(throws: SolveError.self) { try analysis.soundness(flow, applied, factored) }
  }

  // MARK: - Forces

  /// A way to leave a body without stress, or nearly.
  enum Stressless: String, CaseIterable, Sendable {
    /// No load at all.
    case unloaded
    /// Warmed, and lightly held.
    case growing
    /// Warmed, every node held where it grows to.
    case grown
    /// Every node moved by the same.
    case moved
    /// Every node moved as in a small turn.
    case turned
    /// Two forces that cancel.
    case squeezed
  }

  static func loads(_ state: Stressless, _ type: ElementType, _ mesh: Mesh) -> MechanicalLoads {
    let growth = 1.2e-3 * (type.theory == .planeStrain ? 1.3 : 1)
    func all(_ value: (SIMD3<Double>) -> SIMD3<Double>) -> [PrescribedValue] {
      mesh.nodes.indices.flatMap { node in
        (0..<type.axisCount).map {
          PrescribedValue(node: Int32(node), component: $0, value: value(mesh.nodes[node])[$0])
        }
      }
    }
    var loads = MechanicalLoads()
    loads.prescribed = PatchTests.lightlyHeld(type, mesh).map {
      PrescribedValue(node: $0.node, component: $0.component, value: 0)
    }
    switch state {
    case .unloaded: break
    case .growing:
      loads.prescribed = PatchTests.lightlyHeld(type, mesh)
      loads.temperature = mesh.nodes.map { _ in 100 }
    case .grown:
      loads.prescribed = all { growth * $0 }
      loads.temperature = mesh.nodes.map { _ in 100 }
    case .moved:
      loads.prescribed = all { _ in type.theory == .axisymmetric ? [0, 7.3, 0] : [3.1, 7.3, 0.7] }
    case .turned:
      loads.prescribed = all {
        type.theory == .axisymmetric ? [0, 1.1, 0] : 1e-3 * [-$0.y, $0.x, 0]
      }
    case .squeezed:
      let ends = [0.0, 1.0].map { y in mesh.nodes { $0.y == y && $0.z == 0 }[1] }
      loads.forces = [
        PrescribedValue(node: ends[0], component: 1, value: 1e-3),
        PrescribedValue(node: ends[1], component: 1, value: -1e-3),
      ]
    }
    return loads
  }

  @Test(
    "a body without reactions is solved", arguments: ElementType.allCases, Stressless.allCases)
  func stressless(_ type: ElementType, _ state: Stressless) throws {
    for number in UInt64(1)...3 {
      let mesh = Self.mesh(type, number)
      let loads = Self.loads(state, type, mesh)
      let solution = try ElasticSystem(
        model(mesh), held: loads.prescribed, temperature: loads.temperature
      ).solve(loads)
      #expect((solution.soundness.reactionBalance ?? 1) <= 1e-6)
    }
  }

  /// A force from nowhere: a hundred-thousandth of a load, or in a body that is warmed and free far more than round-off and far
  /// less than the stress of a body that cannot grow.
  @Test("a force from nowhere is found", arguments: [(Stressless.squeezed, 1e-7), (.grown, 1e-6)])
  func forceFromNowhere(_ state: Stressless, _ error: Double) throws {
    let mesh = Self.mesh(.c3d8, 3)
    let loads = Self.loads(state, .c3d8, mesh)
    let system = try ElasticSystem(
      model(mesh), held: loads.prescribed, temperature: loads.temperature)
    let solution = try system.solve(loads)
    let applied = subtract(solution.internalForce, solution.reaction)
    var force = solution.internalForce
    func balance() throws -> Double {
      try system.balance(applied, force, solution.displacement, loads.temperature)
    }
    #expect(try balance() <= 1e-6)
    force[Int(loads.prescribed[0].node)][loads.prescribed[0].component] += error
    #expect(throws: SolveError.self) { try balance() }
    force[Int(loads.prescribed[0].node)].x = .nan
    #expect(throws: SolveError.self) { try balance() }
  }
}
