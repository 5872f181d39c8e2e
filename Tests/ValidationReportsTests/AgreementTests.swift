import DesignValidation
import Foundation
import Testing

@testable import ValidationReports

/// Reports are views of one result: they cannot disagree.
@Suite("Reports of one run") struct AgreementTests {
  @Test func `every format says every count of the result`() throws {
    for round in 0..<20 {
      // A mix that differs from round to round: some verdicts many times, some not at all.
      let parts = (0..<(1 + 7 * round % 40)).map { number in
        PartResult.judged("part-\(number)", Verdict.allCases[(number * number + round) % 5])
      }
      let result = RunResult.sample(parts)
      var texts: [String: String] = [:]
      var reporters: [any RunReporter] = [
        JSONReporter { texts["json"] = String(decoding: $0, as: UTF8.self) },
        JUnitReporter { text, _ in texts["junit"] = text },
        SARIFReporter { texts["sarif"] = String(decoding: $0, as: UTF8.self) },
        MarkdownReporter { texts["markdown"] = $0 },
        TextReporter(isColoured: false) { texts["text", default: ""] += $0 },
      ]
      for index in reporters.indices {
        try reporters[index].runEnded(result, timings: RunTimings())
      }
      for verdict in Verdict.allCases {
        let count = parts.count { $0.verdict == verdict }
        let word = verdict.rawValue
        #expect(texts["json"]?.contains("\"\(word)\" : \(count)") == true)
        #expect(
          texts["junit"]?.contains("name=\"gcgan.\(word)\" value=\"\(count)\"") == true)
        #expect(texts["sarif"]?.contains("\"\(word)\":\(count)") == true)
        if verdict != .pass {
          let results = texts["sarif"]?.matches(of: try Regex("\"ruleId\":\"\(word)\"")).count
          #expect(results == count)
        }
        for format in ["markdown", "text"] {
          let said = texts[format]?.firstMatch(of: try Regex("(\\d+) \(verdict.participle)"))?
            .output[1].substring
          #expect(said == (count > 0 ? "\(count)" : nil), "\(format): \(verdict)")
        }
      }
    }
  }
}
