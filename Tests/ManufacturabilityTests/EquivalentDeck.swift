import DesignProblem
import Manufacturability
import Meshing
import NumericalMethods
import ThermoElasticity

/// The mesh, materials, loads and supports that a deck would describe for a design of solid and of void alone, and what the deck's solver
/// (`ThermoElasticity`, behind `gcgan-solve`) answers.
///
/// Every element of the grid is a CPS4 of the grid's thickness, or a C3D8; passive void has the solid's constants times the void's ratios.
/// No code of the room under test computes a number here: regions are looked up by it, no more.
struct EquivalentDeck {
  /// What the deck's solver says of one load case.
  struct Answer {
    var displacement: [SIMD3<Double>]
    /// f·u, thermal forces among f.
    var compliance: Double
    /// Of each element's mean stress over its points, place by place as in the image.
    var vonMises: [Double]
  }
  let problem: ManufacturabilityProblem
  let model: ThermoElasticModel
  let isVoid: [Bool]
  /// Temperatures of the nodes above the stress-free one; `nil` where nothing is warmed.
  let temperatureRise: [Double]?
  /// Temperatures of the nodes with conduction.
  let temperature: [Double]

  init(_ problem: ManufacturabilityProblem) throws {
    let grid = problem.grid
    let solid = problem.solids[0]
    var isVoid = [Bool](repeating: false, count: grid.elementCount)
    for region in problem.passive where region.filling == .void {
      for element in grid.elements(in: region.region) { isVoid[element] = true }
    }
    let nodes = (0..<grid.nodeCount).map { node in
      let at = grid.position(ofNode: node).map { Double($0) * grid.pixelSize } + [0]
      return SIMD3(at[0], at[1], at[2])
    }
    let mesh = Mesh(
      nodes: nodes,
      blocks: [
        CellBlock(
          shape: grid.isPlane ? .quadrilateral4 : .hexahedron8,
          elementType: grid.isPlane ? .cps4 : .c3d8,
          connectivity: (0..<grid.elementCount).flatMap {
            grid.nodes(ofElement: $0).map(Int32.init)
          })
      ])
    func material(_ name: String, _ stiffness: Double, _ conductivity: Double) -> Material {
      Material(
        name: name,
        elasticity: .isotropic(.constant(stiffness * solid.youngsModulus, solid.poissonsRatio)),
        expansion: .init(.constant(solid.expansion)),
        conductivity: .constant(conductivity * solid.conductivity))
    }
    model = ThermoElasticModel(
      mesh: mesh,
      materials: [
        material("SOLID", 1, 1),
        material("VOID", problem.void.stiffnessRatio, problem.void.conductivityRatio),
      ],
      sections: [false, true].enumerated().map { place, void in
        Section(
          cells: (0..<Int32(isVoid.count)).filter { isVoid[Int($0)] == void }, material: place,
          thickness: grid.thickness)
      })
    self.problem = problem
    self.isVoid = isVoid
    var temperature: [Double] = []
    if let heat = problem.heat {
      var loads = ThermalLoads()
      for sink in heat.sinks {
        loads.prescribed += grid.nodes(in: sink.region).map {
          PrescribedValue(node: Int32($0), component: 0, value: sink.temperature)
        }
      }
      for source in heat.sources {
        let nodes = grid.nodes(in: source.region)
        loads.flows += nodes.map { (Int32($0), source.power / Double(nodes.count)) }
      }
      let mesh = model.mesh
      for film in heat.films {
        let members = Set(grid.nodes(in: film.region).map(Int32.init))
        loads.films += mesh.boundaryFacets().filter { facet in
          mesh.sideNodes(of: facet).allSatisfy { members.contains($0) }
        }.map { ($0, film.ambient, film.coefficient) }
      }
      temperature = try HeatSystem(model).solve(loads).temperature
    }
    self.temperature = temperature
    temperatureRise =
      problem.isWarmed
      ? (0..<grid.nodeCount).map { node in
        problem.temperatureChange
          + (temperature.isEmpty
            ? 0 : temperature[node] - (problem.heat?.stressFreeTemperature ?? 0))
      } : nil
  }

  /// What `ElasticSystem` answers to forces, with the temperatures or without; forces `nil` for temperatures alone.
  func answer(_ loadCase: LoadCase?) throws -> Answer {
    let grid = problem.grid
    var loads = MechanicalLoads()
    for support in problem.supports {
      for node in grid.nodes(in: support.region) {
        for axis in support.axes {
          loads.prescribed.append(
            PrescribedValue(node: Int32(node), component: axis.index, value: 0))
        }
      }
    }
    var applied = [SIMD3<Double>](repeating: .zero, count: grid.nodeCount)
    for load in loadCase?.loads ?? [] {
      let force = SIMD3(load.force[0], load.force[1], load.force.count > 2 ? load.force[2] : 0)
      let nodes = grid.nodes(in: load.region)
      switch load.sharing {
      case .even:
        for node in nodes { applied[node] += force / Double(nodes.count) }
      case .uniform:
        let members = Set(nodes.map(Int32.init))
        let facets = model.mesh.boundaryFacets().filter {
          model.mesh.sideNodes(of: $0).allSatisfy { members.contains($0) }
        }
        let side = grid.pixelSize * (grid.isPlane ? grid.thickness : grid.pixelSize)
        loads.tractions += facets.map { ($0, force / (side * Double(facets.count))) }
      }
    }
    loads.forces = applied.enumerated().flatMap { node, force in
      (0..<3).filter { force[$0] != 0 }.map {
        PrescribedValue(node: Int32(node), component: $0, value: force[$0])
      }
    }
    let isWarm = loadCase?.isWarm ?? true
    loads.temperature = isWarm ? temperatureRise : nil
    let solution = try ElasticSystem(model, held: loads.prescribed, temperature: loads.temperature)
      .solve(loads)
    // u·K u = ∫ ε : (σ + β θ 1) dV, with ∫ ε : σ dV = internal forces · u and β θ = C : α θ the stress of the temperature rise held back.
    var compliance = zip(solution.internalForce, solution.displacement).reduce(0) {
      let product = $1.0 * $1.1
      return $0 + product.x + product.y + product.z
    }
    let solid = problem.solids[0]
    let (ν, E) = (solid.poissonsRatio, solid.youngsModulus)
    let β = solid.expansion * E / (grid.isPlane ? 1 - ν : 1 - 2 * ν)
    let points = solution.stress.blocks[0].pointCount
    let vonMises = (0..<grid.elementCount).map { element -> Double in
      if let field = loads.temperature {
        let corners = grid.nodes(ofElement: element)
        let θ = corners.reduce(0) { $0 + field[$1] } / Double(corners.count)
        for point in element * points..<(element + 1) * points {
          let strain = solution.strain.blocks[0].values[point]
          let growth = strain.xx + strain.yy + (grid.isPlane ? 0 : strain.zz)
          compliance +=
            (isVoid[element] ? problem.void.stiffnessRatio : 1) * β * θ * growth
            * solution.pointVolume.blocks[0].values[point]
        }
      }
      let sum = solution.stress.blocks[0][cell: element].reduce(SymmetricTensor.zero, +)
      return ((1 / Double(points)) * sum).vonMises
    }
    return Answer(
      displacement: solution.displacement, compliance: compliance, vonMises: vonMises)
  }
}

/// Whether two numbers agree to a part of the larger.
func agree(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  abs(a - b) <= tolerance * max(abs(a), abs(b))
}
