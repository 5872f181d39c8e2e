import DesignValidation
import Foundation
import TestSupport
import Testing

@testable import ValidationReports

@Suite("The summary in Markdown") struct MarkdownReporterTests {
  /// The page as GitHub's own converter shows it: its tags, and the text of its `code`.
  private struct Page: Decodable {
    var tags: [String]
    var attributes: Int
    var names: [String]
    var text: String
  }

  private static let script = """
    import html.parser, json, subprocess, sys
    class Page(html.parser.HTMLParser):
        def __init__(self):
            super().__init__()
            self.tags, self.attributes, self.names, self.text, self.inside = set(), 0, [], "", False
        def handle_starttag(self, tag, attributes):
            self.tags.add(tag)
            self.attributes += len(attributes)
            if tag == "code":
                self.inside = True
                self.names.append("")
        def handle_endtag(self, tag):
            if tag == "code": self.inside = False
        def handle_comment(self, data): self.tags.add("comment")
        def handle_data(self, data):
            self.text += data
            if self.inside: self.names[-1] += data
    pages = []
    for file in sys.argv[1:]:
        page = Page()
        page.feed(subprocess.run(
            ["/usr/bin/cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist", file],
            check=True, capture_output=True, encoding="utf-8").stdout)
        pages.append({"tags": sorted(page.tags), "attributes": page.attributes, "names": page.names, "text": page.text})
    print(json.dumps(pages))
    """

  private func pages(_ results: [RunResult]) throws -> [Page] {
    let place = try TemporaryPlace()
    let files = try results.enumerated().map {
      try place.write(MarkdownReporter.text(of: $1), to: "\($0).md")
    }
    let output = try PythonPackages().run(Self.script, files)
    return try JSONDecoder().decode([Page].self, from: Data(output.utf8))
  }

  private func page(_ result: RunResult) throws -> Page { try #require(try pages([result]).first) }

  @Test func `says the counts of the result, and why each part does not pass`() throws {
    let verdicts: [Verdict] = [
      .pass, .pass, .fail, .undecided, .undecided, .notCapable, .notEvaluable,
    ]
    let result = RunResult.sample(verdicts.enumerated().map { .judged("part-\($0)", $1) })
    let page = try page(result)
    #expect(
      page.text.contains("1 not evaluable, 1 failed, 1 not capable, 2 undecided, 2 passed in parts")
    )
    #expect(page.text.contains("⛔ Parts could not be evaluated"))
    #expect(
      page.text.contains("model CPS8 104.5 MPa, +4.5 %, at part-2; expected 100 MPa ± 1 MPa (1 %)"))
    #expect(page.text.contains("2 parts passed"))
    #expect(page.tags.contains("table"))
  }

  @Test func `hostile names are shown as they are and do nothing`() throws {
    let allowed: Set = [
      "h3", "p", "code", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "ul",
      "li",
    ]
    let cases = HostileNames.all.flatMap { name in
      [Verdict.fail, .pass, .notEvaluable].map { (name: name, verdict: $0) }
    }
    let pages = try pages(cases.map { .sample([.judged($0.name, $0.verdict)], directory: $0.name) })
    for ((name, _), page) in zip(cases, pages) {
      #expect(Set(page.tags).subtracting(allowed).isEmpty, "\(name): \(page.tags)")
      #expect(page.attributes == 0, "\(name)")
      let shown = name.withVisibleControls.truncated(to: 120)
      let names = page.names.map { $0.replacingOccurrences(of: "\u{200B}", with: "") }
      // Blanks at the ends of a cell go.
      #expect(names.contains(shown) || shown.allSatisfy { $0 == " " }, "\(name): \(names)")
    }
  }

  @Test func `nobody is mentioned and no issue is linked`() {
    let text = MarkdownReporter.text(of: .sample([.judged("@everyone #1 a@b.org", .fail)]))
    #expect(!text.contains("@"))
    #expect(text.contains("&#64;&#8203;everyone &#35;&#8203;1"))
  }

  @Test func `stays below what GitHub takes in a comment, and counts what is left out`() throws {
    var parts: [PartResult] = []
    for number in 0..<10_000 {
      var part = PartResult.judged(
        String(repeating: "<|", count: 100), number % 2 == 0 ? .fail : .pass)
      part.name = "part-\(number)"
      parts.append(part)
    }
    let text = MarkdownReporter.text(of: .sample(parts))
    #expect(text.unicodeScalars.count < 65_536)
    let page = try page(.sample(parts))
    let leftOut = try #require(page.text.firstMatch(of: /The (\d+) least grave ones of 5000/))
    let rows = page.text.matches(of: /❌\u{A0}fail/).count
    #expect(rows > 10)
    #expect(rows + (try #require(Int(leftOut.output.1))) == 5000)
    let more = try #require(page.text.firstMatch(of: /… and (\d+) more\n/))
    let listed = page.names.filter { $0.hasPrefix("part-") }.count - rows
    #expect(listed + (try #require(Int(more.output.1))) == 5000)
  }

  @Test func `says what would show more`() {
    let text = MarkdownReporter.text(of: .sample([.judged("b", .fail), .judged("a", .pass)]))
    #expect(text.contains("<code>gcgan-validate parts/b --verbose</code>"))
  }
}
