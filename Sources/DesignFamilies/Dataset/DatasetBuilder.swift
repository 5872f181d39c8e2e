internal import DesignProblem
internal import Files
internal import Manufacturability
internal import Meshing

/// Makes a data set shard by shard; what is there already is kept.
///
/// A shard depends on the settings and its numbers alone, so an interrupted set continued later has the same bytes as one made at once.
package struct DatasetBuilder: Sendable {
  /// Problems drawn for one shard, and optimised side by side: the solver takes sixteen of one kind at a time, and of many there are few left over.
  package static let shardLength = 256
  /// A batch is a multiple of so many problems.
  private static let batchStep = 16

  /// What is made; its shards are filled in.
  package private(set) var manifest: DatasetManifest
  /// Where it goes.
  package let folder: String
  private let family: any DesignFamily

  /// Takes up a folder, empty or with a part of this set.
  ///
  /// - Parameters:
  ///   - manifest: The settings; shards are those found in the folder.
  ///   - families: Where the manifest's family is looked for.
  /// - Throws: ``DatasetFault`` where the family is not known, or the folder holds another set, or one that is damaged.
  package init(_ manifest: DatasetManifest, in folder: String, families: Families = .known)
    throws(DatasetFault)
  {
    family = try manifest.family(in: families, folder: folder)
    self.manifest = manifest
    self.folder = folder
    self.manifest.shards = []
    guard AtomicFile.exists(folder + "/" + DatasetManifest.fileName) else { return }
    let written = try DatasetManifest(inFolder: folder)
    if written.family == manifest.family, let expected = manifest.familyHash,
      let other = written.familyHash, other != expected
    {
      throw .changedFamily(
        folder: folder, name: manifest.family, expected: expected, found: other)
    }
    guard written.isContinued(by: manifest) else { throw .anotherSet(folder: folder) }
    for shard in written.shards {
      // The last shard of a shorter set has been cut off: it is made again.
      let isWhole =
        shard.problemCount ?? (shard.designCount + shard.withoutDesign.count) == Self.shardLength
      let isFitting = self.manifest.designCount + shard.designCount <= manifest.count
      guard isFitting, isWhole || self.manifest.designCount + shard.designCount == manifest.count
      else { break }
      let path = folder + "/" + shard.file
      // A shard whose file is gone is made again; one that is damaged is told of.
      guard AtomicFile.exists(path) else { break }
      try Dataset.check(shard, in: folder)
      self.manifest.shards.append(shard)
    }
  }

  /// Whether all designs are there.
  package var isComplete: Bool { manifest.designCount >= manifest.count }

  /// Draws problems and finds their designs until there are as many as asked for.
  ///
  /// - Parameters:
  ///   - didMake: Told the number of designs after every iteration; those of the batch at hand count by the share of their iterations that is done.
  ///   - shouldStop: Asked after every iteration; where it says yes, whole shards are kept and the rest is left out.
  /// - Returns: Whether the set is complete.
  package mutating func run(didMake: (Int) -> Void = { _ in }, shouldStop: () -> Bool = { false })
    throws -> Bool
  {
    if manifest.split == .l2,
      let drawn = family.distributions.first(where: { $0.name == manifest.distribution }),
      !drawn.hasUnseen
    {
      let others = family.distributions.filter(\.hasUnseen).map(\.name)
      throw SamplerFault(
        description:
          "\(drawn.name) problems are never L2"
          + (others.isEmpty ? "" : ", which is of the \(others.joined(separator: ", "))"))
    }
    while !isComplete {
      let first = manifest.shards.last?.nextNumber ?? 0
      var next = first
      var shard = DatasetShard()
      var withoutDesign: [String] = []
      var drawnCount = 0
      while drawnCount < Self.shardLength {
        let made = manifest.designCount + shard.numbers.count
        let missing = manifest.count - made
        let length = min(
          Self.shardLength - drawnCount,
          (missing + Self.batchStep - 1) / Self.batchStep * Self.batchStep)
        let batch = try problems(length, from: &next)
        drawnCount += length
        let references = try manifest.search.allReferences(
          for: batch.map(\.problem),
          didIterate: { didMake(made + Int($0 * Double(min(missing, length)))) },
          shouldStop: shouldStop)
        if shouldStop() { return false }
        for ((number, problem), reference) in zip(batch, references) {
          switch reference {
          case .success(let designs):
            // One statement for all designs of a problem: bounds are those of the best one.
            let task = problem.resolvingLimits(by: designs[0].values)
            for design in designs {
              shard.append(number, task, design, for: family.split(of: problem))
            }
          case .failure(let fault): withoutDesign.append("\(number): \(fault)")
          }
        }
        didMake(min(manifest.count, manifest.designCount + shard.numbers.count))
        if manifest.designCount + shard.numbers.count >= manifest.count { break }
      }
      let missing = manifest.count - manifest.designCount
      // A problem whose designs are cut off is not whole.
      let problemCount =
        shard.numbers.count > missing ? 0 : Set(shard.numbers).count + withoutDesign.count
      shard.truncate(to: missing)
      try add(shard, first..<next, withoutDesign, problemCount)
    }
    return true
  }

  /// The next batch of problems of the wanted split, with their numbers.
  private func problems(_ count: Int, from next: inout Int) throws(SamplerFault) -> [(
    number: Int, problem: DesignTask
  )] {
    var batch: [(number: Int, problem: DesignTask)] = []
    while batch.count < count {
      let problem = try family.task(
        next, seed: manifest.seed, size: manifest.size, from: manifest.distribution)
      if manifest.split == nil || manifest.split == family.split(of: problem) {
        batch.append((next, problem))
      }
      next += 1
    }
    return batch
  }

  private mutating func add(
    _ shard: DatasetShard, _ numbers: Range<Int>, _ withoutDesign: [String],
    _ problemCount: Int
  ) throws {
    let bytes = try shard.encoded(manifest.size)
    let digits = String(manifest.shards.count)
    let file =
      "shard-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".safetensors"
    try AtomicFile.write(bytes, to: folder + "/" + file)
    manifest.shards.append(
      .init(
        file: file, sha256: Digest.text(of: bytes), firstNumber: numbers.lowerBound,
        nextNumber: numbers.upperBound,
        designCount: shard.numbers.count, withoutDesign: withoutDesign,
        problemCount: manifest.search.keepsAll ? problemCount : nil,
        soundCount: shard.soundCount, limitKeepingCount: shard.keepsLimits.count { $0 },
        splits: Dictionary(shard.splits.map { ($0.rawValue, 1) }, uniquingKeysWith: +)))
    // The manifest names only shards that are whole, so it comes after.
    try manifest.write(inFolder: folder)
  }
}
