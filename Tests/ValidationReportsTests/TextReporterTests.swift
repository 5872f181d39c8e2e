import DesignValidation
import Foundation
import Testing

@testable import ValidationReports

@Suite("The text report") struct TextReporterTests {
  /// What the reporter writes for parts that end in the given order.
  private func report(
    _ parts: [PartResult], detail: TextReporter.Detail = .normal, isColoured: Bool = false,
    isInterrupted: Bool = false, planned: [String]? = nil
  ) -> String {
    final class Sink { var text = "" }
    let sink = Sink()
    var reporter = TextReporter(detail: detail, isColoured: isColoured) { sink.text += $0 }
    let names = planned ?? parts.map(\.name).sorted()
    reporter.runBegan(RunPlan(directory: "parts", parts: names, jobs: 2))
    for part in parts {
      reporter.partBegan(part.name)
      reporter.partEnded(part)
    }
    var timings = RunTimings()
    timings.wallSeconds = 1.5
    let result = RunResult(
      program: ProgramVersion(version: "test"), directory: "parts", parts: parts,
      isInterrupted: isInterrupted)
    reporter.runEnded(result, timings: timings)
    return sink.text
  }

  @Test func `a passing part is one line`() {
    #expect(
      report([.sample("bar"), .sample("bracket")]) == """
        2 parts in parts, 2 at a time

        PASS           bar      1 model, 1 quantity
        PASS           bracket  1 model, 1 quantity

        2 passed in 1.5 s

        """)
  }

  @Test func `a failing figure shows expected, found, both differences and where`() {
    let text = report([.sample("bar", value: 104.5, verdict: .fail)])
    #expect(text.contains("FAIL           bar  1 model, 1 quantity"))
    #expect(text.contains("✗ stress at D  (verification, benchmark)"))
    #expect(text.contains("expected  100 MPa ± 1 MPa (1 %)  NAFEMS"))
    #expect(text.contains("found     CPS8  104.5 MPa  +4.5 MPa  +4.5 %  at node 17 (2, 0, 0)"))
    #expect(text.hasSuffix("\n1 failed in 1.5 s\n"))
  }

  @Test func `parts are printed in the order of their names, whatever order they end in`() throws {
    let text = report([.sample("c"), .sample("a"), .sample("b")])
    let places = try ["a ", "b ", "c "].map { name in
      try #require(text.range(of: "PASS           " + name)).lowerBound
    }
    #expect(places == places.sorted())
  }

  @Test func `an interrupted run shows what it has`() {
    let text = report([.sample("c"), .sample("b")], isInterrupted: true, planned: ["a", "b", "c"])
    #expect(text.contains("PASS           b"))
    #expect(text.contains("PASS           c"))
    #expect(text.contains("interrupted: 2 passed, 1 not evaluated in 1.5 s"))
  }

  @Test func `only physical references are called simulation vs physical`() {
    let verification = report([.sample("bar", verdict: .fail)], detail: .full)
    #expect(!verification.contains("physical"))
    let validation = report([.sample("bar", question: .validation, kind: .physical)])
    #expect(validation.contains("(simulation vs physical)"))
    let calibration = report(
      [.sample("bar", question: .calibration, kind: .physical)], detail: .full)
    #expect(!calibration.contains("simulation vs physical"))
  }

  @Test func `a failure of the part is told with its lines`() {
    let part = PartResult(
      PartFolder(name: "bar", path: "bar", kind: .partFile),
      failure: .init(.badInput, "the part file has a fault", details: ["part.yml:3: unknown key"]))
    let text = report([part])
    #expect(text.contains("NOT EVALUABLE  bar"))
    #expect(text.contains("    the part file has a fault\n      part.yml:3: unknown key\n"))
    #expect(text.contains("1 not evaluable in"))
  }

  @Test func `quiet says only what does not pass`() {
    let text = report([.sample("a"), .sample("b", value: 104.5, verdict: .fail)], detail: .quiet)
    #expect(!text.contains("PASS"))
    #expect(text.contains("FAIL           b"))
    #expect(report([.sample("a")], detail: .quiet) == "1 passed in 1.5 s\n")
  }

  @Test func `names cannot steer the terminal`() {
    var part = PartResult.sample("ev\u{1B}[2Jil\u{202E}", verdict: .fail)
    part.quantities[0].name = "x\u{7}\n\u{9B}31m"
    let text = report([part], detail: .full)
    #expect(text.contains("ev?[2Jil?"))
    #expect(text.contains("x? ?31m"))
    #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0.value == 0x9B })
  }

  @Test func `colours are used only when asked for`() {
    #expect(!report([.sample("a", verdict: .fail)]).contains("\u{1B}"))
    #expect(report([.sample("a", verdict: .fail)], isColoured: true).contains("\u{1B}[1;31mFAIL"))
  }

  @Test func `nothing found says what would be a part`() {
    #expect(report([]).contains("no parts in parts: a part is a folder with a part.yml"))
  }

  @Test func `the progress bar is no wider than the terminal`() {
    var bar = ProgressBar(columns: 40) { _ in }
    bar.begin(count: 300)
    for number in 0..<20 { bar.partBegan("a-part-with-a-long-name-\(number)") }
    #expect(bar.line.count == 39)
    bar.partEnded(.sample("a-part-with-a-long-name-0"))
    #expect(bar.line.contains("  1/300"))
  }
}

@Suite("The JSON report") struct JSONReporterTests {
  @Test func `comes back as it went`() throws {
    let result = RunResult(
      program: ProgramVersion(version: "1", libraries: ["x": "2"]), directory: "parts",
      parts: [.sample("b"), .sample("a", verdict: .fail)])
    let data = try JSONReporter.data(of: result)
    #expect(try JSONReporter.result(from: data) == result)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["schemaVersion"] as? Int == 2)
    #expect((object["counts"] as? [String: Int])?["pass"] == 1)
    #expect((object["parts"] as? [[String: Any]])?.map { $0["name"] as? String } == ["a", "b"])
  }

  @Test func `says the same bytes again, and no times`() throws {
    let result = RunResult(
      program: ProgramVersion(version: "1"), directory: "parts", parts: [.sample("a")])
    let text = String(decoding: try JSONReporter.data(of: result), as: UTF8.self)
    #expect(try JSONReporter.data(of: result) == Data(text.utf8))
    #expect(!text.lowercased().contains("second"))
  }

  @Test func `another schema version is refused with both numbers`() {
    let error = #expect(throws: ReportFault.self) {
      try JSONReporter.result(from: Data("{\"schemaVersion\": 99}".utf8))
    }
    #expect(error?.description.contains("99, this program reads 2") == true)
  }
}

@Suite("Tables of results") struct VerificationTablesTests {
  private let tables = VerificationTables(
    RunResult(
      program: ProgramVersion(version: "1"), directory: "parts",
      parts: [.sample("B01-le1", value: 99.5), .sample("B02-le10")]))

  @Test func `are filled between the marks of the page that links to the part`() throws {
    let page = """
      See [part](../parts/B01-le1/part.yml).
      <!-- results:begin -->
      old
      <!-- results:end -->
      after
      """
    let filled = try #require(tables.filled(page))
    #expect(filled.contains("| CPS8 | CPS8 | 24 | 168 | 99.5 | -0.5 |  | **pass** |"))
    #expect(filled.contains("result, MPa"))
    #expect(!filled.contains("old"))
    #expect(filled.hasSuffix("<!-- results:end -->\nafter"))
    #expect(tables.filled(filled) == filled)
  }

  @Test func `leave other pages alone`() {
    #expect(tables.filled("<!-- results:begin -->\n<!-- results:end -->") == nil)
    #expect(tables.filled("[part](B01-le1/part.yml) without marks") == nil)
    #expect(tables.filled("/B01-le1/part.yml <!-- results:end --> <!-- results:begin -->") == nil)
  }

  @Test func `names cannot break the table`() {
    #expect(VerificationTables.escaped("a|b\n<script>") == "a\\|b \\<script\\>")
  }
}

extension PartResult {
  /// A part with one model and one quantity of 100 MPa ± 1 %.
  static func sample(
    _ name: String, value: Double = 100, verdict: Verdict = .pass,
    question: QuantityResult.Question = .verification, kind: Reference.Kind = .benchmark
  ) -> PartResult {
    let json = """
      {"name": "\(name.replacingOccurrences(of: "\u{1B}", with: "\\u001B"))", "path": "p",
       "title": "Title", "verdict": "\(verdict.rawValue)", "limits": [],
       "models": [{"name": "CPS8", "deck": "a.inp", "isStated": true, "elementTypes": "CPS8",
         "nodeCount": 93, "cellCount": 24, "steps": [{"soundness": {"unknownCount": 168,
         "storedEntryCount": 1, "factorEntryCount": 1, "relativeResidual": 0, "reactionBalance": 0,
         "reciprocalCondition": 1, "refinementCount": 0}}]}],
       "quantities": [{"name": "stress at D", "question": "\(question.rawValue)", "read": "stress yy",
         "unit": "MPa", "verdict": "\(verdict.rawValue)", "convergence": [],
         "reference": {"value": 100, "uncertainty": 0, "kind": "\(kind.rawValue)", "source": "NAFEMS"},
         "tolerance": {"absolute": 1, "relative": 0.01, "reason": "r"},
         "readings": [{"model": "CPS8", "isStated": true, "value": \(value),
           "location": "node 17 (2, 0, 0)", "node": 17, "position": [2, 0, 0],
           "difference": \(value - 100), "relativeDifference": \((value - 100) / 100),
           "verdict": "\(verdict.rawValue)"}]}]}
      """
    do {
      return try JSONDecoder().decode(PartResult.self, from: Data(json.utf8))
    } catch {
      preconditionFailure("the sample is no part result: \(error)")
    }
  }
}

@Suite("Lines of one cause") struct CauseTests {
  @Test func `faults that differ in places and numbers are one line with a count`() {
    let lines =
      (1...100).map { "parts/a.inp:\($0 + 12): cell \($0) has no area; mend it" } + [
        "parts/b.inp:7: there is no material 'M1'", "parts/b.inp:9: there is no material 'M2'",
      ]
    let causes = Cause.grouped(lines)
    #expect(causes.map(\.count) == [100, 2])
    #expect(
      causes[0].text == "parts/a.inp:13: cell 1 has no area; mend it  (and 99 more like this)")
  }

  @Test func `names count, unless they are told not to`() {
    let lines = ["'a.inp' is included by 'm.inp'", "'b.inp' is included by 'm.inp'", "no set 'X'"]
    #expect(Cause.grouped(lines).count == 3)
    #expect(Cause.grouped(lines, byName: true).map(\.count) == [2, 1])
  }
}
