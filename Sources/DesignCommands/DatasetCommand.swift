import ArrayFiles
package import DesignFamilies
import FiniteElements
import Parallelism
package import ProgramSupport

/// `gcgan-dataset`: problems with reference designs, shard by shard.
package struct DatasetCommand: Sendable {
  /// The family that problems are of.
  package var family: any DesignFamily
  /// Designs to make.
  package var count: Int
  /// The seed of the random problems.
  package var seed: UInt64
  /// Elements of the images.
  package var size: GridSize
  /// What problems are drawn from: the name of one of the family's distributions, its first where there is none.
  package var distribution: String?
  /// The only split that is wanted; all of them where there is none.
  package var split: DatasetSplit?
  /// Where the set goes.
  package var outputFolder: String
  /// Threads; all processors where there is none.
  package var threadCount: Int?
  /// Whether only errors are said.
  package var isQuiet: Bool

  /// A command.
  package init(
    family: any DesignFamily, count: Int, seed: UInt64, size: GridSize,
    distribution: String? = nil, split: DatasetSplit? = nil, outputFolder: String,
    threadCount: Int? = nil, isQuiet: Bool = false
  ) {
    self.family = family
    self.count = count
    self.seed = seed
    self.size = size
    self.distribution = distribution
    self.split = split
    self.outputFolder = outputFolder
    self.threadCount = threadCount
    self.isQuiet = isQuiet
  }

  /// Runs the command; a signal ends it after the batch at hand, with the shards that are whole.
  package func run() -> ProgramStatus {
    ProgramSignals.noteStops()
    return ProgramStatus.of(outputFolder) {
      if let threadCount { WorkerPool.threadCount = threadCount }
      if let refusal = family.refusal(of: size) {
        StandardError.say(refusal)
        return .badData
      }
      try OutputFolder(path: outputFolder).check()
      try OutputFolder(path: outputFolder).make()
      let claim = try FolderClaim(outputFolder, for: .dataset)
      defer { claim.end() }
      var builder = try DatasetBuilder(
        DatasetManifest(
          family: family, size: size, seed: seed,
          distribution: distribution ?? family.distributions[0].name, split: split,
          count: count,
          versions: Dictionary(
            (Versions.program + NumericalLibraries.versions).map { ($0.name, $0.version) }
          ) { first, _ in first }),
        in: outputFolder, families: Families([family]))
      let before = builder.manifest.designCount
      if before > 0, !isQuiet { StandardError.say("\(before) designs are in the folder already") }
      let progress = isQuiet ? nil : ProgressLine()
      if !builder.isComplete { progress?.show(before, of: count, before: before, unit: "designs") }
      let isComplete = try builder.run {
        progress?.show($0, of: count, before: before, unit: "designs")
      } shouldStop: {
        ProgramSignals.stopStatus != nil
      }
      progress?.erase()
      if !isComplete, let status = ProgramSignals.stopStatus {
        StandardError.say(
          "interrupted with \(builder.manifest.designCount) designs; the same command continues")
        return status
      }
      try writeContactSheet()
      if !isQuiet { print(summary(builder.manifest)) }
      return .success
    }
  }

  /// The first designs, to look at.
  private func writeContactSheet() throws {
    let set = try Dataset(contentsOf: outputFolder)
    let shown = min(64, set.all.designs.count)
    try ContactSheet.picture(
      set.all.designs.prefix(shown).map(\.density), of: Array(set.all.problems.prefix(shown))
    ).write(to: outputFolder + "/contact-sheet.png")
  }

  private func summary(_ manifest: DatasetManifest) -> String {
    let splits = DatasetSplit.allCases.map { split in
      "\(manifest.shards.reduce(0) { $0 + ($1.splits[split.rawValue] ?? 0) }) \(split.rawValue)"
    }
    let without = manifest.shards.reduce(0) { $0 + $1.withoutDesign.count }
    func share(_ count: Int?) -> String {
      count.map { "\($0) of \(manifest.designCount)" } ?? "not counted"
    }
    return
      "\(manifest.designCount) designs (\(splits.joined(separator: ", "))) in \(outputFolder); "
      + "\(without) problems without a design are named in the manifest; sound: \(share(manifest.soundCount)); "
      + "limits of the problem kept: \(share(manifest.limitKeepingCount))"
  }
}
