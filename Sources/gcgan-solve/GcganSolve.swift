public import ArgumentParser
import DeckAnalysis
package import FiniteElements
import Glibc
package import LinearAlgebra
import ProgramSupport
package import ThermoElasticity

extension PlaneStressTheory: ExpressibleByArgument {}
extension ElementVariant: ExpressibleByArgument {}
extension LinearSolverKind: ExpressibleByArgument {}

/// Solves a CalculiX deck.
struct GcganSolve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-solve",
    abstract: "Solve a CalculiX deck: heat conduction, thermal expansion, linear elasticity.",
    discussion: """
      Writes DECK.dat (what the deck's *NODE PRINT, *EL PRINT and *SECTION PRINT ask for, laid out as CalculiX 2.20 does), \
      DECK.vtu (all fields of the last step, for ParaView) and DECK.json (checks, sizes and times).

      Meshes: gcgan-solve mesh FILE.msh writes a Gmsh mesh as FILE.inp, for *INCLUDE.

      Designs: gcgan-solve gradient, check-gradient, optimise and schema; each has its --help.

      Exit codes: 0 solved, 3 the deck cannot be evaluated (a free body, a singular stiffness), \
      64 wrong usage, 65 bad data, 70 internal error, 73 a file cannot be written, \
      130 interrupted (143 terminated, 129 hung up): then no file is written, or all of them.
      """,
    version: Versions.text(with: NumericalLibraries.versions + [Versions.argumentParser]))

  @Argument(
    help: ArgumentHelp(
      "The deck, a file ending in .inp; the ending may be left out.", valueName: "DECK.inp"))
  var deck: String

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The folder to write to; the deck's own by default.", valueName: "DIR"))
  var output: String?

  @Option(
    help: ArgumentHelp("Threads; as many as there are processors by default.", valueName: "N"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "How plane-stress cells are solved: by the two-dimensional theory, or as CalculiX does.",
      valueName: "2d|calculix"))
  var planeStress = PlaneStressTheory.twoDimensional

  @Option(
    help: ArgumentHelp(
      "What \(ElementVariant.differingElements) are: CalculiX's, or corrected to hold a uniform state in cells of any shape.",
      valueName: "calculix|corrected"))
  var elements = ElementVariant.calculiX

  @Option(
    help: ArgumentHelp(
      "How linear systems are solved: by a factor, or by conjugate gradients, which take less memory.",
      valueName: LinearSolverKind.allCases.map(\.rawValue).joined(separator: "|")))
  var solver = LinearSolverKind.direct

  @Flag(name: .shortAndLong, help: "Print only errors.")
  var quiet = false

  mutating func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads takes a number from 1 on") }
  }

  /// What the arguments ask for.
  var command: SolveCommand {
    SolveCommand(
      deck: deck, outputFolder: output, threadCount: threads, isQuiet: quiet,
      options: SolveOptions(planeStress: planeStress, elements: elements, solver: solver))
  }

  /// What the parser reads in arguments without the program's name.
  static func command(parsing arguments: [String]) throws -> SolveCommand {
    try parse(arguments).command
  }

  func run() throws { Self.run(command) }

  /// Runs a command and ends the program.
  static func run(_ command: SolveCommand) -> Never {
    ProgramSignals.endProgram()
    let status = command.run().afterOutput
    // Leaving at once: the libraries' own farewells (OpenBLAS joins its threads) take longer than a small solve.
    fflush(nil)
    _exit(status.rawValue)
  }
}
