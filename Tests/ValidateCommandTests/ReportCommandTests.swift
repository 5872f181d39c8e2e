import Foundation
import TestSupport
import Testing

/// Reports to read, as people and pipelines ask for them.
@Suite("gcgan-validate and its reports", .serialized) struct ReportCommandTests {
  private let place: TemporaryPlace

  init() throws {
    place = try TemporaryPlace()
    try write()
  }

  /// A strip of 4 × 2 cells, held on the left and pulled to the right.
  private func write(
    force: Double = 500, inner: (x: Double, y: Double) = (10, 5), isReversed: Bool = false,
    to name: String = "parts/strip.inp"
  ) throws {
    func number(_ column: Int, _ row: Int) -> Int {
      let place = column + 5 * row
      return isReversed ? 15 - place : place + 1
    }
    let nodes = (0..<15).map { place in
      let (column, row) = (place % 5, place / 5)
      let isInner = column == 2 && row == 1
      let (x, y) = isInner ? inner : (5 * Double(column), 5 * Double(row))
      return "\(number(column, row)), \(x), \(y)"
    }
    let cells = (0..<8).map { cell in
      let (column, row) = (cell % 4, cell / 4)
      let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map { number(column + $0.0, row + $0.1) }
      return "\(cell + 1), " + corners.map { "\($0)" }.joined(separator: ", ")
    }
    try place.write(
      """
      *NODE
      \(nodes.joined(separator: "\n"))
      *ELEMENT, TYPE=CPS4, ELSET=BODY
      \(cells.joined(separator: "\n"))
      *MATERIAL, NAME=M
      *ELASTIC
      20000, 0.3
      *SOLID SECTION, ELSET=BODY, MATERIAL=M
      1
      *BOUNDARY
      \((0...2).map { "\(number(0, $0)), 1, 2" }.joined(separator: "\n"))
      *STEP
      *STATIC
      *CLOAD
      \((0...2).map { "\(number(4, $0)), 1, \(force)" }.joined(separator: "\n"))
      *END STEP

      """, to: name)
  }

  private func path(_ name: String) -> String { place.path + "/" + name }

  private func call(_ arguments: String...) throws -> BuiltProgram.Run {
    try BuiltProgram(at: "/usr/bin/env").run(
      ["-u", "CI", BuiltProgram("gcgan-validate").file.path] + arguments)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  @Test func `a comparison is a report with what moved, where, before and now`() throws {
    _ = try call(path("parts"), "--run", path("a"))
    try write(force: 550)
    _ = try call(path("parts"), "--run", path("b"))
    let run = try call("compare", path("a"), path("b"), "--report", path("r.html"))
    #expect(run.code == 0, "\(run.errors)")
    let page = try text("r.html")
    #expect(page.contains("figures moved; none of them touches a tolerance"))
    #expect(page.contains("Compared with: \(path("a"))"))
    #expect(page.contains("<b>largest displacement</b>: "))
    #expect(page.contains("<b>von Mises stress, largest change of strip</b>"))
    #expect(page.contains("other input: the deck of &#39;strip&#39;"))
    #expect(page.contains("<div class=\"pair\">"), "two pictures of one part")
    #expect(
      page.contains("Change of the von Mises stress.")
        && page.contains("Change of the displacement."))
    #expect(page.contains("(+10 %)"))
    _ = try call("compare", path("a"), path("b"), "--report", path("r"))
    #expect(place.names.contains { $0.hasPrefix("r/part-strip") && $0.hasSuffix("-baseline.png") })
    #expect(try text("r/index.html").contains("figures moved"))
    // With baselines there are no earlier pictures; what moved is said all the same.
    _ = try call(path("parts"), "--record", "missing")
    try write(force: 500)
    _ = try call(path("parts"), "--run", path("a"))
    #expect(try call("compare", path("parts"), path("a"), "--report", path("r.html")).code == 1)
    let held = try text("r.html")
    #expect(held.contains("Compared with: the baselines in \(path("parts"))"))
    #expect(held.contains("touch a tolerance") && !held.contains("<div class=\"pair\">"))
  }

  @Test func `nodes in another order change nothing in a report, and one that moved is found`()
    throws
  {
    _ = try call(path("parts"), "--run", path("a"))
    try write(isReversed: true)
    _ = try call(path("parts"), "--run", path("b"))
    #expect(try call("compare", path("a"), path("b"), "--report", path("r.html")).code == 0)
    #expect(try text("r.html").contains("Nothing moved; 1 part has other input."))
    #expect(try !text("r.html").contains("Change of the"))
    try write(inner: (10.02, 5))
    _ = try call(path("parts"), "--run", path("b"))
    _ = try call("compare", path("a"), path("b"), "--report", path("r.html"))
    let page = try text("r.html")
    #expect(page.contains("place of a node, largest change of strip"), "named with its place")
    #expect(page.contains("node 8 (10.02, 5, 0)"))
    #expect(page.contains("Grey: 1 node that the other run has not there."))
  }

  @Test func `a history is drawn into the report of a run and of a comparison`() throws {
    let file = path("history.sqlite")
    for (name, force) in [("a", 500.0), ("b", 510), ("c", 505)] {
      try write(force: force)
      _ = try call(path("parts"), "--run", path(name))
      if name != "c" { _ = try call("history", "import", path(name), "--file", file) }
    }
    let run = try call(path("parts"), "--report", path("run.html"), "--history", file)
    #expect(run.code == 2, "\(run.errors)")
    #expect(try text("run.html").contains("aria-label=\"largest displacement over 3 runs\""))
    _ = try call("compare", path("b"), path("c"), "--report", path("r"), "--history", file)
    let pages = try place.names.filter { $0.hasPrefix("r/part-") && $0.hasSuffix(".html") }.map(
      text)
    #expect(pages.joined().contains("largest displacement over 3 runs"))
    // A run that the history has already is no other run.
    _ = try call("history", "import", path("c"), "--file", file)
    _ = try call("compare", path("b"), path("c"), "--report", path("r.html"), "--history", file)
    #expect(try text("r.html").contains("largest displacement over 3 runs"))
    for (name, words) in [("none", "there is no history"), ("parts/strip.inp", "it is no history")]
    {
      let run = try call(path("parts"), "--report", path("no.html"), "--history", path(name))
      #expect(run.code == 65 && run.errors.contains(words), "\(run.errors)")
      #expect(run.output.isEmpty && !place.names.contains("no.html"))
    }
    #expect(try call(path("parts"), "--history", file).code == 64)
  }

  @Test func `a record that the history exports is compared without fields`() throws {
    _ = try call(path("parts"), "--run", path("a"))
    _ = try call("history", "import", path("a"), "--file", path("h"))
    _ = try call("history", "export", "1", path("one.json"), "--file", path("h"))
    try write(force: 501)
    _ = try call(path("parts"), "--run", path("b"))
    let run = try call("compare", path("one.json"), path("b"), "--report", path("r.html"))
    #expect(run.code == 0 && run.output.contains("largest displacement"), "\(run.errors)")
    #expect(try text("r.html").contains("figures moved"))
  }

  @Test func `a summary has a picture beside it where the run keeps its fields`() throws {
    _ = try call(path("parts"), "--markdown", path("plain.md"))
    #expect(try !text("plain.md").contains("!["))
    _ = try call(path("parts"), "--run", path("a"), "--markdown", path("out 1.md"))
    let summary = try text("out 1.md")
    #expect(summary.contains("](out%201-picture.png)"), "\(summary)")
    #expect(summary.contains("<code>strip</code>: Von Mises stress"))
    let picture = try Data(contentsOf: place.url.appending(path: "out 1-picture.png"))
    #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]) && picture.count < 100_000)
    _ = try call(path("parts"), "--run", path("a"), "--markdown", path("out 2.md"))
    #expect(
      try Data(contentsOf: place.url.appending(path: "out 2-picture.png")) == picture,
      "the same parts give the same bytes")
    #expect(try call(path("parts"), "--run", path("a"), "--markdown", "-").output.hasPrefix("### "))
  }

  @Test func `shards with baselines merge to the bytes of the whole run, and to a report`() throws {
    for name in ["b", "c", "d"] { try write(force: 400, to: "parts/\(name).inp") }
    _ = try call(path("parts"), "--record", "missing")
    // One figure leaves its baseline, one part has none, and one baseline has no part.
    try write(force: 410, to: "parts/c.inp")
    try write(force: 7, to: "parts/new.inp")
    try FileManager.default.removeItem(atPath: path("parts/d.inp"))
    let whole = try call(
      path("parts"), "--run", path("whole"), "--record", "never", "--markdown", path("whole.md"))
    #expect(whole.code == 1)
    for number in 1...3 {
      _ = try call(
        path("parts"), "--shard", "\(number)/3", "--run", path("\(number)"), "--record", "never")
    }
    let merged = try BuiltProgram("gcgan-validate").run(
      ["merge"] + [2, 3, 1].map { path("\($0)") }
        + ["--run", path("merged"), "--report", path("r.html"), "--markdown", path("merged.md")])
    #expect(merged.code == 1, "\(merged.errors)")
    for name in place.names where name.hasPrefix("whole/") && name.contains(".") {
      guard !name.hasSuffix("times.json") else { continue }
      let other = name.replacingOccurrences(of: "whole", with: "merged")
      #expect(
        try Data(contentsOf: place.url.appending(path: name))
          == Data(contentsOf: place.url.appending(path: other)), "\(name)")
    }
    #expect(
      try text("whole.md").replacingOccurrences(of: "whole-", with: "merged-").contains(
        "### ❌ Parts fail"))
    let pictures = try ["whole", "merged"].map {
      try Data(contentsOf: place.url.appending(path: "\($0)-picture.png"))
    }
    #expect(pictures[0] == pictures[1])
    let page = try text("r.html")
    #expect(page.contains("Can I ship? <strong>No.</strong>") && page.contains("data:image/png"))
    #expect(page.contains("d.baseline.yml"), "the baseline without a part is named")
    #expect(try text("whole/run.json").contains("\"recorded\""))
  }

  @Test func `folders of shards that overlap or are of other runs are refused`() throws {
    try write(to: "parts/b.inp")
    try write(to: "others/b.inp")
    for number in 1...2 {
      _ = try call(path("parts"), "--shard", "\(number)/2", "--run", path("\(number)"))
    }
    _ = try call(path("others"), "--shard", "2/2", "--run", path("foreign"))
    _ = try call(path("parts"), "--run", path("whole"))
    try place.write("{\"gcgan\": \"gcgan-run/2\"}", to: "newer/run.json")
    for (folders, words) in [
      (["1", "1"], "name it once"), (["1", "foreign"], "is of another run"),
      (["1", "whole"], "the result of a whole run"), (["1", "newer"], "gcgan-run/2"),
      (["1", "parts"], "the record of a run cannot be read"),
    ] {
      let run = try BuiltProgram("gcgan-validate").run(
        ["merge", "--run", path("merged")] + folders.map { path($0) })
      #expect(run.code == 65 && run.errors.contains(words), "\(folders): \(run.errors)")
      #expect(!place.names.contains("merged"))
    }
  }
}

/// What the file system does to a run that is kept, to baselines and to reports.
@Suite("gcgan-validate on bad disks", .serialized) struct BadDiskTests {
  private let place: TemporaryPlace

  init() throws {
    place = try TemporaryPlace()
    let cells = (0..<400).map { "\($0 + 1), \($0 + 1), \($0 + 2), \($0 + 403), \($0 + 402)" }
    let nodes = (0...400).flatMap { ["\($0 + 1), \($0), 0", "\($0 + 402), \($0), 1"] }
    try place.write(
      """
      *NODE
      \(nodes.joined(separator: "\n"))
      *ELEMENT, TYPE=CPS4, ELSET=BODY
      \(cells.joined(separator: "\n"))
      *MATERIAL, NAME=M
      *ELASTIC
      20000, 0.3
      *SOLID SECTION, ELSET=BODY, MATERIAL=M
      1
      *BOUNDARY
      1, 1, 2
      402, 1, 2
      *STEP
      *STATIC
      *CLOAD
      401, 1, 500
      *END STEP

      """, to: "parts/strip.inp")
  }

  private func path(_ name: String) -> String { place.path + "/" + name }

  /// A disk of the test alone, which is full but for a page, with the parts on it.
  private static let script = """
    mkdir disk && mount -t tmpfs -o size=256k none disk && cp -r parts disk/ && cd disk
    cat /dev/zero > fill 2> /dev/null
    before=$(find . | sort)
    "$0" parts "$@"
    code=$?
    [ "$before" = "$(find . | sort)" ] && echo 'as it was' || find .
    exit $code
    """

  @Test(
    "a full disk is said with the file, and nothing is left on it",
    arguments: [
      ["--run", "run"], ["--report", "r.html"], ["--report", "r"], ["--record", "missing"],
      ["--markdown", "s.md"], ["--json", "s.json"],
    ])
  func full(_ words: [String]) throws {
    let run = try BuiltProgram(at: "/usr/bin/env").run(
      [
        "-C", place.path, "-u", "CI", "unshare", "--user", "--map-root-user", "--mount", "bash",
        "-c", Self.script, BuiltProgram("gcgan-validate").file.path,
      ] + words)
    #expect(run.code == 70, "\(run)")
    #expect(run.errors.contains("No space left on device"), "\(run.errors)")
    #expect(run.output.hasSuffix("as it was\n"), "\(run.output)")
  }

  @Test(
    "places that cannot be written are said before the parts are evaluated, and left as they are",
    arguments: ["/dev/null/run", "/dev/null/run.html", "letters", "letters/letter.txt"])
  func refused(_ name: String) throws {
    try place.write("mine", to: "letters/letter.txt")
    let target = name.hasPrefix("/") ? name : path(name)
    for option in ["--run", "--report"] {
      let run = try BuiltProgram("gcgan-validate").run([path("parts"), option, target])
      #expect(run.code == 70 && run.errors.contains(target), "\(option): \(run)")
      #expect(!run.output.contains("strip"), "\(run.output)")
    }
    #expect(place.names.filter { $0.hasPrefix("letters/") } == ["letters/letter.txt"])
    #expect(try String(contentsOfFile: path("letters/letter.txt"), encoding: .utf8) == "mine")
  }

  @Test func `names that are not UTF-8 are kept, reported and compared`() throws {
    var folder = Array((place.path + "/parts/b\u{1}d").utf8CString)
    for index in folder.indices where folder[index] == 1 { folder[index] = CChar(bitPattern: 0xFF) }
    #expect(mkdir(folder, 0o700) == 0)
    let run = try BuiltProgram("gcgan-validate").run([
      path("parts"), "--run", path("run"), "--report", path("r"), "--record", "missing",
    ])
    #expect(run.code == 3, "\(run)")
    let record = try String(contentsOfFile: path("run/run.json"), encoding: .utf8)
    #expect(record.contains("b\\\\xFFd"))
    #expect(place.names.contains("r/index.html"))
    #expect(try String(contentsOfFile: path("r/index.html"), encoding: .utf8).contains("b\\xFFd"))
    let same = try BuiltProgram("gcgan-validate").run([
      "compare", path("run"), path("run"), "--strict",
    ])
    #expect(same.code == 0, "\(same)")
    // Swift repairs arguments, so that the folder would have another name than asked for.
    let named = try BuiltProgram(at: "/bin/bash").run([
      "-c", "\"$0\" \"$1\" --run \"$2\"/$'r\\xffn'", BuiltProgram("gcgan-validate").file.path,
      path("parts/strip.inp"), place.path,
    ])
    #expect(named.code == 64 && named.errors.contains("argument 3 is not UTF-8"), "\(named)")
  }
}
