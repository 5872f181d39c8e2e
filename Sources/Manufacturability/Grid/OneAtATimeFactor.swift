internal import LinearAlgebra

/// The systems of a group of designs, factored one after the other by CHOLMOD: the reference, and the way for grids whose factors are too
/// large to stand side by side.
final class OneAtATimeFactor: GroupFactor {
  private final class Lane {
    let matrix: SparseMatrix
    let factor: CholeskyFactor
    let norm: Double

    init(_ matrix: SparseMatrix) throws(FactorizationError) {
      factor = try CholeskyFactor(of: matrix)
      norm = matrix.infinityNorm
      self.matrix = matrix
    }
  }

  private let system: GridOperator
  private let analysis: GridAnalysis
  private let columns: [Int]
  private var lanes: [Lane?] = []
  private(set) var faults: [FactorizationError?] = []

  init(_ system: GridOperator, _ analysis: GridAnalysis, columns: [Int]) {
    self.system = system
    self.analysis = analysis
    self.columns = columns
  }

  func factor(scale: [Double], held: [[Int]]) {
    let width = ScaledElements.laneCount
    var values = [Double](repeating: 0, count: analysis.pattern.entryCount * width)
    var span = values.mutableSpan
    system.elements.assemble(scale: scale, places: analysis.places, into: &span)
    lanes = []
    faults = []
    for (lane, held) in held.enumerated() {
      var own = (0..<analysis.pattern.entryCount).map { values[$0 * width + lane] }
      for unknown in held { for entry in analysis.entries(of: unknown) { own[Int(entry)] = 0 } }
      do throws(FactorizationError) {
        lanes.append(try Lane(SparseMatrix(pattern: analysis.pattern, values: own)))
        faults.append(nil)
      } catch {
        lanes.append(nil)
        faults.append(error)
      }
    }
  }

  func solve(_ vectors: inout [[Double]], tolerance: Double) -> [[SolveQuality]] {
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
    var rest = load
    var error = Double.infinity
    for _ in 0..<4 {
      let step = try lane.factor.solve(rest)
      var next = solution
      for index in next.indices { next[index] += step[index] }
      let product = lane.matrix.multiplied(by: next)
      var nextRest = load
      for index in nextRest.indices { nextRest[index] -= product[index] }
      let scale = lane.norm * largest(next) + largest(load)
      let nextError = scale > 0 ? largest(nextRest) / scale : 0
      // Once round-off decides, a further step may only do harm.
      if !(nextError < error) { break }
      (solution, rest, error) = (next, nextRest, nextError)
      if error < 1e-17 || dot(rest, rest) < loose { break }
    }
    return (
      solution,
      SolveQuality(
        residual: size > 0 ? (dot(rest, rest) / size).squareRoot() : 0, isConverged: error <= 1e-12)
    )
  }

  private func largest(_ values: [Double]) -> Double {
    var result = 0.0
    for value in values { result = max(result, abs(value)) }
    return result
  }
}
