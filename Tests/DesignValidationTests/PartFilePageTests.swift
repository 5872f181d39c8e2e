import Foundation
import Testing

@testable import DesignValidation

@Suite("The page about part files") struct PartFilePageTests {
  @Test func `shows a part file that can be read`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "Docs/PartFile.md"), encoding: .utf8)
    let parts = page.components(separatedBy: "```")
    let example = try #require(parts.first { $0.hasPrefix("yaml\n") }?.dropFirst(5))
    let part = try PartFile(parsing: Array(example.utf8), file: "part.yml")
    #expect(part.models.count == 3)
    #expect(part.limits.count == 2)
  }
}
