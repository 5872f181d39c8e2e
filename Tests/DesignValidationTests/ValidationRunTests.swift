import Foundation
import Testing

@testable import DesignValidation
@testable import ProgramSupport

/// Workers that misbehave are shell scripts; the path of the part is their `$1`.
@Suite("Runs in child processes", .serialized) struct ValidationRunTests {
  /// Notes what it is told.
  private final class Notes: RunReporter {
    var events: [String] = []
    func runBegan(_ plan: RunPlan) { events.append("run \(plan.parts.count)") }
    func partBegan(_ name: String) { events.append("began \(name)") }
    func partEnded(_ result: PartResult) { events.append("ended \(result.name)") }
    func runEnded(_ result: RunResult, timings: RunTimings) { events.append("end") }
  }

  private func parts(_ names: String...) -> [PartFolder] {
    names.map { PartFolder(name: $0, path: "/parts/\($0)", kind: .partFile) }
  }

  private func run(
    _ script: String, _ parts: [PartFolder], jobs: Int = 2, seconds: Double = 30,
    memory: Int = 1 << 30, notes: Notes = Notes(), isInterrupted: @escaping () -> Bool = { false }
  ) throws -> RunResult {
    let run = ValidationRun(
      worker: ["/bin/sh", "-c", script, "worker"], jobs: jobs,
      limits: ProcessLimits(memory: memory, processorSeconds: 2, wallSeconds: seconds),
      program: ProgramVersion(version: "test"), isInterrupted: isInterrupted)
    var reporters: [any RunReporter] = [notes]
    return try run.evaluate(parts, of: "/parts", reporters: &reporters)
  }

  /// A worker that answers well for every part, as shell text.
  private static func answer(_ verdict: Verdict = .pass) -> String {
    var result = PartResult(PartFolder(name: "x", path: "x", kind: .bareDeck))
    result.verdict = verdict
    let bytes = (try? JSONEncoder().encode(result)) ?? Data()
    return "echo '\(String(decoding: bytes, as: UTF8.self))'"
  }

  @Test func `good answers are taken, under the names of the parts`() throws {
    let notes = Notes()
    let result = try run(Self.answer(), parts("a", "b", "c"), jobs: 1, notes: notes)
    #expect(result.parts.map(\.name) == ["a", "b", "c"])
    #expect(result.exitCode == .success)
    #expect(
      notes.events == [
        "run 3", "began a", "ended a", "began b", "ended b", "began c", "ended c", "end",
      ])
  }

  struct Misbehaviour: Sendable, CustomTestStringConvertible {
    var script: String
    var kind: PartResult.Failure.Kind
    var summary: String
    var testDescription: String { script }
    init(_ script: String, _ kind: PartResult.Failure.Kind, _ summary: String) {
      (self.script, self.kind, self.summary) = (script, kind, summary)
    }
  }

  @Test(
    "a worker that misbehaves is one line, and the batch goes on",
    arguments: [
      Misbehaviour("kill -SEGV $$", .crashed, "signal 11"),
      Misbehaviour("kill -ABRT $$", .crashed, "signal 6"),
      Misbehaviour("kill -KILL $$", .crashed, "signal 9"),
      Misbehaviour("exit 7", .crashed, "exit code 7"),
      Misbehaviour("true", .badAnswer, "0 bytes that are not a result"),
      Misbehaviour("echo nonsense", .badAnswer, "9 bytes that are not a result"),
      Misbehaviour("echo '{\"name\": \"x\"}'", .badAnswer, "not a result"),
      Misbehaviour("head -c 300000 /dev/urandom", .badAnswer, "300000 bytes"),
      Misbehaviour("sleep 100", .timedOut, "killed after 0.5 s"),
      Misbehaviour("trap '' TERM INT; sleep 100 & sleep 100", .timedOut, "killed after 0.5 s"),
      Misbehaviour("exec >&- 2>&-; sleep 100", .timedOut, "killed after 0.5 s"),
      Misbehaviour("yes", .badAnswer, "more than 64 MiB"),
      Misbehaviour("kill -XCPU $$", .processorLimit, "2 s of processor time"),
      Misbehaviour("echo 'Fatal error: Out of memory' >&2; kill -ILL $$", .memoryLimit, "1 GiB"),
    ])
  func misbehaves(_ c: Misbehaviour) throws {
    let script = "case $1 in */bad) \(c.script);; *) \(Self.answer());; esac"
    // The flood needs longer than the sleeper is given.
    let seconds = c.script == "yes" ? 60 : c.kind == .timedOut ? 0.5 : 30.0
    let result = try run(script, parts("a", "bad", "c"), seconds: seconds)
    #expect(result.parts.map(\.verdict) == [.pass, .notEvaluable, .pass])
    let failure = try #require(result.parts[1].failure)
    #expect(failure.kind == c.kind, "\(failure)")
    #expect(failure.summary.contains(c.summary), "\(failure)")
    #expect(result.exitCode == .notEvaluated)
  }

  @Test func `nothing of a killed worker lives on`() throws {
    let folder = try PartsFolder()
    let mark = folder.path + "/mark"
    // The grandchild would leave a mark half a second after its parent was killed.
    let script = "(sleep 1; touch \(mark)) & sleep 100"
    _ = try run(script, parts("a"), seconds: 0.3)
    Thread.sleep(forTimeInterval: 1.5)
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test func `a grandchild that keeps the pipe open does not hold up the result`() throws {
    let begin = ContinuousClock.now
    let result = try run("sleep 20 & \(Self.answer())", parts("a"))
    #expect(result.exitCode == .success)
    #expect(begin.duration(to: .now) < .seconds(10))
  }

  @Test func `the last words of a worker are kept, but not all of them`() throws {
    let script = "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done >&2; exit 1"
    let details = try #require(try run(script, parts("a")).parts.first?.failure?.details)
    #expect(details.last == "line 19999")
    #expect(details.count == 8)
  }

  @Test func `a worker that is not there is told`() throws {
    let run = ValidationRun(
      worker: ["/no/such/program"], jobs: 1,
      limits: ProcessLimits(memory: 1 << 30, processorSeconds: 1, wallSeconds: 1),
      program: ProgramVersion(version: "test"))
    var reporters: [any RunReporter] = []
    let result = try run.evaluate(parts("a"), of: "/parts", reporters: &reporters)
    #expect(result.parts[0].failure?.summary.contains("could not be started") == true)
  }

  @Test func `an interrupted run keeps what ended and kills what runs`() throws {
    let begin = ContinuousClock.now
    let script = "case $1 in */a) \(Self.answer());; *) sleep 100;; esac"
    let notes = Notes()
    let result = try run(script, parts("a", "b", "c"), jobs: 1, notes: notes) {
      notes.events.contains("began b")
    }
    #expect(result.isInterrupted)
    #expect(result.parts.map(\.name) == ["a"])
    #expect(result.exitCode == .interrupted)
    #expect(!notes.events.contains("began c"))
    #expect(begin.duration(to: .now) < .seconds(20))
  }

  @Test func `jobs run side by side, no more than allowed`() throws {
    let notes = Notes()
    _ = try run("sleep 0.2; \(Self.answer())", parts("a", "b", "c", "d"), jobs: 2, notes: notes)
    var running = 0
    var most = 0
    for event in notes.events {
      if event.hasPrefix("began") { running += 1 }
      if event.hasPrefix("ended") { running -= 1 }
      most = max(most, running)
    }
    #expect(most == 2)
  }

  @Test func `the same parts give the same bytes, whatever order they end in`() throws {
    func bytes(jobs: Int, _ slow: String) throws -> Data {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let script = "case $1 in */\(slow)) sleep 0.2;; esac; \(Self.answer())"
      return try encoder.encode(try run(script, parts("a", "b", "c"), jobs: jobs))
    }
    let first = try bytes(jobs: 1, "a")
    #expect(try bytes(jobs: 3, "a") == first)
    #expect(try bytes(jobs: 3, "c") == first)
  }
}

@Suite("Exit codes") struct ExitCodeTests {
  private func code(_ verdicts: Verdict..., isInterrupted: Bool = false) -> Int32 {
    let parts = verdicts.enumerated().map { number, verdict in
      var part = PartResult(PartFolder(name: "\(number)", path: "", kind: .bareDeck))
      part.verdict = verdict
      return part
    }
    return RunResult(
      program: ProgramVersion(version: ""), directory: "", parts: parts,
      isInterrupted: isInterrupted
    ).exitCode.rawValue
  }

  @Test func `are those of the contract`() {
    #expect(code(.pass, .pass) == 0)
    #expect(code(.pass, .fail) == 1)
    #expect(code(.pass, .undecided) == 2)
    #expect(code(.pass, .notCapable) == 2)
    #expect(code(.pass, .notEvaluable) == 3)
    #expect(code() == 5)
    #expect(code(.pass, isInterrupted: true) == 130)
  }

  @Test func `the graver one wins`() {
    #expect(code(.fail, .undecided) == 1)
    #expect(code(.fail, .notEvaluable) == 3)
    #expect(code(.fail, .notEvaluable, isInterrupted: true) == 130)
    #expect(code(isInterrupted: true) == 130)
  }
}
