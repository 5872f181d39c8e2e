import Foundation
import ProgramSupport

@testable import DesignValidation
@testable import ValidationReports

/// Names as nobody should choose them.
enum HostileNames {
  static let all = [
    "<script>alert(1)</script>", "</testcase></testsuite>", "a]]>b", "&amp;&lt;",
    "\"quoted\" 'twice'",
    "two\nlines\r\nand a\ttab", "a|b|c", "`code` **bold** _it_ ~~no~~ $x^2$",
    "[link](https://example.org)",
    "![image](https://example.org/x.png)", "https://example.org www.example.org me@example.org",
    "@everyone #1 !2 :tada:", "{0} {name}", "back\\slash\\", "\u{202E}gnp.trap", "שלום עולם",
    "مرحبا",
    "nul\u{0}bell\u{7}escape\u{1B}[31m", "\u{FFFE}\u{FFFF}", "\u{FEFF}bom", "b\\xFFd", "<!-- x",
    "<![CDATA[",
    "- [ ] task", "1. one", "# heading", "> quote", "\u{1F9EA} e\u{301}", "%41 %2e%2e/..",
    String(repeating: "n", count: 10_000),
    String(repeating: "<&|`", count: 2_500), "", " ", "...",
  ]
}

extension PartResult {
  /// A part that came to a verdict, with a check that has the part's name.
  static func judged(_ name: String, _ verdict: Verdict) -> PartResult {
    var part = PartResult.sample("x", value: 104.5, verdict: verdict)
    (part.name, part.path, part.title) = (name, "parts/" + name, name)
    part.quantities[0].name = name
    part.quantities[0].readings[0].location = name
    part.quantities[0].advice = name
    if verdict == .notEvaluable {
      part = PartResult(
        PartFolder(name: name, path: "parts/" + name, kind: .partFile),
        failure: .init(.badInput, name, details: [name, name]))
    }
    return part
  }
}

extension RunResult {
  static func sample(_ parts: [PartResult], directory: String = "parts") -> RunResult {
    RunResult(program: ProgramVersion(version: "1.2.3"), directory: directory, parts: parts)
  }

  /// Every hostile name under every verdict.
  static var hostile: RunResult {
    let verdicts = Verdict.allCases
    return sample(
      HostileNames.all.enumerated().map { .judged($1, verdicts[$0 % verdicts.count]) },
      directory: HostileNames.all.prefix(12).joined())
  }
}

/// What a reporter writes of a result.
func written(_ result: RunResult, _ reporter: (@escaping (Data) -> Void) -> any RunReporter) throws
  -> Data
{
  var data = Data()
  var reporter = reporter { data.append($0) }
  try reporter.runEnded(result, timings: RunTimings())
  return data
}
