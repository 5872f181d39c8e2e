import Foundation
import Testing

/// The rooms of the package and the pages about them.
@Suite("Rooms") struct RoomTests {
  /// `Scripts/rooms check`: what it prints where it ends with 1 says which command mends it.
  @Test func `the picture and the table of rooms are those of the package, and so are the imports`()
    throws
  {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", Repository.root.appending(path: "Scripts/rooms").path, "check",
    ]
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
  }

  @Test func `every room has a page, and no page repeats what the table of rooms says`() throws {
    let manifest = try Repository.lines(of: "Package.swift").map(\.text).joined(separator: "\n")
    let rooms = manifest.matches(of: /room\(\s*"(\w+)"/).map { String($0.output.1) }
    #expect(rooms.count >= 20)
    for room in rooms {
      let page = "Sources/\(room)/README.md"
      #expect(Repository.holds(page), "\(page) is missing")
      let lists = try Repository.lines(of: page).filter {
        $0.text.contains(/^(## Dependencies|Depends on|Imports )/)
      }
      #expect(lists.isEmpty, "\(page):\(lists.first?.number ?? 0): see Docs/Overview.md")
    }
  }
}
