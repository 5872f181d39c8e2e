import Foundation
import Meshing
import TestSupport
import Testing

@testable import DesignFamilies
@testable import Files

@Suite("Data sets") struct DatasetTests {
  static func manifest(_ count: Int, seed: UInt64 = 1) -> DatasetManifest {
    DatasetManifest(
      family: PartProblems.family, size: GridSize(columns: 32, rows: 32), seed: seed,
      distribution: "catalogue",
      search: ReferenceSearch(iterationCount: 8), count: count, versions: ["gcgan": "test"])
  }

  /// A folder of its own, removed afterwards.
  static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("gcgan-dataset-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  static func bytes(_ folder: String) throws -> [String: [UInt8]] {
    var result: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      result[name] = try AtomicFile.read(folder + "/" + name)
    }
    return result
  }

  @Test func `the same seed gives the same bytes, at once or interrupted and continued`() throws {
    try Self.withFolder { one in
      try Self.withFolder { two in
        var whole = try DatasetBuilder(Self.manifest(300), in: one)
        #expect(try whole.run())
        var part = try DatasetBuilder(Self.manifest(300), in: two)
        var made = 0
        // Stopped in the second shard: only the first is kept.
        #expect(try !part.run(didMake: { made = $0 }, shouldStop: { made > 256 }))
        #expect(part.manifest.shards.count == 1)
        var rest = try DatasetBuilder(Self.manifest(300), in: two)
        #expect(try rest.run())
        #expect(try Self.bytes(one) == Self.bytes(two))
      }
    }
  }

  @Test func `a set reads back, its volumes are exact and no split has another's twin`() throws {
    try Self.withFolder { folder in
      var builder = try DatasetBuilder(Self.manifest(200), in: folder)
      #expect(try builder.run())
      let set = try Dataset(contentsOf: folder)
      #expect(set.all.numbers.count == 200)
      #expect(Set(set.all.splits) == Set(DatasetSplit.allCases))
      var splits: [[UInt8]: DatasetSplit] = [:]
      for place in set.all.numbers.indices {
        let problem = set.all.problems[place]
        #expect(set.all.designs[place].solidCount == problem.solidCount)
        #expect(PartProblems.family.split(of: problem) == set.all.splits[place])
        let key = problem.symmetryKey
        #expect(splits[key, default: set.all.splits[place]] == set.all.splits[place])
        splits[key] = set.all.splits[place]
      }
      let share = Double(set.places(of: .train).count) / 200
      // Nine tenths of the nine tenths that are not L2; four standard deviations of 200 draws.
      #expect(abs(share - 0.81) < 0.11)
    }
  }

  @Test func `a damaged shard is named with both hashes, and nothing of it is read`() throws {
    try Self.withFolder { folder in
      var builder = try DatasetBuilder(Self.manifest(20), in: folder)
      #expect(try builder.run())
      let path = folder + "/" + builder.manifest.shards[0].file
      var bytes = try AtomicFile.read(path)
      bytes[bytes.count / 2] ^= 1
      try AtomicFile.write(bytes, to: path)
      #expect {
        try Dataset(contentsOf: folder)
      } throws: { error in
        "\(error)".contains(path) && "\(error)".contains(builder.manifest.shards[0].sha256)
          && "\(error)".contains("damaged")
      }
      try AtomicFile.write(Array(bytes.prefix(100)), to: path)
      #expect(throws: DatasetFault.self) { try Dataset(contentsOf: folder) }
      #expect(throws: DatasetFault.self) { try DatasetBuilder(Self.manifest(20), in: folder) }
    }
  }

  @Test func `one split alone holds problems of that split, and random problems are never L2`()
    throws
  {
    try Self.withFolder { folder in
      var manifest = Self.manifest(10)
      manifest.split = .l1
      var builder = try DatasetBuilder(manifest, in: folder)
      #expect(try builder.run())
      let set = try Dataset(contentsOf: folder)
      #expect(set.all.splits == Array(repeating: .l1, count: 10))
      #expect(set.all.numbers == set.all.numbers.sorted() && set.all.numbers[9] > 10)
      manifest.split = .l2
      manifest.distribution = "random"
      #expect(throws: SamplerFault.self) {
        try Self.withFolder { other in
          var builder = try DatasetBuilder(manifest, in: other)
          _ = try builder.run()
        }
      }
    }
  }

  @Test func `another seed does not go into the same folder, and no folder is no set`() throws {
    try Self.withFolder { folder in
      #expect(throws: DatasetFault.self) { try Dataset(contentsOf: folder) }
      var builder = try DatasetBuilder(Self.manifest(10), in: folder)
      #expect(try builder.run())
      #expect(throws: DatasetFault.anotherSet(folder: folder)) {
        try DatasetBuilder(Self.manifest(10, seed: 2), in: folder)
      }
      try AtomicFile.write("{\"format\": 7}", to: folder + "/" + DatasetManifest.fileName)
      #expect(throws: DatasetFault.self) { try Dataset(contentsOf: folder) }
    }
  }

  @Test func `a manifest cannot name a file outside of its folder`() throws {
    try Self.withFolder { folder in
      var builder = try DatasetBuilder(Self.manifest(10), in: folder)
      #expect(try builder.run())
      let path = folder + "/" + DatasetManifest.fileName
      let text = String(decoding: try AtomicFile.read(path), as: UTF8.self)
      try AtomicFile.write(
        text.replacingOccurrences(of: "shard-00000", with: "../shard-00000"), to: path)
      #expect(throws: DatasetFault.self) { try Dataset(contentsOf: folder) }
    }
  }
}
