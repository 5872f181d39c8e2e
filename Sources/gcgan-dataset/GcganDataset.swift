package import ArgumentParser
import ArrayFiles
import DesignCommands
package import DesignFamilies
import Files
import FiniteElements
import ProgramSupport

/// Data sets of problems with reference designs.
@main struct GcganDataset: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-dataset",
    abstract: "Problems of a design family with reference designs, to train on.",
    discussion: """
      Writes shards of safetensors, manifest.json (settings, versions, SHA-256 of every shard) and contact-sheet.png to look at. The same \
      seed gives the same bytes; a set that was interrupted, or is too short, is continued. With --preview it draws a sheet of \
      problems and references instead.

      Exit codes: 0 done, 64 wrong usage, 65 bad data, or another process writes to the folder, 70 internal error, 73 a file \
      cannot be written, 130 interrupted: whole shards are kept.
      """,
    version: Versions.text(
      with: NumericalLibraries.versions + [
        Versions.argumentParser, Versions.yams, ("libpng", PictureLibrary.version),
      ]))

  @Argument(
    help: ArgumentHelp(
      "The design family: \(Families.known.names), or the path of a family file; or 'schema': print the JSON Schema of family files.",
      valueName: "FAMILY"))
  var family: String

  @Option(help: ArgumentHelp("Designs.", valueName: "N"))
  var count: Int?

  @Option(
    help: ArgumentHelp(
      "No data set: draw so many problems with their references on one picture.", valueName: "N"))
  var preview: Int?

  @Option(
    help: ArgumentHelp(
      "No data set: judge one random design of each of so many problems by the family's limits, and print how many keep them.",
      valueName: "N"))
  var random: Int?

  @Option(help: ArgumentHelp("The seed of the random problems.", valueName: "S"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Elements, width first, one of the family's sizes: 64x64 unless told otherwise.",
      valueName: "WxH"))
  var size: GridSize = GridSize(columns: 64, rows: 64)

  @Option(
    help: ArgumentHelp(
      "Which problems: one of the family's distributions, its first by default; of part catalogue or random.",
      valueName: "WORD"))
  var distribution: String?

  @Option(
    help: ArgumentHelp(
      "Only this split: train, validation, L1 or L2; all by default.", valueName: "WORD"))
  var split: DatasetSplit?

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp(
      "The folder to write to; of a preview a folder, or a file that ends in .png.",
      valueName: "DIR"))
  var output: String?

  @Option(
    help: ArgumentHelp("Threads; as many as there are processors by default.", valueName: "N"))
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Print only errors.")
  var quiet = false

  /// What stands in place of a family for the schema of all.
  private static let schemaWord = "schema"

  func validate() throws {
    guard family != Self.schemaWord else { return }
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
    guard [count, preview, random].count(where: { $0 != nil }) == 1 else {
      throw ValidationError(
        "give one of --count N, for a data set, --preview N, for a picture, and --random N, for random designs"
      )
    }
    if let random, !(1...100_000).contains(random) {
      throw ValidationError("--random takes a number from 1 to 100000")
    }
    if let count, !(1...10_000_000).contains(count) {
      throw ValidationError("--count takes a number from 1 to 10000000")
    }
    if let preview, !(1...256).contains(preview) {
      throw ValidationError("--preview takes a number from 1 to 256")
    }
    if output == nil, random == nil { throw ValidationError("give -o DIR, where the result goes") }
    if let threads, threads < 1 { throw ValidationError("--threads takes a number from 1 on") }
  }

  func run() throws {
    guard family != Self.schemaWord else {
      print(FamilyFile.schema, terminator: "")
      ProgramStatus.success.leave()
    }
    let place = output ?? "."
    ProgramStatus.of(family) {
      let known = try Families.known.family(family)
      if let random {
        return RandomDesignsCommand(
          family: known, count: random, seed: seed, size: size, distribution: distribution,
          threadCount: threads
        ).run()
      }
      if let preview {
        return PreviewCommand(
          family: known, count: preview, seed: seed, size: size, distribution: distribution,
          output: place, threadCount: threads
        ).run()
      }
      return DatasetCommand(
        family: known, count: count ?? 0, seed: seed, size: size,
        distribution: distribution, split: split, outputFolder: place, threadCount: threads,
        isQuiet: quiet
      ).run()
    }.leave()
  }
}

extension GridSize: ExpressibleByArgument {
  /// A size from a command line, such as `128x64`.
  package init?(argument: String) { self.init(argument) }
}
extension DatasetSplit: ExpressibleByArgument {}
