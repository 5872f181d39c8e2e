package import DesignValidation
package import FoundationEssentials

/// Writes SARIF 2.1.0, which GitHub and editors show as alerts at the part files: one run, a result per part that does not pass.
///
/// The gravest come first. GitHub refuses files of more than 25,000 results and shows 5,000 of them: what is left out is said in a notification.
package struct SARIFReporter: RunReporter {
  /// Results in one file.
  package static let largestCount = 25_000
  /// Characters of one message.
  private static let longestText = 2_000

  let largestCount: Int
  let write: (Data) throws -> Void

  /// A report that hands over its bytes once, at the end.
  package init(
    largestCount: Int = Self.largestCount, write: @escaping (Data) throws -> Void
  ) {
    self.largestCount = largestCount
    self.write = write
  }

  /// Hands over the JSON; the timings are not in it.
  package func runEnded(_ result: RunResult, timings: RunTimings) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try write(try encoder.encode(log(of: result)) + Data([UInt8(ascii: "\n")]))
  }

  private func log(of result: RunResult) -> SARIFLog {
    let order = Verdict.gravestFirst.filter { $0 != .pass }
    let judged = order.flatMap { verdict in result.parts.filter { $0.verdict == verdict } }
    let shown = judged.prefix(largestCount)
    var notifications: [SARIFLog.Notification] = []
    if judged.count > shown.count {
      notifications.append(
        .init(
          level: "warning",
          message: .init(
            text:
              "\(judged.count - shown.count) of \(judged.count) parts that do not pass are left out, "
              + "the least grave ones")))
    }
    let run = SARIFLog.Run(
      tool: .init(
        driver: .init(
          name: "gcgan-validate", semanticVersion: result.program.version,
          rules: order.map(Self.rule(of:)))),
      invocations: [
        .init(
          executionSuccessful: !result.isInterrupted,
          toolExecutionNotifications: notifications)
      ],
      results: shown.map { Self.result(of: $0, rules: order) },
      properties: .init(counts: result.counts))
    return SARIFLog(runs: [run])
  }

  private static func rule(of verdict: Verdict) -> SARIFLog.Rule {
    let (name, text) =
      switch verdict {
      case .fail: ("PartFails", "A check of the part fails.")
      case .undecided: ("PartIsUndecided", "The data allow neither a pass nor a failure.")
      case .notCapable:
        ("PartIsNotCapable", "The measurement and the mesh cannot answer at this tolerance.")
      case .notEvaluable: ("PartIsNotEvaluable", "There is no trustworthy answer for the part.")
      case .pass: ("PartPasses", "All checks of the part pass.")
      }
    return SARIFLog.Rule(
      id: verdict.rawValue, name: name, shortDescription: .init(text: text),
      fullDescription: .init(text: text),
      help: .init(text: "To see all figures of a part: gcgan-validate PART --verbose"),
      defaultConfiguration: .init(level: level(of: verdict)))
  }

  private static func level(of verdict: Verdict) -> String {
    switch verdict {
    case .fail, .notEvaluable: "error"
    case .undecided, .notCapable: "warning"
    case .pass: "none"
    }
  }

  private static func result(of part: PartResult, rules: [Verdict]) -> SARIFLog.Result {
    let lines = part.findings.map(\.line)
    let name = part.name.withVisibleControls.truncated(to: 200)
    let text =
      "\(name): \(VerificationTables.word(part.verdict))"
      + (lines.isEmpty ? "" : ". " + lines.joined(separator: ". "))
    return SARIFLog.Result(
      ruleId: part.verdict.rawValue, ruleIndex: rules.firstIndex(of: part.verdict) ?? 0,
      level: level(of: part.verdict),
      message: .init(text: escaped(text.truncated(to: longestText))),
      locations: [
        .init(
          physicalLocation: .init(
            artifactLocation: .init(uri: reference(to: part.file)), region: .init(startLine: 1)),
          logicalLocations: [.init(fullyQualifiedName: part.name.withVisibleControls)])
      ],
      partialFingerprints: ["gcganPart/v1": part.name.withVisibleControls])
  }

  /// A path of the command line as a URI; a relative one stays relative, as GitHub wants it.
  private static func reference(to path: String) -> String {
    if path.hasPrefix("/") { return "file://" + path.asReference }
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    return String(path).asReference
  }

  /// A text in which no bracket is a link and no brace a placeholder.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\", "[", "]": result += "\\" + String(character)
      case "{", "}": result += String(repeating: character, count: 2)
      default: result.append(character)
      }
    }
    return result
  }
}
