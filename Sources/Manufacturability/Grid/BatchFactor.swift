internal import BatchLinearAlgebra
internal import LinearAlgebra
internal import Parallelism

/// The systems of a group of designs, factored side by side.
final class BatchFactor: GroupFactor {
  private let system: GridOperator
  private var solver: BatchSolver
  private var packed: [Double] = []

  init(_ system: GridOperator, _ analysis: BatchAnalysis) {
    self.system = system
    solver = BatchSolver(analysis)
  }

  var faults: [FactorizationError?] {
    solver.laneStatus.map {
      if case .failed(let error) = $0 { error } else { nil }
    }
  }

  func factor(scale: [Double], held: [[Int]], crew: Crew) {
    solver.setMatrices(scale: scale, held: held)
    solver.factor(laneCount: held.count, crew: crew)
  }

  func solve(_ vectors: inout [[Double]], tolerance: Double, crew: Crew) -> [[SolveQuality]] {
    let (count, size) = (vectors.count, system.unknownCount)
    if count == 1 {
      return qualities(solver.solve(&vectors[0], count: 1, tolerance: tolerance, crew: crew))
    }
    // [unknown][right-hand side][8]
    let length = count * size * Lanes.count
    if packed.count != length { packed = Array(repeating: 0, count: length) }
    for place in vectors.indices {
      let vector = vectors[place]
      var packed = packed.mutableSpan
      for unknown in 0..<size {
        for lane in 0..<Lanes.count {
          packed[(unknown * count + place) * Lanes.count + lane] =
            vector[unknown * Lanes.count + lane]
        }
      }
    }
    let report = solver.solve(&packed, count: count, tolerance: tolerance, crew: crew)
    for place in vectors.indices {
      var vector = vectors[place].mutableSpan
      let packed = packed.span
      for unknown in 0..<size {
        for lane in 0..<Lanes.count {
          vector[unknown * Lanes.count + lane] =
            packed[(unknown * count + place) * Lanes.count + lane]
        }
      }
    }
    return qualities(report)
  }

  private func qualities(_ report: BatchSolveReport) -> [[SolveQuality]] {
    (0..<report.count).map { place in
      (0..<Lanes.count).map { lane in
        let entry = place * Lanes.count + lane
        return SolveQuality(
          residual: report.relativeResiduals[entry], isConverged: report.isConverged[entry])
      }
    }
  }
}
