import FiniteElements
import Meshing
import NumericalMethods
import TestSupport
import Testing

@testable import ThermoElasticity

/// A box of `n`³ eight-node cells with edges of length 1.
func unitCube(_ n: Int, _ type: ElementType = .c3d8) -> Mesh {
  var nodes: [SIMD3<Double>] = []
  let step = 1 / Double(n)
  for k in 0...n {
    for j in 0...n {
      for i in 0...n {
        nodes.append(SIMD3(Double(i), Double(j), Double(k)) * step)
      }
    }
  }
  func node(_ i: Int, _ j: Int, _ k: Int) -> Int32 { Int32((k * (n + 1) + j) * (n + 1) + i) }
  var cells: [Int32] = []
  for k in 0..<n {
    for j in 0..<n {
      for i in 0..<n {
        cells += [
          node(i, j, k), node(i + 1, j, k), node(i + 1, j + 1, k), node(i, j + 1, k),
          node(i, j, k + 1), node(i + 1, j, k + 1), node(i + 1, j + 1, k + 1),
          node(i, j + 1, k + 1),
        ]
      }
    }
  }
  return Mesh(
    nodes: nodes, blocks: [CellBlock(shape: .hexahedron8, elementType: type, connectivity: cells)])
}

let steel = Material(
  name: "STEEL", elasticity: .isotropic(.constant(210_000, 0.3)),
  expansion: .init(.constant(1.2e-5)), conductivity: .constant(50))

func model(_ mesh: Mesh, _ material: Material = steel) -> ThermoElasticModel {
  ThermoElasticModel(
    mesh: mesh, materials: [material],
    sections: [Section(cells: (0..<Int32(mesh.cellCount)).map { $0 }, material: 0)])
}

@Suite("Static solves") struct ElasticSystemTests {
  /// Symmetry planes x = 0, y = 0, z = 0.
  static func symmetry(_ mesh: Mesh) -> [PrescribedValue] {
    mesh.nodes.indices.flatMap { node in
      (0..<3).filter { mesh.nodes[node][$0] == 0 }.map {
        PrescribedValue(node: Int32(node), component: $0, value: 0)
      }
    }
  }

  @Test func `a bar in tension has the stress and the contraction of the closed form`() throws {
    let mesh = unitCube(3)
    var loads = MechanicalLoads()
    loads.prescribed = Self.symmetry(mesh)
    for (cell, center) in (0..<27).map({ ($0, $0 % 3) }) where center == 2 {
      loads.pressures.append((Facet(cell: Int32(cell), side: 3), -100))
    }
    let system = try ElasticSystem(model(mesh), held: loads.prescribed)
    let solution = try system.solve(loads)
    for (node, position) in mesh.nodes.enumerated() {
      let expected = SIMD3(position.x, -0.3 * position.y, -0.3 * position.z) * (100 / 210_000)
      #expect((solution.displacement[node] - expected).length < 1e-15)
    }
    for stress in solution.stress.blocks[0].values {
      #expect((stress - SymmetricTensor(xx: 100)).magnitude < 1e-9)
    }
    #expect(abs(solution.strainEnergy - 100 * 100 / 210_000 / 2) < 1e-12)
    #expect(solution.soundness.relativeResidual < 1e-12)
    #expect((solution.soundness.reactionBalance ?? 1) < 1e-9)
  }

  @Test func `a free body that is warmed grows without stress`() throws {
    let mesh = unitCube(2)
    var loads = MechanicalLoads()
    loads.prescribed = Self.symmetry(mesh)
    loads.temperature = mesh.nodes.map { _ in 100 }
    let system = try ElasticSystem(
      model(mesh), held: loads.prescribed, temperature: loads.temperature)
    let solution = try system.solve(loads)
    for (node, position) in mesh.nodes.enumerated() {
      #expect((solution.displacement[node] - 1.2e-3 * position).length < 1e-15)
    }
    // round-off of E α ΔT = 252
    for stress in solution.stress.blocks[0].values { #expect(stress.magnitude < 1e-10) }
  }

  @Test func `an equation ties two faces as one`() throws {
    // All nodes of the face x = 1 move along x as node n, which alone carries the force.
    let mesh = unitCube(2)
    let face = mesh.nodes.indices.filter { mesh.nodes[$0].x == 1 }
    var tied = model(mesh)
    tied.constraints = face.dropFirst().map {
      LinearConstraint([
        .init(node: Int32($0), component: 0, coefficient: 2),
        .init(node: Int32(face[0]), component: 0, coefficient: -2),
      ])
    }
    var loads = MechanicalLoads()
    loads.prescribed = Self.symmetry(mesh)
    loads.forces = [PrescribedValue(node: Int32(face[0]), component: 0, value: 50)]
    let solution = try ElasticSystem(tied, held: loads.prescribed).solve(loads)
    for node in face { #expect(abs(solution.displacement[node].x - 50 / 210_000.0) < 1e-15) }
    for stress in solution.stress.blocks[0].values {
      #expect((stress - SymmetricTensor(xx: 50)).magnitude < 1e-9)
    }
  }

  @Test func `turned nodal axes give the same answer as global ones`() throws {
    let mesh = unitCube(2)
    let c = 0.8, s = 0.6
    var turned = model(mesh)
    let system = CoordinateSystem.rectangular(first: [c, s, 0], second: [-s, c, 0])
    for node in mesh.nodes.indices where mesh.nodes[node].x == 1 {
      turned.nodalAxes[Int32(node)] = system
    }
    var loads = MechanicalLoads()
    loads.prescribed = Self.symmetry(mesh).filter { mesh.nodes[Int($0.node)].x == 0 }
    loads.prescribed = mesh.nodes.indices.filter { mesh.nodes[$0].x == 0 }.flatMap { node in
      (0..<3).map { PrescribedValue(node: Int32(node), component: $0, value: 0) }
    }
    let held = loads.prescribed
    let tip = mesh.nodes.indices.filter { mesh.nodes[$0].x == 1 }
    var local = loads
    for node in tip {
      loads.forces.append(PrescribedValue(node: Int32(node), component: 0, value: 3))
      local.forces.append(PrescribedValue(node: Int32(node), component: 0, value: 3 * c))
      local.forces.append(PrescribedValue(node: Int32(node), component: 1, value: -3 * s))
    }
    let plain = try ElasticSystem(model(mesh), held: held).solve(loads)
    let other = try ElasticSystem(turned, held: held).solve(local)
    for node in mesh.nodes.indices {
      #expect((plain.displacement[node] - other.displacement[node]).length < 1e-15)
    }
  }

  @Test func `the answer has the same bits on one thread and on two`() throws {
    let mesh = unitCube(8)
    var loads = MechanicalLoads()
    loads.prescribed = mesh.nodes.indices.filter { mesh.nodes[$0].x == 0 }.flatMap { node in
      (0..<3).map { PrescribedValue(node: Int32(node), component: $0, value: 0) }
    }
    loads.temperature = mesh.nodes.map { 50 + 30 * $0.x * $0.y }
    let tip = mesh.nodes.indices.filter { mesh.nodes[$0].x == 1 }
    loads.forces = tip.map { PrescribedValue(node: Int32($0), component: 2, value: -1) }
    var answers: [[SIMD3<Double>]] = []
    for threads in [1, 2, 2] {
      let answer = try onThreads(threads) {
        try ElasticSystem(model(mesh), held: loads.prescribed, temperature: loads.temperature)
          .solve(loads)
      }
      answers.append(answer.displacement)
    }
    let same = answers[0] == answers[1] && answers[1] == answers[2]
    #expect(same)
  }
}
