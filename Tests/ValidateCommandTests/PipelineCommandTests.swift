import Foundation
import TestSupport
import Testing

/// What pipelines ask of the program, as they ask it.
@Suite("gcgan-validate in pipelines", .serialized) struct PipelineCommandTests {
  private let validate = BuiltProgram("gcgan-validate")
  private let place: TemporaryPlace

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

  /// Five parts, of which `c` fails and `d` is not evaluable.
  init() throws {
    place = try TemporaryPlace()
    for name in ["a", "b", "sub/c", "sub/d", "z"] { try write(name) }
    try write("sub/c", reference: "0.04 mm")
    try place.write("gcgan: part/1\n", to: "parts/sub/d/part.yml")
  }

  private func write(_ name: String, reference: String = "0.05 mm", quantity: String = "elongation")
    throws
  {
    try place.write(
      """
      gcgan: part/1
      title: A bar
      family: part
      context: A test
      units: {length: mm, force: N}
      models:
        - {name: one, deck: bar.inp, stated: true}
      quantities:
        - name: \(quantity)
          read: displacement x
          at: {set: TIP}
          reference: {value: \(reference), uncertainty: 0.01 %, source: a test, kind: analytic}
          tolerance: {relative: 1 %, reason: a test}
      """, to: "parts/\(name)/part.yml")
    try place.write(Self.deck, to: "parts/\(name)/bar.inp")
  }

  private func run(_ arguments: String...) throws -> BuiltProgram.Run {
    try validate.run([place.path + "/parts"] + arguments)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: place.url.appending(path: name), encoding: .utf8)
  }

  @Test func `one run writes all reports, and they agree`() throws {
    let files = ["json", "junit", "sarif", "markdown"].flatMap {
      ["--\($0)", "\(place.path)/\($0)"]
    }
    let run = try validate.run([place.path + "/parts"] + files)
    #expect(run.code == 3, "\(run)")
    #expect(run.output.contains("1 not evaluable, 1 failed, 3 passed"))
    #expect(try text("json").contains("\"pass\" : 3"))
    #expect(try text("junit").contains("tests=\"5\" failures=\"1\" errors=\"1\" skipped=\"0\""))
    #expect(try text("junit").contains("elongation: model one 0.05 mm, +25 %, at set TIP"))
    #expect(try text("sarif").contains("\"fail\":1"))
    #expect(try text("markdown").contains("1 not evaluable, 1 failed, 3 passed in <code>"))
  }

  @Test(arguments: ["json", "junit", "sarif", "markdown"])
  func `a report on standard output is pure`(format: String) throws {
    let run = try run("--\(format)", "-")
    let begin = ["json": "{", "junit": "<?xml", "sarif": "{\"$schema\"", "markdown": "### "][format]
    #expect(run.output.hasPrefix(begin ?? "?"))
    #expect(!run.output.contains("PASS  "))
    #expect(run.errors.contains("1 not evaluable, 1 failed, 3 passed"))
  }

  @Test(arguments: ["json", "junit", "sarif", "markdown"])
  func `a report that cannot be written ends with 70 and names the file`(format: String) throws {
    let missing = try run("--only", "a", "--\(format)", "/no/such/folder/report")
    #expect(missing.code == 70)
    #expect(missing.errors.contains("/no/such/folder/report"))
    let full = try BuiltProgram(at: "/bin/sh").run([
      "-c", "\"$0\" \"$1\" --only a --\(format) - > /dev/full", validate.file.path,
      place.path + "/parts",
    ])
    #expect(full.code == 70)
    #expect(full.errors.contains("No space left"), "\(full.errors)")
  }

  @Test func `two reports never share a file`() throws {
    #expect(try run("--json", "-", "--junit", "-").code == 64)
    let run = try run("--json", place.path + "/x", "--sarif", place.path + "/x")
    #expect(run.code == 64)
    #expect(run.errors.contains("--json and --sarif both write"))
    #expect(try self.run("--junit", "").code == 64)
  }

  @Test func `only the parts that are named are evaluated`() throws {
    #expect(try run("--only", "a", "z").output.contains("2 passed"))
    #expect(try run("--only", "sub").output.contains("1 not evaluable, 1 failed in"))
    let unknown = try run("--only", "sub/cc")
    #expect(unknown.code == 64)
    #expect(unknown.errors.contains("no part is named 'sub/cc'; did you mean 'sub/c'?"))
    #expect(unknown.output.isEmpty)
  }

  @Test func `a run that fails fast says what it left out`() throws {
    let run = try run(
      "--fail-fast", "--json", place.path + "/json", "--markdown", place.path + "/md")
    #expect(run.code == 1)
    #expect(
      run.output.contains("stopped at the first failure: 1 failed, 2 passed, 2 not evaluated"),
      "\(run.output)")
    #expect(!run.output.contains("sub/d"))
    #expect(try text("md").contains("The run ends at the first failure: 2 parts not evaluated"))
    let one = try text("json")
    _ = try self.run("--fail-fast", "--json", place.path + "/json", "--jobs", "1")
    #expect(try text("json") == one)
  }

  @Test func `shards merge to the bytes of the whole run, in every report`() throws {
    let formats = ["json", "junit", "sarif", "markdown"]
    func files(_ name: String) -> [String] {
      formats.flatMap { ["--\($0)", "\(place.path)/\(name).\($0)"] }
    }
    let whole = try validate.run([place.path + "/parts"] + files("whole"))
    for number in 1...7 {
      let shard = try run("--shard", "\(number)/7", "--json", "\(place.path)/\(number).json")
      #expect([0, 1, 3].contains(shard.code), "\(shard)")
    }
    let shards = [4, 2, 7, 1, 3, 6, 5].map { "\(place.path)/\($0).json" }
    let merged = try validate.run(["merge"] + shards + files("merged"))
    #expect(merged.code == whole.code)
    #expect(merged.output.contains("1 not evaluable, 1 failed, 3 passed\n"), "\(merged.output)")
    for format in formats {
      #expect(try text("merged.\(format)") == text("whole.\(format)"))
      #expect(try !text("whole.\(format)").isEmpty)
    }
  }

  @Test func `folders of shards merge to the folder of the whole run`() throws {
    _ = try run("--run", place.path + "/whole")
    for number in 1...3 {
      _ = try run("--shard", "\(number)/3", "--run", "\(place.path)/\(number)")
    }
    let merged = try validate.run(
      ["merge", "--run", place.path + "/merged"] + [3, 1, 2].map { "\(place.path)/\($0)" })
    #expect(merged.code == 3, "\(merged)")
    let names = place.names.filter { $0.hasPrefix("whole/") }.map { $0.dropFirst(6) }
    #expect(names == place.names.filter { $0.hasPrefix("merged/") }.map { $0.dropFirst(7) })
    #expect(names.count { $0.hasSuffix(".safetensors") } == 4)
    for name in names where name.contains(".") && name != "times.json" {
      let (one, other) = ("whole/" + name, "merged/" + name)
      #expect(
        try Data(contentsOf: place.url.appending(path: one))
          == Data(contentsOf: place.url.appending(path: other)), "\(name)")
    }
    let file = try run("--shard", "1/3", "--json", place.path + "/1.json")
    #expect(file.code != 70)
    let mixed = try validate.run(["merge", place.path + "/1.json", "--run", place.path + "/x"])
    #expect(mixed.code == 65)
  }

  @Test func `a run that fails fast leaves no fields of other parts`() throws {
    _ = try run("--fail-fast", "--run", place.path + "/run", "--jobs", "5")
    let fields = place.names.filter { $0.hasPrefix("run/fields/") }
    #expect(fields.count == 3, "\(fields)")
  }

  @Test func `a lost shard is named and ends with 3`() throws {
    for number in [1, 2] {
      _ = try run(
        "--only", "a", "b", "z", "--shard", "\(number)/3", "--json", "\(place.path)/\(number)")
    }
    let merged = try validate.run([
      "merge", "\(place.path)/2", "\(place.path)/1", "--junit", "\(place.path)/xml",
    ])
    #expect(merged.code == 3)
    #expect(merged.errors.contains("shard 3/3 is missing"))
    #expect(merged.output.contains("NOT EVALUABLE  z"))
    #expect(try text("xml").contains("shard 3/3 is missing"))
    // Without parts of its own, too.
    _ = try run("--only", "a", "--shard", "1/2", "--json", "\(place.path)/1")
    #expect(try validate.run(["merge", "\(place.path)/1"]).code == 3)
  }

  @Test func `shards that do not belong together end with 65`() throws {
    _ = try run("--shard", "1/2", "--json", "\(place.path)/1")
    _ = try run("--only", "a", "b", "--shard", "2/2", "--json", "\(place.path)/2")
    try place.write("{\"schemaVersion\": 2}", to: "3")
    try place.write("no JSON", to: "4")
    for others in [["2"], ["1"], ["3"], ["4"], ["none"], ["1", "1"]] {
      let run = try validate.run(
        ["merge", "\(place.path)/1"] + others.map { "\(place.path)/\($0)" })
      #expect(run.code == 65, "\(others)")
      #expect(run.errors.hasPrefix("gcgan-validate: "))
      #expect(run.output.isEmpty)
    }
    #expect(try validate.run(["merge"]).code == 64)
    for share in ["0/2", "3/2", "1", "x/y", ""] { #expect(try run("--shard", share).code == 64) }
  }

  @Test func `a name that is not UTF-8 is in every report`() throws {
    var path = Array((place.path + "/parts/b\u{1}d").utf8CString)
    for index in path.indices where path[index] == 1 { path[index] = CChar(bitPattern: 0xFF) }
    #expect(mkdir(path, 0o700) == 0)
    for format in ["json", "junit", "sarif", "markdown"] {
      let run = try run("--\(format)", "-")
      #expect(run.code == 3)
      #expect(
        run.output.contains(
          format == "markdown" ? "b&#92;xFFd" : format == "junit" ? "b\\xFFd" : "b\\\\xFFd"))
    }
  }

  @Test func `folders with hostile names are evaluated and reported`() throws {
    let names = ["<b>&\"'", "two\nlines", "\u{202E}gnp", "a|b`c", "$(touch x);", "-rf", "שלום"]
    for name in names { try write("hostile/" + name, quantity: "\"q\"") }
    let run = try run(
      "--only", "hostile", "--junit", place.path + "/xml", "--json", place.path + "/json")
    #expect(run.code == 0, "\(run)")
    let output = try PythonPackages().run(
      "import sys; from junitparser import JUnitXml; print(sum(1 for suite in JUnitXml.fromfile(sys.argv[1]) for case in suite))",
      [place.path + "/xml"])
    #expect(output == "\(names.count)\n")
  }

  @Test func `several directories are one run, and no part is in it twice`() throws {
    try write("a")
    try place.write(Self.deck, to: "other/a/bar.inp")
    try place.write(try text("parts/a/part.yml"), to: "other/a/part.yml")
    let (parts, other) = (place.path + "/parts", place.path + "/other")
    let run = try validate.run([parts + "/a", other, parts, parts + "/sub/..", "--only", "*/a"])
    #expect(run.output.contains("2 passed"), "\(run.output)")
    #expect(run.output.contains(parts + "/a") && run.output.contains(other + "/a"))
  }

  /// The blocks of a language in Docs/Pipelines.md.
  private static func blocks(_ language: String) throws -> [String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: "Docs/Pipelines.md"), encoding: .utf8)
    return page.matches(of: try Regex("(?s)```\(language)\n(.*?)```"))
      .compactMap { $0.output[1].substring.map(String.init) }
  }

  @Test func `the examples for GitHub and GitLab keep the schemas of their files`() throws {
    let blocks = try Self.blocks("yaml")
    try #require(blocks.count == 2)
    for (block, schema) in zip(blocks, ["vendor.github-workflows", "vendor.gitlab-ci"]) {
      let file = try place.write(block, to: "pipeline.yml")
      let check = try PythonPackages().program.run([
        "-m", "check_jsonschema", "--builtin-schema", schema, file,
      ])
      #expect(check.code == 0, "\(check.output)\(check.errors)")
    }
  }

  @Test func `the example for Slurm runs, and its tasks merge`() throws {
    let blocks = try Self.blocks("sh")
    try #require(blocks.count == 2)
    let script = try place.write(blocks[0], to: "shard.sh")
    let path = "PATH=\(validate.file.deletingLastPathComponent().path):$PATH"
    func shell(_ command: String) throws -> BuiltProgram.Run {
      try BuiltProgram(at: "/bin/bash").run(["-c", "cd '\(place.path)'; \(path); \(command)"])
    }
    for task in 1...3 {
      let run = try shell(
        "export SLURM_ARRAY_TASK_ID=\(task) SLURM_ARRAY_TASK_COUNT=3 SLURM_CPUS_PER_TASK=1; bash '\(script)'"
      )
      #expect([0, 1, 3].contains(run.code), "\(run)")
    }
    let merged = try shell(blocks[1])
    #expect(merged.code == 3)
    #expect(merged.output.contains("1 not evaluable, 1 failed, 3 passed"), "\(merged)")
    #expect(try text("run/junit.xml").contains("tests=\"5\""))
    #expect(place.names.contains("run/whole/run.json"))
  }
}
