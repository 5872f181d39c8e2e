import DesignValidation

/// One reason why a part does not pass: of a check, of the part itself, or a question about it.
///
/// All reports for pipelines say the same of a part because they all say its findings.
struct Finding {
  /// What the reason by itself comes to.
  var verdict: Verdict
  /// The name of the quantity or limit; `nil` where the reason is the part's own.
  var check: String?
  /// What is wrong, with figures, on one line.
  var text: String

  /// `peak stress: model fine 320 MPa, +36 %, at node 17 (2, 0, 0); limit: below 235 MPa`
  var line: String { (check.map { "\($0.withVisibleControls): " } ?? "") + text }
}

extension PartResult {
  /// Why the part does not pass, the gravest first; empty where it passes.
  var findings: [Finding] {
    var findings: [Finding] = []
    if let failure {
      findings.append(Finding(verdict: .notEvaluable, text: failure.summary.withVisibleControls))
      findings += failure.details.map {
        Finding(verdict: .notEvaluable, text: $0.withVisibleControls)
      }
    }
    for quantity in quantities where quantity.verdict != .pass { findings.append(quantity.finding) }
    for limit in limits where limit.verdict != .pass { findings.append(limit.finding) }
    findings += baselineFindings
    findings += (questions ?? []).map {
      Finding(verdict: .undecided, text: $0.withVisibleControls)
    }
    let order = Verdict.gravestFirst
    return order.flatMap { verdict in findings.filter { $0.verdict == verdict } }
  }

  /// Figures that left their baseline, and what else is wrong with a baseline that fails.
  private var baselineFindings: [Finding] {
    guard let baseline, baseline.verdict != .pass else { return [] }
    let off = baseline.figures.filter { $0.verdict != .pass }.map { figure in
      let unit = figure.unit == "1" ? "" : " \(figure.unit.withVisibleControls)"
      let value = figure.value.map { $0.significant(9) + unit } ?? "no value"
      let model = figure.model.map { "model \($0.withVisibleControls) " } ?? ""
      return Finding(
        verdict: figure.verdict, check: figure.quantity,
        text: "\(model)\(value); baseline \(figure.recorded.significant(9))\(unit) ± "
          + "\(figure.tolerance.significant(3))\(unit)")
    }
    return off
      + (baseline.problems ?? []).map {
        Finding(verdict: .fail, text: "baseline: " + $0.withVisibleControls)
      }
  }

  /// The file to open for it: the part file, or the deck.
  var file: String {
    path.lowercased().hasSuffix(".inp") ? path : path + "/part.yml"
  }
}

extension QuantityResult {
  fileprivate var finding: Finding {
    let unit = unit == "1" ? "" : " \(unit.withVisibleControls)"
    let percent = tolerance.relative.map { " (\(($0 * 100).significant(4)) %)" } ?? ""
    let wanted =
      "expected \(reference.value.significant(7))\(unit) ± \(tolerance.absolute.significant(3))\(unit)\(percent)"
    let stated = readings.filter { $0.isStated && $0.verdict != .pass }
    var text = (stated.map { $0.text(unit: unit) } + [wanted]).joined(separator: "; ")
    if let advice { text += "; " + advice.withVisibleControls }
    return Finding(verdict: verdict, check: name, text: text)
  }
}

extension LimitResult {
  fileprivate var finding: Finding {
    let unit = unit == "1" ? "" : " \(unit.withVisibleControls)"
    let stated = readings.filter { $0.isStated && $0.verdict != .pass }
    let wanted = "limit: \(bound.rawValue) \(limit.significant(7))\(unit)"
    let text = (stated.map { $0.text(unit: unit) } + [wanted]).joined(separator: "; ")
    return Finding(verdict: verdict, check: name, text: text)
  }
}

extension ReadingResult {
  /// `model fine 320 MPa, +36 %, at node 17 (2, 0, 0)`
  fileprivate func text(unit: String) -> String {
    let model = "model \(model.withVisibleControls) "
    guard let value else { return model + (failure ?? "no value").withVisibleControls }
    var text = model + value.significant(7) + unit
    if let relativeDifference {
      text += ", \(TextReporter.signed(relativeDifference * 100, digits: 3)) %"
    } else if let difference {
      text += ", \(TextReporter.signed(difference, digits: 3))\(unit)"
    }
    if let location { text += ", at " + location.withVisibleControls }
    return text
  }
}

extension Verdict {
  /// In the order of reports: what keeps a part from shipping first.
  static let gravestFirst: [Verdict] = [.notEvaluable, .fail, .notCapable, .undecided, .pass]

  /// `failed`, after a number of parts.
  var participle: String {
    switch self {
    case .pass: "passed"
    case .fail: "failed"
    case .undecided: "undecided"
    case .notCapable: "not capable"
    case .notEvaluable: "not evaluable"
    }
  }
}

extension RunResult {
  /// `1 failed, 3 passed`, the gravest first; `no part was evaluated` where there is none.
  var countsLine: String {
    let counts = Verdict.gravestFirst.compactMap { verdict -> String? in
      let count = parts.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(count) \(verdict.participle)"
    }
    return counts.isEmpty ? "no part was evaluated" : counts.joined(separator: ", ")
  }
}
