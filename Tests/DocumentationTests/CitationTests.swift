import Foundation
import Testing

/// What code and pages refer to can be read by whoever has the repository.
@Suite("Citations") struct CitationTests {
  private static let cited = ["swift", "md", "c", "h", "hpp", "cpp", "py", "yml"]

  /// Everything that `pattern` finds, less what `isFine` says is there: a line of text each.
  private func wrong(
    _ pattern: some RegexComponent<(Substring, Substring)>, in endings: [String],
    unless isFine: (_ cited: String, _ path: String) -> Bool
  ) throws -> [String] {
    var wrong: [String] = []
    for ending in endings {
      for path in Repository.paths(endingIn: ending) {
        for (number, text) in try Repository.lines(of: path) {
          for match in text.matches(of: pattern) where !isFine(String(match.output.1), path) {
            wrong.append("\(path):\(number): \(match.output.0)")
          }
        }
      }
    }
    return wrong
  }

  @Test func `every page that is named lies in Docs`() throws {
    let missing = try wrong(/(Docs\/[A-Za-z0-9][\w\/.-]*\w)/, in: Self.cited) { page, _ in
      Repository.holds(page)
    }
    #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
  }

  @Test func `every decision that is cited was written down`() throws {
    let missing = try wrong(/[Dd]ecisions?[ \/\[]+(\d{4})/, in: Self.cited) { number, _ in
      Repository.holds("Docs/Decisions/\(number)")
    }
    #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
  }

  @Test func `every section of Design that is cited is there`() throws {
    let headings = try Repository.lines(of: "Docs/Design.md").compactMap {
      $0.text.prefixMatch(of: /## (\d+)\./).map { String($0.output.1) }
    }
    #expect(headings.count > 5)
    let missing = try wrong(/Design(?:\.md)? ?§ ?(\d+)/, in: Self.cited) { section, _ in
      headings.contains(section)
    }
    #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
  }

  /// Pages that are no part of the repository, by the names that they had.
  @Test func `nothing cites a page that is not in the repository`() throws {
    let outside = try wrong(
      /(DESIGN(?:\.md)? ?§|STYLE(?:\.md)? (?:§|names|says)|\.\.\/shared|[^-]\bthe issue\b)/,
      in: ["swift", "md", "c", "h", "hpp", "cpp", "py"]
    ) { _, path in path.hasSuffix("CitationTests.swift") }
    #expect(outside.isEmpty, "\(outside.joined(separator: "\n"))")
  }

  @Test func `every link of a page leads to a file, and to a heading in it`() throws {
    var broken: [String] = []
    for path in Repository.paths(endingIn: "md") {
      let folder = Repository.root.appending(path: path).deletingLastPathComponent()
      for (number, text) in try Repository.lines(of: path) {
        let links =
          text.matches(of: /\]\(([^()\s]+)\)/).map(\.output.1)
          + text.matches(of: /src="([^"]+)"/).map(\.output.1)
        for link in links where !link.contains("://") && !link.hasPrefix("mailto:") {
          let parts = link.split(separator: "#", omittingEmptySubsequences: false)
          let target =
            parts[0].isEmpty
            ? Repository.root.appending(path: path)
            : folder.appending(path: String(parts[0])).standardizedFileURL
          let isThere = FileManager.default.fileExists(atPath: target.path)
          let anchors = parts.count > 1 && isThere ? try Self.anchors(of: target) : []
          if !isThere || (parts.count > 1 && !anchors.contains(String(parts[1]))) {
            broken.append("\(path):\(number): \(link)")
          }
        }
      }
    }
    #expect(broken.isEmpty, "\(broken.joined(separator: "\n"))")
  }

  /// The anchors that GitHub gives the headings of a page.
  private static func anchors(of page: URL) throws -> Set<String> {
    let text = try String(contentsOf: page, encoding: .utf8)
    return Set(
      text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
        line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
          .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
          .replacing(" ", with: "-")
      })
  }
}
