import DesignFamilies
import DesignNetworks
internal import DesignProblem
import Manufacturability

/// Draws designs with a model, finishes and refines them, and keeps the best: what `gcgan-generate` writes and `gcgan-score` judges.
struct DesignDrawer {
  let model: DesignModel
  let seed: UInt64
  /// Designs drawn for each that is kept.
  let bestOf: Int
  let refinement: DesignRefinement

  /// What is kept for one problem.
  struct Drawn {
    /// The design, and the drawing it comes from.
    let choice: DesignChoice
    /// The chance that the network gives the drawing.
    let signOffChance: Double
    /// Linear systems solved for it in all.
    let solveCount: Int
  }

  /// Problems that are drawn together; fewer where each has many drawings, which are all kept until one is chosen.
  static func batchLength(bestOf: Int) -> Int { max(1, min(64, 256 / max(1, bestOf))) }

  /// Draws for problems of one size.
  ///
  /// - Parameter streams: The number of each problem's stream of codes.
  /// - Returns: One design per problem, or why the solver could not give its fields.
  func draw(for problems: [DesignTask], streams: [UInt64]) throws -> [Result<Drawn, DesignFault>] {
    // One form of the loads for all that follows.
    let problems = problems.map(\.withNodalLoads)
    var drawings = try model.drawings(for: problems, streams: streams, seed: seed, count: bestOf)
    // What else a generator may be told; a drawing that fails is one fewer to choose from.
    let others = problems.indices.flatMap { place in
      problems[place].drawnAs.dropFirst().map { (place: place, problem: $0) }
    }
    var solveCounts = [Int](repeating: 1, count: problems.count)
    let further = try model.drawings(
      for: others.map(\.problem), streams: others.map { streams[$0.place] }, seed: seed,
      count: bestOf)
    for (other, drawn) in zip(others, further) {
      solveCounts[other.place] += 1
      guard case .success(let earlier) = drawings[other.place], case .success(let more) = drawn
      else {
        continue
      }
      drawings[other.place] = .success(earlier + more)
    }
    let good = drawings.indices.filter { (try? drawings[$0].get()) != nil }
    let choices = try DesignChoice.best(
      of: good.map { try drawings[$0].get().map(\.design) }, for: good.map { problems[$0] },
      refinement: refinement)
    let chosen = Dictionary(uniqueKeysWithValues: zip(good, choices))
    return drawings.indices.map { place in
      drawings[place].flatMap { drawings in
        guard let choice = chosen[place] else { preconditionFailure("a drawing without a choice") }
        return .success(
          Drawn(
            choice: choice, signOffChance: drawings[choice.drawing].signOffChance,
            solveCount: solveCounts[place] + choice.solveCount))
      }
    }
  }
}
