import ArgumentParser
import ArrayFiles
import DesignCommands
internal import DesignProblem
internal import FiniteElements
import Manufacturability
internal import ProgramSupport

/// The commands on designs; `gcgan-solve` becomes this program for them.
@main struct DesignProgram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-solve", abstract: "Values, gradients and optimisation of designs.",
    version: Versions.text(
      with: NumericalLibraries.versions + [
        Versions.argumentParser, Versions.yams, ("libpng", PictureLibrary.version),
      ]),
    subcommands: [Gradient.self, CheckGradient.self, Optimise.self, Schema.self])
}

/// What all commands that compute know.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Threads; as many as there are processors by default.", valueName: "N"))
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Print only errors.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads takes a number from 1 on") }
  }
}

extension DesignProgram {
  /// Value and gradient of one design.
  struct Gradient: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Value and gradient of the manufacturability term for one design.",
      discussion: """
        Writes gradient.npy (the gradient of the total, of the density's shape) and term.json (every term, its value, its weight, \
        the total).

        Exit codes: 0 done, 3 the design cannot be evaluated, 64 wrong usage, 65 bad data, 70 internal error, \
        73 a file cannot be written, 130 interrupted.
        """)

    @Option(help: ArgumentHelp("The problem; see Docs/ProblemFile.md.", valueName: "P.yml"))
    var problem: String

    @Option(
      help: ArgumentHelp("The design, densities with row 0 at the top.", valueName: "RHO.npy"))
    var density: String

    @Option(
      name: [.short, .customLong("output")],
      help: ArgumentHelp("The folder to write to; the density's own by default.", valueName: "DIR"))
    var output: String?

    @OptionGroup var common: CommonOptions

    func run() {
      ProgramSignals.endProgram()
      GradientCommand(
        problem: problem, density: density, outputFolder: output, threadCount: common.threads,
        isQuiet: common.quiet
      ).run().leave()
    }
  }

  /// The Taylor test of a problem's terms.
  struct CheckGradient: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check-gradient",
      abstract: "Check that every term's gradient is that of its value, by Taylor remainders.",
      discussion: """
        Prints the lowest order reached along random directions (2 where the gradient is right, 'linear' where there is no remainder), and the \
        error against central differences.

        Exit codes: 0 all hold, 1 an order is below 1.9, 3 the design cannot be evaluated, 64 wrong usage, 65 bad data, \
        70 internal error, 130 interrupted.
        """)

    @Option(help: ArgumentHelp("The problem; see Docs/ProblemFile.md.", valueName: "P.yml"))
    var problem: String

    @Option(
      help: ArgumentHelp(
        "The design; random densities from 0.1 to 0.9 by default.", valueName: "RHO.npy"))
    var density: String?

    @Option(help: ArgumentHelp("The number of random directions.", valueName: "N"))
    var directions = 10

    @Option(help: ArgumentHelp("The seed of the random directions and densities.", valueName: "N"))
    var seed: UInt64 = 1

    @OptionGroup var common: CommonOptions

    func validate() throws {
      if !(1...1000).contains(directions) {
        throw ValidationError("--directions takes a number from 1 to 1000")
      }
    }

    func run() {
      ProgramSignals.endProgram()
      CheckGradientCommand(
        problem: problem, density: density, directionCount: directions, seed: seed,
        threadCount: common.threads, isQuiet: common.quiet
      ).run().leave()
    }
  }

  /// Topology optimisation.
  struct Optimise: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Topology optimisation of a problem, or of a folder of problems side by side.",
      discussion: """
        Writes for each problem DIR/NAME/density.npy (the densities found, row 0 at the top), design.npy (the design itself, before \
        the filter, as 'gradient' takes it), density.png, history.json, and the part it becomes: part.yml with the problem's limits, decks, \
        solid.npy, as gcgan-validate takes them.

        Exit codes: 0 done, 3 a design cannot be evaluated, 64 wrong usage, 65 bad data (other problems of a folder \
        are run), 70 internal error, 73 a file cannot be written, 130 interrupted: then the last designs and their histories are \
        written.
        """)

    @Option(
      help: ArgumentHelp(
        "A problem with 'optimisation', or a folder of them.", valueName: "P.yml|DIR"))
    var problem: String

    @Option(
      name: [.short, .customLong("output")],
      help: ArgumentHelp("The folder to write to.", valueName: "DIR"))
    var output: String

    @OptionGroup var common: CommonOptions

    func run() {
      OptimiseCommand(
        problem: problem, outputFolder: output, threadCount: common.threads,
        isQuiet: common.quiet
      ).run().leave()
    }
  }

  /// The schema, for editors.
  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the JSON Schema of problem.yml.")

    func run() {
      print(ProblemFile.schema, terminator: "")
      ProgramStatus.success.leave()
    }
  }
}
