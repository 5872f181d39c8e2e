import ArrayFiles
import DeckAnalysis
import Manufacturability
import Meshing

/// What a run leaves behind: the design, its picture, its history.
struct OptimisedDesign {
  /// The longer side of a picture, in pixels, where a whole factor gives it.
  private static let pictureSize = 512

  private let run: TopologyOptimisation

  init(_ run: TopologyOptimisation) { self.run = run }

  /// Writes `density.npy` (what would be built), `design.npy` (what `gradient` takes), `density.png`, and `history.json` last.
  ///
  /// - Returns: What was written, for the user; nothing is where no design was evaluated.
  func write(to folder: String) throws -> String {
    guard !run.history.isEmpty else { return "; nothing to write" }
    try OutputFolder(path: folder).make()
    let density = NumericArray(
      shape: run.problem.grid.imageShape, values: run.physicalDensity)
    try density.write(to: folder + "/density.npy", syncsFolder: false)
    try NumericArray(shape: run.problem.designShape, values: run.design)
      .write(to: folder + "/design.npy", syncsFolder: false)
    let picture = Picture(density: density)
    let factor = max(1, Self.pictureSize / max(picture.width, picture.height))
    try picture.scaled(by: factor).write(to: folder + "/density.png", syncsFolder: false)
    try AtomicFile.write(history, to: folder + "/history.json")
    return "; written: \(folder)"
  }

  private var history: String {
    let names = run.problem.terms.map(\.name)
    return JSONText.object([
      ("state", .string(run.state.word)), ("iterationCount", .integer(run.history.count)),
      (
        "iterations",
        .array(
          run.history.map { iteration in
            .object([
              ("number", .integer(iteration.number)), ("objective", .number(iteration.objective)),
              (
                "terms",
                .object(names.map { ($0, JSONText.optional(iteration.terms[$0])) })
              ),
              ("volume", .number(iteration.volume)), ("violation", .number(iteration.violation)),
              ("change", .optional(iteration.change)), ("penalty", .number(iteration.penalty)),
              ("steepness", .optional(iteration.steepness)),
              ("greyness", .number(iteration.greyness)),
            ])
          })
      ),
    ]).text
  }
}

extension TopologyOptimisation.State {
  /// As `history.json` has it.
  var word: String {
    switch self {
    case .running: "running"
    case .converged: "converged"
    case .limitReached: "iteration-limit"
    case .stopped: "stopped"
    case .failed: "failed"
    }
  }
}

extension TopologyOptimisation {
  /// How it ended, in a line.
  var summary: String {
    guard let last = history.last else { return "\(state.word) before the first iteration" }
    return
      "\(state.word) after \(history.count) iterations, objective \(last.objective), "
      + "volume \((last.volume * 1e4).rounded() / 1e4)"
  }
}
