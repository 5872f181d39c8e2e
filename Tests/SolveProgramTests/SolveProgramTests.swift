import Foundation
import TestSupport
import Testing

/// The program itself, as a person or a pipeline calls it.
@Suite("gcgan-solve", .serialized) struct SolveProgramTests {
  /// What a call left behind.
  private struct Call {
    var code: Int32
    var reason: Process.TerminationReason
    var output: String
    var errors: String
  }

  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "gcgan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// The program beside the test bundle.
  private static var program: URL {
    let bundle = URL(filePath: CommandLine.arguments[0])
    let candidates =
      [bundle.deletingLastPathComponent(), Bundle.main.bundleURL]
      + Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
    return candidates.map { $0.appending(path: "gcgan-solve") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      ?? URL(filePath: "gcgan-solve")
  }

  /// Calls the program in the folder and waits for it.
  private func call(
    _ arguments: String..., output: Any? = nil, meanwhile: (Process) throws -> Void = { _ in }
  ) throws -> Call {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    let (out, err) = (folder.appending(path: "call.out"), folder.appending(path: "call.err"))
    for file in [out, err] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardOutput = try output ?? FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try process.run()
    try meanwhile(process)
    process.waitUntilExit()
    return Call(
      code: process.terminationStatus, reason: process.terminationReason,
      output: try String(contentsOf: out, encoding: .utf8),
      errors: try String(contentsOf: err, encoding: .utf8))
  }

  private func write(_ deck: String, to name: String) throws {
    try Data(deck.utf8).write(to: folder.appending(path: name))
  }

  private func files(in name: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path))?
      .sorted() ?? []
  }

  /// A block of count³ cells of eight nodes, held below and pushed at one corner.
  private static func block(_ count: Int) -> String {
    let side = count + 1
    var deck = "*NODE, NSET=ALL\n"
    for node in 0..<(side * side * side) {
      deck += "\(node + 1), \(node % side), \(node / side % side), \(node / side / side)\n"
    }
    deck += "*ELEMENT, TYPE=C3D8, ELSET=BODY\n"
    for cell in 0..<(count * count * count) {
      let (x, y, z) = (cell % count, cell / count % count, cell / count / count)
      let first = x + side * (y + side * z) + 1
      let lower = [first, first + 1, first + side + 1, first + side]
      let nodes = lower + lower.map { $0 + side * side }
      deck += "\(cell + 1), " + nodes.map(String.init).joined(separator: ", ") + "\n"
    }
    return deck + """
      *NSET, NSET=FLOOR, GENERATE
      1, \(side * side)
      *MATERIAL, NAME=M
      *ELASTIC
      1000., 0.3
      *SOLID SECTION, ELSET=BODY, MATERIAL=M
      *BOUNDARY
      FLOOR, 1, 3
      *STEP
      *STATIC
      *CLOAD
      \(side * side * side), 1, 1.
      *NODE PRINT, NSET=ALL
      U
      *END STEP

      """
  }

  @Test("a signal ends a solve and leaves no file", arguments: [SIGINT, SIGTERM, SIGHUP])
  func interrupted(_ signal: Int32) throws {
    // Ten seconds of work and more: it does not end before the signal comes, even on a busy machine.
    try write(Self.block(36), to: "block.inp")
    let call = try call("block.inp", "-o", "out") { process in
      process.waitUntilCatching(signal)
      usleep(20_000)
      kill(process.processIdentifier, signal)
    }
    #expect(call.reason == .exit)
    #expect(call.code == [SIGINT: 130, SIGTERM: 143, SIGHUP: 129][signal])
    #expect(call.errors == "interrupted\n")
    #expect(files(in: "out").isEmpty)
  }

  @Test func `a reader that goes away is no crash`() throws {
    try write(Self.block(1), to: "block.inp")
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let call = try call("block.inp", "-o", "out", output: pipe)
    #expect(call.reason == .exit)
    #expect(call.code == 0)
    #expect(files(in: "out") == ["block.dat", "block.json", "block.vtu"])
  }

  @Test func `the ending of a deck may be left out, and the folder is made`() throws {
    try write(Self.block(1), to: "block.inp")
    let call = try call("block", "--output", "a/b/")
    #expect(call.code == 0)
    #expect(call.output.hasPrefix("block.inp: 8 nodes, 1 element, 12 unknowns\n"))
    #expect(call.output.hasSuffix("written: block.dat, block.vtu, block.json\n"))
    #expect(call.errors == "")
    #expect(files(in: "a/b") == ["block.dat", "block.json", "block.vtu"])
  }

  @Test func `a folder that cannot be is refused before the deck is solved`() throws {
    try write(Self.block(24), to: "block.inp")
    try write("", to: "file")
    let start = ContinuousClock.now
    let atFile = try call("block.inp", "-o", "file")
    let belowFile = try call("block.inp", "-o", "/proc/gcgan/results")
    #expect(ContinuousClock.now - start < .seconds(60))
    #expect(atFile.code == 73)
    #expect(atFile.errors == "cannot write to file: this is not a folder\n")
    #expect(belowFile.code == 73)
    #expect(belowFile.errors.hasPrefix("cannot "))
    #expect(belowFile.errors.contains("/proc"))
  }

  @Test func `a deck that asks for nothing is told so`() throws {
    try write(Self.block(1).replacing("*NODE PRINT, NSET=ALL\nU\n", with: ""), to: "block.inp")
    let call = try call("block.inp")
    #expect(call.code == 0)
    #expect(
      call.output.hasSuffix(
        "written: block.dat (empty: the deck has no print request), block.vtu, block.json\n"))
  }

  @Test func `where equations tie nodes no balance is claimed`() throws {
    let deck = Self.block(1).replacing(
      "*STEP\n", with: "*EQUATION\n2\n5, 1, 1., 6, 1, -1.\n*STEP\n")
    try write(deck, to: "block.inp")
    let call = try call("block.inp")
    #expect(call.code == 0)
    #expect(call.output.contains("forces not added up, as equations tie nodes"))
    let report =
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: folder.appending(path: "block.json"))) as? [String: Any]
    #expect(report?["reactionBalance"] is NSNull)
  }

  @Test("decks from other systems read alike", arguments: ["\u{FEFF}", "\r\n", "lower", "\t"])
  func spelled(_ kind: String) throws {
    let deck = Self.block(1)
    try write(deck, to: "block.inp")
    let other =
      switch kind {
      case "\u{FEFF}": kind + deck
      case "\r\n": deck.split(separator: "\n").joined(separator: "\r\n")
      case "lower": deck.lowercased()
      default: deck.replacing(", ", with: "\t,\t")
      }
    try write(other, to: "other.inp")
    #expect(try call("block.inp", "-q").code == 0)
    #expect(try call("other.inp", "-q").code == 0)
    let read = { (name: String) in try Data(contentsOf: folder.appending(path: name)) }
    #expect(try read("block.dat") == read("other.dat"))
  }

  @Test(
    "what is no deck is bad data, said in a line",
    arguments: [
      ("nowhere.inp", "nowhere.inp: the file cannot be opened: No such file or directory\n"),
      (".", ".: this is a folder; name a deck, a file whose name ends in .inp\n"),
      (
        "/dev/stdin",
        "/dev/stdin: this is not a file; name a deck, a file whose name ends in .inp\n"
      ),
    ])
  func noDeck(_ name: String, _ message: String) throws {
    let call = try call(name)
    #expect(call.code == 65)
    #expect(call.errors == message)
    #expect(call.output == "")
  }

  /// A mesh of Gmsh, as Meshing's tests have it.
  private static func mesh(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../MeshingTests/Resources/\(name)").standardizedFileURL
  }

  @Test func `a mesh of Gmsh becomes cards that a deck includes, and is solved`() throws {
    let mesh = folder.appending(path: "two boxes.msh")
    try FileManager.default.copyItem(at: Self.mesh("mixed-2-msh41-binary.msh"), to: mesh)
    let written = try call("mesh", "two boxes.msh", "-o", "out")
    #expect(written.code == 0, "\(written)")
    #expect(written.output.contains("out/two boxes.inp: 55 nodes, 6 elements"))
    #expect(written.output.contains("surfaces: PhysicalSurface77, between, bottom, root"))
    // The bar from 0 to 2 stands on its bottom; a pressure of 6 acts on the half of its top, of area 1.
    try write(
      """
      *INCLUDE, INPUT=two boxes.inp
      *MATERIAL, NAME=M
      *ELASTIC
      1000., 0.3
      *SOLID SECTION, ELSET=everything, MATERIAL=M
      *BOUNDARY
      bottom, 1, 3
      *STEP
      *STATIC
      *DSLOAD
      PhysicalSurface77, P, 6.
      *NODE PRINT, NSET=bottom, TOTALS=ONLY
      RF
      *END STEP
      """, to: "out/bar.inp")
    let solved = try call("out/bar.inp", "--quiet")
    #expect(solved.code == 0, "\(solved)")
    let rows = try String(contentsOf: folder.appending(path: "out/bar.dat"), encoding: .utf8)
      .split(separator: "\n")
    let total = try #require(rows.last).split(separator: " ").compactMap { Double($0) }
    try #require(total.count == 3)
    #expect(abs(total[2] - 6) < 1e-5, "\(rows)")
    // Written again it replaces its own file, and no other.
    #expect(try call("mesh", "two boxes.msh", "-o", "out", "--quiet").code == 0)
    try write("*HEADING\n", to: "two boxes.inp")
    let refused = try call("mesh", "two boxes.msh")
    #expect(refused.code == 73)
    #expect(refused.errors.contains("gcgan-solve mesh did not write"))
    #expect(
      try String(contentsOf: folder.appending(path: "two boxes.inp"), encoding: .utf8)
        == "*HEADING\n")
  }

  @Test func `a mesh that is none is bad data, and nothing is written`() throws {
    let whole = try Data(contentsOf: Self.mesh("mixed-2-msh41-binary.msh"))
    for (name, bytes) in [
      ("empty", Data()), ("cut", whole.prefix(whole.count / 2)),
      ("noise", Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) })),
    ] {
      try bytes.write(to: folder.appending(path: "\(name).msh"))
      let run = try call("mesh", "\(name).msh", "-o", "none")
      #expect(run.code == 65, "\(run)")
      #expect(run.errors.contains("\(name).msh"), "\(run)")
      #expect(run.output.isEmpty)
    }
    let missing = try call("mesh", "missing.msh", "-o", "none")
    #expect(missing.code == 65)
    #expect(missing.errors.contains("cannot be read"))
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "none").path))
    #expect(try call("mesh").code == 64)
    let help = try call("mesh", "--help")
    #expect(help.code == 0)
    #expect(help.output.contains("--plane"))
  }
}
