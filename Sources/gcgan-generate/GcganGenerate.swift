import ArgumentParser
import DesignCommands
import DesignFamilies
import Files
import NetworkCommands
internal import ProgramSupport

/// Parts drawn by a trained network.
@main struct GcganGenerate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-generate",
    abstract: "Draw parts with a trained network.",
    discussion: """
      Writes a part folder per design, as gcgan-validate takes it: decks, part.yml with problem, predictions and provenance (the solves \
      it cost among them), density.npy, pictures, STL. The limits of a problem are the part's; a part of the family's own problems is held to \
      1.1 times the strain energy of a reference design. A folder with parts that this call does not write is refused (73); parts of an earlier \
      call under the same names are replaced, all of them.

      A problem has the size that the model was trained at; others are refused. A refined design is never softer than the drawing it began \
      with, nor the best of M designs softer than the first.

      Exit codes: 0 done, 3 a problem has no fields or a drawing does not carry its loads (other parts are written), 64 wrong usage, \
      65 bad data or another size than the model's (other problems of a folder are drawn), \
      70 internal error, 73 a file cannot be written, 130 interrupted.
      """,
    version: NetworkVersions.text)

  @Argument(help: ArgumentHelp("A run's folder or a model.", valueName: "RUN"))
  var model: String

  @Option(
    help: ArgumentHelp(
      "Draw problems of the model's family too: \(Families.known.names), or the path of its file.",
      valueName: "F"))
  var family: String?

  @Option(
    help: ArgumentHelp(
      "With --family, which of its distributions; what training sees of the first by default.",
      valueName: "WORD"))
  var distribution: String?

  @Option(
    help: ArgumentHelp(
      "A problem with a volume fraction, or a folder of them.", valueName: "P.yml|DIR"))
  var problem: String?

  @Option(help: ArgumentHelp("Designs; with --problem, of each problem.", valueName: "N"))
  var count = 1

  @Option(help: ArgumentHelp("The seed of the random numbers.", valueName: "S"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Iterations of refinement with the solver.", valueName: "K"))
  var refine = 0

  @Option(
    help: ArgumentHelp(
      "Draw M designs for each and keep the stiffest one by a solve each.", valueName: "M"))
  var bestOf = 1

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The folder to write to.", valueName: "DIR"))
  var output: String

  @Option(
    help: ArgumentHelp("Threads; as many as there are processors by default.", valueName: "N"))
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Print only errors.")
  var quiet = false

  func validate() throws {
    guard (family == nil) != (problem == nil) else {
      throw ValidationError("give either --family \(Families.known.names) or --problem")
    }
    if let family {
      do {
        let known = try Families.known.family(family).distributions.map(\.name)
        if let distribution, !known.contains(distribution) {
          throw ValidationError(
            "--distribution takes one of \(known.joined(separator: ", ")), not '\(distribution)'")
        }
      } catch let fault as UnknownFamily {
        throw ValidationError(fault.description + "; or give the path of a family file")
      } catch is InputFaults {
        // What is wrong in the family's file is bad data, not wrong usage: it is told when the command runs.
      }
    }
    if !(1...100_000).contains(count) {
      throw ValidationError("--count takes a number from 1 to 100000")
    }
    if !(0...10_000).contains(refine) {
      throw ValidationError("--refine takes a number from 0 to 10000")
    }
    if !(1...1000).contains(bestOf) {
      throw ValidationError("--best-of takes a number from 1 to 1000")
    }
    if let threads, threads < 1 { throw ValidationError("--threads takes a number from 1 on") }
  }

  func run() {
    GenerateCommand(
      model: model, source: problem.map { .problem($0) } ?? .family(family ?? ""), count: count,
      seed: seed,
      refinement: refine, bestOf: bestOf, outputFolder: output, threadCount: threads,
      isQuiet: quiet, distribution: distribution
    ).run().leave()
  }
}
