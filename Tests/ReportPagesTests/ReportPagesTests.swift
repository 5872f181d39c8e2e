import DesignValidation
import Files
import Foundation
import TestSupport
import Testing

@testable import ReportPages

@Suite("The pages of a run") struct ReportPagesTests {
  private func page(_ source: ReportSource) throws -> String {
    String(decoding: try ReportPages(source).file(), as: UTF8.self)
  }

  @Test(
    "answer on the first screen whether it may ship",
    arguments: [
      (["a": Verdict.pass, "b": .pass], "Yes.", "All 2 parts pass all their checks."),
      (["a": .pass, "b": .fail], "No.", "Of 2 parts, 1 part fails."),
      (
        ["a": .notEvaluable, "b": .undecided], "No.",
        "Of 2 parts, 1 part could not be evaluated, 1 part is undecided."
      ),
      (["a": .pass, "b": .notCapable], "Not yet.", "Nothing failed, but 1 part is undecided"),
    ])
  func answer(_ verdicts: [String: Verdict], _ word: String, _ sentence: String) throws {
    let parts = try verdicts.map { try SampleRun.part($0.key, verdict: $0.value) }
    let page = try page(ReportSource(SampleRun.result(parts), command: "c"))
    #expect(page.contains("Can I ship? <strong>\(word)</strong>"))
    #expect(page.contains(sentence))
  }

  @Test func `a change that matters keeps a run whose parts all pass from a yes`() throws {
    var source = ReportSource(
      SampleRun.result([try SampleRun.part("a"), try SampleRun.part("b")]), command: "c")
    source.baseline = "run a"
    source.changes = [
      .init(
        .part, part: "gone", what: "the part", before: "passes", difference: "lost", matters: true),
      .init(.field, part: "b", model: "fine", what: "displacement, largest change", matters: false),
    ]
    let page = try page(source)
    #expect(page.contains("Can I ship? <strong>Not yet.</strong>"))
    #expect(page.contains("1 part changed in what matters"))
    #expect(page.contains("1 part is lost. Compared with: run a."))
    let (changed, same) = (page.range(of: "id=\"part-b\""), page.range(of: "id=\"part-a\""))
    #expect(
      try #require(changed).lowerBound < (try #require(same)).lowerBound, "what changed comes first"
    )
  }

  @Test func `the picture of a summary is that of the gravest part with fields`() throws {
    let picture = try #require(try SummaryPicture(of: SampleRun.mixed()))
    #expect(
      picture.part == "bracket" && picture.caption.contains("The ring marks the largest: 1 MPa"))
    #expect(picture.png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    var source = try SampleRun.mixed()
    source.fields = { _, _ in nil }
    #expect(try SummaryPicture(of: source) == nil)
  }

  @Test func `what moved is drawn with its place, however the nodes are numbered`() throws {
    var source = ReportSource(SampleRun.result([try SampleRun.part("a")]), command: "c")
    var now = ModelFields.plate()
    now.vonMises?[40] += 0.25
    source.fields = { [now] _, _ in now }
    // The earlier run numbers the nodes from the end.
    source.baselineFields = { _, _ in
      var before = ModelFields.plate()
      let last = UInt32(before.positions.count - 1)
      before.nodeNumbers.reverse()
      before.positions.reverse()
      before.vonMises?.reverse()
      before.temperature?.reverse()
      before.displacement?.reverse()
      before.errorEstimate?.reverse()
      before.faces = before.faces.map { $0.map { last - $0 } }
      return before
    }
    let page = try page(source)
    #expect(page.contains("Change of the von Mises stress."))
    #expect(page.contains("The ring marks the largest: 0.25 MPa at node 41 (0.5, 0.5) mm."))
    #expect(
      !page.contains("Change of the temperature") && !page.contains("Change of the displacement"))
  }

  @Test func `an interrupted or empty run has no answer`() throws {
    var result = SampleRun.result([try SampleRun.part("a")])
    result.isInterrupted = true
    #expect(try page(ReportSource(result, command: "c")).contains("<strong>No answer.</strong>"))
    var share = SampleRun.result([try SampleRun.part("a")])
    share.shard = Shard("1/2")
    let whole = try page(ReportSource(share, command: "c"))
    let isOpen = whole.contains("This is share 1/2 of a run. Join all shares")
    #expect(isOpen, "half a run cannot say that all may ship")
    let empty = try page(ReportSource(SampleRun.result([]), command: "c"))
    #expect(empty.contains("<strong>No answer.</strong>"))
  }

  @Test
  func
    `every figure, unit, source, deviation, uncertainty and margin of the record is on the page`()
    throws
  {
    let page = try page(SampleRun.mixed())
    for text in [
      "stress at D is 104.5 MPa, 4.5 % above the expected 100 MPa; allowed is ±1 %.",
      "stress in service is 380 MPa; allowed is at most 350 MPa, exceeded by 8.57 %.",
      "a margin of 14.3 %", "benchmark: NAFEMS", "three digits", "node 17 (2, 0, 0)",
      "with a probability of 87.3 %",
      "what the mesh may be off, one standard deviation: three meshes",
      "u_input", "0.5 MPa", "0.6 MPa", "there is no material &#39;M1&#39;", "gsl 2.7",
      "gcgan 1.2.3 (commit abc)",
      "gcgan-validate parts/bracket --verbose", "1.3 %", "History over 5 runs",
      "1 figure moved; 1 of them touches a tolerance, a limit or a verdict. Compared with: run a.",
      "Displacements ×100.", "at node 9 (1, 0) mm",
    ] {
      let isShown = page.contains(text)
      #expect(isShown, "\(text)")
    }
  }

  @Test func `the worst part comes first`() throws {
    let page = try page(SampleRun.mixed())
    let places = try ["torn", "bracket", "blunt", "rig", "console"].map { name in
      try #require(page.range(of: "id=\"part-\(name)\"")).lowerBound
    }
    #expect(places == places.sorted())
  }

  @Test func `equal runs give equal bytes, and no file has a date or the machine's name`() throws {
    let (one, two) = (try ReportPages(SampleRun.mixed()), try ReportPages(SampleRun.mixed()))
    #expect(one.file() == two.file())
    for (a, b) in zip(one.folder(), two.folder()) { #expect(a == b) }
  }

  /// A name that tests do not print.
  struct HostileName: CustomTestStringConvertible, Sendable {
    var name: String
    var testDescription: String { "a name of \(name.count) characters" }
  }

  @Test(
    "names cannot become markup",
    arguments: [
      "<script>document.title='x'</script>", "\"onmouseover=\"alert(1)",
      "a\nb\u{0}c\u{1B}[31m", "\u{202E}gnp.exe", "'; rm -rf /; '",
      String(repeating: "long ", count: 2000), "قِطعة", "</article></main>", "{{{danger}}}", "..",
      "a/b", "",
    ].map(HostileName.init))
  func hostile(_ hostile: HostileName) throws {
    let name = hostile.name
    let part = try SampleRun.part(name, verdict: .fail)
    let pages = try ReportPages(
      ReportSource(SampleRun.result([part, part]), command: "c \(name)"))
    let page = String(decoding: pages.file(), as: UTF8.self)
    #expect(page.components(separatedBy: "<script").count == 2, "the page has one script, its own")
    #expect(page.components(separatedBy: "</article>").count == 3, "two parts are two articles")
    #expect(!page.contains("\"onmouseover"))
    #expect(
      !page.unicodeScalars.contains { $0.value == 0 || $0.value == 0x1B || $0.value == 0x202E })
    let names = pages.folder().map(\.name)
    #expect(Set(names.map { $0.lowercased() }).count == names.count)
    #expect(names.allSatisfy { !$0.contains("/") && $0.utf8.count < 120 && $0 != ".." })
  }

  @Test func `pages of a folder hold nothing that the strict policy forbids`() throws {
    for (name, bytes) in try ReportPages(SampleRun.mixed()).folder() where name.hasSuffix(".html") {
      let page = String(decoding: bytes, as: UTF8.self)
      #expect(!page.contains("style=\""), "\(name)")
      #expect(!page.contains("<style"), "\(name)")
      #expect(!page.contains("data:"), "\(name)")
      #expect(page.contains("<script src=") == name.hasPrefix("turn-"), "\(name)")
    }
  }

  @Test func `NaN in a record and fields that cannot be read are said, and the rest is shown`()
    throws
  {
    var part = try SampleRun.part("a", verdict: .fail)
    part.quantities[0].readings[1].value = .nan
    part.quantities[0].reference.value = .infinity
    part.quantities[0].tolerance.absolute = .nan
    var source = ReportSource(SampleRun.result([part]), command: "c")
    struct Torn: Error, CustomStringConvertible {
      var description: String { "the file is cut off" }
    }
    source.fields = { _, _ in throw Torn() }
    let page = try page(source)
    #expect(page.contains("The fields of model fine cannot be read. The file is cut off."))
    #expect(page.contains("<strong>No.</strong>"))
  }
}

@Suite("Where a report is written") struct ReportPlaceTests {
  private func source() throws -> ReportSource { try SampleRun.mixed() }

  @Test
  func `a file that is no report, and a folder that holds something else, are left as they are`()
    throws
  {
    let folder = TemporaryFolder()
    let pages = try ReportPages(source())
    let (file, other) = (folder.path + "/thesis.html", folder.path + "/photos")
    try Data("<html>mine</html>".utf8).write(to: URL(filePath: file))
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: other + "/a.jpg"))
    for path in [file, other] {
      let fault = #expect(throws: FileFault.self) { try pages.write(to: path) }
      #expect(fault?.reason.contains("choose another") == true, "\(String(describing: fault))")
      #expect(throws: FileFault.self) { try ReportPages.check(path) }
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "<html>mine</html>")
    #expect(try FileManager.default.contentsOfDirectory(atPath: other) == ["a.jpg"])
  }

  @Test func `a report replaces a report`() throws {
    let folder = TemporaryFolder()
    let pages = try ReportPages(source())
    for path in [folder.path + "/r.html", folder.path + "/r"] {
      try pages.write(to: path)
      let names = try? FileManager.default.contentsOfDirectory(atPath: path).sorted()
      try pages.write(to: path)
      #expect((try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) == names)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/r")
    #expect(names.contains("index.html") && names.contains { $0.hasSuffix(".png") })
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["r", "r.html"])
  }

  @Test func `a full disk is said, and nothing is left`() throws {
    let pages = try ReportPages(source())
    #expect(throws: FileFault.self) { try pages.write(to: "/proc/nowhere/r.html") }
    #expect(throws: FileFault.self) { try pages.write(to: "/proc/nowhere/r") }
  }
}
