import DesignValidation
import Files
import Foundation
import Meshing
import TestSupport
import Testing

@Suite("Searches for parts") struct PartSearchTests {
  private func search(_ folder: PartsFolder) throws -> PartSearch {
    try PartSearch(in: [folder.path])
  }

  /// Names of parts that are evaluated, and of those that cannot be.
  private func names(_ search: PartSearch) -> (good: [String], bad: [String]) {
    (
      search.parts.filter { $0.problem == nil }.map(\.name),
      search.parts.filter { $0.problem != nil }.map(\.name)
    )
  }

  @Test func `folders with a part file and decks are parts, in the order of their names`() throws {
    let folder = try PartsFolder()
    try folder.write(PartText.good, to: "b/part.yml")
    try folder.write("*NODE", to: "b/fine.inp")
    try folder.write("*NODE", to: "c.INP")
    try folder.write("*NODE", to: "a.inp")
    try folder.write("text", to: "README.md")
    try folder.write(PartText.good, to: ".hidden/part.yml")
    let search = try PartSearch(in: [folder.path + "/"])
    #expect(search.parts.map(\.name) == ["a", "b", "c"])
    #expect(search.parts.map(\.kind) == [.bareDeck, .partFile, .bareDeck])
    #expect(search.notes.isEmpty)
  }

  @Test func `parts are found at any depth and named by their paths`() throws {
    let folder = try PartsFolder()
    try folder.write(PartText.good, to: "sub/b2/part.yml")
    try folder.write(PartText.good, to: "sub/deep/er/b3/part.yml")
    try folder.write(PartText.good, to: "sub/b2/variant/part.yml")
    try folder.write("*NODE", to: "decks/a.inp")
    try folder.write("*NODE", to: "sub/b2/meshes/mesh.inp")
    let parts = try search(folder).parts
    #expect(parts.map(\.name) == ["decks/a", "sub/b2", "sub/b2/variant", "sub/deep/er/b3"])
    #expect(parts.map(\.problem) == [nil, nil, nil, nil])
    #expect(parts[1].path == folder.path + "/sub/b2")
  }

  @Test func `a directory may be one part, and a path one deck`() throws {
    let folder = try PartsFolder()
    try folder.write(PartText.good, to: "b/part.yml")
    let deck = try folder.write("*NODE", to: "a.inp")
    #expect(try PartSearch(in: [folder.path + "/b"]).parts.map(\.name) == ["b"])
    #expect(try PartSearch(in: [deck]).parts.map(\.name) == ["a"])
  }

  @Test(arguments: ["/no/such/directory", "/dev/null"])
  func `what is neither a directory nor a deck is an error`(_ path: String) {
    #expect(throws: InputFault.self) { try PartSearch(in: [path]) }
  }

  @Test func `all directories are searched; names that meet become paths`() throws {
    let (first, second) = (try PartsFolder(), try PartsFolder())
    try first.write(PartText.good, to: "a/part.yml")
    try first.write(PartText.good, to: "b/part.yml")
    try second.write(PartText.good, to: "b/part.yml")
    try second.write(PartText.good, to: "c/part.yml")
    let parts = try PartSearch(in: [first.path, second.path, first.path]).parts
    #expect(
      Set(parts.map(\.name)) == ["a", "c", first.path + "/b", second.path + "/b"])
    #expect(parts.count == 4)
  }

  @Test(
    "a part file under a wrong name is told, with the remedy",
    arguments: [
      ("part.yaml", "title: x"), ("Part.yml", "title: x"), ("PART.YML", ""), ("part.yml.txt", ""),
      ("part.yml~", ""), ("bracket.yml", "# mine\ngcgan: part/1\n"),
      ("bracket.YAML", "gcgan:   part/2"),
    ])
  func misnamed(_ name: String, _ text: String) throws {
    let folder = try PartsFolder()
    try folder.write(text, to: "typo/" + name)
    try folder.write("*NODE", to: "typo/deck.inp")
    let part = try #require(try search(folder).parts.first)
    #expect(try search(folder).parts.count == 1)
    #expect(part.name == "typo")
    #expect(part.problem?.first == "there is no part.yml, but '\(name)', which is not read")
    #expect(part.problem?.last == "rename '\(name)' to 'part.yml'")
    // Beside a good one it is a copy somebody kept.
    try folder.write(PartText.good, to: "typo/part.yml")
    #expect(try search(folder).parts.map(\.problem) == [nil])
  }

  @Test("a design without a part file is told", arguments: ["density.npy", "problem.yml"])
  func design(_ name: String) throws {
    let folder = try PartsFolder()
    try folder.write("", to: "opt/bracket/" + name)
    try folder.write("", to: "notes/config.yml")
    let search = try search(folder)
    #expect(names(search).bad == ["opt/bracket"])
    #expect(names(search).good.isEmpty)
    #expect(
      search.parts[0].problem?.first?.contains("the folder has \(name) and no part.yml") == true)
  }

  @Test func `a deck that another includes is no part of its own`() throws {
    let folder = try PartsFolder()
    try folder.write("*HEADING\nx\n  * include , Input = \"mesh.inp\"\n", to: "a.inp")
    try folder.write("*INCLUDE,\nINPUT=sub/nodes.inp\n", to: "mesh.inp")
    try folder.write("*NODE\n1, 0, 0\n", to: "sub/nodes.inp")
    try folder.write("** *INCLUDE, INPUT=d.inp\n*NODE\n", to: "c.inp")
    try folder.write("*NODE\n", to: "d.inp")
    let search = try search(folder)
    #expect(names(search).good == ["a", "c", "d"])
    #expect(
      search.notes == [
        "'mesh.inp' is included by 'a.inp': it is not a part by itself",
        "'nodes.inp' is included by 'a.inp': it is not a part by itself",
      ])
    // Named by itself it is what the user wants to see.
    #expect(try PartSearch(in: [folder.path + "/mesh.inp"]).parts.map(\.name) == ["mesh"])
  }

  @Test func `decks that include each other in a circle stay parts`() throws {
    let folder = try PartsFolder()
    try folder.write("*INCLUDE, INPUT=b.inp\n", to: "a.inp")
    try folder.write("*INCLUDE, INPUT=a.inp\n", to: "b.inp")
    #expect(names(try search(folder)).good == ["a", "b"])
  }

  @Test func `a name that is not UTF-8 is told, and the JSON stays valid`() throws {
    let folder = try PartsFolder()
    try folder.write(PartText.good, to: "good/part.yml")
    for bytes in ["/b\u{1}d", "/d\u{1}.inp"] {
      var path = Array((folder.path + bytes).utf8CString)
      for index in path.indices where path[index] == 1 { path[index] = CChar(bitPattern: 0xFF) }
      if bytes.hasSuffix("inp") {
        close(open(path, O_CREAT | O_WRONLY, 0o600))
      } else {
        #expect(mkdir(path, 0o700) == 0)
      }
    }
    let search = try search(folder)
    #expect(names(search).good == ["good"])
    #expect(names(search).bad == ["b\\xFFd", "d\\xFF"])
    #expect(search.parts[0].problem?.first?.contains("not UTF-8") == true)
  }

  @Test func `links to folders above end the search, links beside are parts`() throws {
    let folder = try PartsFolder()
    try folder.write(PartText.good, to: "b/part.yml")
    try folder.write("", to: "sub/file")
    for (name, target) in [("loop", "."), ("b/self", "../b"), ("a", "b"), ("sub/up", "..")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/" + name, withDestinationPath: target)
    }
    let search = try search(folder)
    #expect(names(search).good == ["a", "b"])
    #expect(names(search).bad.isEmpty)
    #expect(search.notes.count == 3)
    #expect(search.notes.allSatisfy { $0.hasSuffix("was searched already: it is skipped") })
  }

  @Test func `links that lead nowhere and pipes are told where they could be parts`() throws {
    let folder = try PartsFolder()
    for name in ["part-5", "deck.inp", "notes.txt"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/" + name, withDestinationPath: "gone/" + name)
    }
    #expect(mkfifo(folder.path + "/pipe.inp", 0o600) == 0)
    let search = try search(folder)
    #expect(names(search).bad == ["deck", "part-5", "pipe"])
    #expect(search.parts[0].problem?[0] == "the link cannot be followed: No such file or directory")
  }

  @Test func `a folder too deep to be opened is told`() throws {
    let folder = try PartsFolder()
    // Made step by step: as a whole the path is longer than the system takes.
    let name = String(repeating: "n", count: 200)
    defer {
      _ = try? Process.run(URL(filePath: "/bin/rm"), arguments: ["-rf", folder.path])
        .waitUntilExit()
    }
    var parent = open(folder.path, O_RDONLY | O_DIRECTORY)
    for _ in 0..<24 {
      #expect(mkdirat(parent, name, 0o700) == 0)
      let next = openat(parent, name, O_RDONLY | O_DIRECTORY)
      close(parent)
      parent = next
    }
    close(parent)
    let bad = try search(folder).parts
    #expect(bad.count == 1)
    #expect(bad.first?.problem?.first == "the folder cannot be listed: File name too long")
  }

  /// Ten thousand folders have to take a hundred times what a hundred take; the processor's time of this thread tells, whatever else runs.
  @Test func `the search grows with the number of parts`() throws {
    func cost(_ count: Int) throws -> Duration {
      let folder = try PartsFolder()
      for number in 0..<count {
        try FileManager.default.createDirectory(
          atPath: "\(folder.path)/p\(number)", withIntermediateDirectories: true)
        _ = FileManager.default.createFile(
          atPath: "\(folder.path)/p\(number)/part.yml", contents: nil)
      }
      var best = Duration.seconds(1000)
      for _ in 0..<3 {
        let begin = threadTime()
        #expect(try search(folder).parts.count == count)
        best = min(best, threadTime() - begin)
      }
      return best
    }
    let (few, many) = (try cost(200), try cost(4000))
    // Twenty times as many; a search that looks at each part for each other would take four hundred times as long.
    #expect(many < few * 60, "\(few) for 200, \(many) for 4000")
  }
}
