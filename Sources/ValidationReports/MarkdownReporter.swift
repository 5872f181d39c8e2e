package import DesignValidation
import ProgramSupport

/// Writes a summary in GitHub's Markdown, for a pull request or the page of a job: what does not pass, why, and how to see more.
///
/// It stays below the 65,536 characters that GitHub takes in a comment; what is left out is counted. Texts of part files are shown as they are: nothing in
/// them becomes a link, a mention or markup.
package struct MarkdownReporter: RunReporter {
  /// Characters of the whole summary.
  package static let largestSize = 60_000
  private static let longestName = 120
  private static let longestText = 300
  /// Reasons of one part.
  private static let largestCount = 5

  /// A picture that lies beside the summary.
  package struct PictureFile: Sendable {
    /// The name of the file, without its folder.
    var name: String
    /// The part that it shows.
    var part: String
    /// What it shows.
    var caption: String
  }

  let write: (String) throws -> Void
  /// Writes the picture beside the summary; `nil` where no part has one.
  var picture: (RunResult, RunTimings) throws -> PictureFile? = { _, _ in nil }

  /// A report that hands over its text once, at the end.
  package init(write: @escaping (String) throws -> Void) { self.write = write }

  /// Hands over the text; the timings are not in it.
  package func runEnded(_ result: RunResult, timings: RunTimings) throws {
    try write(Self.text(of: result, picture: try picture(result, timings)))
  }

  static func text(of result: RunResult, picture: PictureFile? = nil) -> String {
    let judged = result.parts.filter { $0.verdict != .pass }
    let passed = result.parts.filter { $0.verdict == .pass }
    var text = "### \(headline(of: result))\n\n"
    text += "\(result.countsLine) in \(code(result.directory)).\n"
    let missing = result.missingParts.count
    if missing > 0 {
      text +=
        result.isInterrupted
        ? "\nThe run was interrupted: " : "\nThe run ends at the first failure: "
      text += "\(counted(missing, "part")) not evaluated.\n"
    }
    if let picture {
      let caption = escaped(picture.caption.truncated(to: longestText))
      text +=
        "\n![\(escaped(picture.part.truncated(to: longestName)))](\(address(picture.name)))\n\n"
      text += "\(code(picture.part)): \(caption)\n"
    }
    if !judged.isEmpty { text += "\n| | part | check | why |\n| --- | --- | --- | --- |\n" }
    let order = Verdict.gravestFirst
    var shown = 0
    for part in order.flatMap({ verdict in judged.filter { $0.verdict == verdict } }) {
      let rows = rows(of: part)
      guard text.unicodeScalars.count + rows.unicodeScalars.count < largestSize * 2 / 3 else {
        break
      }
      text += rows
      shown += 1
    }
    if shown < judged.count {
      text +=
        "\nThe \(judged.count - shown) least grave ones of \(judged.count) parts that do not pass are left out.\n"
    }
    if let first = judged.first(where: { $0.verdict != .notEvaluable }) ?? judged.first {
      text += "\nTo see all figures of a part: "
      text += code("gcgan-validate \(first.path) --verbose") + "\n"
    }
    return text + list(of: passed, fillingUpTo: largestSize - text.unicodeScalars.count)
  }

  private static func headline(of result: RunResult) -> String {
    switch result.exitCode {
    case .success:
      result.parts.count == 1 ? "✅ The part passes" : "✅ All \(result.parts.count) parts pass"
    case .failed: "❌ Parts fail"
    case .undecided: "❔ Parts are undecided"
    case .nothingFound: "❔ There are no parts"
    default: "⛔ Parts could not be evaluated"
    }
  }

  private static func rows(of part: PartResult) -> String {
    let findings = part.findings
    var rows = ""
    for (place, finding) in findings.prefix(largestCount).enumerated() {
      rows += "| \(place == 0 ? badge(part.verdict) : "") "
      rows += "| \(place == 0 ? code(part.name) : "") "
      rows +=
        "| \(finding.check.map(code) ?? "") | \(escaped(finding.text.truncated(to: longestText))) |\n"
    }
    if findings.isEmpty { rows += "| \(badge(part.verdict)) | \(code(part.name)) | | |\n" }
    if findings.count > largestCount {
      rows += "| | | | … and \(findings.count - largestCount) more |\n"
    }
    return rows
  }

  /// The names of the parts that pass, folded away.
  private static func list(of passed: [PartResult], fillingUpTo size: Int) -> String {
    guard !passed.isEmpty else { return "" }
    var text = "\n<details><summary>\(counted(passed.count, "part")) passed</summary>\n\n"
    let end = "\n</details>\n"
    var shown = 0
    for part in passed {
      let line = "- \(code(part.name))\n"
      guard text.unicodeScalars.count + line.unicodeScalars.count + end.count + 40 < size else {
        break
      }
      text += line
      shown += 1
    }
    if shown < passed.count { text += "- … and \(passed.count - shown) more\n" }
    return text + end
  }

  /// The name of a file as an address: bytes that mean something in one are written as `%41`.
  private static func address(_ name: String) -> String {
    name.utf8.map { byte in
      let scalar = UnicodeScalar(byte)
      let isPlain =
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || ("0"..."9").contains(scalar) || "-._".unicodeScalars.contains(scalar)
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(scalar) : "%" + (byte < 16 ? "0" : "") + digits
    }.joined()
  }

  /// The verdict as a shape and a word.
  private static func badge(_ verdict: Verdict) -> String {
    let shape =
      switch verdict {
      case .pass: "✅"
      case .fail: "❌"
      case .undecided, .notCapable: "❔"
      case .notEvaluable: "⛔"
      }
    return "\(shape)\u{A0}\(VerificationTables.word(verdict).replacing(" ", with: "\u{A0}"))"
  }

  /// A name as code.
  private static func code(_ name: String) -> String {
    "<code>" + escaped(name.withVisibleControls.truncated(to: longestName)) + "</code>"
  }

  /// A text without markup: a mark that could mean something to Markdown is a character reference, and after `@` and `#` stands a character without width, so
  /// that nobody is mentioned.
  private static func escaped(_ text: String) -> String {
    let scalars = Array(text.withVisibleControls.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (place, scalar) in scalars.enumerated() {
      let isPlain =
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", " ", ",", ";", "%", "(", ")", "/", "+", "-", "=": true
        // `www.` and `https:` begin links.
        case ".": place == 0 || scalars[place - 1] != "w" && scalars[place - 1] != "W"
        case ":": place + 1 < scalars.count && scalars[place + 1] == " "
        default: scalar.value >= 0x80
        }
      if isPlain {
        result.append(scalar)
      } else {
        let mention = scalar == "@" || scalar == "#" ? "&#8203;" : ""
        result.append(contentsOf: "&#\(scalar.value);\(mention)".unicodeScalars)
      }
    }
    return String(result)
  }
}
