internal import Manufacturability
internal import Meshing

/// Makes a data set shard by shard; what is there already is kept.
///
/// A shard depends on the settings and its numbers alone, so an interrupted set continued later has the same bytes as one made at once.
public struct DatasetBuilder: Sendable {
  /// Problems drawn for one shard.
  public static let shardLength = 256
  /// Problems optimised side by side.
  static let batchLength = 64

  /// What is made; its shards are filled in.
  public private(set) var manifest: DatasetManifest
  /// Where it goes.
  public let folder: String

  /// Takes up a folder, empty or with a part of this set.
  ///
  /// - Parameter manifest: The settings; shards are those found in the folder.
  /// - Throws: ``DatasetFault`` where the folder holds another set, or one that is damaged.
  public init(_ manifest: DatasetManifest, in folder: String) throws(DatasetFault) {
    self.manifest = manifest
    self.folder = folder
    self.manifest.shards = []
    guard AtomicFile.exists(folder + "/" + DatasetManifest.fileName) else { return }
    let found = try DatasetManifest(inFolder: folder)
    guard found.isContinued(by: manifest) else { throw .anotherSet(folder: folder) }
    for shard in found.shards {
      // The last shard of a shorter set has been cut off: it is made again.
      let isWhole = shard.designCount + shard.withoutDesign.count == Self.shardLength
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
  public var isComplete: Bool { manifest.designCount >= manifest.count }

  /// Draws problems and finds their designs until there are as many as asked for.
  ///
  /// - Parameters:
  ///   - didMake: Told the number of designs after every batch.
  ///   - shouldStop: Asked after every batch; where it says yes, whole shards are kept and the rest is left out.
  /// - Returns: Whether the set is complete.
  public mutating func run(didMake: (Int) -> Void = { _ in }, shouldStop: () -> Bool = { false })
    throws -> Bool
  {
    if manifest.distribution == .random, manifest.split == .l2 {
      throw SamplerFault(description: "random problems are never L2, which is of the catalogue")
    }
    while !isComplete {
      let first = manifest.shards.last?.nextNumber ?? 0
      var next = first
      var shard = DatasetShard()
      var withoutDesign: [String] = []
      for _ in 0..<(Self.shardLength / Self.batchLength) {
        let batch = try problems(from: &next)
        let references = try manifest.search.references(for: batch.map(\.problem))
        for ((number, problem), reference) in zip(batch, references) {
          switch reference {
          case .success(let design): shard.append(number, problem, design)
          case .failure(let fault): withoutDesign.append("\(number): \(fault)")
          }
        }
        didMake(min(manifest.count, manifest.designCount + shard.numbers.count))
        if shouldStop() { return false }
        if manifest.designCount + shard.numbers.count >= manifest.count { break }
      }
      shard.truncate(to: manifest.count - manifest.designCount)
      try add(shard, first..<next, withoutDesign)
    }
    return true
  }

  /// The problem with a number.
  func problem(_ number: Int) throws(SamplerFault) -> PartProblem {
    let source: PartSampler.Source =
      switch manifest.distribution {
      case .catalogue: number % 10 == 9 ? .unseen : .seen
      case .random: .random
      }
    return try PartSampler(size: manifest.size, source: source)
      .problem(number, seed: manifest.seed)
  }

  /// The next batch of problems of the wanted split, with their numbers.
  private func problems(from next: inout Int) throws(SamplerFault) -> [(
    number: Int, problem: PartProblem
  )] {
    var batch: [(number: Int, problem: PartProblem)] = []
    while batch.count < Self.batchLength {
      let problem = try problem(next)
      if manifest.split == nil || manifest.split == problem.split { batch.append((next, problem)) }
      next += 1
    }
    return batch
  }

  private mutating func add(
    _ shard: DatasetShard, _ numbers: Range<Int>, _ withoutDesign: [String]
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
        splits: Dictionary(shard.splits.map { ($0.rawValue, 1) }, uniquingKeysWith: +)))
    // The manifest names only shards that are whole, so it comes after.
    try manifest.write(inFolder: folder)
  }
}
