import DesignValidation
import Files
import Foundation
import Meshing
import Quantities
import TestSupport
import Testing

@Suite("Part files") struct PartFileTests {
  private func faults(of text: String) -> [InputFault] {
    do {
      _ = try PartFile(parsing: Array(text.utf8), file: "part.yml")
      return []
    } catch {
      return error.faults
    }
  }

  @Test func `a good file is read with all it says`() throws {
    let part = try PartFile(parsing: Array(PartText.good.utf8), file: "part.yml")
    #expect(part.title == "A bar")
    #expect(part.family == .part)
    #expect(part.context == "Verifies * nothing & all.")
    #expect(part.units.length.symbol == "mm")
    #expect(part.models.map(\.deck) == ["coarse.inp", "fine.inp"])
    #expect(part.models.map(\.isStated) == [false, true])
    #expect(part.quantities[0].reading.observable == .displacement(.x))
    #expect(part.quantities[0].reading.place == .set("TIP"))
    #expect(part.quantities[0].tolerance.size == .relative(0.01))
    #expect(part.quantities[0].reference.uncertainty == .relative(0.001))
    #expect(part.quantities[1].models == ["fine"])
    #expect(part.quantities[1].reading.step == 1)
    #expect(part.quantities[1].reference.role == .validation)
    #expect(part.quantities[1].tolerance.size == .relative(0.03))
    #expect(part.limits[0].bound == .below)
    #expect(part.limits[0].limit.si == 355e6)
    #expect(part.provenance?.program == "gcgan-generate 1")
    #expect(part.provenance?.modelHash?.hasSuffix("0a08") == true)
    #expect(part.provenance?.seed == 18_446_744_073_709_551_615)
    #expect(part.provenance?.number == 0)
    #expect(part.provenance?.solveCount == 2)
    #expect(part.provenance?.refinementStepCount == 5)
    #expect(part.provenance?.configHash == nil)
    #expect(part.warnings == ["outside the range", "7"])
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var passage: String
    var replacement: String
    var line: Int
    var reason: String
    /// Whether a JSON Schema can say it too.
    var isInSchema: Bool
    var testDescription: String { "\(replacement) for \(passage)" }
    init(
      _ passage: String, _ replacement: String, _ line: Int, _ reason: String, schema: Bool = true
    ) {
      (self.passage, self.replacement, self.line) = (passage, replacement, line)
      (self.reason, isInSchema) = (reason, schema)
    }
  }

  static let bad: [Bad] = [
    Bad("title: A bar", "titel: A bar", 2, "did you mean 'title'"),
    Bad("part/1", "part/2", 1, "this version reads 'part/1'"),
    Bad("family: part", "family: Heat Sink", 3, "lower-case letters, digits and hyphens"),
    Bad("family: part", "family: 3d", 3, "the name of a design family"),
    Bad("length: mm", "length: MPa", 6, "expected a length"),
    Bad("length: mm", "length: furlong", 6, "known units"),
    Bad("length: mm, ", "", 6, "'units' has no 'length'"),
    Bad("deck: coarse.inp", "deck: ../coarse.inp", 8, "outside the part's folder"),
    Bad("deck: coarse.inp", "deck: a/../../b.inp", 8, "outside the part's folder"),
    Bad("deck: coarse.inp", "deck: /etc/coarse.inp", 8, "outside the part's folder"),
    Bad("deck: coarse.inp", "deck: coarse.step", 8, "not an .inp file"),
    Bad("stated: true", "stated: yes please", 9, "true or false"),
    Bad(", stated: true", "", 7, "no model is stated"),
    Bad("{name: coarse,", "{name: fine,", 7, "two models are named 'fine'", schema: false),
    Bad("read: displacement x", "read: displacment x", 12, "did you mean 'displacement x'"),
    Bad("read: displacement x", "read: velocity", 12, "what can be read: displacement x"),
    Bad("at: {set: TIP}", "at: {sett: TIP}", 13, "did you mean 'set'"),
    Bad("at: {set: TIP}", "at: {set: TIP, node: 3}", 13, "names one place"),
    Bad("at: {set: TIP}", "at: middle", 13, "cannot be 'middle'"),
    Bad("at: {set: TIP}", "at: {point: [1 mm]}", 13, "two or three coordinates"),
    Bad("at: {set: TIP}", "at: {point: [1 mm, 2 MPa]}", 13, "expected a length"),
    Bad("at: {set: TIP}", "at: {node: 0}", 13, "whole number from 1"),
    Bad("    at: {set: TIP}\n", "", 11, "needs a place"),
    Bad("value: 0.5 mm", "value: 0.5 MPa", 15, "expected a length (m, cm, mm"),
    Bad("value: 0.5 mm", "value: 0.5", 15, "without a unit"),
    Bad("value: 0.5 mm", "value: half a mm", 15, "does not begin with a number"),
    Bad("value: 0.5 mm", "value: 1e999 mm", 15, "not a finite number", schema: false),
    Bad("value: 0.5 mm", "value: .nan", 15, "does not begin with a number"),
    Bad("value: 0.5 mm", "value: [0.5 mm]", 15, "is a text, found a list"),
    Bad("value: 0.5 mm", "value:", 15, "has no value"),
    Bad("uncertainty: 0.1 %", "uncertainty: -0.1 %", 16, "is negative"),
    Bad("uncertainty: 0.1 %", "uncertainty: 0.1 K", 16, "expected a length"),
    Bad("kind: analytic", "kind: measured", 17, "analytic, benchmark, other-solver, physical"),
    Bad("kind: analytic", "kind: physical", 15, "'role'"),
    Bad("      source: \"a book\"\n", "", 15, "no 'source'"),
    Bad("relative: 1 %", "relative: 1 mm", 19, "expected a number without dimension"),
    Bad("relative: 1 %", "relative: 0 %", 19, "greater than zero"),
    Bad("relative: 1 %", "absolute: 1 %", 19, "expected a length"),
    Bad("relative: 1 %", "relative: 1 %, absolute: 1 mm", 19, "either 'relative' or 'absolute'"),
    Bad(", reason: \"linear elements\"", "", 19, "no 'reason'"),
    Bad("value: 0.5 mm", "value: 0 mm", 19, "write 'absolute'", schema: false),
    Bad("step: 1", "step: last", 23, "whole number from 1"),
    Bad("models: [fine]", "models: [fien]", 24, "did you mean 'fine'", schema: false),
    Bad("models: [fine]", "models: [coarse]", 24, "none of these models is stated", schema: false),
    Bad("models: [fine]", "models: fine", 24, "is a list, found 'fine'"),
    Bad("role: validation", "role: both", 25, "calibration, validation"),
    Bad(", role: validation", "", 25, "no 'role'"),
    Bad("uncertainty: 1 MPa, ", "", 25, "no 'uncertainty'"),
    Bad("kind: physical", "kind: synthetic", 25, "only a physical reference has a role"),
    Bad("below: 355 MPa", "below: 355 N", 30, "expected a stress (Pa, kPa, MPa, GPa, psi, ksi"),
    Bad("below: 355 MPa", "above: 1 MPa\n    below: 355 MPa", 27, "either 'below' or 'above'"),
    Bad("    below: 355 MPa\n", "", 27, "either 'below' or 'above'"),
    Bad("    source: EN 10025", "", 27, "no 'source'"),
    Bad("at: max", "at: max\n    away-from: {sets: [TIP]}", 30, "no 'distance'"),
    Bad("at: max", "at: max\n    away-from: {distance: 1 mm}", 30, "names no places"),
    Bad("at: max", "at: max\n    away-from: {sets: [TIP], distance: 1 MPa}", 30, "a length"),
    Bad("at: max", "at: max\n    away-from: {sets: [TIP], distance: 0 mm}", 30, "than zero"),
    Bad("at: max", "at: max\n    away-from: {sets: TIP, distance: 1 mm}", 30, "is a list"),
    Bad("at: max", "at: max\n    away-from: {corners: 2 mm, distance: 1 mm}", 30, "dimension"),
    Bad(
      "at: max", "at: max\n    away-from: {corners: 90 deg, distance: 1 mm}", 30,
      "more than 180 and less than 360", schema: false),
    Bad(
      "at: max", "at: {node: 2}\n    away-from: {sets: [TIP], distance: 1 mm}", 30,
      "is only for a largest or smallest value"),
    Bad("read: stress von-mises", "read: volume", 29, "belongs to the whole part"),
    Bad("read: stress von-mises", "read: unsupported-loads", 29, "belongs to the whole part"),
    Bad("at: max", "at: {max-over: TIP, set: TIP}", 29, "names one place"),
    Bad("at: max", "at: {pixels: [8, 4], radius: 2}", 29, "not read from pixels", schema: false),
    Bad("at: max", "at: {pixels: [8], radius: 2}", 29, "columns and rows"),
    Bad("at: max", "at: {pixels: [8, 4]}", 29, "no 'radius'"),
    Bad("at: max", "at: {pixels: [8, 4], radius: 0.5}", 29, "from 1"),
    Bad("at: max", "at: {max-over: TIP, radius: 2}", 29, "does not go with 'max-over'"),
    Bad(
      "at: max", "at: {pixels: [8, 4], radius: 2, erosion: 0.2}", 29, "thresholds rise",
      schema: false),
    Bad("title: A bar", "title: A bar\nnot-judged: no decks", 8, "has no 'models'"),
    Bad(", power: W", ", power: W, mass: kg", 6, "unknown key 'mass'"),
    Bad("  solves: 2", "  solved: 2", 37, "did you mean 'solves'"),
    Bad("  solves: 2", "  solves: -2", 37, "whole number from 0"),
    Bad("  solves: 2", "  solves: 2.5", 37, "whole number from 0"),
    Bad("15b0f00a08", "15b0f00a", 34, "64 hexadecimal digits"),
    Bad("15b0f00a08", "15b0f00axy", 34, "64 hexadecimal digits"),
    Bad("709551615", "709551616", 35, "from 0 to 2^64 - 1"),
    Bad("provenance:\n", "provenance: [1]\nlost:\n", 32, "the provenance is a mapping"),
    Bad("  - outside the range", "  - [outside, the range]", 40, "'warnings' lists texts"),
    Bad("warnings:\n", "warnings: yes\nlost:\n", 39, "is a list, found 'yes'"),
    Bad("warnings:", "confirmed: [{question: margn, reason: x}]\nwarnings:", 39, "mean 'margin'"),
    Bad("warnings:", "confirmed: [{question: margin}]\nwarnings:", 39, "no 'reason'"),
    Bad("warnings:", "confirmed: [{reason: x}]\nwarnings:", 39, "no 'question'"),
    Bad("warnings:", "confirmed: margin\nwarnings:", 39, "is a list"),
  ]

  @Test("that are wrong are refused with line and remedy", arguments: bad)
  func refuses(_ bad: Bad) {
    let found = faults(of: PartText.good(bad.passage, bad.replacement))
    #expect(
      found.contains { $0.location.line == bad.line && $0.description.contains(bad.reason) },
      "found \(found)")
  }

  @Test func `all faults are told at once, in the order of the lines`() {
    let text = PartText.good("title: A bar", "titel: A bar")
      .replacingOccurrences(of: "read: displacement x", with: "read: velocity")
      .replacingOccurrences(of: "below: 355 MPa", with: "below: 355 N")
    let lines = faults(of: text).compactMap(\.location.line)
    #expect(lines == lines.sorted())
    #expect(Set(lines).isSuperset(of: [2, 12, 30]))
  }

  @Test func `an alias bomb costs nothing`() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...60 {
      bomb +=
        "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
    }
    var keys = "a0: &a0 [x, x]\n"
    for level in 1...60 { keys += "a\(level): &a\(level) {? *a\(level - 1) : *a\(level - 1)}\n" }
    let begin = threadTime()
    for text in [bomb, keys, bomb.replacingOccurrences(of: "\n", with: "\r\n")] {
      let found = faults(of: text)
      #expect(found.first?.problem == "YAML aliases are not allowed")
      #expect(found.first?.location.line == 2)
    }
    // Expanded, each would take longer than the universe; these take milliseconds.
    #expect(threadTime() - begin < .seconds(1))
  }

  @Test func `an anchor alone is refused too`() {
    let found = faults(of: PartText.good("title: A bar", "title: &t A bar"))
    #expect(found.first?.problem == "YAML anchors are not allowed")
    #expect(found.first?.location.line == 2)
  }

  @Test func `merge keys are unknown keys`() {
    let found = faults(of: PartText.good("title: A bar", "title: A bar\n<<: {a: b}"))
    #expect(found.first?.problem.contains("unknown key '<<'") == true)
  }

  @Test func `a key given twice is refused`() {
    let found = faults(of: PartText.good("family: part", "family: part\ntitle: Again"))
    #expect(found.first?.problem.contains("'title' is given more than once") == true)
  }

  @Test(
    "texts that are no part file are refused",
    arguments: [
      ("", "empty"), ("- a\n- b", "is a mapping, found a list"), ("gcgan", "is a mapping"),
      ("a: [", "cannot be read"), ("a: b: c", "cannot be read"),
      ("\tgcgan: part/1", "cannot be read"),
      ("a: 1\n---\nb: 2", "cannot be read"), ("{[1, 2]: 3}", "where a key is expected"),
      ("a: !!python/object:os.system x", "unknown key 'a'"), ("a: \u{0}", "not text"),
      ("a: 1\n...\ngarbage", "cannot be read"),
    ])
  func refusesText(_ text: String, _ reason: String) {
    let found = faults(of: text)
    #expect(found.contains { $0.description.contains(reason) }, "found \(found)")
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    let error = #expect(throws: InputFaults.self) {
      try PartFile(parsing: [0x67, 0xFF, 0xFE, 0x0A], file: "part.yml")
    }
    #expect(error?.description.contains("not UTF-8") == true)
  }

  @Test func `size, nodes and depth are bounded`() {
    let large = [UInt8](repeating: UInt8(ascii: " "), count: (1 << 20) + 1)
    let error = #expect(throws: InputFaults.self) { try PartFile(parsing: large, file: "part.yml") }
    #expect(error?.description.contains("a part file has at most 1048576") == true)
    let many = "a: [" + String(repeating: "1,", count: 100_001) + "]"
    #expect(faults(of: many).first?.problem == "more than 100000 YAML nodes")
    #expect(!faults(of: String(repeating: "[", count: 500_000)).isEmpty)
    #expect(!faults(of: String(repeating: "- ", count: 500_000)).isEmpty)
    #expect(!faults(of: String(repeating: "{a: ", count: 200_000)).isEmpty)
  }

  @Test func `truncated anywhere, a file is read or refused but never worse`() {
    let bytes = Array(PartText.good.utf8)
    for length in stride(from: 0, to: bytes.count, by: 7) {
      _ = try? PartFile(parsing: Array(bytes[..<length]), file: "part.yml")
    }
    #expect(throws: InputFaults.self) {
      try PartFile(parsing: Array(bytes[..<(bytes.count / 2)]), file: "part.yml")
    }
  }

  @Test func `a measurement cannot both calibrate and validate`() {
    let calibration = """
        - name: the same test
          read: stress xx
          at: {node: 2}
          reference: {value: 100 MPa, uncertainty: 1 MPa, kind: physical, source: a test, role: calibration}
      limits:
      """
    let found = faults(of: PartText.good("limits:", calibration))
    #expect(found.contains { $0.problem.contains("calibrates with") }, "found \(found)")
  }

  @Test func `temperatures and heat flows need their unit in the decks`() {
    let text = PartText.good(", temperature: degC, power: W", "")
      .replacingOccurrences(of: "read: displacement x", with: "read: heat-flow")
    #expect(faults(of: text).contains { $0.remedy.contains("add 'power' to 'units'") })
  }
}

@Suite("The schema of part files") struct PartSchemaTests {
  private func faults(of text: String) -> [InputFault] {
    do {
      _ = try PartFile(parsing: Array(text.utf8), file: "part.yml")
      return []
    } catch {
      return error.faults
    }
  }

  /// Runs the reference implementation of JSON Schema on texts.
  private static func verdicts(of texts: [String]) throws -> [Bool] {
    let folder = try PartsFolder()
    try folder.write(PartFile.schema, to: "schema.json")
    for (number, text) in texts.enumerated() { try folder.write(text, to: "\(number).yml") }
    let script = """
      import json, sys
      try:
          import jsonschema, yaml
      except ImportError:
          sys.exit(9)
      schema = json.load(open(sys.argv[1] + "/schema.json"))
      validator = jsonschema.Draft202012Validator(schema)
      validator.check_schema(schema)
      for number in range(int(sys.argv[2])):
          try:
              print(int(validator.is_valid(yaml.safe_load(open(f"{sys.argv[1]}/{number}.yml")))))
          except yaml.YAMLError:
              print(0)
      """
    try folder.write(script, to: "check.py")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [folder.path + "/check.py", folder.path, "\(texts.count)"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(
      process.terminationStatus != 9,
      "python3 has no jsonschema or yaml; `make setup-tests` installs them")
    try #require(process.terminationStatus == 0)
    let verdicts = output.split(separator: "\n").map { $0 == "1" }
    try #require(verdicts.count == texts.count)
    return verdicts
  }

  @Test func `takes what the reader takes and refuses what the reader refuses`() throws {
    let cases = PartFileTests.bad.filter(\.isInSchema)
    let bad = cases.map { PartText.good($0.passage, $0.replacement) }
    let good = [
      PartText.good,
      PartText.good(
        "warnings:", "confirmed: [{question: zero-load, of: fine, reason: held}]\nwarnings:"),
      PartText.good(
        "at: max", "at: max\n    away-from: {sets: [TIP], corners: 225 deg, distance: 2 mm}"),
      PartText.good("at: max", "at: {max-over: TIP}"),
      PartText.good("    at: max\n    below: 355 MPa", "    below: 60 mm^3")
        .replacingOccurrences(of: "read: stress von-mises", with: "read: volume"),
      PartText.good("    at: max\n    below: 355 MPa", "    below: 0")
        .replacingOccurrences(of: "read: stress von-mises", with: "read: unsupported-loads"),
      PartText.good(
        "    at: max\n    below: 355 MPa", "    at: {pixels: [8, 4], radius: 2}\n    below: 0.1"
      )
      .replacingOccurrences(of: "read: stress von-mises", with: "read: minimum-size"),
      "gcgan: part/1\ntitle: A bar\nfamily: part\ncontext: A test\nnot-judged: no decks are written\n",
    ]
    for text in good { #expect(faults(of: text).isEmpty, "\(faults(of: text))") }
    let verdicts = try Self.verdicts(of: good + bad)
    #expect(verdicts.prefix(good.count).allSatisfy { $0 }, "\(verdicts.prefix(good.count))")
    for (verdict, c) in zip(verdicts.dropFirst(good.count), cases) {
      #expect(!verdict, "the schema takes \(c.replacement)")
    }
  }

  @Test func `takes every part that ships, as the reader does`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let parts = try PartSearch(in: [root + "/Validation/parts"]).parts
    #expect(parts.count >= 20)
    var texts: [String] = []
    for part in parts {
      try #require(part.kind == .partFile)
      #expect(throws: Never.self) { try part.readPartFile() }
      texts.append(try String(contentsOfFile: part.partFilePath, encoding: .utf8))
    }
    let verdicts = try Self.verdicts(of: texts)
    for (verdict, part) in zip(verdicts, parts) {
      #expect(verdict, "the schema refuses \(part.name)")
    }
  }
}
