import Foundation
import ProgramSupport
import Testing

@testable import DesignValidation

@Suite("Shards") struct ShardTests {
  @Test func `are written as a share of a number`() {
    #expect(Shard("2/3")?.number == 2)
    #expect(Shard("2/3")?.count == 3)
    #expect(Shard("1/1") != nil)
    for text in [
      "", "/", "1", "0/3", "4/3", "1/0", "-1/3", "+1/3", "1/-3", "1/3/5", " 1/3", "1 /3", "a/b",
      "１/３", "1.0/3", "99999999999999999999/3", "1/99999999999999999999", "1/100001",
    ] {
      #expect(Shard(text) == nil, "'\(text)'")
    }
  }

  @Test(arguments: [1, 2, 3, 7, 50])
  func `take every part once, and equally many`(count: Int) throws {
    let shards = try (1...count).map { try #require(Shard("\($0)/\(count)")) }
    for place in 0..<40 { #expect(shards.count { $0.takes(place) } == 1) }
    let sizes = shards.map { shard in (0..<40).count { shard.takes($0) } }
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test func `that cannot be are no data`() {
    for json in [
      #"{"number": 1, "count": 0}"#, #"{"number": 0, "count": 2}"#, #"{"number": -1, "count": 2}"#,
      #"{"number": 3, "count": 2}"#, #"{"number": 1}"#,
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(Shard.self, from: Data(json.utf8))
      }
    }
  }
}

@Suite("Merged shards") struct MergedShardsTests {
  private static let verdicts: [Verdict] = [
    .pass, .undecided, .pass, .fail, .pass, .notEvaluable, .notCapable, .fail, .pass, .pass,
  ]
  private static let folders = verdicts.indices.map {
    PartFolder(name: "part-\($0)", path: "parts/part-\($0)", kind: .partFile)
  }

  /// What a run of a share of the parts comes to; the worker is a script that knows each part's verdict.
  private func run(
    _ shard: String? = nil, failsFast: Bool = false, jobs: Int = 3, version: String = "1",
    directory: String = "parts", folders: [PartFolder] = folders, notes: [String] = ["a note"]
  ) throws -> RunResult {
    var script = "case $1 in "
    for (place, verdict) in Self.verdicts.enumerated() {
      var part = PartResult(Self.folders[0])
      part.verdict = verdict
      let json = String(decoding: try JSONEncoder().encode(part), as: UTF8.self)
      script += "*-\(place)) echo '\(json)';; "
    }
    var run = ValidationRun(
      worker: ["/bin/sh", "-c", script + "esac", "worker"], jobs: jobs,
      limits: ProcessLimits(memory: 1 << 30, processorSeconds: 2, wallSeconds: 30),
      program: ProgramVersion(version: version), isInterrupted: { false })
    run.shard = try shard.map { try #require(Shard($0)) }
    run.failsFast = failsFast
    var reporters: [any RunReporter] = []
    return try run.evaluate(folders, notes: notes, of: directory, reporters: &reporters)
  }

  private func bytes(_ result: RunResult) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(result)
  }

  /// As merging reads them: through JSON.
  private func merged(_ shards: [RunResult]) throws -> RunResult {
    try RunResult(
      merging: shards.enumerated().map {
        ("\($0).json", try JSONDecoder().decode(RunResult.self, from: try bytes($1)))
      })
  }

  @Test(arguments: [1, 2, 3, 7, 10, 13], [false, true])
  func `have the bytes of the run that was not sharded`(count: Int, failsFast: Bool) throws {
    let whole = try run(failsFast: failsFast)
    let shards = try (1...count).map { try run("\($0)/\(count)", failsFast: failsFast) }
    #expect(try bytes(merged(shards)) == bytes(whole))
    #expect(try bytes(merged(shards.reversed())) == bytes(whole))
    #expect(whole.parts.count == (failsFast ? 4 : 10))
  }

  @Test func `a lost shard is not evaluable, part by part, and the others are judged`() throws {
    let shards = try [1, 3].map { try run("\($0)/3") }
    let result = try merged(shards)
    #expect(result.exitCode == .notEvaluated)
    #expect(RunResult.lostShards(of: shards) == ["2/3"])
    #expect(result.parts.map(\.name) == Self.folders.map(\.name))
    for (place, part) in result.parts.enumerated() {
      if place % 3 == 1 {
        #expect(part.failure?.kind == .lostShard)
        #expect(part.failure?.summary == "shard 2/3 is missing")
      } else {
        #expect(part.verdict == Self.verdicts[place])
      }
    }
  }

  @Test func `parts that an interrupted shard did not come to are not evaluable`() throws {
    var shard = try run("1/2")
    shard.parts.removeLast(2)
    shard.isInterrupted = true
    let result = try merged([shard, try run("2/2")])
    #expect(result.parts.count { $0.failure?.kind == .interrupted } == 2)
    #expect(result.exitCode == .notEvaluated)
  }

  private func fault(_ results: [RunResult]) throws -> String {
    let fault = #expect(throws: MergeFault.self) { try merged(results) }
    return fault?.description ?? ""
  }

  @Test func `overlapping shards are refused`() throws {
    let (one, two) = (try run("1/2"), try run("2/2"))
    #expect(
      try fault([one, two, one]) == "shard 1/2 is in '0.json' and in '2.json': name it once")
    var greedy = two
    greedy.parts.append(one.parts[0])
    #expect(try fault([one, greedy]).contains("'part-0', which is not one of its shard"))
    greedy.parts[greedy.parts.count - 1] = two.parts[0]
    #expect(try fault([one, greedy]).contains("'part-1' twice"))
  }

  @Test func `foreign shards are refused with what differs`() throws {
    let one = try run("1/2")
    let cases: [(RunResult, String)] = [
      (try run("2/3"), "it has 3 shards, not 2"),
      (try run("2/2", version: "2"), "another version of the program"),
      (try run("2/2", directory: "others"), "it is of 'others', not of 'parts'"),
      (try run("2/2", folders: Array(Self.folders.dropLast())), "its parts are others"),
      (try run("2/2", notes: []), "its notes are others"),
      (try run("2/2", failsFast: true), "only one of them ends at the first failure"),
      (try run(), "is the result of a whole run"),
    ]
    for (other, words) in cases {
      let fault = try fault([one, other])
      #expect(fault.contains(words), "\(fault)")
      #expect(fault.contains("'1.json'"))
    }
    #expect(try fault([try run()]).contains("only shards are merged"))
    #expect(try fault([]).contains("nothing to merge"))
  }

  @Test func `a shard that lacks a part without having been interrupted is refused`() throws {
    var shard = try run("1/2")
    shard.parts.removeLast()
    #expect(try fault([shard, try run("2/2")]).contains("'0.json' lacks the part 'part-8'"))
  }

  @Test func `a shard without parts passes where the run has some`() throws {
    #expect(try run("13/13").exitCode == .success)
    #expect(try run("1/2", folders: []).exitCode == .nothingFound)
  }
}

@Suite("Runs that end at the first failure") struct FailFastTests {
  private func parts(_ names: [String]) -> [PartFolder] {
    names.map { PartFolder(name: $0, path: "parts/\($0)", kind: .partFile) }
  }

  /// Parts named `…-pass` pass, `…-fail` fail; one whose name ends in `slow` takes a while.
  private func run(
    _ parts: [PartFolder], jobs: Int, began: @escaping (String) -> Void = { _ in }
  ) throws -> RunResult {
    struct Listener: RunReporter {
      let began: (String) -> Void
      func partBegan(_ name: String) { began(name) }
      func runEnded(_ result: RunResult, timings: RunTimings) {}
    }
    func answer(_ verdict: Verdict) throws -> String {
      var part = PartResult(PartFolder(name: "x", path: "x", kind: .partFile))
      part.verdict = verdict
      return "echo '\(String(decoding: try JSONEncoder().encode(part), as: UTF8.self))'"
    }
    let script =
      "case $1 in *slow) sleep 0.4;; *endless) sleep 100;; esac; case $1 in *-fail*) \(try answer(.fail));; "
      + "*-doubt*) \(try answer(.undecided));; *-crash*) exit 7;; *) \(try answer(.pass));; esac"
    var run = ValidationRun(
      worker: ["/bin/sh", "-c", script, "worker"], jobs: jobs,
      limits: ProcessLimits(memory: 1 << 30, processorSeconds: 2, wallSeconds: 30),
      program: ProgramVersion(version: "1"), isInterrupted: { false })
    run.failsFast = true
    var reporters: [any RunReporter] = [Listener(began: began)]
    return try run.evaluate(parts, of: "parts", reporters: &reporters)
  }

  @Test func `begin no part after it`() throws {
    var began: [String] = []
    let names = ["1-pass", "2-doubt", "3-fail", "4-pass", "5-fail"]
    let result = try run(parts(names), jobs: 1) { began.append($0) }
    #expect(began == ["1-pass", "2-doubt", "3-fail"])
    #expect(result.parts.map(\.name) == ["1-pass", "2-doubt", "3-fail"])
    #expect(result.missingParts.map(\.name) == ["4-pass", "5-fail"])
    #expect(!result.isInterrupted)
    #expect(result.exitCode == .failed)
  }

  @Test func `have the same bytes however many run side by side`() throws {
    let names = ["1-pass", "2-fail-slow", "3-pass", "4-fail", "5-pass", "6-pass"]
    let results = try [1, 2, 4, 6].map { try run(parts(names), jobs: $0) }
    for result in results {
      #expect(result.parts.map(\.name) == ["1-pass", "2-fail-slow"])
      #expect(result == results[0])
    }
  }

  @Test func `kill what runs beyond it`() throws {
    let begin = ContinuousClock.now
    let result = try run(parts(["1-fail", "2-pass-endless", "3-pass-endless"]), jobs: 3)
    #expect(result.parts.map(\.name) == ["1-fail"])
    #expect(begin.duration(to: .now) < .seconds(20))
  }

  @Test func `end at a crash and at a part that cannot be opened, too`() throws {
    var folders = parts(["1-pass", "2-crash", "3-pass"])
    #expect(try run(folders, jobs: 1).exitCode == .notEvaluated)
    #expect(try run(folders, jobs: 1).parts.count == 2)
    folders[0].problem = ["the folder cannot be listed"]
    #expect(try run(folders, jobs: 2).parts.map(\.name) == ["1-pass"])
  }

  @Test func `go to the end where nothing fails`() throws {
    let result = try run(parts(["1-pass", "2-doubt", "3-pass"]), jobs: 2)
    #expect(result.parts.count == 3)
    #expect(result.allParts == nil)
    #expect(result.exitCode == .undecided)
  }
}

@Suite("Parts by their names") struct PartSelectionTests {
  private let all = ["a", "beam-1", "beam-2", "sub/a", "sub/deep/b", "subway", "x[1]", "b\\xFFd"]
    .map { PartFolder(name: $0, path: "parts/" + $0, kind: .partFile) }

  @Test(arguments: [
    (["a"], ["a"]), (["beam-*"], ["beam-1", "beam-2"]), (["sub"], ["sub/a", "sub/deep/b"]),
    (["sub/a", "a"], ["a", "sub/a"]), (["x[1]"], ["x[1]"]), (["beam-[2-9]"], ["beam-2"]),
    (["*/b"], ["sub/deep/b"]), (["b\\xFFd"], ["b\\xFFd"]), (["a", "a"], ["a"]),
  ])
  func `are found by name, folder or pattern, in their order`(_ names: [String], _ chosen: [String])
    throws
  {
    #expect(try PartSelection(names).parts(of: all).map(\.name) == chosen)
  }

  @Test func `no name means all`() throws { #expect(try PartSelection([]).parts(of: all) == all) }

  @Test func `a name that no part has is told, with the nearest one`() {
    let unknown = #expect(throws: UnknownPart.self) {
      try PartSelection(["a", "baem-1"]).parts(of: all)
    }
    #expect(unknown?.description == "no part is named 'baem-1'; did you mean 'beam-1'?")
    for name in ["", "[", "*.inp", String(repeating: "*a", count: 5_000), "\u{0}"] {
      #expect(throws: UnknownPart.self) { try PartSelection([name]).parts(of: all) }
    }
  }
}
