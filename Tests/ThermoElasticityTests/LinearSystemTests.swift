import FiniteElements
import LinearAlgebra
import Meshing
import NumericalMethods
import TestSupport
import Testing

@testable import ThermoElasticity

/// Structures solved by every linear solver, and what is said of the solve.
@Suite("Linear systems") struct LinearSystemTests {
  static let iterative = SolveOptions(solver: .iterative)

  static func clamped(_ mesh: Mesh) -> MechanicalLoads {
    var loads = MechanicalLoads()
    loads.prescribed = mesh.nodes { $0.x == 0 }.flatMap { node in
      (0..<3).map { PrescribedValue(node: node, component: $0, value: 0) }
    }
    loads.forces = mesh.nodes { $0.x == 1 }.map {
      PrescribedValue(node: $0, component: 2, value: -1)
    }
    loads.temperature = mesh.nodes.map { 50 + 30 * $0.x * $0.y }
    return loads
  }

  @Test(
    "the factor and conjugate gradients give the same displacements, stresses and temperatures",
    arguments: [ElementType.c3d8, .c3d20r, .c3d10, .cps8, .cax4])
  func agree(_ type: ElementType) throws {
    var mesh = Mesh.unitBlock(of: type, divisions: 4)
    if type == .cax4 { for node in mesh.nodes.indices { mesh.nodes[node].x -= 1 } }
    var loads = Self.clamped(mesh)
    if type.axisCount == 2 {
      loads.prescribed.removeAll { $0.component == 2 }
      for place in loads.forces.indices { loads.forces[place].component = 1 }
    }
    let solutions = try LinearSolverKind.allCases.map {
      try ElasticSystem(model(mesh), held: loads.prescribed, options: .init(solver: $0))
        .solve(loads)
    }
    let largest = solutions[0].displacement.map(\.length).max() ?? 0
    for (first, second) in zip(solutions[0].displacement, solutions[1].displacement) {
      #expect((first - second).length <= 1e-9 * largest)
    }
    let stress = solutions.map { $0.stress.blocks[0].values }
    let strongest = stress[0].map(\.magnitude).max() ?? 0
    for (first, second) in zip(stress[0], stress[1]) {
      #expect((first - second).magnitude <= 1e-9 * strongest)
    }
    let heat = HeatSystemTests.film(mesh, HeatSystemTests.loads(mesh), ambient: 10, coefficient: 7)
    let temperatures = try LinearSolverKind.allCases.map {
      try HeatSystem(model(mesh), options: .init(solver: $0)).solve(heat).temperature
    }
    let warmest = temperatures[0].max() ?? 0
    for (first, second) in zip(temperatures[0], temperatures[1]) {
      #expect(abs(first - second) <= 1e-9 * warmest)
    }
  }

  @Test func `of an iterative solve no factor is told, and of a factor no iterations`() throws {
    let mesh = unitCube(4)
    let loads = Self.clamped(mesh)
    var said: [LinearSystemSize] = []
    let soundness = try LinearSolverKind.allCases.map {
      try ElasticSystem(
        model(mesh), held: loads.prescribed, options: .init(solver: $0),
        announce: { said.append($0) }
      ).solve(loads).soundness
    }
    #expect(soundness[0].iterationCount == nil)
    #expect(soundness[0].solverByteCount == 8 * (try #require(soundness[0].factorEntryCount)))
    #expect(soundness[1].factorEntryCount == nil)
    #expect(try #require(soundness[1].iterationCount) > 10)
    for figures in soundness { #expect(figures.relativeResidual <= 1e-12) }
    // Both bound the same kind of number from above.
    #expect(soundness[1].reciprocalCondition > 1e-5 && soundness[1].reciprocalCondition < 0.1)
    #expect(said.map(\.byteCount) == soundness.map(\.solverByteCount))
    #expect(said.map(\.unknownCount) == soundness.map(\.unknownCount))
  }

  /// One C3D20R that is held against rigid motions alone: with eight points it has motions without strain at any of them.
  @Test(
    "a stiffness that lets a motion go is refused", arguments: LinearSolverKind.allCases)
  func singular(_ kind: LinearSolverKind) throws {
    let mesh = Mesh.unitBlock(of: .c3d20r, divisions: 1)
    let corners: [(SIMD3<Double>, [Int])] = [
      ([0, 0, 0], [0, 1, 2]), ([1, 0, 0], [1, 2]), ([0, 1, 0], [2]),
    ]
    let held = corners.flatMap { corner, components in
      mesh.nodes { $0 == corner }.flatMap { node in
        components.map { PrescribedValue(node: node, component: $0, value: 0) }
      }
    }
    #expect(held.count == 6)
    #expect {
      _ = try ElasticSystem(model(mesh), held: held, options: .init(solver: kind))
    } throws: { error in
      switch error {
      case SolveError.illConditioned: true
      case SolveError.factorization(.notPositiveDefinite, let node, _),
        SolveError.factorization(.noResistance, let node, _):
        node > 0
      default: false
      }
    }
  }

  @Test(
    "a film that heats a body the more the warmer the body is has no answer",
    arguments: LinearSolverKind.allCases)
  func indefiniteHeat(_ kind: LinearSolverKind) throws {
    let mesh = Mesh.unitBlock(of: .c3d8, divisions: 2)
    let bad = HeatSystemTests.film(
      mesh, HeatSystemTests.loads(mesh), ambient: 10, coefficient: -1e6)
    #expect(throws: SolveError.self) {
      try HeatSystem(model(mesh), options: .init(solver: kind)).solve(bad)
    }
  }

  @Test("a factor that would pass the memory it may take is refused before it is made")
  func memory() throws {
    let mesh = unitCube(4)
    let loads = Self.clamped(mesh)
    var sizes: [LinearSystemSize] = []
    for kind in LinearSolverKind.allCases {
      _ = try ElasticSystem(
        model(mesh), held: loads.prescribed, options: .init(solver: kind),
        announce: { sizes.append($0) })
    }
    for (kind, size) in zip(LinearSolverKind.allCases, sizes) {
      #expect(throws: Never.self) {
        _ = try ElasticSystem(
          model(mesh), held: loads.prescribed,
          options: .init(solver: kind, memoryLimit: size.byteCount))
      }
      let limit = size.byteCount - 1
      #expect(throws: SolveError.memory(size, availableBytes: limit)) {
        _ = try ElasticSystem(
          model(mesh), held: loads.prescribed, options: .init(solver: kind, memoryLimit: limit),
          announce: { _ in Issue.record("said of a system that is not made") })
      }
    }
  }

  @Test func `two matrices on one pattern are solved for one after the other`() throws {
    // What a transient or a modal analysis does: K, then K + s M, here with s M = 2 K.
    let mesh = Mesh.unitBlock(of: .c3d8, divisions: 3)
    let structure = try Structure(model(mesh)) { ElementTable.conductivity($0) }
    let held = mesh.nodes { $0.x == 0 }.map { Int($0) }
    for kind in LinearSolverKind.allCases {
      let system = try LinearSystem(
        structure, width: 1, held: held, equations: [], .init(solver: kind))
      let first = try structure.conductivity(system.map, [], at: [])
      var scaled = first
      for place in scaled.values.indices { scaled.values[place] *= 3 }
      let source = (0..<system.map.unknownCount).map { Double($0 % 5) + 1 }
      let answers = try [first, scaled, first].map { matrix in
        try system.use(matrix, "the matrix")
        var last: [Double] = []
        let refinement = try system.solve("the answer") { unknowns in
          last = unknowns
          let image = matrix.multiplied(by: unknowns)
          return (
            zip(source, image).map { $0 - $1 }, system.norm * unknowns.largest + source.largest
          )
        }
        #expect(refinement.residual <= Refinement.largestResidual)
        return last
      }
      #expect(answers[0] == answers[2])
      for (one, third) in zip(answers[0], answers[1]) {
        #expect(abs(one - 3 * third) <= 1e-9 * answers[0].largest)
      }
    }
  }
}
