import Foundation
import TestSupport
import Testing

/// Runs that are kept, baselines and comparisons, as a pipeline uses them.
@Suite("gcgan-validate as a regression suite", .serialized) struct RegressionCommandTests {
  private let place: TemporaryPlace

  init() throws {
    place = try TemporaryPlace()
    try write(force: 500)
  }

  private func write(force: Int, to name: String = "parts/bar.inp") throws {
    try place.write(
      """
      *NODE
      1, 0, 0
      2, 10, 0
      3, 10, 10
      4, 0, 10
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
      2, 1, \(force)
      3, 1, \(force)
      *END STEP

      """, to: name)
  }

  private func path(_ name: String) -> String { place.path + "/" + name }

  private func call(_ arguments: String..., ci: String? = nil) throws -> BuiltProgram.Run {
    try BuiltProgram(at: "/usr/bin/env").run(
      ["-u", "CI"] + (ci.map { ["CI=\($0)"] } ?? [])
        + [BuiltProgram("gcgan-validate").file.path] + arguments)
  }

  private func data(_ name: String) throws -> Data {
    try Data(contentsOf: place.url.appending(path: name))
  }

  @Test func `a kept run is the same to the byte on one core or two, and in another folder`() throws
  {
    #expect(try call(path("parts"), "--run", path("a"), "--jobs", "1").code == 2)
    let run = try BuiltProgram(at: "/usr/bin/env").run([
      "taskset", "-c", "0", BuiltProgram("gcgan-validate").file.path, path("parts"), "--run",
      path("b"), "--jobs", "2",
    ])
    #expect(run.code == 2, "\(run.errors)")
    try write(force: 500, to: "deeper/down/parts/bar.inp")
    #expect(try call(path("deeper/down/parts/"), "--run", path("c")).code == 2)
    for name in ["b", "c"] {
      #expect(try data("a/run.json") == data(name + "/run.json"))
      #expect(
        try data("a/fields/bar--bar.safetensors") == data(name + "/fields/bar--bar.safetensors"))
    }
    let text = String(decoding: try data("a/run.json"), as: UTF8.self)
    #expect(!text.contains(place.path) && text.contains("\"path\" : \"parts/bar.inp\""))
    #expect(String(decoding: try data("a/times.json"), as: UTF8.self).contains("\"solve\""))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place.path).sorted() == [
        "a", "b", "c", "deeper", "parts",
      ])
  }

  @Test
  func
    `every kind of record keeps its schema, by check-jsonschema, and the schema names every key`()
    throws
  {
    try write(force: 501, to: "parts/good.inp")
    try place.write("nonsense", to: "parts/broken.inp")
    try place.write("gcgan: part/1\n", to: "parts/wrong/part.yml")
    try place.write(
      """
      gcgan: part/1
      title: A bar
      family: part
      context: A test
      units: {length: mm, force: N, temperature: degC}
      models:
        - {name: one, deck: bar.inp, stated: true}
      quantities:
        - name: elongation
          read: displacement x
          at: max
          reference: {value: 0.05 mm, uncertainty: 0.01 %, source: a test, kind: analytic}
          tolerance: {relative: 1 %, reason: a test}
      limits:
        - {name: strength, read: stress von-mises, at: max, below: 1 MPa, source: a test}
      """, to: "parts/part/part.yml")
    try write(force: 500, to: "parts/part/bar.inp")
    _ = try call(path("parts"), "--record", "missing")
    // A whole run, one that ends at its first failure, a share, and shares of which one is lost.
    #expect(try call(path("parts"), "--run", path("whole")).code == 3)
    #expect(try call(path("parts"), "--run", path("fast"), "--fail-fast").code == 3)
    for number in [1, 2] {
      _ = try call(path("parts"), "--shard", "\(number)/3", "--run", path("share\(number)"))
    }
    #expect(
      try call("merge", path("share1"), path("share2"), "--run", path("merged")).code == 3)
    let records = ["whole", "fast", "share1", "merged"].map { path($0 + "/run.json") }
    for (record, words) in zip(
      records, ["\"units\" :", "\"failsFast\" : true", "\"count\" : 3", "\"lost-shard\""])
    {
      #expect(try String(contentsOfFile: record, encoding: .utf8).contains(words), "\(words)")
    }
    let schema = try place.write(try call("schema", "run").output, to: "run.schema.json")
    let check = try PythonPackages().program.run(
      ["-m", "check_jsonschema", "--schemafile", schema] + records)
    #expect(check.code == 0, "\(check.output)\(check.errors)")
    let wrong = [
      ("gcgan-run/1", "gcgan-run/2"), ("\"parts\" :", "\"pieces\" :"),
      ("\"count\" : 3", "\"count\" : 0"),
      ("\"number\" : 1", "\"number\" : \"1\""), ("lost-shard", "lost"),
      ("\"pass\" :", "\"passed\" :"),
    ]
    for (old, new) in wrong {
      let spoilt = try records.compactMap { file -> String? in
        let text = try String(contentsOfFile: file, encoding: .utf8)
        return text.contains(old) ? text.replacingOccurrences(of: old, with: new) : nil
      }
      let file = try place.write(try #require(spoilt.last), to: "spoilt.json")
      let run = try PythonPackages().program.run([
        "-m", "check_jsonschema", "--schemafile", schema, file,
      ])
      #expect(run.code == 1, "\(old) as \(new)")
    }
    let undescribed = try PythonPackages().run(
      """
      import json, sys
      root = json.load(open(sys.argv[1]))
      def known(node, schema, place):
          while "$ref" in schema: schema = root["$defs"][schema["$ref"].split("/")[-1]]
          if isinstance(node, dict) and "properties" in schema:
              for key, value in node.items():
                  if key not in schema["properties"]: print("not described:", place, key)
                  else: known(value, schema["properties"][key], place + "." + key)
          if isinstance(node, list) and "items" in schema:
              for value in node: known(value, schema["items"], place)
      for name in sys.argv[2:]: known(json.load(open(name)), root, "")
      """, [schema] + records)
    #expect(undescribed == "")
  }

  @Test func `a folder of decks is a regression suite`() throws {
    #expect(try call(path("parts")).code == 2)
    #expect(try call(path("parts"), "--record", "never").code == 1)
    let recorded = try call(path("parts"), "--record", "missing")
    #expect(recorded.code == 0 && recorded.output.contains("1 baseline written"))
    #expect(try call(path("parts")).code == 0)
    #expect(try call(path("parts"), ci: "true").code == 0)
    try write(force: 501)
    let run = try call(path("parts"))
    #expect(run.code == 1)
    #expect(run.output.contains("largest displacement"))
    #expect(run.output.contains("recorded  0.05") && run.output.contains("+0.2 %"), "\(run.output)")
    #expect(try call(path("parts"), "--record", "failed").code == 0)
    #expect(try call(path("parts"), ci: "true").code == 0)
  }

  @Test func `in a pipeline a part without a baseline fails where others have one`() throws {
    // A suite that has none goes on as it did.
    #expect(try call(path("parts"), ci: "true").code == 2)
    _ = try call(path("parts"), "--record", "missing")
    try write(force: 7, to: "parts/new.inp")
    #expect(try call(path("parts")).code == 2)
    for off in ["", "0", "false"] { #expect(try call(path("parts"), ci: off).code == 2) }
    let run = try call(path("parts"), ci: "true")
    #expect(run.code == 1 && run.output.contains("there is no baseline"), "\(run.output)")
    #expect(!FileManager.default.fileExists(atPath: path("parts/new.baseline.yml")))
    #expect(try call(path("parts"), "--record", "missing", ci: "true").code == 0)
  }

  @Test func `a comparison ends with 1 for what matters, and for what moved if that is asked for`()
    throws
  {
    _ = try call(path("parts"), "--run", path("a"))
    #expect(try call("compare", path("a"), path("a"), "--strict").code == 0)
    try write(force: 501)
    _ = try call(path("parts"), "--run", path("b"))
    let moved = try call("compare", path("a"), path("b"))
    #expect(moved.code == 0)
    #expect(
      moved.output.contains("~ moved    largest displacement: 0.05 deck units before"),
      "\(moved.output)")
    #expect(moved.output.contains("1 part compared: 1 moved, 0 the same"))
    #expect(try call("compare", path("a"), path("b"), "--strict").code == 1)
    let json = try call("compare", path("a"), path("b"), "--json", "-")
    #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    try write(force: 500, to: "parts/second.inp")
    try FileManager.default.removeItem(atPath: path("parts/bar.inp"))
    _ = try call(path("parts"), "--run", path("b"))
    let lost = try call("compare", path("a"), path("b"))
    #expect(
      lost.code == 1 && lost.output.contains("bar  is lost")
        && lost.output.contains("second  is new"))
  }

  @Test func `what is no run is refused with 65, and a folder of something else with 70`() throws {
    _ = try call(path("parts"), "--run", path("a"))
    for (name, text) in [
      ("x/run.json", "{\"gcgan\": \"gcgan-run/2\"}"), ("y/run.json", "{\"value\": NaN}"),
    ] {
      try place.write(text, to: name)
      let folder = String(name.prefix(1))
      for arguments in [[path("a"), path(folder)], [path(folder), path("a")]] {
        let run = try call("compare", arguments[0], arguments[1])
        #expect(run.code == 65 && run.errors.contains("run.json"), "\(run.errors)")
      }
    }
    #expect(try call("compare", path("a"), path("none")).code == 65)
    #expect(try call("compare", path("parts"), path("parts")).code == 65)
    try place.write("mine", to: "letters/letter.txt")
    let run = try call(path("parts"), "--run", path("letters"))
    #expect(run.code == 70 && run.errors.contains("letter.txt"), "\(run.errors)")
    #expect(!run.output.contains("bar"))
    #expect(try String(contentsOfFile: path("letters/letter.txt"), encoding: .utf8) == "mine")
  }

  @Test func `fields that were cut short are refused with their file`() throws {
    _ = try call(path("parts"), "--run", path("a"))
    try write(force: 501)
    _ = try call(path("parts"), "--run", path("b"))
    let file = place.url.appending(path: "b/fields/bar--bar.safetensors")
    for length in [0, 7, 100, 600] {
      try Data(contentsOf: file).prefix(length).write(to: file)
      let run = try call("compare", path("a"), path("b"))
      #expect(run.code == 65 && run.errors.contains("bar--bar.safetensors"), "\(run.errors)")
    }
  }

  @Test func `a history tells how a figure went`() throws {
    let file = path("history.sqlite")
    for (number, force) in [500, 501].enumerated() {
      try write(force: force)
      _ = try call(path("parts"), "--run", path("run\(number)"))
      #expect(try call("history", "import", path("run\(number)"), "--file", file).code == 0)
    }
    let run = try call(
      "history", "bar", "--quantity", "largest displacement", "--file", file)
    #expect(run.code == 0)
    #expect(
      run.output.contains("largest displacement, deck units") && run.output.contains("(+0.2 %)"),
      "\(run.output)")
    #expect(try call("history", "--file", file).output.contains("1 undecided"))
    #expect(try call("history", "export", "2", path("two.json"), "--file", file).code == 0)
    #expect(try data("two.json") == data("run1/run.json"))
    let unknown = try call("history", "baar", "--file", file)
    #expect(
      unknown.code == 5 && unknown.errors.contains("did you mean 'bar'?"), "\(unknown.errors)")
    #expect(try call("history", "export", "9", "-", "--file", file).code == 65)
    #expect(try call("history", "--file", path("none")).code == 65)
    #expect(try call("history", "import", path("parts"), "--file", file).code == 65)
  }
}
