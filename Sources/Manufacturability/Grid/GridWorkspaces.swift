internal import DesignProblem
internal import LinearAlgebra
internal import Synchronization

/// The analyses of a grid's systems, and factors that are used again: their memory is large, and touching it anew takes as long as factoring.
final class GridWorkspaces: Sendable {
  private let displacement, temperature: GridAnalysis?
  private let free = Mutex<[GridFactorsBox]>([])

  private let kernel: CholeskyFactor.Kernel

  private init(
    _ displacement: GridAnalysis?, _ temperature: GridAnalysis?, _ kernel: CholeskyFactor.Kernel
  ) {
    self.kernel = kernel
    (self.displacement, self.temperature) = (displacement, temperature)
    FreedMemory.keep()
  }

  /// Whether a group's systems are worth the work of several threads as they stand: those factored one at a time share each by themselves.
  var isInterleaved: Bool {
    [displacement, temperature].allSatisfy {
      switch $0 {
      case .batch, nil: true
      case .oneAtATime: false
      }
    }
  }

  /// Lends factors to one thread.
  func withFactors<Result>(_ body: (GridFactors) -> Result) -> Result {
    let box =
      free.withLock { $0.popLast() }
      ?? GridFactorsBox(GridFactors(displacement: displacement, temperature: temperature, kernel))
    defer { free.withLock { $0.append(box) } }
    return body(box.factors)
  }

  private struct Key: Hashable {
    let grid: DesignGrid
    let factorization: EvaluationOptions.Factorization
    let isPeriodic, solvesDisplacements, solvesTemperature, hasFilms: Bool
  }
  private static let known = Mutex<[Key: GridWorkspaces]>([:])

  /// The workspaces for problems like this one, made when they are first asked for.
  static func shared(
    for problem: PreparedProblem, _ factorization: EvaluationOptions.Factorization
  ) throws(FactorizationError) -> GridWorkspaces {
    let key = Key(
      grid: problem.problem.grid, factorization: factorization, isPeriodic: problem.isCell,
      solvesDisplacements: problem.solvesDisplacements || problem.cellStrains,
      solvesTemperature: problem.solvesTemperature || problem.cellConducts,
      hasFilms: problem.solvesTemperature && problem.conduction.hasFilms)
    if let workspaces = known.withLock({ $0[key] }) { return workspaces }
    let isInterleaved = factorization == .automatic
    let made = GridWorkspaces(
      key.solvesDisplacements
        ? try GridAnalysis(problem.displacement, isInterleaved: isInterleaved) : nil,
      key.solvesTemperature
        ? try GridAnalysis(problem.conduction, isInterleaved: isInterleaved) : nil,
      factorization == .cholmod ? .cholmod : .ours)
    known.withLock { $0[key] = made }
    return made
  }
}

/// Factors on their way from one thread to the next: whoever holds the box is alone with them.
final class GridFactorsBox: @unchecked Sendable {
  let factors: GridFactors
  init(_ factors: GridFactors) { self.factors = factors }
}
