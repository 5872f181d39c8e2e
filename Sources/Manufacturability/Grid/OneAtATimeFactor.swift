internal import BatchLinearAlgebra
internal import LinearAlgebra
internal import Parallelism

/// The systems of a group of designs, factored one after the other by CHOLMOD: the reference, and the way for grids whose factors are too
/// large to stand side by side.
final class OneAtATimeFactor: GroupFactor {
  private final class Lane {
    private(set) var matrix: SparseMatrix
    private(set) var factor: CholeskyFactor
    private(set) var norm: Double

    init(_ matrix: SparseMatrix, _ kernel: CholeskyFactor.Kernel) throws(FactorizationError) {
      factor = try CholeskyFactor(of: matrix, kernel: kernel)
      norm = matrix.infinityNorm
      self.matrix = matrix
    }

    /// The factor of other values on the same analysis and memory.
    func update(_ matrix: SparseMatrix) throws(FactorizationError) {
      try factor.update(with: matrix)
      norm = matrix.infinityNorm
      self.matrix = matrix
    }
  }

  private let system: GridOperator
  private let analysis: OneAtATimeAnalysis
  private var columns: [Int] { analysis.columns }
  private let kernel: CholeskyFactor.Kernel
  /// The factors of the last group, by lane.
  private var lanes: [Lane?] = []
  private(set) var faults: [FactorizationError?] = []

  init(
    _ system: GridOperator, _ analysis: OneAtATimeAnalysis, _ kernel: CholeskyFactor.Kernel
  ) {
    self.kernel = kernel
    self.system = system
    self.analysis = analysis
  }

  func factor(scale: [Double], held: [[Int]], crew: Crew) {
    let width = ScaledElements.laneCount
    var values = [Double](repeating: 0, count: analysis.pattern.entryCount * width)
    var span = values.mutableSpan
    system.elements.assemble(scale: scale, places: analysis.places, into: &span)
    let earlier = lanes
    lanes = []
    faults = []
    for (lane, held) in held.enumerated() {
      var laneValues = (0..<analysis.pattern.entryCount).map { values[$0 * width + lane] }
      for unknown in held {
        for entry in analysis.couplings(of: unknown) { laneValues[Int(entry)] = 0 }
      }
      do throws(FactorizationError) {
        let matrix = SparseMatrix(pattern: analysis.pattern, values: laneValues)
        if lane < earlier.count, let known = earlier[lane] {
          try known.update(matrix)
          lanes.append(known)
        } else {
          lanes.append(try Lane(matrix, kernel))
        }
        faults.append(nil)
      } catch {
        lanes.append(nil)
        faults.append(error)
      }
    }
  }

  func solve(_ vectors: inout [[Double]], tolerance: Double, crew: Crew) -> [[SolveQuality]] {
    let width = ScaledElements.laneCount
    var qualities = vectors.map { _ in [SolveQuality](repeating: .init(), count: width) }
    for place in vectors.indices {
      for (lane, system) in lanes.enumerated() {
        guard let system else { continue }
        var load = [Double](repeating: 0, count: columns.count)
        for unknown in load.indices {
          load[columns[unknown]] = vectors[place][unknown * width + lane]
        }
        do throws(FactorizationError) {
          let (solution, quality) = try refined(load, system, tolerance)
          qualities[place][lane] = quality
          for unknown in load.indices {
            vectors[place][unknown * width + lane] = solution[columns[unknown]]
          }
        } catch {
          faults[lane] = error
        }
      }
    }
    return qualities
  }

  /// Solves and refines until round-off decides, or until a tolerance that is looser than 1e-12 is met.
  private func refined(_ load: [Double], _ lane: Lane, _ tolerance: Double)
    throws(FactorizationError) -> ([Double], SolveQuality)
  {
    let size = dot(load, load)
    let loose = tolerance > 1e-12 ? tolerance * tolerance * size : 0
    var solution = [Double](repeating: 0, count: load.count)
    var residual = load
    var error = Double.infinity
    for _ in 0..<4 {
      let step = try lane.factor.solve(residual)
      var next = solution
      for index in next.indices { next[index] += step[index] }
      let product = lane.matrix.multiplied(by: next)
      var nextResidual = load
      for index in nextResidual.indices { nextResidual[index] -= product[index] }
      let scale = lane.norm * largest(next) + largest(load)
      let nextError = scale > 0 ? largest(nextResidual) / scale : 0
      // Once round-off decides, a further step may only do harm.
      if !(nextError < error) { break }
      (solution, residual, error) = (next, nextResidual, nextError)
      if error < 1e-17 || dot(residual, residual) < loose { break }
    }
    return (
      solution,
      SolveQuality(
        residual: size > 0 ? (dot(residual, residual) / size).squareRoot() : 0,
        isConverged: error <= 1e-12)
    )
  }

  private func largest(_ values: [Double]) -> Double {
    var result = 0.0
    for value in values { result = max(result, abs(value)) }
    return result
  }
}
