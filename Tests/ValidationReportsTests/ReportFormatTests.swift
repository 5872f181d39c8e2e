import DesignValidation
import Foundation
import ProgramSupport
import Testing

@testable import ValidationReports

/// A line per part, as spreadsheets read it.
struct VerdictListReporter: RunReporter {
  let write: (String) throws -> Void

  func runEnded(_ result: RunResult, timings: RunTimings) throws {
    let lines = result.parts.map { "\"\($0.name)\",\($0.verdict.rawValue)\n" }
    try write("part,verdict\n" + lines.joined())
  }
}

/// The seam that Docs/HowTo/report.md describes: what a format needs is a conformer of its own and no more.
@Suite("A new report format") struct ReportFormatTests {
  /// A stand-in for the worker: it answers nothing, so that each part is not evaluable.
  @Test func `gets the result of a run beside the formats that ship`() throws {
    final class Sink { var texts: [String] = [] }
    let sink = Sink()
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["b", "a"] {
      let part = folder.appending(path: name)
      try FileManager.default.createDirectory(at: part, withIntermediateDirectories: true)
      try Data("gcgan: part/1\n".utf8).write(to: part.appending(path: "part.yml"))
    }
    var reporters: [any RunReporter] = [
      TextReporter(detail: .normal, isColoured: false) { sink.texts.append($0) },
      VerdictListReporter { sink.texts.append($0) },
    ]
    let run = ValidationRun(
      worker: ["/bin/true"], jobs: 1, limits: .shared(by: 1), program: ProgramVersion(version: "t"))
    _ = try run.evaluate(
      PartSearch(in: [folder.path]).parts, notes: [], of: folder.path, reporters: &reporters)
    #expect(sink.texts.last == "part,verdict\n\"a\",not-evaluable\n\"b\",not-evaluable\n")
    #expect(sink.texts.count > 1, "the text report was written, too")
  }
}
