extension RunRecord {
  /// The record of a whole run from those of its shards, with the bytes of the run that was not sharded.
  ///
  /// - Throws: ``MergeFault`` as ``RunResult/init(merging:)``, and where shards were solved with other kernels.
  package static func merged(_ shards: [(file: String, record: RunRecord)]) throws(MergeFault)
    -> Self
  {
    let merged = try RunResult(merging: shards.map { ($0.file, $0.record.result) })
    guard let first = shards.first else {
      throw MergeFault(description: "there is nothing to merge")
    }
    for (file, record) in shards where record.kernels != first.record.kernels {
      let names = record.kernels.keys.filter { record.kernels[$0] != first.record.kernels[$0] }
      throw MergeFault(
        description:
          "'\(file)' was solved with other kernels of \(names.sorted().joined(separator: ", ")) than "
          + "'\(first.file)': evaluate all shards on processors of one kind")
    }
    var record = first.record
    (record.failsFast, record.shard, record.allParts) = (merged.failsFast, nil, merged.allParts)
    record.isInterrupted = merged.isInterrupted
    record.parts = merged.parts
    return record
  }
}

extension RunTimings {
  /// What several machines spent together.
  package init(adding shards: [RunTimings]) {
    self.init()
    wallSeconds = shards.reduce(0) { $0 + $1.wallSeconds }
    threads = shards.first?.threads
    parts = shards.flatMap(\.parts).sorted { $0.name < $1.name }
  }
}
