package import DesignValidation

/// A report for people at a terminal: a line per part as it ends, the figures of what does not pass, and
/// a summary.
package struct TextReporter: RunReporter {
  /// How much is told.
  package enum Detail: Sendable {
    /// Only parts that do not pass, and the summary.
    case quiet
    /// A line per part, and the figures of what does not pass.
    case normal
    /// The figures of all parts, with their convergence.
    case full
  }

  let detail: Detail
  let text: TerminalText
  let write: (String) -> Void
  var progress: ProgressBar?
  private var order: [String] = []
  private var nameWidth = 0
  private var waiting: [String: [PartResult]] = [:]
  private var nextPlace = 0
  /// Whether nothing is printed beyond the first part that fails.
  private var failsFast = false

  /// A report of the given detail.
  ///
  /// - Parameters:
  ///   - isColoured: Whether colours are used.
  ///   - progress: A bar that is put aside while the report is written.
  ///   - write: Takes the text, with its line ends.
  package init(
    detail: Detail = .normal, isColoured: Bool, progress: ProgressBar? = nil,
    write: @escaping (String) -> Void
  ) {
    self.detail = detail
    text = TerminalText(isColoured: isColoured)
    self.progress = progress
    self.write = write
  }

  /// Prints how many parts there are, and where.
  package mutating func runBegan(_ plan: RunPlan) {
    order = plan.parts
    failsFast = plan.failsFast
    nameWidth = min(40, plan.parts.map { TerminalText.cleaned($0).count }.max() ?? 0)
    progress?.begin(count: plan.parts.count)
    var head = ""
    if !plan.parts.isEmpty {
      let share = plan.shard.map { ", shard \($0)" } ?? ""
      let sideBySide = plan.jobs > 1 ? ", \(plan.jobs) at a time" : ""
      head =
        text.styled(
          "\(counted(plan.parts.count, "part")) in \(TerminalText.cleaned(plan.directory))\(share)\(sideBySide)",
          .bold) + "\n"
    }
    let notes = plan.notes.map(TerminalText.cleaned)
    for note in detail == .full
      ? notes.map({ Cause(line: $0) }) : Cause.grouped(notes, byName: true)
    {
      head += text.styled("note: " + note.text, .dim) + "\n"
    }
    guard detail != .quiet, !head.isEmpty else { return }
    print(head + "\n")
  }

  /// Tells the progress bar.
  package mutating func partBegan(_ name: String) { progress?.partBegan(name) }

  /// Parts are printed in the order of their names, each as soon as those before it are there.
  package mutating func partEnded(_ result: PartResult) {
    waiting[result.name, default: []].append(result)
    var lines = ""
    while nextPlace < order.count, var ready = waiting[order[nextPlace]], !ready.isEmpty {
      let part = ready.removeFirst()
      lines += self.lines(of: part)
      waiting[order[nextPlace]] = ready
      nextPlace += 1
      // Nothing beyond the failure is part of the run.
      if failsFast, part.verdict.isFailure {
        nextPlace = order.count
        waiting = [:]
      }
    }
    progress?.partEnded(result)
    if !lines.isEmpty { print(lines) }
  }

  /// Prints what was still waiting, and the closing lines.
  package mutating func runEnded(_ result: RunResult, timings: RunTimings) {
    // What an interrupted run left waiting behind a part that never ended.
    var lines = ""
    for name in order[min(nextPlace, order.count)...] {
      for part in waiting[name] ?? [] { lines += self.lines(of: part) }
      waiting[name] = []
    }
    progress?.end()
    progress = nil
    write(lines + summary(of: result, seconds: timings.wallSeconds))
  }

  private func print(_ lines: String) {
    progress?.erase()
    write(lines)
    progress?.draw()
  }

  // MARK: Parts

  private func lines(of part: PartResult) -> String {
    let isShown = detail == .full || part.verdict != .pass
    guard isShown || detail == .normal else { return "" }
    var result = badge(part.verdict).text + "  "
    let name = TerminalText.cleaned(part.name)
    result += text.styled(name.padded(to: nameWidth), .bold) + "  "
    let contents = Self.contents(of: part)
    result += (contents.isEmpty ? "" : text.styled(contents, .dim)) + "\n"
    result += causes(part.warnings ?? [], "    " + text.styled("warning: ", .yellow))
    if let failure = part.failure {
      result += "    " + TerminalText.cleaned(failure.summary) + "\n"
      result += causes(failure.details, "      ")
    }
    result += causes(part.questions ?? [], "    " + text.styled("? ", .yellow))
    if detail == .full {
      for item in part.answers ?? [] {
        let words = "confirmed: \(item.answer) (asked: \(item.question))"
        result += "    " + text.styled(TerminalText.cleaned(words), .dim) + "\n"
      }
    }
    for quantity in part.quantities {
      if detail == .full || quantity.verdict != .pass || quantity.question == .validation {
        guard detail != .quiet || quantity.verdict != .pass else { continue }
        result += lines(of: quantity)
      }
    }
    for limit in part.limits where detail == .full || limit.verdict != .pass {
      result += lines(of: limit)
    }
    if let baseline = part.baseline, baseline.verdict != .pass || baseline.problems != nil {
      result += lines(of: baseline)
    }
    return result
  }

  /// The figures that left their baseline, and what else is wrong with it.
  private func lines(of baseline: BaselineResult) -> String {
    var result = ""
    for figure in baseline.figures where figure.verdict != .pass {
      let unit = Self.suffix(figure.unit)
      result += "    " + mark(.fail) + TerminalText.cleaned(figure.quantity)
      result += figure.model.map { " of " + TerminalText.cleaned($0) } ?? ""
      result += text.styled("  (baseline)", .dim) + "\n"
      result += "      recorded  \(figure.recorded.significant(9))\(unit)"
      result += " ± \(figure.tolerance.significant(3))\(unit)"
      result += text.styled("  \(source(figure.reason))", .dim) + "\n"
      guard let value = figure.value, let difference = figure.difference else { continue }
      var line = "      now       \(value.significant(9))\(unit)"
      line += "  \(Self.signed(difference, digits: 3))\(unit)"
      if figure.recorded != 0 {
        line += "  \(Self.signed(difference / abs(figure.recorded) * 100, digits: 3)) %"
      }
      result += text.styled(line, .red) + "\n"
    }
    return result
      + causes(
        baseline.problems ?? [],
        "    "
          + (baseline.verdict == .pass
            ? text.styled("baseline: ", .yellow) : mark(.fail) + "baseline: "))
  }

  /// Lines, those of one cause as one, unless all is to be told.
  private func causes(_ lines: [String], _ prefix: String) -> String {
    let limit = 12
    let causes = detail == .full ? lines.map { Cause(line: $0) } : Cause.grouped(lines)
    let shown = causes.prefix(detail == .full ? .max : limit)
    var result = shown.map { prefix + TerminalText.cleaned($0.text) + "\n" }.joined()
    let omittedCount = lines.count - shown.reduce(0) { $0 + $1.count }
    if omittedCount > 0 { result += "      … and \(omittedCount) more\n" }
    return result
  }

  /// `3 models, 2 quantities, 1 limit`.
  private static func contents(of part: PartResult) -> String {
    guard !part.models.isEmpty else { return "" }
    var counts = [counted(part.models.count, "model")]
    if !part.quantities.isEmpty { counts.append(counted(part.quantities.count, "quantity")) }
    if !part.limits.isEmpty { counts.append(counted(part.limits.count, "limit")) }
    if part.quantities.isEmpty && part.limits.isEmpty && part.failure == nil {
      counts.append("sound")
    }
    return counts.joined(separator: ", ")
  }

  private func badge(_ verdict: Verdict) -> (text: String, width: Int) {
    let width = 13
    let word: String
    let styled: String
    switch verdict {
    case .pass:
      word = "PASS"
      styled = text.styled(word, .green)
    case .fail:
      word = "FAIL"
      styled = text.styled(word, .bold, .red)
    case .undecided:
      word = "UNDECIDED"
      styled = text.styled(word, .yellow)
    case .notCapable:
      word = "NOT CAPABLE"
      styled = text.styled(word, .yellow)
    case .notEvaluable:
      word = "NOT EVALUABLE"
      styled = text.styled(word, .bold, .magenta)
    }
    return (styled + String(repeating: " ", count: max(0, width - word.count)), width)
  }

  // MARK: Figures

  private func lines(of quantity: QuantityResult) -> String {
    let question =
      switch quantity.question {
      case .verification: "verification, \(quantity.reference.kind.rawValue)"
      case .validation: "simulation vs physical"
      case .calibration: "calibration, physical; no validation"
      }
    let unit = Self.suffix(quantity.unit)
    var result = "    " + mark(quantity.verdict) + TerminalText.cleaned(quantity.name)
    result += text.styled("  (\(question))", .dim) + "\n"
    let percent = quantity.tolerance.relative.map { " (\(($0 * 100).significant(4)) %)" } ?? ""
    result += "      expected  \(quantity.reference.value.significant(7))\(unit)"
    result += " ± \(quantity.tolerance.absolute.significant(3))\(unit)\(percent)"
    result += text.styled("  \(source(quantity.reference.source))", .dim) + "\n"
    result += lines(
      of: quantity.readings, unit: unit, verdict: quantity.verdict, showsDifference: true)
    if let uncertainty = quantity.uncertainty {
      result += "      u = \(uncertainty.total.map { $0.significant(3) + unit } ?? "not known")"
      result += "  (u_num \(uncertainty.numerical.map { $0.significant(3) } ?? "not known"),"
      result += " u_input \(uncertainty.input.map { $0.significant(3) } ?? "not stated"),"
      result += " u_D \(uncertainty.data.significant(3)))"
      if let p = quantity.passProbability { result += "  p = \(p.significant(3))" }
      result += "\n"
    }
    if let advice = quantity.advice { result += "      " + TerminalText.cleaned(advice) + "\n" }
    if detail == .full {
      for study in quantity.convergence { result += line(of: study, unit: unit) }
    }
    return result
  }

  private func lines(of limit: LimitResult) -> String {
    let unit = Self.suffix(limit.unit)
    var result = "    " + mark(limit.verdict) + TerminalText.cleaned(limit.name)
    result += text.styled("  (design check)", .dim) + "\n"
    result += "      \(limit.bound.rawValue)  \(limit.limit.significant(7))\(unit)"
    result += text.styled("  \(source(limit.source))", .dim) + "\n"
    return result
      + lines(of: limit.readings, unit: unit, verdict: limit.verdict, showsDifference: true)
  }

  /// The stated models, and in a full report the others too.
  private func lines(
    of readings: [ReadingResult], unit: String, verdict: Verdict, showsDifference: Bool
  ) -> String {
    let shown = readings.filter { reading in
      detail == .full || (reading.isStated && (reading.verdict != .pass || verdict == .pass))
    }
    let width = min(32, shown.map { TerminalText.cleaned($0.model).count }.max() ?? 0)
    var result = ""
    for reading in shown {
      let model = TerminalText.cleaned(reading.model).padded(to: width)
      let label = reading.isStated ? "found    " : "also     "
      result += "      \(label) "
      guard let value = reading.value else {
        result += "\(model)  \(TerminalText.cleaned(reading.failure ?? "no value"))\n"
        continue
      }
      var line = "\(model)  \(value.significant(7))\(unit)"
      if let difference = reading.difference {
        line += "  \(Self.signed(difference, digits: 3))\(unit)"
        if let relative = reading.relativeDifference {
          line += "  \(Self.signed(relative * 100, digits: 3)) %"
        }
      }
      if let location = reading.location { line += "  at \(TerminalText.cleaned(location))" }
      if let basis = reading.basis {
        line += basis == "cell-mean" ? ", means of cells" : ", averaged at nodes"
      }
      if let leftOut = reading.leftOut { line += Self.text(of: leftOut, unit: unit) }
      let isOff = reading.isStated && reading.verdict == .fail
      result +=
        (isOff ? text.styled(line, .red) : reading.isStated ? line : text.styled(line, .dim))
      result += "\n"
    }
    return result
  }

  /// What an extreme value leaves out.
  private static func text(of leftOut: ExclusionResult, unit: String) -> String {
    guard let largest = leftOut.largest else { return "; no node is left out" }
    let nodes = counted(leftOut.nodeCount, "node")
    let place = leftOut.location.map { " at \(TerminalText.cleaned($0))" } ?? ""
    return
      "; \(nodes) within \(leftOut.distance.significant(4)) of singular places left out, there "
      + "\(largest.significant(7))\(unit)\(place)"
  }

  private func line(of study: MeshConvergence, unit: String) -> String {
    var line = "      \(study.elementType): "
    switch study.behaviour {
    case .monotone:
      line += "converges"
      if let order = study.observedOrder {
        line += " with order \(order.significant(3)) (theory \(study.theory.text))"
      }
      if let value = study.extrapolated { line += " to \(value.significant(7))\(unit)" }
    case .oscillating: line += "oscillates"
    case .diverging: line += "does not settle"
    case .exact: line += "the same on all meshes to round-off"
    }
    line += ", GCI \(study.gridConvergenceIndex.significant(3))\(unit)"
    line += "  (\(study.models.map(TerminalText.cleaned).joined(separator: ", ")))"
    if let warning = study.warning { line += "\n        " + TerminalText.cleaned(warning) }
    return text.styled(line, .dim) + "\n"
  }

  /// A source, cut to what fits beside a figure unless all is to be told.
  private func source(_ text: String) -> String {
    let cleaned = TerminalText.cleaned(text)
    return detail == .full ? cleaned : cleaned.truncated(to: 60)
  }

  private func mark(_ verdict: Verdict) -> String {
    switch verdict {
    case .pass: text.styled("✓ ", .green)
    case .fail: text.styled("✗ ", .red)
    case .undecided, .notCapable:
      text.styled("? ", .yellow) + (verdict == .notCapable ? "not capable: " : "undecided: ")
    case .notEvaluable: text.styled("! ", .magenta)
    }
  }

  private static func suffix(_ unit: String) -> String { unit == "1" ? "" : " \(unit)" }

  static func signed(_ value: Double, digits: Int) -> String {
    let text = value.significant(digits)
    return value > 0 ? "+\(text)" : text
  }

  // MARK: Summary

  private func summary(of result: RunResult, seconds: Double) -> String {
    if result.shard != nil && result.parts.isEmpty && !(result.allParts ?? []).isEmpty {
      return "no part of \((result.allParts ?? []).count) is in this shard\n"
    }
    if result.parts.isEmpty && !result.isInterrupted {
      return "no parts in \(TerminalText.cleaned(result.directory)): "
        + "a part is a folder with a part.yml, or a deck NAME.inp\n"
    }
    let counts = Verdict.gravestFirst.compactMap { verdict -> String? in
      let count = result.counts[verdict.rawValue] ?? 0
      let style: TerminalText.Style =
        switch verdict {
        case .notEvaluable: .magenta
        case .fail: .red
        case .notCapable, .undecided: .yellow
        case .pass: .green
        }
      return count == 0 ? nil : text.styled("\(count) \(verdict.participle)", .bold, style)
    }
    var line = detail == .quiet ? "" : "\n"
    let missing = max(
      result.missingParts.count, result.isInterrupted ? order.count - result.parts.count : 0)
    if result.isInterrupted {
      line += text.styled("interrupted", .bold, .yellow) + ": "
    } else if missing > 0 {
      line += text.styled("stopped at the first failure", .bold, .yellow) + ": "
    }
    line += counts.isEmpty ? "no part was evaluated" : counts.joined(separator: ", ")
    if missing > 0 { line += ", \(missing) not evaluated" }
    // Of a merged run no time is known.
    return line + (seconds > 0 ? " in \(Self.duration(seconds))" : "") + "\n"
  }

  static func duration(_ seconds: Double) -> String {
    seconds < 60
      ? "\(seconds.significant(seconds < 1 ? 2 : 3)) s"
      : "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
  }
}
