package import ArgumentParser
import DesignCommands
package import DesignFamilies
import NetworkCommands
internal import ProgramSupport

/// Quality figures of a model on held-out problems.
@main struct GcganScore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-score",
    abstract: "Score a model on held-out problems, the strict and the published way.",
    discussion: """
      Prints one JSON object. Designs are judged with a void of 1e-9 after cutting at a half; failures are counted and never left out. The \
      figures of the published way are given too.
      """,
    version: NetworkVersions.text)

  @Argument(help: ArgumentHelp("A run's folder or a model.", valueName: "RUN"))
  var model: String

  @Option(help: ArgumentHelp("The data set with held-out problems.", valueName: "DIR"))
  var data: String

  @Option(help: ArgumentHelp("validation, L1 or L2.", valueName: "WORD"))
  var split: DatasetSplit = .l1

  @Option(help: ArgumentHelp("The largest number of problems.", valueName: "N"))
  var count = 500

  @Option(help: ArgumentHelp("Iterations of refinement.", valueName: "K"))
  var refine = 0

  @Option(help: ArgumentHelp("Designs drawn per problem.", valueName: "M"))
  var bestOf = 1

  @Option(help: ArgumentHelp("The seed of the random codes.", valueName: "S"))
  var seed: UInt64 = 1

  @Flag(help: "Refine the uniform design instead of a drawn one: what the solver alone does.")
  var withoutNetwork = false

  @Option(
    help: ArgumentHelp(
      "Print how much N designs of each problem differ and how good each is, in place of the score.",
      valueName: "N"))
  var seeds: Int?

  @Flag(name: .shortAndLong, help: "Print only the object and errors.")
  var quiet = false

  func validate() throws {
    if !(1...1_000_000).contains(count) {
      throw ValidationError("--count takes a number from 1 on")
    }
    if !(0...10_000).contains(refine) {
      throw ValidationError("--refine takes a number from 0 to 10000")
    }
    if let seeds, !(2...1000).contains(seeds) || withoutNetwork || bestOf != 1 {
      throw ValidationError(
        "--seeds takes a number from 2 to 1000, and goes with neither --best-of nor --without-network"
      )
    }
    if !(1...1000).contains(bestOf) {
      throw ValidationError("--best-of takes a number from 1 to 1000")
    }
  }

  func run() {
    ScoreCommand(
      model: model, dataset: data, split: split, count: count, refinement: refine, bestOf: bestOf,
      seed: seed, usesNetwork: !withoutNetwork, seedCount: seeds, isQuiet: quiet
    ).run().leave()
  }
}

extension DatasetSplit: ExpressibleByArgument {}
