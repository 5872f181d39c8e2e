internal import LinearAlgebra
internal import Synchronization

/// The analyses of a grid's systems, and factors that are used again: their memory is large, and touching it anew takes as long as factoring.
final class GridWorkspaces: Sendable {
  private let displacement, temperature: GridAnalysis?
  private let free = Mutex<[EvaluationOptions.Factorization: [GridFactorsBox]]>([:])

  private init(_ displacement: GridAnalysis?, _ temperature: GridAnalysis?) {
    (self.displacement, self.temperature) = (displacement, temperature)
  }

  /// Lends factors to one thread.
  func withFactors<Result>(
    _ factorization: EvaluationOptions.Factorization, _ body: (GridFactors) -> Result
  ) -> Result {
    let box =
      free.withLock { $0[factorization]?.popLast() }
      ?? GridFactorsBox(GridFactors(displacement: displacement, temperature: temperature))
    defer { free.withLock { $0[factorization, default: []].append(box) } }
    return body(box.factors)
  }

  private struct Key: Hashable {
    let grid: DesignGrid
    let isPeriodic, solvesDisplacements, solvesTemperature: Bool
  }
  private static let known = Mutex<[Key: GridWorkspaces]>([:])

  /// The workspaces for problems like this one, made when they are first asked for.
  static func shared(for problem: PreparedProblem) throws(FactorizationError) -> GridWorkspaces {
    let key = Key(
      grid: problem.problem.grid, isPeriodic: problem.isCell,
      solvesDisplacements: problem.solvesDisplacements || problem.cellStrains,
      solvesTemperature: problem.solvesTemperature || problem.cellConducts)
    if let found = known.withLock({ $0[key] }) { return found }
    let made = GridWorkspaces(
      key.solvesDisplacements ? try GridAnalysis(problem.displacement) : nil,
      key.solvesTemperature ? try GridAnalysis(problem.conduction) : nil)
    known.withLock { $0[key] = made }
    return made
  }
}

/// Factors on their way from one thread to the next: whoever holds the box is alone with them.
final class GridFactorsBox: @unchecked Sendable {
  let factors: GridFactors
  init(_ factors: GridFactors) { self.factors = factors }
}
