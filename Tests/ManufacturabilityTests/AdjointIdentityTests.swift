import BatchLinearAlgebra
import LinearAlgebra
import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// ⟨A x, y⟩ = ⟨x, Aᵀ y⟩ for every linear map on the way from a design to a value.
@Suite("Maps and their transposes") struct AdjointIdentityTests {
  private func random(_ count: Int, _ seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in 2 * generator.nextUnit() - 1 }
  }

  static let grids = [
    DesignGrid(columns: 9, rows: 7), DesignGrid(columns: 5, rows: 4, layers: 3),
  ]

  @Test("the filter", arguments: grids, [1.5, 2.7])
  func filter(_ grid: DesignGrid, _ radius: Double) {
    for isPeriodic in [false, true] {
      let stencil = ConeStencil(grid, radius: radius, isPeriodic: isPeriodic)
      let (x, y) = (random(grid.elementCount, 1), random(grid.elementCount, 2))
      let (left, right) = (dot(stencil.filtered(x), y), dot(x, stencil.pulledBack(y)))
      // Round-off of sums of some hundred products of size 1.
      #expect(abs(left - right) < 1e-13, "\(left), \(right)")
      // A mean of densities keeps what is the same everywhere.
      for value in stencil.filtered(x.map { _ in 1 }) { #expect(abs(value - 1) < 1e-14) }
    }
  }

  @Test("the way from a design to the constants of the elements", arguments: [false, true])
  func pipeline(isPeriodic: Bool) {
    var problem =
      isPeriodic
      ? SampleProblem.cell()
      : SampleProblem.structure(
        solids: [SampleProblem.steel, SampleProblem.other])
    problem.interpolation = MaterialInterpolation(
      penalty: 2.5, conductivityPenalty: 2, thermalStressPenalty: 1.5, phasePenalty: 3)
    problem.projection = DensityProjection(steepness: 2)
    let pipeline = DesignPipeline(problem, isPeriodic: isPeriodic)
    let design = SampleProblem.densities(problem)
    let x = random(design.count, 3)
    func outputs(_ step: Double) -> [[Double]] {
      let fields = pipeline.fields(of: zip(design, x).map { $0 + step * $1 })
      return [
        fields.filteredDensity, fields.density, fields.lambda, fields.shear, fields.thermalStress,
        fields.conductivity, fields.solid.lambda, fields.solid.shear, fields.solid.thermalStress,
      ]
    }
    let y = (0..<9).map { random(problem.grid.elementCount, 10 + UInt64($0)) }
    let sensitivity = FieldSensitivity(
      filteredDensity: y[0], density: y[1], lambda: y[2], shear: y[3], thermalStress: y[4],
      conductivity: y[5], solidLambda: y[6], solidShear: y[7], solidThermalStress: y[8])
    let back = dot(x, pipeline.designGradient(sensitivity, at: pipeline.fields(of: design)))
    // The linearisation along x by Richardson's central difference: error h⁴ = 1e-12, round-off 1e-15/h.
    func difference(_ h: Double) -> Double {
      let (there, back) = (outputs(h), outputs(-h))
      var sum = 0.0
      for field in y.indices {
        for place in y[field].indices {
          sum += y[field][place] * (there[field][place] - back[field][place]) / (2 * h)
        }
      }
      return sum
    }
    let forth = (4 * difference(5e-4) - difference(1e-3)) / 3
    #expect(agree(forth, back, within: 1e-9), "\(forth), \(back)")
  }

  @Test("the stiffness and the conductivity are symmetric", arguments: grids)
  func matrices(_ grid: DesignGrid) {
    let matrices = ElementMatrices(grid)
    for kind in [GridOperator.Kind.displacement, .temperature] {
      for isPeriodic in [false, true] {
        let system = GridOperator(grid, kind, isPeriodic: isPeriodic, matrices)
        let elements = system.elements
        let width = ScaledElements.laneCount
        let scale = random(elements.cellCount * elements.matrixCount * width, 4).map { 1.5 + $0 }
        let (x, y) = (
          random(system.unknownCount * width, 5), random(system.unknownCount * width, 6)
        )
        func applied(_ vector: [Double]) -> [Double] {
          var force = vector.map { _ in 0.0 }
          elements.apply(scale: scale, displacement: vector, to: &force)
          return force
        }
        let (kx, ky) = (applied(x), applied(y))
        for lane in 0..<width {
          let left = dot(Lanes.lane(lane, of: kx), Lanes.lane(lane, of: y))
          let right = dot(Lanes.lane(lane, of: x), Lanes.lane(lane, of: ky))
          let size = zip(kx, y).reduce(0) { $0 + abs($1.0 * $1.1) }
          // Round-off of the sum's addends.
          #expect(abs(left - right) <= 1e-14 * size, "\(left), \(right)")
        }
      }
    }
  }
}
