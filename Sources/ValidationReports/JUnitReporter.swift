package import DesignValidation

/// Writes JUnit's XML, which pipelines show as tests: a test case per part.
///
/// A part that fails is a failure, one that is not evaluable an error, one that is undecided or not capable is skipped, with the reason: JUnit has no other
/// word for what is neither good nor bad. The counts are those of the result. No times are in it: the same parts give the same bytes.
package struct JUnitReporter: RunReporter {
  /// Parts in one file: GitLab refuses files of more than 250,000 elements, and a part has at most two.
  package static let largestCount = 100_000
  /// Characters of one reason.
  private static let longestText = 10_000
  /// Characters of all reasons of a part.
  private static let longestBody = 100_000

  let largestCount: Int
  let write: (_ text: String, _ number: Int) throws -> Void

  /// A report in one file, or in several where there are more parts than one may hold.
  ///
  /// - Parameter write: Takes the text of each file, and its number from 1.
  package init(
    largestCount: Int = Self.largestCount,
    write: @escaping (_ text: String, _ number: Int) throws -> Void
  ) {
    self.largestCount = largestCount
    self.write = write
  }

  /// Hands over the files.
  package func runEnded(_ result: RunResult, timings: RunTimings) throws {
    var number = 0
    var remaining = result.parts[...]
    repeat {
      number += 1
      try write(Self.text(of: remaining.prefix(largestCount), in: result), number)
      remaining = remaining.dropFirst(largestCount)
    } while !remaining.isEmpty
  }

  private static func text(of parts: ArraySlice<PartResult>, in result: RunResult) -> String {
    func count(_ verdicts: Verdict...) -> Int { parts.count { verdicts.contains($0.verdict) } }
    let counts =
      "tests=\"\(parts.count)\" failures=\"\(count(.fail))\" errors=\"\(count(.notEvaluable))\" "
      + "skipped=\"\(count(.undecided, .notCapable))\""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"gcgan-validate\" \(counts)>\n"
    text += "  <testsuite name=\(quoted(result.directory)) \(counts)>\n"
    text += "    <properties>\n"
    text += property("gcgan.version", result.program.version)
    for verdict in Verdict.gravestFirst {
      text += property("gcgan.\(verdict.rawValue)", "\(count(verdict))")
    }
    text += "    </properties>\n"
    for part in parts { text += testcase(part) }
    return text + "  </testsuite>\n</testsuites>\n"
  }

  private static func property(_ name: String, _ value: String) -> String {
    "      <property name=\(quoted(name)) value=\(quoted(value))/>\n"
  }

  private static func testcase(_ part: PartResult) -> String {
    let head =
      "    <testcase name=\(quoted(part.name)) classname=\(quoted(className(of: part))) "
      + "file=\(quoted(part.file))"
    guard let element = element(for: part.verdict) else { return head + "/>\n" }
    let lines = part.findings.map { $0.line.truncated(to: longestText) }
    let more = lines.count > 1 ? " (and \(lines.count - 1) more)" : ""
    let message = (lines.first ?? VerificationTables.word(part.verdict)) + more
    let body = lines.joined(separator: "\n").truncated(to: longestBody)
    return head + ">\n      <\(element) type=\"\(part.verdict.rawValue)\" "
      + "message=\(quoted(message))>\(escaped(body))</\(element)>\n    </testcase>\n"
  }

  private static func element(for verdict: Verdict) -> String? {
    switch verdict {
    case .pass: nil
    case .fail: "failure"
    case .notEvaluable: "error"
    case .undecided, .notCapable: "skipped"
    }
  }

  /// The folder that a part is in.
  private static func className(of part: PartResult) -> String {
    let folder = part.path.split(separator: "/").dropLast().joined(separator: "/")
    return folder.isEmpty ? "parts" : folder
  }

  private static func quoted(_ text: String) -> String {
    "\"" + escaped(text.withVisibleControls) + "\""
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
