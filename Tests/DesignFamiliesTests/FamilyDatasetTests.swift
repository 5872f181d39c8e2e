import Foundation
import Testing

@testable import DesignFamilies
@testable import DesignProblem
@testable import Files

@Suite("Data sets of family files") struct FamilyDatasetTests {
  private static func manifest(
    _ family: FamilyFile, count: Int, search: ReferenceSearch? = nil
  ) -> DatasetManifest {
    DatasetManifest(
      family: family, size: FamilyText.size, seed: 1, distribution: "main", search: search,
      count: count, versions: ["gcgan": "test"])
  }

  @Test func `keep the family's text, and give the family back without its file`() throws {
    let family = try FamilyText.family()
    try DatasetTests.withFolder { folder in
      var builder = try DatasetBuilder(
        Self.manifest(family, count: 40), in: folder, families: Families([family]))
      #expect(try builder.run())
      let set = try Dataset(contentsOf: folder)
      #expect(set.manifest.familyFile == FamilyText.good)
      #expect(set.manifest.familyHash == Digest.text(of: Array(FamilyText.good.utf8)))
      let again = try set.manifest.family(in: Families([]), folder: folder)
      #expect(again.name == "strips" && again.hash == family.hash)
      for (number, task) in zip(set.all.numbers, set.all.problems) {
        let drawn = try again.task(number, seed: 1, size: FamilyText.size, from: "main")
        #expect(task.stated == drawn.stated && task.caseName == drawn.caseName)
        // 1.2 times what the reference has is a value now.
        #expect(task.limits.allSatisfy { $0.value != nil } && task.limits[1] == drawn.limits[1])
      }
      #expect(set.manifest.soundCount == 40)
      // No reference fills more than 0.5, and each is cooler than 1.2 times itself.
      #expect(set.manifest.limitKeepingCount == 40)
    }
  }

  @Test func `are not continued with another text of the family, and say so`() throws {
    let family = try FamilyText.family()
    let other = try FamilyText.family(FamilyText.good("[1 W, 4 W]", "[1 W, 5 W]"))
    try DatasetTests.withFolder { folder in
      var builder = try DatasetBuilder(
        Self.manifest(family, count: 8), in: folder, families: Families([family]))
      #expect(try builder.run())
      #expect {
        try DatasetBuilder(
          Self.manifest(other, count: 16), in: folder, families: Families([other]))
      } throws: { error in
        let text = "\(error)"
        return text.contains("another file of the family 'strips'")
          && [family, other].allSatisfy { text.contains($0.hash ?? "-") }
      }
      // What is there is not touched.
      #expect(try Dataset(contentsOf: folder).all.numbers.count == 8)
    }
  }

  @Test func `a manifest whose family was changed by hand is refused`() throws {
    let family = try FamilyText.family()
    try DatasetTests.withFolder { folder in
      var builder = try DatasetBuilder(
        Self.manifest(family, count: 8), in: folder, families: Families([family]))
      #expect(try builder.run())
      var manifest = builder.manifest
      manifest.familyFile = FamilyText.good("4 W", "5 W")
      #expect {
        try manifest.family(in: Families([family]), folder: folder)
      } throws: { error in
        "\(error)".contains("the family's file in it is damaged")
      }
    }
  }

  @Test func `a full disk is told, and leaves no set behind`() throws {
    let family = try FamilyText.family()
    try DatasetTests.withFolder { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/shard-00000.safetensors", withDestinationPath: "/dev/full")
      var builder = try DatasetBuilder(
        Self.manifest(family, count: 8), in: folder, families: Families([family]))
      #expect {
        _ = try builder.run()
      } throws: { error in
        "\(error)".contains("No space left on device") && "\(error)".contains("shard-00000")
      }
      #expect(!AtomicFile.exists(folder + "/" + DatasetManifest.fileName))
    }
  }

  @Test func `of several starts are the same at once and interrupted, and may keep all designs`()
    throws
  {
    let family = try FamilyText.family()
    let all = ReferenceSearch(iterationCount: 6, startCount: 2, keepsAll: true)
    try DatasetTests.withFolder { one in
      try DatasetTests.withFolder { two in
        let manifest = Self.manifest(family, count: 530, search: all)
        var whole = try DatasetBuilder(manifest, in: one, families: Families([family]))
        #expect(try whole.run())
        var part = try DatasetBuilder(manifest, in: two, families: Families([family]))
        var made = 0
        #expect(try !part.run(didMake: { made = $0 }, shouldStop: { made > 512 }))
        var rest = try DatasetBuilder(manifest, in: two, families: Families([family]))
        #expect(rest.manifest.shards.count == 1)
        #expect(try rest.run())
        #expect(try DatasetTests.bytes(one) == DatasetTests.bytes(two))
        let all = try Dataset(contentsOf: one).all
        let pairs = all.numbers.indices.dropLast().filter {
          all.numbers[$0] == all.numbers[$0 + 1]
        }
        #expect(pairs.count > 200)
        // Both designs of a problem are held to the same bounds, and the better one comes first.
        #expect(pairs.allSatisfy { all.problems[$0] == all.problems[$0 + 1] })
        #expect(pairs.allSatisfy { all.objectives[$0] <= all.objectives[$0 + 1] })
        // Starts that differ lead to other designs now and then.
        #expect(pairs.contains { all.designs[$0] != all.designs[$0 + 1] })
      }
    }
  }

  @Test func `the best of several starts is never worse than that of one`() throws {
    let family = try FamilyText.family()
    let tasks = try (0..<8).map {
      try family.task($0, seed: 2, size: FamilyText.size, from: nil)
    }
    let one = try ReferenceSearch(iterationCount: 10).references(for: tasks)
    let three = try ReferenceSearch(iterationCount: 10, startCount: 3).references(for: tasks)
    for (one, best) in zip(one, three) {
      #expect(try best.get().objective <= one.get().objective * (1 + 1e-9))
    }
  }

  @Test func `moving asymptotes find designs too, within the volume`() throws {
    let family = try FamilyText.family(
      FamilyText.good("iterations: 10", "iterations: 30, method: mma"))
    #expect(family.search.method == .movingAsymptotes)
    let tasks = try (0..<4).map {
      try family.task($0, seed: 2, size: FamilyText.size, from: nil)
    }
    let criteria = try ReferenceSearch(iterationCount: 30).references(for: tasks)
    for ((task, design), other) in zip(
      zip(tasks, try family.search.references(for: tasks)), criteria)
    {
      let design = try design.get()
      #expect(design.design.solidCount == task.solidCount)
      let grey = design.density.reduce(0, +) / Double(task.size.elementCount)
      #expect(grey <= task.volumeFraction * 1.001)
      // Both are local minima: neither is far from the other.
      #expect(try abs(design.objective / other.get().objective - 1) < 0.3)
    }
  }
}

@Suite("The page on family files and the schema") struct FamilyPageTests {
  /// The example of Docs/FamilyFile.md.
  static func page() throws -> String {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Docs/FamilyFile.md").path
    let text = String(decoding: try AtomicFile.read(path), as: UTF8.self)
    let parts = text.split(separator: "```yaml\n")
    return try String(#require(parts.dropFirst().first?.split(separator: "```").first))
  }

  @Test func `the page's example is read, and has references`() throws {
    let family = try FamilyText.family(try Self.page())
    #expect(family.name == "brackets" && family.distributions.map(\.name) == ["main", "heavy"])
    for size in family.sizes {
      for distribution in family.distributions.map(\.name) {
        let tasks = try [0, 9].map {
          try family.task($0, seed: 1, size: size, from: distribution)
        }
        #expect(family.isUnseen(tasks[1]) && !family.isUnseen(tasks[0]))
        let designs = try family.search.references(for: tasks).map { try $0.get() }
        for (task, design) in zip(tasks, designs) {
          #expect(abs(design.design.solidCount - task.solidCount) <= 1)
        }
      }
    }
  }

  @Test func `the page names every key and every distribution`() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Docs/FamilyFile.md").path
    let text = String(decoding: try AtomicFile.read(path), as: UTF8.self)
    for key in FamilyFileReader.keys.dropFirst() { #expect(text.contains("`\(key)`"), "\(key)") }
    for word in Distribution.words { #expect(text.contains("`{\(word): "), "\(word)") }
    for function in ScalarFunction.allCases { #expect(text.contains("`\(function.rawValue)`")) }
  }
}
