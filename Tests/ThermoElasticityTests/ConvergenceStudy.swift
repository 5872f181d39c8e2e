import FiniteElements
import Meshing
import NumericalMethods
import TestSupport

@testable import ThermoElasticity

/// A manufactured field solved on one mesh, and how far the answer is from it.
struct ManufacturedSolve {
  let type: ElementType
  let mesh: Mesh
  let rule: CellQuadrature

  /// On a smoothly distorted unit block with so many cells along an edge.
  init(_ type: ElementType, divisions: Int) {
    self.init(type, Mesh.unitBlock(of: type, divisions: divisions).smoothlyDistorted())
  }

  /// On a mesh of one block of cells.
  init(_ type: ElementType, _ mesh: Mesh) {
    self.type = type
    self.mesh = mesh
    rule = CellQuadrature(type, pointsPerAxis: type.shape.isQuadratic ? 4 : 3)
  }

  /// Errors of one solve in two norms.
  struct Errors {
    /// √∫(u − uₕ)², or of temperatures.
    var meanSquare = 0.0
    /// The norm of the exact field that ``meanSquare`` is a part of.
    var meanSquareScale = 0.0
    /// √∫(σ − σₕ) : C⁻¹ (σ − σₕ), or of heat flux √∫k(∇T − ∇Tₕ)².
    var energy = 0.0
    /// The norm of the exact field that ``energy`` is a part of.
    var scale = 0.0
  }

  private func nodes(ofCell cell: Int) -> [Int] { mesh.blocks[0].nodes(of: cell).map { Int($0) } }

  /// Solves for each of the given fields.
  ///
  /// - Parameter temperature: Of every node; the fields' own where none are given.
  func solve(
    _ fields: [ManufacturedField], temperature: [Double]? = nil
  ) throws -> [ElasticSolution] {
    let boundary = mesh.boundaryNodes
    let held = boundary.flatMap { node in
      (0..<type.axisCount).map { PrescribedValue(node: node, component: $0, value: 0) }
    }
    let system = try ElasticSystem(model(mesh), held: held)
    return try fields.map { field in
      var loads = MechanicalLoads()
      loads.prescribed = held.map {
        PrescribedValue(
          node: $0.node, component: $0.component,
          value: field.displacement(mesh.nodes[Int($0.node)])[$0.component])
      }
      var forces = [SIMD3<Double>](repeating: .zero, count: mesh.nodes.count)
      for cell in 0..<mesh.cellCount {
        let members = nodes(ofCell: cell)
        rule.forEachPoint(of: members.map { mesh.nodes[$0] }) { place in
          let push = place.volume * field.bodyForce(place.position)
          for (local, node) in members.enumerated() { forces[node] += place.values[local] * push }
        }
      }
      loads.forces = forces.indices.flatMap { node in
        (0..<type.axisCount).map {
          PrescribedValue(node: Int32(node), component: $0, value: forces[node][$0])
        }
      }
      loads.temperature = temperature ?? mesh.nodes.map { field.temperature($0) }
      return try system.solve(loads)
    }
  }

  /// How points of the element make a field inside the cell: rule points times element points.
  private var pointShares: [[Double]] {
    let extrapolation = Extrapolation.nodes(of: type)
    return rule.functions.map { functions in
      (0..<extrapolation.pointCount).map { point in
        functions.values.indices.reduce(0.0) {
          $0 + functions.values[$1] * extrapolation.matrix[$1 * extrapolation.pointCount + point]
        }
      }
    }
  }

  /// The errors of a static solve.
  ///
  /// The stress inside a cell is that of its displacement gradients and of the thermal strain its points have; that of
  /// elements with hidden modes is what their points have.
  func errors(of solution: ElasticSolution, _ field: ManufacturedField) -> Errors {
    var sums = Errors()
    let shares = pointShares
    let pointCount = solution.stress.blocks[0].pointCount
    let readsPoints = type.traits.formulation != .isoparametric
    for cell in 0..<mesh.cellCount {
      let members = nodes(ofCell: cell)
      let moved = members.map { solution.displacement[$0] }
      let stresses = Array(solution.stress.blocks[0][cell: cell])
      let thermal = zip(
        solution.strain.blocks[0][cell: cell], solution.mechanicalStrain.blocks[0][cell: cell]
      ).map { $0.xx - $1.xx }
      rule.forEachPoint(of: members.map { mesh.nodes[$0] }) { place in
        let miss = place.value(of: moved) - field.displacement(place.position)
        let there = field.displacement(place.position)
        sums.meanSquare += place.volume * miss.dot(miss)
        sums.meanSquareScale += place.volume * there.dot(there)
        let share = shares[place.point]
        var stress = SymmetricTensor.zero
        if readsPoints {
          for point in 0..<pointCount { stress = stress + share[point] * stresses[point] }
        } else {
          let (x, y, z) = (
            gradient(moved, 0, place), gradient(moved, 1, place), gradient(moved, 2, place)
          )
          let strain = SymmetricTensor(
            xx: x.x, yy: y.y,
            zz: type.theory == .axisymmetric
              ? place.value(of: moved).x / place.position.x : z.z,
            xy: (x.y + y.x) / 2, xz: (x.z + z.x) / 2, yz: (y.z + z.y) / 2)
          let warm = zip(share, thermal).reduce(0.0) { $0 + $1.0 * $1.1 }
          stress = ManufacturedField.stress(strain, thermal: warm, type.theory)
        }
        let exact = field.stress(place.position)
        sums.energy += place.volume * ManufacturedField.energy(stress - exact)
        sums.scale += place.volume * ManufacturedField.energy(exact)
      }
    }
    return sums.roots
  }

  private func gradient(
    _ moved: [SIMD3<Double>], _ axis: Int, _ place: CellQuadrature.Place
  ) -> SIMD3<Double> {
    var sum = SIMD3<Double>.zero
    for node in moved.indices { sum += moved[node][axis] * place.gradients[node] }
    return sum
  }

  /// The temperatures of steady conduction with the sources and boundary of a field.
  func temperature(_ field: ManufacturedField) throws -> [Double] {
    var loads = ThermalLoads()
    loads.prescribed = mesh.boundaryNodes.map {
      PrescribedValue(node: $0, component: 0, value: field.temperature(mesh.nodes[Int($0)]))
    }
    var flows = [Double](repeating: 0, count: mesh.nodes.count)
    for cell in 0..<mesh.cellCount {
      let members = nodes(ofCell: cell)
      rule.forEachPoint(of: members.map { mesh.nodes[$0] }) { place in
        let power = place.volume * field.heatSource(place.position)
        for (local, node) in members.enumerated() { flows[node] += place.values[local] * power }
      }
    }
    loads.flows = flows.enumerated().map { (Int32($0), $1) }
    return try HeatSystem(model(mesh)).solve(loads).temperature
  }

  /// The errors of steady conduction.
  func heatErrors(_ field: ManufacturedField) throws -> Errors {
    let temperature = try temperature(field)
    var sums = Errors()
    for cell in 0..<mesh.cellCount {
      let members = nodes(ofCell: cell)
      let warm = members.map { temperature[$0] }
      rule.forEachPoint(of: members.map { mesh.nodes[$0] }) { place in
        let miss = place.value(of: warm) - field.temperature(place.position)
        var slope = SIMD3<Double>.zero
        for node in warm.indices { slope += warm[node] * place.gradients[node] }
        let exact = field.temperatureGradient(place.position)
        let difference = slope - exact
        sums.meanSquare += place.volume * miss * miss
        sums.energy += place.volume * 50 * difference.dot(difference)
        sums.scale += place.volume * 50 * exact.dot(exact)
      }
    }
    return sums.roots
  }
}

extension ManufacturedSolve.Errors {
  fileprivate var roots: Self {
    Self(
      meanSquare: meanSquare.squareRoot(), meanSquareScale: meanSquareScale.squareRoot(),
      energy: energy.squareRoot(), scale: scale.squareRoot())
  }
}
