import DesignValidation
import Foundation
import TestSupport
import Testing

@testable import ReportPages

/// A report of very many parts. `make report-soak` has 10,000 of them; the suite has a tenth, in a tenth of the bytes.
@Suite("A report of many parts", .serialized) struct ManyPartsTests {
  private static let count =
    ProcessInfo.processInfo.environment["GCGAN_REPORT_PARTS"].flatMap { Int($0) } ?? 1_000
  /// 25 MB for 10,000 parts, and never more.
  private static let byteLimit = min(ReportPages.largestByteCount, 2_500 * count)

  /// A run whose every tenth part fails.
  private static func source() throws -> ReportSource {
    let parts = try (0..<count).map { number in
      try SampleRun.part(
        "part-\(number)", value: number % 10 == 7 ? 103 : 100.1,
        verdict: number % 10 == 7 ? .fail : .pass)
    }
    var source = ReportSource(SampleRun.result(parts), command: "gcgan-validate parts")
    source.fields = { _, _ in .plate() }
    return source
  }

  /// A line of `/proc/self/status` in bytes.
  private static func memory(_ name: String) throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(name) })
    return try #require(Int(line.split { !$0.isNumber }.first ?? "")) * 1024
  }

  /// A picture for fifty parts: 200 of 10,000.
  @Test
  func `keeps to its bytes, has all failing parts and pictures, and says what it left out`() throws
  {
    let source = try Self.source()
    let before = try Self.memory("VmRSS")
    // Writing 5 sets the high-water mark back to what is used now.
    try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    let bytes = try ReportPages(source, byteLimit: Self.byteLimit).file()
    #expect(try Self.memory("VmHWM") - before < 1 << 30, "writing takes at most 1 GiB")
    #expect(bytes.count <= Self.byteLimit, "\(bytes.count) bytes")
    let shown = Set(bytes.texts(after: "<article class=\"part fail\" id=\"part-part-"))
    let failing = stride(from: 7, to: Self.count, by: 10).map { "\($0)" }
    #expect(failing.allSatisfy(shown.contains), "\(shown.count) failing parts have a section")
    let pictureCount = bytes.texts(after: "src=\"data:image/png").count
    #expect(pictureCount >= Self.count / 50, "\(pictureCount)")
    let sectionCount = bytes.texts(after: "<article class=\"part").count
    let leftOut = PageText.counted(Self.count - sectionCount, "part")
    #expect(sectionCount < Self.count)
    #expect(bytes.texts(after: "The sections of \(leftOut) are left out").count == 1)
    #expect(
      bytes.texts(after: "<bdi>part-\(Self.count - 2)</bdi>").count == 1, "every part is listed")
    guard Browser.isThere else { return }
    let folder = TemporaryFolder()
    let file = folder.path + "/many.html"
    try Data(bytes).write(to: URL(filePath: file))
    // The best of three looks: others use the machine too.
    let looks = try Browser.look([[file], [file], [file]])
    #expect(looks.map(\.firstScreen).min() ?? .infinity <= 2, "\(looks.map(\.firstScreen)) s")
    #expect(looks[0].answer == "Can I ship? No." && looks[0].answerBottom < 800)
    #expect(looks[0].errors == [])
    print(
      "\(Self.count) parts: \(bytes.count) bytes, \(sectionCount) sections, \(pictureCount) pictures, "
        + "first screen after \(looks.map(\.firstScreen)) s, "
        + "\((try Self.memory("VmHWM") - before) >> 20) MiB")
  }

  @Test func `a folder keeps to the same bytes`() throws {
    let files = try ReportPages(Self.source(), byteLimit: Self.byteLimit).folder()
    #expect(files.reduce(0) { $0 + $1.bytes.count } <= Self.byteLimit)
    #expect(files.count { $0.name.hasSuffix(".png") } >= Self.count / 50)
  }
}

extension [UInt8] {
  /// What stands after each place of a text, up to the next quotation mark: searching strings of 25 MB takes minutes.
  fileprivate func texts(after text: String) -> [String] {
    let wanted = Array(text.utf8)
    return withUnsafeBytes { all in
      var found: [String] = []
      var place = 0
      while place + wanted.count <= all.count {
        guard wanted.indices.allSatisfy({ all[place + $0] == wanted[$0] }) else {
          place += 1
          continue
        }
        place += wanted.count
        let end = Swift.min(all.count, place + 40)
        found.append(
          String(decoding: all[place..<end].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self))
      }
      return found
    }
  }
}
