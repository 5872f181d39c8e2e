import ArrayFiles
import DesignFamilies
internal import DesignProblem
internal import Files
import Glibc
import Manufacturability
internal import ProgramSupport
internal import TopologyOptimisation

/// What a run leaves behind: the design, its picture, its history, and the part it becomes.
struct OptimisedDesign {
  /// The longer side of a picture, in pixels, where a whole factor gives it.
  private static let pictureSize = 512

  private let run: TopologyOptimisation
  private let file: ProblemFile
  private let name: String

  /// What a run of a problem file leaves.
  ///
  /// - Parameter name: The title of a part of a file without one.
  init(_ run: TopologyOptimisation, of file: ProblemFile, name: String) {
    (self.run, self.file, self.name) = (run, file, name)
  }

  /// Writes `density.npy` (the densities that were found), `design.npy` (what `gradient` takes), `density.png`, the files of the part with `part.yml` last
  /// of them, and `history.json` last.
  ///
  /// - Returns: What was written, for the user; nothing is where no design was evaluated. And what keeps it from being a part.
  func write(to folder: String) throws -> (text: String, notExported: String?) {
    // An old part is none while its files are replaced, nor after a run that found nothing.
    for file in Self.partFiles { unlink("\(folder)/\(file)") }
    guard !run.history.isEmpty else { return ("; nothing to write", nil) }
    try OutputFolder(path: folder).make()
    let density = NumericArray(
      shape: run.problem.grid.imageShape, values: run.physicalDensity)
    try density.write(to: folder + "/density.npy", syncsFolder: false)
    try NumericArray(shape: run.problem.designShape, values: run.design)
      .write(to: folder + "/design.npy", syncsFolder: false)
    let picture = Picture(density: density)
    let factor = max(1, Self.pictureSize / max(picture.width, picture.height))
    try picture.scaled(by: factor).write(to: folder + "/density.png", syncsFolder: false)
    let part = exported
    switch part {
    case .success(let part):
      for (name, bytes) in try part.filesBesideDensity() {
        try AtomicFile.write(bytes, to: "\(folder)/\(name)", syncsFolder: false)
      }
    case .failure(let reason):
      try AtomicFile.write(noPart(reason.description), to: folder + "/part.yml")
    }
    try AtomicFile.write(history, to: folder + "/history.json")
    var reason: String?
    if case .failure(let fault) = part { reason = fault.description }
    return (
      "; written: \(folder)" + (reason.map { ", no part to judge: \($0)" } ?? ""), reason
    )
  }

  /// The part of the design, or why there is none.
  private var exported: Result<DesignExport, DesignExport.NotExported> {
    do throws(DesignExport.NotExported) {
      return .success(
        try DesignExport.optimised(
          run, of: file, program: "gcgan-solve optimise \(Versions.gcgan)"))
    } catch {
      return .failure(error)
    }
  }

  /// Files that an earlier run may have left, the one that makes a part first.
  private static let partFiles = [
    "part.yml", "design.inp", "pixels.inp", "problem.yml", "design.stl", "solid.npy", "solid.png",
  ]

  /// A part file that says why there is nothing to judge, so that `gcgan-validate` tells it.
  private func noPart(_ reason: String) -> String {
    func quoted(_ text: String) -> String { JSONText.string(text).text.filter { $0 != "\n" } }
    return """
      gcgan: part/1
      title: \(quoted(file.title ?? name))
      family: part
      context: "A design that topology optimisation found"
      not-judged: \(quoted("gcgan-solve optimise writes no decks for this problem: " + reason))

      """
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
