import Foundation
import Testing

/// The pages on how to add something, and the pages that name files of Sources.
@Suite("Pages on how to add something") struct HowToTests {
  private static let pages = Repository.paths(endingIn: "md").filter {
    $0.hasPrefix("Docs/HowTo/") && !$0.hasSuffix("/README.md")
  }

  @Test func `the list of pages is whole`() throws {
    let list = try Repository.lines(of: "Docs/HowTo/README.md").map(\.text).joined(separator: "\n")
    for page in Self.pages {
      let name = page.dropFirst("Docs/HowTo/".count)
      #expect(list.contains("(\(name))"), "Docs/HowTo/README.md does not name \(name)")
    }
  }

  /// A block of Swift whose first line is a comment with a path is a copy from that file, which a build compiles.
  @Test func `code that names its file is in that file, word for word`() throws {
    var compared = 0
    for page in Self.pages {
      let text = try String(
        contentsOf: Repository.root.appending(path: page), encoding: .utf8)
      for block in text.matches(
        of: /```swift\n\/\/ ((?:Sources|Tests)\/\S+\.swift)\n(.*?)```/.dotMatchesNewlines())
      {
        let file = Repository.root.appending(path: String(block.output.1))
        let code = try? String(contentsOf: file, encoding: .utf8)
        #expect(
          code?.contains(block.output.2) == true,
          "\(page) shows code that \(block.output.1) does not have:\n\(block.output.2)")
        compared += 1
      }
    }
    #expect(compared > 0)
  }

  @Test func `every Swift file that a page of Docs names is in Sources or Tests`() throws {
    let known = Set(
      Repository.paths(endingIn: "swift").map { String($0.split(separator: "/").last ?? "") })
    let pages =
      ["Docs/Glossary.md", "Docs/Overview.md", "Docs/Design.md", "Docs/Promises.md"]
    for page in pages {
      for (number, text) in try Repository.lines(of: page) {
        for match in text.matches(of: /`(?:\w+\/)*([\w+]+\.swift)`/)
        where !["Package.swift", "Name.swift"].contains(match.output.1) {
          #expect(known.contains(String(match.output.1)), "\(page):\(number): \(match.output.1)")
        }
      }
    }
  }

  /// In Docs/Promises.md a name in italics is a suite.
  @Test func `every suite that a promise rests on is a suite of the tests`() throws {
    var suites: Set<String> = []
    for path in Repository.paths(endingIn: "swift") where path.hasPrefix("Tests/") {
      let text = try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
      suites.formUnion(text.matches(of: /@Suite\(\s*"([^"]+)"/).map { String($0.output.1) })
    }
    var count = 0
    for (number, text) in try Repository.lines(of: "Docs/Promises.md") where text.hasPrefix("|") {
      // Code may hold the stars of cards, and a cell the star of a suite's own name.
      let plain = text.replacing(/`[^`]*`/, with: "").replacing("\\*", with: "⋆")
      for match in plain.matches(of: /\*([^*]+)\*/) {
        let name = match.output.1.replacing("⋆", with: "*")
        #expect(suites.contains(String(name)), "Docs/Promises.md:\(number): \(name)")
        count += 1
      }
    }
    #expect(count > 100)
  }
}
