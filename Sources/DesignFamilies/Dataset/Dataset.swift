internal import Files
internal import Meshing

/// A data set read into memory, with every shard's hash checked.
package struct Dataset: Sendable {
  /// What the set says of itself.
  package let manifest: DatasetManifest
  /// Where it is.
  package let folder: String
  /// All designs with their problems, in the order of their numbers.
  package let all: DatasetShard

  /// Reads a set.
  ///
  /// - Throws: ``DatasetFault``: no set, a damaged shard named by its hash, no design.
  package init(contentsOf folder: String) throws(DatasetFault) {
    let manifest = try DatasetManifest(inFolder: folder)
    var all = DatasetShard()
    for shard in manifest.shards {
      try Self.check(shard, in: folder)
      all.append(
        contentsOf: try DatasetShard(contentsOf: folder + "/" + shard.file, manifest.size))
    }
    guard !all.numbers.isEmpty else { throw .empty(folder: folder) }
    self.manifest = manifest
    self.folder = folder
    self.all = all
  }

  /// The places of a split's designs.
  package func places(of split: DatasetSplit) -> [Int] {
    all.splits.indices.filter { all.splits[$0] == split }
  }

  /// Compares a shard's hash with the one that the manifest names.
  static func check(_ shard: DatasetManifest.Shard, in folder: String) throws(DatasetFault) {
    let path = folder + "/" + shard.file
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try AtomicFile.read(path, upTo: 4 << 30)
    } catch {
      throw .notAShard(path: path, reason: error.description)
    }
    let digest = Digest.text(of: bytes)
    guard digest == shard.sha256 else {
      throw .damagedShard(path: path, expected: shard.sha256, found: digest)
    }
  }
}

extension DatasetShard {
  mutating func append(contentsOf other: DatasetShard) {
    numbers += other.numbers
    problems += other.problems
    designs += other.designs
    objectives += other.objectives
    optimisedObjectives += other.optimisedObjectives
    splits += other.splits
  }
}
