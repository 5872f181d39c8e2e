import Files
import Foundation
import Testing

@testable import DesignValidation

@Suite("Records of runs") struct RunRecordTests {
  private func record(_ parts: [PartResult] = [], directories: [String] = ["/home/me/parts"])
    -> RunRecord
  {
    RunRecord(
      RunResult(
        program: ProgramVersion(version: "1", libraries: ["blasKernel": "Zen", "gsl": "2"]),
        directory: directories.joined(separator: ", "), parts: parts),
      directories: directories)
  }

  private func part(_ name: String, path: String, _ verdict: Verdict = .pass) -> PartResult {
    var part = PartResult(PartFolder(name: name, path: path, kind: .partFile))
    part.verdict = verdict
    return part
  }

  @Test func `a record reads back as it was written`() throws {
    let record = record([
      part("a", path: "/home/me/parts/a"), part("b", path: "/home/me/parts/b", .fail),
    ])
    #expect(try RunRecord(parsing: try record.json(), file: "run.json") == record)
    #expect(record.counts["pass"] == 1 && record.counts["fail"] == 1)
    #expect(record.kernels == ["openblas": "Zen"] && record.program.libraries == ["gsl": "2"])
  }

  @Test func `no path of the machine is in it, wherever the parts lie`() throws {
    func bytes(_ directory: String) throws -> [UInt8] {
      var broken = part("b", path: directory + "/b", .notEvaluable)
      broken.failure = .init(
        .badInput, "wrong", details: ["\(directory)/b/part.yml:3: unknown key"])
      return try record(
        [part("a", path: directory + "/a"), broken], directories: [directory + "/"]
      ).json()
    }
    let first = try bytes("/home/me/parts")
    #expect(try bytes("../x/parts") == first)
    #expect(!String(decoding: first, as: UTF8.self).contains("home"))
    #expect(String(decoding: first, as: UTF8.self).contains("parts/b/part.yml:3"))
  }

  @Test(
    "what is no record of this version is refused with words",
    arguments: [
      ("", "not the record of a run"),
      ("[]", "not the record of a run"),
      ("{}", "has no key 'gcgan'"),
      ("{\"schemaVersion\": 2}", "a result that '--json' wrote"),
      ("{\"gcgan\": \"gcgan-run/2\"}", "its format is 'gcgan-run/2', and 'gcgan-run/1' is read"),
      ("{\"gcgan\": \"gcgan-run/0\"}", "its format is 'gcgan-run/0'"),
      ("{\"gcgan\": \"gcgan-run/10\"}", "its format is 'gcgan-run/10'"),
      ("{\"gcgan\": \"part/1\"}", "its format is 'part/1'"),
      ("{\"gcgan\": \"gcgan-run/1\"}", "the key 'program' is missing"),
      ("{\"gcgan\": \"gcgan-run/1\", \"x\": NaN}", "not the record of a run"),
    ])
  func refuses(_ text: String, _ words: String) {
    let fault = #expect(throws: InputFault.self) {
      try RunRecord(parsing: Array(text.utf8), file: "old/run.json")
    }
    #expect(fault?.problem.contains(words) == true, "\(fault?.description ?? "")")
    #expect(fault?.location.file == "old/run.json")
  }

  @Test func `NaN and infinities in a figure are refused`() throws {
    let text = String(
      decoding: try record([part("a", path: "/home/me/parts/a")]).json(), as: UTF8.self)
    for figure in ["NaN", "Infinity", "1e999", "-1e999"] {
      let hostile = text.replacingOccurrences(of: "\"pass\" : 1", with: "\"pass\" : \(figure)")
      #expect(hostile != text)
      #expect(throws: InputFault.self) {
        try RunRecord(parsing: Array(hostile.utf8), file: "run.json")
      }
    }
  }

  @Test func `minor versions and unknown keys are read, and counts are those of the parts`() throws
  {
    let record = record([part("a", path: "/home/me/parts/a")])
    var text = String(decoding: try record.json(), as: UTF8.self)
    text = text.replacingOccurrences(of: "gcgan-run/1", with: "gcgan-run/1.7")
    text = text.replacingOccurrences(
      of: "\"pass\" : 1", with: "\"pass\" : 12, \"later\" : 3")
    text = text.replacingOccurrences(of: "\"limits\"", with: "\"shape\" : [1], \"limits\"")
    #expect(try RunRecord(parsing: Array(text.utf8), file: "run.json") == record)
  }

  @Test func `any name becomes the name of one file, and no two names the same`() {
    let long = String(repeating: "x", count: 10_000)
    let names = [
      "a", "a b", "a/b", "a=2Fb", "A", "../a", ".", "..", "", "a\n", "<b>", "\u{202E}a", "é",
      "e\u{301}",
      long, long + "y", "a\"", "a'",
    ]
    let files = names.map(FieldsName.text)
    #expect(Set(files).count == names.count)
    for file in files {
      #expect(file.utf8.count <= 100 && !file.contains("/") && !file.hasPrefix("."))
      #expect(file.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-=".contains($0)) })
    }
  }
}

@Suite("Folders of runs") struct RunFolderTests {
  private let place: PartsFolder

  init() throws { place = try PartsFolder() }

  private var record: RunRecord {
    RunRecord(
      RunResult(program: ProgramVersion(version: "1"), directory: "parts", parts: []),
      directories: ["parts"])
  }

  private func write(to name: String, file: String = "a--m.safetensors") throws {
    let folder = try RunFolder(beginningAt: place.path + "/" + name)
    try place.write("x", to: String(folder.fieldsPath.dropFirst(place.path.count + 1)) + "/" + file)
    try folder.finish(record, RunTimings())
  }

  private var names: [String] {
    ((try? FileManager.default.subpathsOfDirectory(atPath: place.path)) ?? []).sorted()
  }

  @Test func `a run takes a new place, an empty folder, and the place of a run`() throws {
    try FileManager.default.createDirectory(
      atPath: place.path + "/empty", withIntermediateDirectories: true)
    for name in ["new", "empty", "new"] { try write(to: name) }
    try write(to: "new", file: "b--m.safetensors")
    #expect(
      names == [
        "empty", "empty/fields", "empty/fields/a--m.safetensors", "empty/run.json",
        "empty/times.json", "new", "new/fields", "new/fields/b--m.safetensors", "new/run.json",
        "new/times.json",
      ])
    #expect(try SavedRunFolder(place.path + "/new/").record == record)
    #expect(try SavedRunFolder(place.path + "/new/run.json").record == record)
  }

  @Test(
    "a folder that holds something else is left as it is",
    arguments: [
      ["run/letter.txt"], ["run/run.json", "run/letter.txt"], ["run/run.json"], ["run"],
      ["run/fields/letter.txt"], ["run/times.json"],
    ])
  func refuses(_ files: [String]) throws {
    for file in files { try place.write("mine", to: file) }
    let before = names
    let fault = #expect(throws: FileFault.self) {
      try RunFolder(beginningAt: place.path + "/run")
    }
    #expect(fault?.reason.contains("choose another") == true, "\(fault?.description ?? "")")
    #expect(names == before)
    for file in files {
      #expect(try String(contentsOfFile: place.path + "/" + file, encoding: .utf8) == "mine")
    }
  }

  @Test func `what came into the folder meanwhile is left, and the run is said to have no place`()
    throws
  {
    let folder = try RunFolder(beginningAt: place.path + "/run")
    try place.write("mine", to: "run/letter.txt")
    #expect(throws: FileFault.self) { try folder.finish(record, RunTimings()) }
    #expect(names == ["run", "run/letter.txt"])
  }

  @Test func `fields outside the folder of a run are not read`() throws {
    try write(to: "run")
    let run = try SavedRunFolder(place.path + "/run")
    var model = ModelResult(
      name: "m", deck: "m.inp", isStated: true, elementTypes: "", nodeCount: 0, cellCount: 0,
      steps: [])
    #expect(try run.fields(of: model) == nil)
    for path in ["/etc/passwd", "../run/fields/a", "fields/../run.json", "run.json"] {
      model.fields = path
      let fault = #expect(throws: InputFault.self) { try run.fields(of: model) }
      #expect(fault?.problem.contains("must be in 'fields/'") == true)
    }
  }
}
