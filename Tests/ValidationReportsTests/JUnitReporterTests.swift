import DesignValidation
import Foundation
import TestSupport
import Testing

@testable import ValidationReports

@Suite("The JUnit report") struct JUnitReporterTests {
  /// What junitparser reads in a file.
  private struct Reading: Decodable {
    struct Case: Decodable {
      var name: String
      var kind: String?
      var message: String?
      var text: String?
    }
    var tests: Int
    var failures: Int
    var errors: Int
    var skipped: Int
    var properties: [String: String]
    var cases: [Case]
  }

  private static let script = """
    import json, sys
    from junitparser import JUnitXml
    xml = JUnitXml.fromfile(sys.argv[1])
    cases = [case for suite in xml for case in suite]
    def told(case):
        result = case.result[0] if case.result else None
        return {"name": case.name, "kind": type(result).__name__ if result else None,
                "message": result.message if result else None, "text": result.text if result else None}
    said = {key: getattr(xml, key) for key in ["tests", "failures", "errors", "skipped"]}
    for suite in xml:
        assert {key: getattr(suite, key) for key in said} == said
    properties = {p.name: p.value for suite in xml for p in suite.properties()}
    print(json.dumps({**said, "properties": properties, "cases": [told(case) for case in cases]}))
    """

  private func read(_ data: Data) throws -> Reading {
    let place = try TemporaryPlace()
    let output = try PythonPackages().run(Self.script, [place.write(data, to: "junit.xml")])
    return try JSONDecoder().decode(Reading.self, from: Data(output.utf8))
  }

  private func xml(_ result: RunResult) throws -> Data {
    try written(result) { write in JUnitReporter { text, _ in write(Data(text.utf8)) } }
  }

  @Test func `junitparser counts what the result counts, by attributes and by cases`() throws {
    let verdicts: [Verdict] = [
      .pass, .pass, .pass, .fail, .fail, .undecided, .notCapable, .notCapable, .notEvaluable,
    ]
    let result = RunResult.sample(verdicts.enumerated().map { .judged("part-\($0)", $1) })
    let read = try read(try xml(result))
    #expect(read.tests == 9)
    #expect(read.failures == 2)
    #expect(read.errors == 1)
    #expect(read.skipped == 3)
    func count(_ kind: String?) -> Int { read.cases.count { $0.kind == kind } }
    let counts: [Int] = [count(nil), count("Failure"), count("Error"), count("Skipped")]
    #expect(counts == [3, 2, 1, 3])
    for verdict in Verdict.allCases {
      let property = read.properties["gcgan.\(verdict.rawValue)"]
      #expect(property == "\(result.counts[verdict.rawValue] ?? -1)")
    }
  }

  @Test func `a failure says what was read, expected, by how much and where`() throws {
    let read = try read(try xml(.sample([.judged("bracket", .fail)])))
    let text = try #require(read.cases.first?.text)
    for passage in [
      "bracket: model CPS8 104.5 MPa, +4.5 %, at bracket; ", "expected 100 MPa ± 1 MPa (1 %)",
    ] {
      #expect(text.contains(passage), "\(text)")
    }
  }

  @Test func `hostile names come back as they went, control characters as their codes`() throws {
    let result = RunResult.hostile
    let read = try read(try xml(result))
    #expect(read.cases.map(\.name) == result.parts.map(\.name.withVisibleControls))
    #expect(Set(read.cases.map(\.name)).count == HostileNames.all.count, "no two names became one")
    #expect(read.cases.map(\.name).contains("<script>alert(1)</script>"))
    #expect(read.cases.map(\.name).contains("<U+202E>gnp.trap"))
    #expect(read.cases.map(\.name).contains("two<U+000A>lines<U+000D><U+000A>and a<U+0009>tab"))
  }

  @Test func `more parts than one file may hold go to several, none of more than 250,000 elements`()
    throws
  {
    let parts = (0..<100_001).map { number in
      var part = PartResult.judged("a", .notEvaluable)
      part.name = "part-\(number)"
      return part
    }
    var files: [(text: String, number: Int)] = []
    let reporter = JUnitReporter { files.append(($0, $1)) }
    try reporter.runEnded(.sample(parts), timings: RunTimings())
    #expect(files.map(\.number) == [1, 2])
    #expect(files[0].text.contains("tests=\"100000\" failures=\"0\" errors=\"100000\""))
    #expect(files[1].text.contains("tests=\"1\" failures=\"0\" errors=\"1\""))
    for file in files {
      // An element begins with `<` and a letter.
      let bytes = Array(file.text.utf8)
      let count = zip(bytes, bytes.dropFirst()).count { $0 == UInt8(ascii: "<") && $1 > 64 }
      #expect(count <= 250_000)
    }
  }

  @Test func `further files stand beside the first`() throws {
    #expect(try ReportFiles.path("out/junit.xml", number: 1) == "out/junit.xml")
    #expect(try ReportFiles.path("out.d/junit.xml", number: 2) == "out.d/junit-2.xml")
    #expect(try ReportFiles.path("out.d/junit", number: 3) == "out.d/junit-3")
    #expect(throws: ReportFault.self) { try ReportFiles.path("-", number: 2) }
  }

  @Test func `the same result gives the same bytes`() throws {
    #expect(try xml(.hostile) == xml(.hostile))
  }
}
