import FiniteElements
import LinearAlgebra
import Meshing
import NumericalMethods
import TestSupport
import Testing

@testable import ThermoElasticity

/// One distorted C3D8 whose nodes follow a given even strain, increment after increment.
struct EvenlyStrainedCell {
  let structure: Structure
  var states: MaterialStates
  /// Elastic energy over volume after the last increment.
  private(set) var energyDensity = 0.0

  init(_ law: any MaterialLaw, _ material: Material = steel) throws {
    structure = try Structure(
      model(.distortedPair(.c3d8), material), law: { _, _ in law }, table: { .stiffness($0) })
    states = try structure.initialStates()
  }

  /// The stress at the end of an increment, the same at all points; the increment is accepted.
  mutating func stress(of strain: SymmetricTensor, temperature: Double? = nil) -> SymmetricTensor {
    let displacement = structure.nodes.map { p in
      SIMD3(
        strain.xx * p.x + 2 * strain.xy * p.y, strain.yy * p.y + 2 * strain.yz * p.z,
        strain.zz * p.z + 2 * strain.xz * p.x)
    }
    let response = structure.respond(
      to: displacement, temperature.map { value in structure.nodes.map { _ in value } },
      from: states)
    states = response.states ?? states
    energyDensity =
      response.strainEnergy / response.volume.blocks.flatMap(\.values).reduce(0, +)
    let values = response.stress.blocks.flatMap(\.values)
    for value in values { #expect((value - values[0]).magnitude < 1e-9) }
    return values[0]
  }
}

extension Mesh {
  /// Two cells side by side with crooked sides.
  static func distortedPair(_ type: ElementType) -> Mesh {
    var mesh = Mesh.box(size: [2, 1, 1], divisions: [2, 1, 1], elementType: type)
    for node in mesh.nodes.indices {
      let p = mesh.nodes[node]
      mesh.nodes[node] = p + SIMD3(0.1 * p.y * p.z, 0.05 * p.x * p.z, -0.04 * p.x * p.y)
    }
    return mesh
  }
}

@Suite("Material laws") struct MaterialLawTests {
  /// Which way a metal hardens.
  struct Hardening: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let isotropic: Double
    let kinematic: Double
    var sum: Double { isotropic + kinematic }
    var law: J2Plasticity {
      J2Plasticity(isotropicHardening: isotropic, kinematicHardening: kinematic)
    }
  }

  static let hardenings = [
    Hardening(testDescription: "isotropic", isotropic: 8000, kinematic: 0),
    Hardening(testDescription: "kinematic", isotropic: 0, kinematic: 8000),
    Hardening(testDescription: "both", isotropic: 5000, kinematic: 3000),
  ]

  static let (modulus, ratio, yield) = (200_000.0, 0.3, 250.0)
  /// Round-off of the bulk modulus times a strain of a few per cent, 1e4, in a sum of eight nodes.
  static let roundOff = 1e-9

  /// The strain of a bar under a stress along x, after a plastic strain along x.
  static func bar(_ stress: Double, plastic: Double) -> SymmetricTensor {
    let elastic = stress / modulus
    let across = -ratio * elastic - plastic / 2
    return SymmetricTensor(xx: elastic + plastic, yy: across, zz: across)
  }

  @Test("a bar in tension follows its closed stress-strain curve", arguments: hardenings)
  func tension(_ hardening: Hardening) throws {
    var cell = try EvenlyStrainedCell(hardening.law)
    for stress in [100.0, 249, 251, 300, 420, 600] {
      let plastic = max(0, stress - Self.yield) / hardening.sum
      let answer = cell.stress(of: Self.bar(stress, plastic: plastic))
      #expect((answer - SymmetricTensor(xx: stress)).magnitude < Self.roundOff)
      #expect(abs(cell.energyDensity - stress * stress / Self.modulus / 2) < 1e-12)
    }
    // One large step gives the same: the return is along the radius.
    var single = try EvenlyStrainedCell(hardening.law)
    let answer = single.stress(of: Self.bar(600, plastic: 350 / hardening.sum))
    #expect((answer - SymmetricTensor(xx: 600)).magnitude < Self.roundOff)
  }

  @Test("simple shear follows its closed curve", arguments: hardenings)
  func shear(_ hardening: Hardening) throws {
    var cell = try EvenlyStrainedCell(hardening.law)
    let shear = Self.modulus / (2 * (1 + Self.ratio))
    for angle in [0.001, 0.0018, 0.002, 0.01, 0.03] {
      // τ = G (γ − γp), and √3 τ = yield + h γp/√3 where there is flow.
      let plastic = max(
        0, (shear * angle - Self.yield / 3.0.squareRoot()) / (shear + hardening.sum / 3))
      let answer = cell.stress(of: SymmetricTensor(xy: angle / 2))
      #expect(
        (answer - SymmetricTensor(xy: shear * (angle - plastic))).magnitude < Self.roundOff)
    }
  }

  @Test("a cycle of tension and compression closes as the hardening says", arguments: hardenings)
  func cycle(_ hardening: Hardening) throws {
    var cell = try EvenlyStrainedCell(hardening.law)
    var (plastic, centre, radius) = (0.0, 0.0, Self.yield)
    for (direction, flow) in [(1.0, 0.01), (-1, 0.015), (1, 0.02), (-1, 0.004)] {
      // Elastic up to the other side of the yield surface, which then moves and grows.
      let first = centre + direction * radius
      for stress in [0.5 * first, first - direction * 1e-6] {
        let answer = cell.stress(of: Self.bar(stress, plastic: plastic))
        #expect((answer - SymmetricTensor(xx: stress)).magnitude < Self.roundOff)
      }
      plastic += direction * flow
      centre += direction * hardening.kinematic * flow
      radius += hardening.isotropic * flow
      let last = centre + direction * radius
      let answer = cell.stress(of: Self.bar(last, plastic: plastic))
      #expect((answer - SymmetricTensor(xx: last)).magnitude < Self.roundOff)
    }
  }

  @Test func `a law is asked at the temperature of its point and without thermal strain`() throws {
    let law = J2Plasticity(
      elasticity: MaterialCurve([(20, [200_000, 0.3]), (520, [100_000, 0.3])]),
      yieldStress: MaterialCurve([(20, [250]), (520, [50])]), isotropicHardening: 8000)
    var cell = try EvenlyStrainedCell(law)
    // At 270 halfway down both tables; steel grows by 1.2e-5 per kelvin from 0.
    let (stress, growth) = (210.0, 1.2e-5 * 270)
    let plastic = (stress - 150) / 8000
    let elastic = stress / 150_000
    let across = -0.3 * elastic - plastic / 2 + growth
    let strain = SymmetricTensor(xx: elastic + plastic + growth, yy: across, zz: across)
    let answer = cell.stress(of: strain, temperature: 270)
    #expect((answer - SymmetricTensor(xx: stress)).magnitude < Self.roundOff)
  }

  @Test("below the yield stress the answer is that of linear elasticity, bit for bit")
  func elastic() throws {
    let linear = try Structure(
      model(.distortedPair(.c3d20r)), law: { $0.law(in: $1) }, table: { .stiffness($0) })
    let law = J2Plasticity(elasticity: .constant(210_000, 0.3))
    let metal = try Structure(
      model(.distortedPair(.c3d20r)), law: { _, _ in law }, table: { .stiffness($0) })
    let displacement = linear.nodes.map { 1e-4 * SIMD3($0.x * $0.y, $0.z, $0.x * $0.x) }
    let expected = linear.respond(to: displacement, nil)
    let answer = metal.respond(to: displacement, nil, from: try metal.initialStates())
    #expect(answer.force == expected.force)
    #expect(answer.stress.blocks[0].values == expected.stress.blocks[0].values)
    #expect(answer.strainEnergy == expected.strainEnergy)
    #expect(expected.states == nil)
  }

  @Test("a state that is not accepted leaves no trace")
  func trial() throws {
    var cell = try EvenlyStrainedCell(Self.hardenings[0].law)
    let before = cell.states
    let first = cell.stress(of: Self.bar(400, plastic: 0.01))
    cell.states = before
    #expect(cell.stress(of: Self.bar(400, plastic: 0.01)) == first)
  }

  @Test("the tangent is the derivative of the stress", arguments: hardenings)
  func tangent(_ hardening: Hardening) {
    let law = hardening.law
    let point = MaterialPoint(temperature: 20, position: .zero)
    var state = law.initialState
    func stress(_ strain: SymmetricTensor) -> (SymmetricTensor, ElasticityMatrix) {
      var (copy, tangent) = (state, law.elasticity(at: point))
      return (law.stress(of: strain, at: point, state: &copy, tangent: &tangent), tangent)
    }
    // A first increment of another direction, so that flow and strain are not parallel.
    var unused = law.elasticity(at: point)
    _ = law.stress(
      of: SymmetricTensor(xx: 0.004, yy: -0.001, xy: 0.003), at: point, state: &state,
      tangent: &unused)
    let strain = SymmetricTensor(xx: -0.002, yy: 0.006, zz: 0.001, xy: 0.002, xz: -0.003, yz: 0.001)
    let direction = SymmetricTensor(xx: 0.3, yy: -0.7, zz: 0.2, xy: 0.5, xz: 0.4, yz: -0.6)
    let (value, tangent) = stress(strain)
    // What a first-order expansion leaves is of second order: a hundredth for a tenth of the step.
    let left = [1e-4, 1e-5].map { step in
      (stress(strain + step * direction).0 - value - step * (tangent * direction)).magnitude
    }
    #expect(left[0] > 0 && abs(left[0] / left[1] - 100) < 5)
    for row in 0..<6 {
      for column in 0..<row { #expect(tangent[row, column] == tangent[column, row]) }
    }
  }

  /// Both kinds of plane-stress cells apart, all tables whose strain is that of the nodes.
  static let tables = ElementType.allCases.filter { $0 != .c3d8i }.map {
    $0.theory == .planeStress ? ElementTable.sheet($0) : ElementTable.stiffness($0)
  }

  @Test("the tangent stiffness is the derivative of the nodal forces", arguments: tables)
  func stiffness(_ table: ElementTable) throws {
    let mesh = Mesh.unitBlock(of: table.type, divisions: 1).smoothlyDistorted()
    let structure = try Structure(
      model(mesh), law: { _, _ in Self.hardenings[2].law }, table: { _ in table })
    func displacement(_ seed: Double) -> [SIMD3<Double>] {
      structure.nodes.indices.map { node in
        let phase = seed + 2.4 * Double(node)
        return [phase.sine, (phase + 1).sine, table.axisCount == 3 ? (phase + 2).sine : 0]
      }
    }
    // Strains of a per cent or two, from a state that has already flowed another way.
    let before = structure.respond(
      to: displacement(1).map { 0.004 * $0 }, nil, from: try structure.initialStates())
    let states = try #require(before.states)
    let place = displacement(2).map { 0.01 * $0 }
    let direction = displacement(3)
    func force(_ step: Double) -> [SIMD3<Double>] {
      structure.respond(
        to: zip(place, direction).map { $0 + step * $1 }, nil, from: states
      ).force
    }
    let map = try structure.freeMap()
    let product = try structure.tangentStiffness(map, at: place, nil, from: states)
      .multiplied(by: map.gathered(structure.components(of: direction)))
    let step = 1e-7
    let difference = zip(force(step), force(-step)).map { ($0 - $1) / (2 * step) }
    let expected = map.gathered(structure.components(of: difference))
    let scale = expected.map(abs).max() ?? 0
    // Round-off 1e-16 of forces of a few per cent of E, over the step.
    for (a, b) in zip(product, expected) { #expect(abs(a - b) < 1e-7 * scale) }
  }

  @Test(
    "Newton's method converges quadratically over two cells, and only with the consistent tangent")
  func newton() throws {
    /// The order of each iteration, as long as round-off of the forces is far away.
    func orders(_ law: J2Plasticity) throws -> [Double] {
      let residuals = try NewtonLoop(law).residuals(pull: 330, bend: 25)
      let logs: [Double] = residuals.filter { $0 > 1e-11 * residuals[0] }.map(\.logarithm)
      let falls: [Double] = zip(logs.dropFirst(), logs).map { $0 - $1 }
      return zip(falls.dropFirst(), falls).map { $0 / $1 }
    }
    var law = Self.hardenings[2].law
    let consistent = try orders(law)
    law.usesContinuumTangent = true
    let continuum = try orders(law)
    // The last iterations are near enough to the solution to show the order.
    #expect((consistent.last ?? 0) > 1.8, "\(consistent)")
    #expect((continuum.last ?? 2) < 1.3, "\(continuum)")
  }

  @Test("a law that is not linear is refused where an element finds strain from linear elasticity")
  func hiddenStrain() throws {
    for type in [ElementType.cps4, .cps8r, .c3d8i] {
      let mesh = Mesh.unitBlock(of: type, divisions: 1)
      let structure = try Structure(
        model(mesh), law: { _, _ in J2Plasticity() }, table: { .stiffness($0) })
      #expect(throws: SolveError.lawNeedsAllStrains(material: "STEEL", type: type.rawValue)) {
        try structure.initialStates()
      }
      #expect(throws: Never.self) {
        try Structure(mechanics: model(mesh), SolveOptions()).initialStates()
      }
    }
  }
}
