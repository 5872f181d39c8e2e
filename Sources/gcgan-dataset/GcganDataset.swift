public import ArgumentParser
import ArrayFiles
import DesignCommands
public import DesignFamilies
import FiniteElements
import ProgramSupport

/// Data sets of problems with reference designs.
@main struct GcganDataset: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-dataset",
    abstract: "Problems of a design family with reference designs, to train on.",
    discussion: """
      Writes shards of safetensors, manifest.json (settings, versions, SHA-256 of every shard) and contact-sheet.png to look at. The same \
      seed gives the same bytes; a set that was interrupted, or is too short, is continued.

      Exit codes: 0 done, 64 wrong usage, 65 bad data, or another process writes to the folder, 70 internal error, 73 a file \
      cannot be written, 130 interrupted: whole shards are kept.
      """,
    version: Versions.text(
      with: NumericalLibraries.versions + [
        Versions.argumentParser, Versions.yams, ("libpng", PictureLibrary.version),
      ]))

  @Argument(
    help: ArgumentHelp("The design family: \(Families.known.names).", valueName: "FAMILY"))
  var family: String

  @Option(help: ArgumentHelp("The number of designs.", valueName: "N"))
  var count: Int

  @Option(help: ArgumentHelp("The seed of the random problems.", valueName: "S"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Elements, width first: 32x32, 64x64 or 128x64.", valueName: "WxH"))
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
    help: ArgumentHelp("The folder to write to.", valueName: "DIR"))
  var output: String

  @Option(
    help: ArgumentHelp("Threads; as many as there are processors by default.", valueName: "N"))
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Print only errors.")
  var quiet = false

  func validate() throws {
    let known = try known().distributions.map(\.name)
    if let distribution, !known.contains(distribution) {
      throw ValidationError(
        "--distribution takes one of \(known.joined(separator: ", ")), not '\(distribution)'")
    }
    if !(1...10_000_000).contains(count) {
      throw ValidationError("--count takes a number from 1 to 10000000")
    }
    if let threads, threads < 1 { throw ValidationError("--threads takes a number from 1 on") }
  }

  func run() throws {
    DatasetCommand(
      family: try known(), count: count, seed: seed, size: size, distribution: distribution,
      split: split, outputFolder: output, threadCount: threads, isQuiet: quiet
    ).run().leave()
  }

  /// The family, or why it is none.
  private func known() throws -> any DesignFamily {
    do throws(UnknownFamily) { return try Families.known.named(family) } catch {
      throw ValidationError(error.description)
    }
  }
}

extension GridSize: ExpressibleByArgument {
  /// A size from a command line, such as `128x64`.
  public init?(argument: String) { self.init(argument) }
}
extension DatasetSplit: ExpressibleByArgument {}
