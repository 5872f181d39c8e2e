import ArgumentParser
import DesignCommands
import Glibc
import Manufacturability

/// What the subcommands on designs share.
struct ProblemOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The problem; see Docs/ProblemFile.md.", valueName: "P.yml"))
  var problem: String

  @Option(
    help: ArgumentHelp("Threads; as many as there are processors by default.", valueName: "N"))
  var threads: Int?

  mutating func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads takes a number from 1 on") }
  }
}

/// `gcgan-solve gradient`.
struct Gradient: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Every term of a problem at a design, and the gradient of their weighted sum.",
    discussion: """
      Writes term.json (every term, its value, its weight, the total) and gradient.npy, of the design's shape, beside the design \
      or into DIR.
      """)

  @OptionGroup var options: ProblemOptions
  @Option(
    help: ArgumentHelp(
      "The design: densities 0 to 1, [rows, columns] with row 0 at the top.", valueName: "RHO.npy"))
  var density: String
  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The folder to write to; the design's own by default.", valueName: "DIR"))
  var output: String?
  @Flag(name: .shortAndLong, help: "Print nothing but errors.") var quiet = false

  func run() throws {
    leave(
      with: GradientCommand(
        problem: options.problem, density: density, outputFolder: output,
        threadCount: options.threads, isQuiet: quiet
      ).run())
  }
}

/// `gcgan-solve check-gradient`.
struct CheckGradient: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Test gradients against the values they belong to, in random directions.",
    discussion: """
      Prints for every term the lowest order that the remainder of its Taylor expansion reaches (2 where the gradient is right), and how \
      near central differences come. Ends with 1 where an order is below 1.9.
      """)

  @OptionGroup var options: ProblemOptions
  @Option(
    help: ArgumentHelp("The design; random densities by default.", valueName: "RHO.npy"))
  var density: String?
  @Option(help: ArgumentHelp("Random directions.", valueName: "N")) var directions = 10
  @Option(help: ArgumentHelp("What they are drawn from.", valueName: "S")) var seed: UInt64 = 1

  mutating func validate() throws {
    if directions < 1 { throw ValidationError("--directions takes a number from 1 on") }
  }

  func run() throws {
    leave(
      with: CheckGradientCommand(
        problem: options.problem, density: density, directionCount: directions, seed: seed,
        threadCount: options.threads
      ).run())
  }
}

/// `gcgan-solve optimise`.
struct Optimise: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Topology optimisation of a problem, or of a folder of problems as a batch.",
    discussion: """
      Writes NAME/density.npy, NAME/density.png (in the plane) and NAME/history.json for every problem. Ctrl-C ends after the iteration; \
      the last design and its history are written.
      """)

  @OptionGroup var options: ProblemOptions
  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The folder to write to.", valueName: "DIR"))
  var output: String
  @Flag(name: .shortAndLong, help: "Print nothing but errors.") var quiet = false

  func run() throws {
    leave(
      with: OptimiseCommand(
        problem: options.problem, outputFolder: output, threadCount: options.threads,
        isQuiet: quiet
      ).run())
  }
}

/// `gcgan-solve schema`.
struct ProblemSchema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of problem.yml.")

  func run() { print(ProblemFile.schema, terminator: "") }
}

/// Leaves at once: the libraries' own farewells take time.
private func leave(with outcome: CommandOutcome) -> Never {
  fflush(nil)
  _exit(outcome.rawValue)
}
