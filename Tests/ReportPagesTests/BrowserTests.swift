import DesignValidation
import Foundation
import TestSupport
import Testing

@testable import ReportPages

/// Whether Chromium and the packages that drive it are there, as `make setup-tests` installs them.
enum Browser {
  static let python = FileManager.default.currentDirectoryPath + "/.build/python/bin/python3"
  static let isThere =
    FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")
    && FileManager.default.isExecutableFile(atPath: python)

  /// What a reader meets on a page.
  struct Look: Decodable {
    struct Violation: Decodable {
      var id: String
      var nodes: [String]
    }
    struct Canvas: Decodable {
      /// Colours, the share of the most frequent one, and a sum over all pixels.
      var colors: Int
      var most: Double
      var sum: Int
    }
    var errors, outside: [String]
    var answer: String
    var answerBottom, firstScreen, wide: Double
    var images, broken: Int
    var styled: Bool
    var paper: String
    var links: [String]
    var violations: [Violation]?
    var passes: Int?
    var turn: [Canvas]?
    var slide: [String]?
    var keys: [[String]]?
  }

  /// Looks at pages with `look.py`, one after the other in one browser.
  static func look(_ pages: [[String]]) throws -> [Look] {
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Resources/look.py").path
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [script] + Array(pages.joined(separator: ["+"]))
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "look.py \(pages)")
    return try JSONDecoder().decode([Look].self, from: data)
  }
}

@Suite("Pages in Chromium", .serialized, .enabled(if: Browser.isThere)) struct BrowserTests {
  private let folder = TemporaryFolder()
  private var file: String { folder.path + "/report.html" }
  private var pages: String { folder.path + "/pages" }

  init() throws {
    let report = try ReportPages(SampleRun.mixed())
    try report.write(to: file)
    try report.write(to: pages)
  }

  /// What no page may have: errors on the console, requests outside, pictures that are broken, scrolling to the side.
  private func expectSound(_ look: Browser.Look, answer: String = "No.") {
    #expect(look.errors == [])
    #expect(look.outside == [])
    #expect(look.broken == 0)
    #expect(look.images > 0)
    #expect(look.wide <= 0, "the page scrolls to the side")
    #expect(look.answer.contains(answer), "\(look.answer)")
    #expect(look.styled)
  }

  @Test
  func
    `one file from disk answers on the first screen, wide, narrow and dark, and nothing is wrong with it`()
    throws
  {
    let looks = try Browser.look([
      [file, "--axe"], [file, "--axe", "--width", "390"], [file, "--axe", "--dark"],
    ])
    for look in looks {
      expectSound(look)
      #expect(look.answerBottom > 0 && look.answerBottom < 800)
      for violation in look.violations ?? [] { Issue.record("\(violation.id): \(violation.nodes)") }
      #expect((look.passes ?? 0) > 20)
    }
    #expect(looks.map(\.paper) == ["rgb(255, 255, 255)", "rgb(255, 255, 255)", "rgb(20, 23, 27)"])
  }

  @Test
  func
    `parts turn by key and mouse, the slider moves, the keyboard reaches links and folds and shows where it is`()
    throws
  {
    let looks = try Browser.look([
      [file, "--turn", "--slide"], [file, "--keys"],
      [pages + "/turn-part-console.html", "--width", "390"],
    ])
    for look in looks { #expect(look.errors == [] && look.outside == []) }
    let canvas = try #require(looks[0].turn)
    #expect(canvas.allSatisfy { $0.colors > 10 && $0.most < 0.95 }, "\(canvas)")
    #expect(Set(canvas.map(\.sum)).count == 3, "each move changes the picture")
    #expect(looks[0].slide == ["inset(0px 0px 0px 50%)", "inset(0px 0px 0px 60%)"])
    let keys = try #require(looks[1].keys)
    #expect(Set(keys.map { $0[0] }).isSuperset(of: ["A", "SUMMARY"]))
    #expect(keys.allSatisfy { $0[2] != "none" || $0[0] == "BODY" }, "\(keys)")
  }

  @Test(
    "a folder from disk and under the strict policy of a server shows verdicts and pictures",
    arguments: [false, true])
  func folderOfPages(_ isServed: Bool) throws {
    let looks = try Browser.look(
      ["index.html", "part-bracket.html"].flatMap { page in
        ["1280", "390"].map { width in
          (isServed ? [page, "--serve", pages] : [pages + "/" + page]) + ["--width", width]
        }
      })
    for look in looks.prefix(2) { expectSound(look) }
    for look in looks.dropFirst(2) { expectSound(look, answer: "bracket: fails") }
    let names = try FileManager.default.contentsOfDirectory(atPath: pages)
    let files = looks[0].links.filter { !$0.hasPrefix("#") }
    #expect(files.contains("part-console.html") && Set(files).isSubset(of: names))
  }
}
