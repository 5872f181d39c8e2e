import Foundation
import Meshing
import NumericalMethods
import TestSupport
import Testing

@testable import ThermoElasticity

@Suite("Error estimate") struct ErrorEstimateTests {
  /// How far from 1 the estimated over the true error may be, at each refinement.
  ///
  /// Theory has it approach 1 where stresses are smooth. The most found is 0.14 (C3D20), but for quadrilaterals of
  /// revolution, whose polynomials on the boundary lack a square that their stresses have: 0.41, 0.23, 0.15.
  static func slack(_ type: ElementType) -> [Double] {
    [.cax8, .cax8r].contains(type) ? [0.45, 0.25, 0.2] : [0.2, 0.2, 0.2]
  }

  @Test(
    "the error of a smooth solution is estimated to a fifth, and falls by its order",
    arguments: ElementType.allCases)
  func effectivity(_ type: ElementType) throws {
    let fields = [0.0, 100].map { ManufacturedField(theory: type.theory, warmth: $0) }
    var estimates: [[Double]] = [[], []]
    for (level, divisions) in ManufacturedSolutionTests.refinements(type).enumerated() {
      let solve = ManufacturedSolve(type, divisions: divisions)
      for (place, solution) in try solve.solve(fields).enumerated() {
        let errors = solve.errors(of: solution, fields[place])
        let estimate = try ErrorEstimate(model(solve.mesh), solution)
        let norm = (2 * estimate.energy).squareRoot()
        let relative = errors.energy / errors.scale
        #expect(abs(norm / errors.energy - 1) < Self.slack(type)[level])
        #expect(abs(estimate.relativeError / relative - 1) < Self.slack(type)[level])
        estimates[place].append(norm)
      }
    }
    // An effectivity that still changes by 0.15 between two meshes takes log₂ 1.2 = 0.26 off the order (C3D20).
    let degree = type.shape.isQuadratic ? 2.0 : 1.0
    for estimates in estimates {
      #expect(abs(log2(estimates[1] / estimates[2]) - degree) < 0.3)
    }
  }

  /// A model whose nodes all move by a linear displacement.
  static func uniformlyStrained(
    _ model: ThermoElasticModel, _ type: ElementType, temperature: [Double]? = nil
  ) throws -> ErrorEstimate {
    var loads = MechanicalLoads()
    loads.prescribed = model.mesh.nodes.indices.flatMap { node in
      let value = PatchTests.linearField(type, at: model.mesh.nodes[node])
      return (0..<type.axisCount).map {
        PrescribedValue(node: Int32(node), component: $0, value: value[$0])
      }
    }
    loads.temperature = temperature
    let solution = try ElasticSystem(model, held: loads.prescribed, temperature: temperature)
      .solve(loads)
    #expect(solution.strainEnergy > 0)
    return try ErrorEstimate(model, solution, temperature: temperature)
  }

  /// Every element that can hold a uniform stress; C3D8R and its like hold it where all nodes are prescribed.
  @Test("a uniform stress has no error", arguments: ElementType.allCases.filter { $0 != .c3d8i })
  func uniform(_ type: ElementType) throws {
    #expect(try Self.uniformlyStrained(model(PatchTests.distorted(type)), type).relativeError == 0)
  }

  @Test("a body that grows freely has no error", arguments: PatchTests.exact)
  func growth(_ type: ElementType) throws {
    let mesh = PatchTests.distorted(type)
    var loads = MechanicalLoads()
    loads.prescribed = PatchTests.lightlyHeld(type, mesh)
    loads.temperature = mesh.nodes.map { _ in 100 }
    let solution = try ElasticSystem(
      model(mesh), held: loads.prescribed, temperature: loads.temperature
    ).solve(loads)
    #expect(try ErrorEstimate(model(mesh), solution).relativeError == 0)
  }

  @Test(
    "a body without stress has no error", arguments: ElementType.allCases,
    BalanceTests.Stressless.allCases.filter { $0 != .squeezed })
  func stressless(_ type: ElementType, _ state: BalanceTests.Stressless) throws {
    // Those whose stress is zero on parallelepipeds alone; plane strain restrains growth across.
    let mesh =
      PatchTests.skewOnly.contains(type)
      ? Mesh.unitBlock(of: type, divisions: 3) : PatchTests.distorted(type)
    let loads = BalanceTests.loads(state, type, mesh)
    let solution = try ElasticSystem(
      model(mesh), held: loads.prescribed, temperature: loads.temperature
    ).solve(loads)
    let estimate = try ErrorEstimate(model(mesh), solution, temperature: loads.temperature)
    #expect(estimate.relativeError == 0)
    guard type.theory != .planeStrain || loads.temperature == nil else { return }
    #expect(estimate.energy == 0)
    #expect(estimate.cellEnergy.allSatisfy { $0 == 0 })
  }

  @Test func `a stress has its error however far the body moves`() throws {
    let mesh = Mesh.unitBlock(of: .cps4, divisions: 8)
    // Strains of 5e-4 in a body that moves by up to 10⁴ times its size.
    let errors = try [0.0, 1, 1e4].map { distance in
      var loads = MechanicalLoads()
      loads.prescribed = mesh.nodes { $0.y == 0 }.flatMap { node in
        (0..<2).map { PrescribedValue(node: node, component: $0, value: distance) }
      }
      loads.pressures = (mesh.surfaces["top"] ?? []).map { ($0, -100) }
      let solution = try ElasticSystem(model(mesh), held: loads.prescribed).solve(loads)
      return try ErrorEstimate(model(mesh), solution).relativeError
    }
    #expect(errors[0] > 1e-3)
    // Displacements of 10⁴ keep 10⁻¹² of a cell's size, 10⁻⁹ of its strains.
    for error in errors { #expect(abs(error / errors[0] - 1) < 1e-6) }
  }

  /// A block in two halves, split by the number of the cell.
  static func halves(_ type: ElementType, _ materials: [Material], _ sections: (Section, Section))
    -> ThermoElasticModel
  {
    let mesh = PatchTests.distorted(type)
    let half = Int32(mesh.cellCount / 2)
    var (first, second) = sections
    first.cells = Array(0..<half)
    second.cells = Array(half..<Int32(mesh.cellCount))
    return ThermoElasticModel(mesh: mesh, materials: materials, sections: [first, second])
  }

  static let several: [ElementType] = [.cps4, .cps8r, .cpe6, .cax8, .c3d4, .c3d8, .c3d10, .c3d20r]

  @Test("a stress that jumps between materials is no error", arguments: several)
  func interface(_ type: ElementType) throws {
    let soft = Material(name: "SOFT", elasticity: .isotropic(.constant(3_000, 0.4)))
    let two = Self.halves(
      type, [steel, soft], (Section(cells: [], material: 0), Section(cells: [], material: 1)))
    #expect(try Self.uniformlyStrained(two, type).relativeError == 0)
    // What the test would see if materials were not told apart.
    var other = two
    other.materials[1] = Material(name: "STEEL", elasticity: .isotropic(.constant(100_000, 0.3)))
    #expect(try Self.uniformlyStrained(other, type).relativeError == 0)
  }

  @Test(
    "a stress that jumps between orientations of a material is no error",
    arguments: [
      ElementType.cps4, .cps8r, .c3d8, .c3d10, .c3d20r,
    ])
  func orientations(_ type: ElementType) throws {
    let ply = Material(
      name: "PLY",
      elasticity: .engineeringConstants(
        .constant(140_000, 10_000, 10_000, 0.3, 0.3, 0.4, 5_000, 5_000, 3_500)))
    let turned = CoordinateSystem.rectangular(first: [0.6, 0.8, 0], second: [-0.8, 0.6, 0])
    let plies = Self.halves(
      type, [ply],
      (
        Section(cells: [], material: 0),
        Section(cells: [], material: 0, orientation: turned)
      ))
    #expect(try Self.uniformlyStrained(plies, type).relativeError == 0)
  }

  @Test("constants that change with temperature are those of each cell", arguments: several)
  func temperatureDependence(_ type: ElementType) throws {
    let tired = Material(
      name: "TIRED",
      elasticity: .isotropic(MaterialCurve([(0, [200_000, 0.3]), (100, [100_000, 0.3])])))
    let mesh = PatchTests.distorted(type)
    let warm = [Double](repeating: 60, count: mesh.nodes.count)
    #expect(
      try Self.uniformlyStrained(model(mesh, tired), type, temperature: warm).relativeError == 0)
    // Half as stiff at one end, the strain still uniform: the stress varies smoothly, and linear cells of constant
    // temperature see it in steps, quadratic ones hardly.
    let rising = mesh.nodes.map { 100 * $0.y }
    let estimate = try Self.uniformlyStrained(model(mesh, tired), type, temperature: rising)
    if type.shape.isQuadratic {
      #expect(estimate.relativeError < 0.02)
    } else {
      #expect(estimate.relativeError > 0.01 && estimate.relativeError < 0.15)
    }
  }

  @Test(
    "the cell at the end of a clamp has the largest error",
    arguments: [ElementType.cps4, .cps8r, .cpe3])
  func singularity(_ type: ElementType) throws {
    let mesh = Mesh.unitBlock(of: type, divisions: 8)
    var loads = MechanicalLoads()
    loads.prescribed = mesh.nodes { $0.y == 0 && $0.x <= 0.5 }.flatMap { node in
      (0..<2).map { PrescribedValue(node: node, component: $0, value: 0) }
    }
    loads.pressures = (mesh.surfaces["top"] ?? []).map { ($0, -100) }
    let solution = try ElasticSystem(model(mesh), held: loads.prescribed).solve(loads)
    let estimate = try ErrorEstimate(model(mesh), solution)
    let worst = estimate.cellEnergy.indices.max {
      estimate.cellEnergy[$0] < estimate.cellEnergy[$1]
    }
    let corners = mesh.blocks[0].nodes(of: try #require(worst)).map { mesh.nodes[Int($0)] }
    #expect(corners.contains([0.5, 0, 0]))
    #expect(estimate.relativeError > 0.02 && estimate.relativeError < 0.5)
  }

  @Test(
    "a plate one cell thick has no corner inside, and still an estimate",
    arguments: [
      ElementType.c3d8, .c3d8i, .c3d6, .c3d4, .c3d10, .c3d15, .c3d20, .c3d20r,
    ])
  func plate(_ type: ElementType) throws {
    let field = ManufacturedField(theory: .solid, warmth: 100)
    let mesh = Mesh.box(size: [1, 1, 0.25], divisions: [6, 6, 1], elementType: type)
    let solve = ManufacturedSolve(type, mesh)
    let solution = try solve.solve([field])[0]
    let errors = solve.errors(of: solution, field)
    let estimate = try ErrorEstimate(model(mesh), solution)
    let effectivity = (2 * estimate.energy).squareRoot() / errors.energy
    #expect(effectivity > 0.75 && effectivity < 1.25)
  }

  @Test func `the estimate has the same bits on one thread and on two`() throws {
    let field = ManufacturedField(theory: .solid, warmth: 100)
    let solve = ManufacturedSolve(.c3d20r, divisions: 4)
    let solution = try solve.solve([field])[0]
    let estimates = try [1, 2].map { threads in
      try onThreads(threads) { try ErrorEstimate(model(solve.mesh), solution).cellEnergy }
    }
    #expect(estimates[0] == estimates[1])
  }
}
