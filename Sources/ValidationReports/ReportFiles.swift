package import DesignValidation
import Files
import FoundationEssentials
import ProgramSupport
import ReportPages

/// The files that a run writes, each a view of its result; `-` is standard output.
package struct ReportFiles: Sendable {
  /// Where the result goes as JSON.
  package var json: String?
  /// Where it goes as JUnit's XML.
  package var junit: String?
  /// Where it goes as SARIF.
  package var sarif: String?
  /// Where a summary in Markdown goes.
  package var markdown: String?
  /// Where its pages go: a file `.html`, or a folder.
  package var report: String?
  /// The history whose figures the pages draw.
  package var history: String?

  /// Files of the given names; what is `nil` is not written.
  package init(
    json: String? = nil, junit: String? = nil, sarif: String? = nil, markdown: String? = nil
  ) {
    (self.json, self.junit, self.sarif, self.markdown) = (json, junit, sarif, markdown)
  }

  private var named: [(option: String, path: String)] {
    [
      ("--json", json), ("--junit", junit), ("--sarif", sarif), ("--markdown", markdown),
      ("--report", report),
    ].compactMap { option, path in path.map { (option, $0) } }
  }

  /// Whether one of them is standard output: what people read then goes to standard error.
  package var usesOutput: Bool { named.contains { $0.path == "-" } }

  /// What is wrong with the names; `nil` where nothing is.
  package var fault: String? {
    if history != nil, report == nil { return "--history needs --report." }
    for (place, (option, path)) in named.enumerated() {
      if option == "--report", path.isEmpty || path == "-" {
        return "--report needs the name of a file that ends in .html, or of a folder."
      }
      if path.isEmpty { return "\(option) needs the name of a file, or '-'." }
      guard let twin = named[..<place].first(where: { $0.path == path }) else { continue }
      return "\(twin.option) and \(option) both write '\(path)'."
    }
    return nil
  }

  /// Refuses a place of the pages where something else is, before the work that they show.
  func check() throws {
    if let report { try ReportPages.check(report) }
  }

  /// The history that the pages draw.
  func series() throws(ReportFault) -> HistorySeries? {
    guard let history else { return nil }
    return try HistorySeries(ofHistory: history)
  }

  /// A reporter for each file.
  ///
  /// - Parameter material: What pages and pictures are made from; without it there are none.
  package func reporters(with material: ReportMaterial? = nil) -> [any RunReporter] {
    var reporters: [any RunReporter] = []
    if let json { reporters.append(JSONReporter { try Self.write(Array($0), to: json) }) }
    if let junit {
      reporters.append(
        JUnitReporter { text, number in
          try Self.write(Array(text.utf8), to: try Self.path(junit, number: number))
        })
    }
    if let sarif { reporters.append(SARIFReporter { try Self.write(Array($0), to: sarif) }) }
    if let markdown {
      var reporter = MarkdownReporter { try Self.write(Array($0.utf8), to: markdown) }
      if let material, markdown != "-" {
        reporter.picture = { result, timings in
          try Self.picture(of: try material.source(of: result, timings), beside: markdown)
        }
      }
      reporters.append(reporter)
    }
    if let report, let material {
      reporters.append(PageReporter(path: report, material: material))
    }
    return reporters
  }

  /// `junit.xml`, `junit-2.xml`, …
  static func path(_ path: String, number: Int) throws(ReportFault) -> String {
    guard number > 1 else { return path }
    guard path != "-" else {
      throw ReportFault(
        "there are too many parts for one file of JUnit: name a file instead of '-'")
    }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let name = path[folder.endIndex...]
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else {
      return "\(path)-\(number)"
    }
    return "\(folder)\(name[..<dot])-\(number)\(name[dot...])"
  }

  /// Writes the picture of a summary beside it, as `summary-picture.png`.
  private static func picture(
    of source: ReportSource, beside path: String
  ) throws -> MarkdownReporter.PictureFile? {
    guard let picture = try SummaryPicture(of: source) else { return nil }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let name = path[folder.endIndex...]
    let stem = name.lastIndex(of: ".").map { $0 > name.startIndex ? name[..<$0] : name } ?? name
    let file = "\(stem)-picture.png"
    try write(picture.png, to: folder + file)
    return .init(name: file, part: picture.part, caption: picture.caption)
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    if path == "-" {
      try Console.output.write(bytes)
    } else {
      try AtomicFile.write(bytes, to: path)
    }
  }
}
