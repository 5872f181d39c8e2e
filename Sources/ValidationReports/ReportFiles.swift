package import DesignValidation
import Files
import FoundationEssentials
import ProgramSupport

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

  /// Files of the given names; what is `nil` is not written.
  package init(
    json: String? = nil, junit: String? = nil, sarif: String? = nil, markdown: String? = nil
  ) {
    (self.json, self.junit, self.sarif, self.markdown) = (json, junit, sarif, markdown)
  }

  private var named: [(option: String, path: String)] {
    [("--json", json), ("--junit", junit), ("--sarif", sarif), ("--markdown", markdown)]
      .compactMap { option, path in path.map { (option, $0) } }
  }

  /// Whether one of them is standard output: what people read then goes to standard error.
  package var usesOutput: Bool { named.contains { $0.path == "-" } }

  /// What is wrong with the names; `nil` where nothing is.
  package var fault: String? {
    for (place, (option, path)) in named.enumerated() {
      if path.isEmpty { return "\(option) needs the name of a file, or '-'." }
      guard let twin = named[..<place].first(where: { $0.path == path }) else { continue }
      return "\(twin.option) and \(option) both write '\(path)'."
    }
    return nil
  }

  /// A reporter for each file.
  package var reporters: [any RunReporter] {
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
      reporters.append(MarkdownReporter { try Self.write(Array($0.utf8), to: markdown) })
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

  private static func write(_ bytes: [UInt8], to path: String) throws {
    if path == "-" {
      try Console.output.write(bytes)
    } else {
      try AtomicFile.write(bytes, to: path)
    }
  }
}
