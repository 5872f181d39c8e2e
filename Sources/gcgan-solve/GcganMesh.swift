package import ArgumentParser
package import DeckAnalysis
import ProgramSupport

extension MeshCommand.PlaneCells: ExpressibleByArgument {}

/// Writes a Gmsh mesh as the cards of a deck.
struct GcganMesh: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-solve mesh",
    abstract: "Write a Gmsh mesh as the cards of a deck.",
    discussion: """
      Reads FILE.msh (Gmsh 2.2 or 4.1, text or binary) and writes FILE.inp with *NODE, *ELEMENT, *NSET, *ELSET and \
      *SURFACE, for *INCLUDE, INPUT=FILE.inp in a deck. Physical groups become sets; one of the sides of cells becomes a \
      surface too. A file FILE.inp that this command did not write is not replaced.

      Exit codes: 0 written, 64 wrong usage, 65 bad data, 70 internal error, 73 the file cannot be written.
      """)

  @Argument(help: ArgumentHelp("The mesh.", valueName: "FILE.msh"))
  var mesh: String

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The folder to write to; the mesh's own by default.", valueName: "DIR"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "What plane cells are: plane stress, plane strain or axisymmetric.", valueName: "CPS|CPE|CAX")
  )
  var plane = MeshCommand.PlaneCells.planeStress

  @Flag(name: .shortAndLong, help: "Print only errors.")
  var quiet = false

  func run() throws {
    ProgramSignals.endProgram()
    let status = MeshCommand(
      mesh: mesh, outputFolder: output, planeCells: plane, isQuiet: quiet
    ).run().afterOutput
    throw ExitCode(status.rawValue)
  }
}
