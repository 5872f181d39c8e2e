import DeckLanguage
import Files
import FiniteElements
import Glibc
import Meshing
import Parallelism
package import ProgramSupport
package import ThermoElasticity

/// `gcgan-solve DECK.inp`: solve, write three files, say what came of it.
package struct SolveCommand: Sendable, Equatable {
  /// The deck.
  package var deck: String
  /// Where to write; the deck's folder where there is none.
  package var outputFolder: String?
  /// Threads; all processors where there is none.
  package var threadCount: Int?
  /// Whether only errors are said.
  package var isQuiet: Bool
  /// How the deck is solved.
  package var options: SolveOptions

  /// A command.
  package init(
    deck: String, outputFolder: String? = nil, threadCount: Int? = nil, isQuiet: Bool = false,
    options: SolveOptions = SolveOptions()
  ) {
    self.deck = deck
    self.outputFolder = outputFolder
    self.threadCount = threadCount
    self.isQuiet = isQuiet
    self.options = options
  }

  /// Runs the command: the summary goes to the standard output, everything else to the standard error.
  package func run() -> ProgramStatus {
    ProgramStatus.of(deck, judging: judgement) {
      if let threadCount { WorkerPool.threadCount = threadCount }
      if let problem = MemoryLimit.problemForSolver() {
        StandardError.say(problem)
        return .notEvaluated
      }
      let deck = Self.file(named: deck)
      let folder = outputFolder ?? deck.folder
      let solved = try SolvedDeck(
        solvingDeckAt: deck, options: options,
        announce: { size in
          if !isQuiet, size.byteCount >= Self.largeByteCount { StandardError.say("\(size)") }
        }
      ) {
        try OutputFolder(path: folder).check()
      }
      for warning in solved.report.warnings where !isQuiet {
        StandardError.say("warning: " + warning)
      }
      let files = try solved.write(to: folder, name: deck.lastPathComponent)
      if !isQuiet { print(solved.summary(files: files)) }
      return .success
    }
  }

  /// What cannot be solved is said about the deck.
  private func judgement(of error: any Error) -> ProgramStatus.Judgement? {
    guard error is SolveError || error is AnalysisFault else { return nil }
    return (.notEvaluated, "\(deck): \(error)")
  }

  /// From here on what a linear system takes is said before it is made, beside the summary that follows a solve.
  private static let largeByteCount = 1 << 30

  /// The deck's file: as in CalculiX its name may be given without `.inp`.
  private static func file(named name: String) -> String {
    func isFile(_ path: String) -> Bool {
      var status = stat()
      return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
    return !isFile(name) && isFile(name + ".inp") ? name + ".inp" : name
  }
}
