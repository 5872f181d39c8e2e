import ArgumentParser
import DeckAnalysis

/// `gcgan-solve`: arguments, wiring and exit codes.
@main struct GcganSolve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-solve",
    abstract: "Solve a CalculiX deck, or judge and optimise designs on a grid.",
    usage: """
      gcgan-solve DECK.inp [-o DIR] [--threads N] [--plane-stress 2d|calculix] [--quiet]
      gcgan-solve gradient --problem P.yml --density RHO.npy [-o DIR]
      gcgan-solve check-gradient --problem P.yml [--density RHO.npy]
      gcgan-solve optimise --problem P.yml|DIR -o DIR
      """,
    discussion: """
      A deck whose name is that of a subcommand is given with its ending, as gradient.inp.

      Exit codes: 0 done, 1 a gradient fails its check, 3 the deck or the design cannot be evaluated (a free body, a \
      singular stiffness), 64 wrong usage, 65 bad data, 70 internal error, 73 a file cannot be written, \
      130 interrupted (143 terminated, 129 hung up): a deck then leaves no file, or all of them; an \
      optimisation leaves its last good design.
      """,
    version: Versions.text,
    subcommands: [
      SolveDeck.self, Gradient.self, CheckGradient.self, Optimise.self, ProblemSchema.self,
    ],
    defaultSubcommand: SolveDeck.self)
}
