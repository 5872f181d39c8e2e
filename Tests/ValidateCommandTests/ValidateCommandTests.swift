import Foundation
import Testing

/// The program itself, as a pipeline calls it.
@Suite("gcgan-validate", .serialized) struct ValidateCommandTests {
  /// What a call left behind.
  private struct Call {
    var code: Int32
    var output: String
    var errors: String
  }

  private let folder: URL
  private var parts: String { folder.path + "/parts" }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "gcgan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "parts"), withIntermediateDirectories: true)
  }

  /// The program beside the test bundle.
  private static var program: URL {
    let bundle = URL(filePath: CommandLine.arguments[0])
    let candidates =
      [bundle.deletingLastPathComponent(), Bundle.main.bundleURL]
      + Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
    return candidates.map { $0.appending(path: "gcgan-validate") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      ?? URL(filePath: "gcgan-validate")
  }

  private func start(_ arguments: [String], output: URL, errors: URL) throws -> Process {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    for file in [output, errors] {
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func call(_ arguments: String...) throws -> Call {
    let (output, errors) = (folder.appending(path: "out"), folder.appending(path: "err"))
    let process = try start(arguments, output: output, errors: errors)
    process.waitUntilExit()
    return Call(
      code: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  private func write(_ text: String, to name: String) throws {
    let file = folder.appending(path: "parts/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// A bar of one cell pulled to a stress of 100 and a displacement of 0.05 of its length of 10.
  private static let deck = """
    *NODE, NSET=ALL
    1, 0, 0
    2, 10, 0
    3, 10, 10
    4, 0, 10
    *NSET, NSET=TIP
    2, 3
    *ELEMENT, TYPE=CPS4, ELSET=BODY
    1, 1, 2, 3, 4
    *MATERIAL, NAME=M
    *ELASTIC
    20000, 0
    *SOLID SECTION, ELSET=BODY, MATERIAL=M
    1
    *BOUNDARY
    1, 1, 2
    4, 1
    *STEP
    *STATIC
    *CLOAD
    2, 1, 500
    3, 1, 500
    *END STEP
    """

  private func part(reference: String, tolerance: String = "relative: 1 %", extra: String = "")
    -> String
  {
    """
    gcgan: part/1
    title: A bar
    family: part
    context: A test
    units: {length: mm, force: N}
    models:
      - {name: one, deck: bar.inp, stated: true}
    quantities:
      - name: elongation
        read: displacement x
        at: {set: TIP}
        reference: {value: \(reference), uncertainty: 0.01 %, source: a test, \(extra.isEmpty ? "kind: analytic" : extra)}
        tolerance: {\(tolerance), reason: a test}
    """
  }

  private func writePart(_ name: String, _ text: String) throws {
    try write(text, to: name + "/part.yml")
    try write(Self.deck, to: name + "/bar.inp")
  }

  @Test func `a part that passes ends with 0`() throws {
    try writePart("bar", part(reference: "0.05 mm"))
    let call = try call(parts)
    #expect(call.code == 0, "\(call)")
    #expect(call.output.contains("PASS           bar  1 model, 1 quantity"))
    #expect(call.output.contains("1 passed in"))
    #expect(call.errors.isEmpty)
  }

  @Test func `a part that fails ends with 1 and shows the figure`() throws {
    try writePart("bar", part(reference: "0.04 mm"))
    let call = try call(parts, "--jobs", "1")
    #expect(call.code == 1, "\(call)")
    #expect(call.output.contains("0.05 mm  +0.01 mm  +25 %  at set TIP"))
  }

  @Test func `a report shows the verdict and the pictures, and the exit code stays`() throws {
    try writePart("bar", part(reference: "0.04 mm"))
    for name in ["report.html", "pages"] {
      let call = try call(
        parts, "--report", folder.path + "/" + name, "--run", folder.path + "/run")
      #expect(call.code == 1, "\(call)")
      #expect(call.errors.isEmpty)
    }
    let page = try String(contentsOfFile: folder.path + "/report.html", encoding: .utf8)
    #expect(page.contains("Can I ship? <strong>No.</strong>"))
    // A bar of 20 000 MPa pulled by 100 MPa: 0.5 % of 10 mm.
    #expect(
      page.contains("elongation is 0.05 mm, 25 % above the expected 0.04 mm; allowed is ±1 %."))
    #expect(page.contains("von Mises stress in MPa: 100 to 100"))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/pages")
    #expect(files.contains("index.html") && files.contains("part-bar.html"))
    #expect(files.contains { $0.hasPrefix("part-bar") && $0.hasSuffix(".png") })
    // The record beside it is a run, and a run is no report.
    let refused = try self.call(parts, "--report", folder.path + "/run")
    #expect(refused.code == 70 && refused.errors.contains("has no gcgan-report.txt"), "\(refused)")
  }

  @Test func `a report alone leaves nothing else behind`() throws {
    try writePart("bar", part(reference: "0.05 mm"))
    let report = folder.path + "/report.html"
    let process = try start(
      [parts, "--report", report], output: folder.appending(path: "out"),
      errors: folder.appending(path: "err"))
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(FileManager.default.fileExists(atPath: report))
    let left = try FileManager.default.contentsOfDirectory(atPath: NSTemporaryDirectory())
      .filter { $0.contains("gcgan-report-\(process.processIdentifier)") }
    #expect(left == [])
  }

  @Test func `a part that cannot be decided ends with 2`() throws {
    // 0.8 % is too blunt for a tolerance of 1 %.
    let text = part(reference: "0.05 mm", extra: "kind: physical, role: validation")
    try writePart("bar", text.replacingOccurrences(of: "0.01 %", with: "0.8 %"))
    let call = try call(parts)
    #expect(call.code == 2, "\(call)")
    #expect(call.output.contains("NOT CAPABLE    bar"))
    #expect(call.output.contains("shrink u_D (a better measurement), now 0.0004 mm, to"))
    #expect(call.output.contains("simulation vs physical"))
  }

  @Test func `a broken part ends with 3 and the others are judged`() throws {
    try writePart("bar", part(reference: "0.05 mm"))
    try writePart("fails", part(reference: "0.04 mm"))
    try writePart("unknown-key", part(reference: "0.05 mm") + "\ncolour: red")
    try writePart("wrong-unit", part(reference: "0.05 MPa"))
    try writePart("bomb", "a: &a [x, x]\nb: &b [*a, *a]\n")
    try write("*NODE\n1, 0, 0\n*FREQUENZY\n", to: "bad-deck.inp")
    let call = try call(parts)
    #expect(call.code == 3, "\(call)")
    #expect(call.output.contains("PASS           bar"))
    #expect(call.output.contains("FAIL           fails"))
    #expect(call.output.contains("part.yml:14: unknown key 'colour' of the part file"))
    #expect(call.output.contains("part.yml:12: 'value' of a reference: expected a length"))
    #expect(call.output.contains("part.yml:2: YAML aliases are not allowed"))
    #expect(call.output.contains("bad-deck.inp:3"))
    #expect(call.output.contains("4 not evaluable, 1 failed, 1 passed in"))
  }

  @Test func `nothing found ends with 5, no directory with 65, wrong use with 64`() throws {
    #expect(try call(parts).code == 5)
    let missing = try call(parts + "/none")
    #expect(missing.code == 65)
    #expect(missing.errors.contains("does not exist"))
    #expect(missing.output.isEmpty)
    #expect(try call().code == 64)
    #expect(try call(parts, "--colour").code == 64)
    #expect(try call(parts, "--jobs", "0").code == 64)
    #expect(try call(parts, "--time-limit", "nan").code == 64)
    #expect(try call(parts, "--quiet", "--verbose").code == 64)
  }

  @Test func `parts are found at any depth, and what is misnamed ends with 3`() throws {
    try writePart("sub/b2", part(reference: "0.05 mm"))
    #expect(try call(parts).output.contains("PASS           sub/b2"))
    try write(part(reference: "0.05 mm"), to: "typo/part.yaml")
    try write("", to: "opt/bracket/density.npy")
    let call = try call(parts)
    #expect(call.code == 3, "\(call)")
    #expect(call.output.contains("NOT EVALUABLE  typo"))
    #expect(call.output.contains("rename 'part.yaml' to 'part.yml'"))
    #expect(call.output.contains("NOT EVALUABLE  opt/bracket"))
    #expect(call.output.contains("2 not evaluable, 1 passed in"))
  }

  @Test func `every directory that is named is searched`() throws {
    try writePart("one/a", part(reference: "0.05 mm"))
    try writePart("two/b", part(reference: "0.04 mm"))
    let call = try call(parts + "/one", parts + "/two")
    #expect(call.code == 1, "\(call)")
    #expect(call.output.contains("2 parts in \(parts)/one, \(parts)/two"))
    #expect(call.output.contains("PASS           a"))
    #expect(call.output.contains("FAIL           b"))
  }

  @Test func `an included mesh is no part of its own, and said to be none`() throws {
    let head = try #require(Self.deck.range(of: "*MATERIAL")).lowerBound
    try write(String(Self.deck[..<head]), to: "mesh.inp")
    try write("*INCLUDE, INPUT=mesh.inp\n" + Self.deck[head...], to: "bar.inp")
    let file = folder.appending(path: "run.json")
    let call = try call(parts, "--json", file.path)
    #expect(call.output.contains("1 part in"), "\(call)")
    #expect(call.output.contains("'mesh.inp' is included by 'bar.inp': it is not a part by itself"))
    let object = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
    #expect(((object as? [String: Any])?["notes"] as? [String])?.count == 1)
  }

  @Test func `a name that is not UTF-8 ends with 3, and the JSON is valid`() throws {
    try writePart("bar", part(reference: "0.05 mm"))
    var path = Array((parts + "/b\u{1}d").utf8CString)
    for index in path.indices where path[index] == 1 { path[index] = CChar(bitPattern: 0xFF) }
    #expect(mkdir(path, 0o700) == 0)
    let call = try call(parts, "--json", "-")
    #expect(call.code == 3, "\(call)")
    #expect(call.errors.contains("NOT EVALUABLE  b\\xFFd"))
    let object = try JSONSerialization.jsonObject(with: Data(call.output.utf8)) as? [String: Any]
    #expect((object?["parts"] as? [[String: Any]])?.count == 2)
  }

  @Test(
    "a deck in which nothing acts is undecided, with the reason",
    arguments: [
      ("2, 1, 500\n3, 1, 500", "2, 1, 0\n3, 1, 0"), ("*CLOAD\n2, 1, 500\n3, 1, 500\n", ""),
      ("*CLOAD\n2, 1, 500\n3, 1, 500\n", "*BOUNDARY\n2, 2, 2, 0.\n"),
    ])
  func nothingActs(_ passage: String, _ replacement: String) throws {
    let deck = Self.deck.replacingOccurrences(of: passage, with: replacement)
    #expect(deck != Self.deck)
    try write(deck, to: "bare.inp")
    try write(part(reference: "0 mm", tolerance: "absolute: 0.1 mm"), to: "bar/part.yml")
    try write(deck, to: "bar/bar.inp")
    let call = try call(parts)
    #expect(call.code == 2, "\(call)")
    #expect(call.output.contains("UNDECIDED      bare"))
    #expect(call.output.contains("UNDECIDED      bar "))
    #expect(call.output.contains("? nothing acts: no force, no temperature change"))
    try write(
      part(reference: "0 mm", tolerance: "absolute: 0.1 mm")
        + "\nconfirmed: [{question: zero-load, reason: a test of supports}]", to: "bar/part.yml")
    #expect(try self.call(parts + "/bar").code == 0)
  }

  @Test func `metres stated for millimetres are undecided, with the unit that would make sense`()
    throws
  {
    let text = part(reference: "0.05 m").replacingOccurrences(of: "length: mm", with: "length: m")
      .replacingOccurrences(
        of: "quantities:",
        with: """
          limits:
            - {name: yield, read: stress von-mises, at: max, below: 235 MPa, source: a test}
          quantities:
          """)
    try writePart("bar", text)
    let call = try call(parts)
    #expect(call.code == 2, "\(call)")
    #expect(call.output.contains("with 'length: mm' it would be 20 GPa"))
    #expect(call.output.contains("with 'length: mm' it would be 100 MPa"))
  }

  @Test func `a stress says that it is averaged at nodes`() throws {
    let text = part(reference: "0.05 mm").replacingOccurrences(
      of: "quantities:",
      with: """
        limits:
          - {name: yield, read: stress von-mises, at: max, below: 50 MPa, source: a test}
        quantities:
        """)
    try writePart("bar", text)
    let file = folder.appending(path: "run.json")
    let call = try call(parts, "--json", file.path)
    #expect(call.output.contains("averaged at nodes"), "\(call)")
    #expect(
      try String(contentsOf: file, encoding: .utf8).contains("\"basis\" : \"node-average\""))
  }

  @Test func `JSON on standard output is pure`() throws {
    try writePart("bar", part(reference: "0.05 mm"))
    let call = try call(parts, "--json", "-")
    #expect(call.code == 0)
    let object = try JSONSerialization.jsonObject(with: Data(call.output.utf8)) as? [String: Any]
    #expect((object?["parts"] as? [[String: Any]])?.first?["verdict"] as? String == "pass")
    #expect(call.errors.contains("1 passed"))
  }

  @Test func `the same run writes the same bytes`() throws {
    for name in ["a", "b", "c"] { try writePart(name, part(reference: "0.05 mm")) }
    let file = folder.appending(path: "run.json")
    _ = try call(parts, "--json", file.path, "--jobs", "1")
    let first = try Data(contentsOf: file)
    _ = try call(parts, "--json", file.path, "--jobs", "3")
    #expect(try Data(contentsOf: file) == first)
    #expect(!first.isEmpty)
  }

  @Test func `a report that cannot be written ends with 70`() throws {
    try writePart("bar", part(reference: "0.05 mm"))
    let call = try call(parts, "--json", "/no/such/folder/run.json")
    #expect(call.code == 70)
    #expect(call.errors.contains("/no/such/folder/run.json"))
  }

  @Test func `an interrupt ends with 130, kills the children and shows what there is`() throws {
    try writePart("a", part(reference: "0.05 mm"))
    try writePart("b", part(reference: "0.05 mm"))
    let (output, errors) = (folder.appending(path: "out"), folder.appending(path: "err"))
    let script =
      "case $1 in */a) exec \(Self.program.path) evaluate-part --memory 8589934592 "
      + "--processor-seconds 100 $1;; *) sleep 100;; esac"
    let process = try start(
      [
        parts, "--jobs", "1", "--worker", "/bin/sh", "--worker=-c", "--worker", script, "--worker",
        "sh",
      ],
      output: output, errors: errors)
    // Until the first part is on the screen, the second has not begun to hang.
    for _ in 0..<600 where try !String(contentsOf: output, encoding: .utf8).contains("PASS") {
      Thread.sleep(forTimeInterval: 0.05)
    }
    Thread.sleep(forTimeInterval: 0.2)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    let text = try String(contentsOf: output, encoding: .utf8)
    #expect(text.contains("PASS           a"))
    #expect(text.contains("interrupted: 1 passed, 1 not evaluated"))
  }

  @Test func `as many parts run side by side as there are cores`() throws {
    for name in ["a", "b"] { try writePart(name, part(reference: "0.05 mm")) }
    let cores = ProcessInfo.processInfo.processorCount
    let first = try #require(try call(parts).output.split(separator: "\n").first)
    #expect(first == "2 parts in \(parts)" + (cores > 1 ? ", \(cores) at a time" : ""))
    let one = try #require(try call(parts, "--jobs", "1").output.split(separator: "\n").first)
    #expect(one == "2 parts in \(parts)")
  }

  @Test func `version, help and schema answer on standard output`() throws {
    let version = try call("--version")
    #expect(version.code == 0)
    #expect(version.output.hasPrefix("gcgan "))
    let help = try call("--help")
    #expect(help.code == 0)
    for word in [
      "EXAMPLES", "EXIT CODES", "130", "--json", "verification-tables", "uncertainty-table",
    ] {
      #expect(help.output.contains(word), "no \(word)")
    }
    #expect(!help.output.contains("evaluate-part"))
    #expect(try call("schema").output.hasPrefix("{"))
  }

  @Test func `tables are filled from the JSON of a run`() throws {
    try writePart("bar", part(reference: "0.05 mm"))
    let file = folder.appending(path: "run.json")
    _ = try call(parts, "--json", file.path)
    let page = folder.appending(path: "pages/bar.md")
    try FileManager.default.createDirectory(
      at: page.deletingLastPathComponent(), withIntermediateDirectories: true)
    try "[part](parts/bar/part.yml)\n<!-- results:begin -->\n<!-- results:end -->\n"
      .write(to: page, atomically: true, encoding: .utf8)
    #expect(
      try call("verification-tables", file.path, page.deletingLastPathComponent().path).code == 0)
    #expect(try String(contentsOf: page, encoding: .utf8).contains("| one | CPS4 | 1 | "))
    let bad = try call("verification-tables", page.path, folder.path)
    #expect(bad.code == 65)
    let unstudied = try call("uncertainty-table", file.path)
    #expect(unstudied.code == 5)
    #expect(unstudied.output.contains("no element type has three meshes"))
    #expect(try call("uncertainty-table", page.path).code == 65)
  }
}
