import DesignValidation

/// A comparison for people at a terminal: a line for each part that is different, and under it what is.
struct ComparisonText {
  /// Figures and fields that are told of one part, unless all are asked for.
  private static let fewest = 6

  let comparison: RunComparison
  let isFull: Bool
  let text: TerminalText

  init(_ comparison: RunComparison, isFull: Bool = false, isColoured: Bool = false) {
    (self.comparison, self.isFull) = (comparison, isFull)
    text = TerminalText(isColoured: isColoured)
  }

  /// The whole text.
  var lines: String {
    var result = ""
    for line in comparison.programs {
      result += text.styled("note: " + TerminalText.cleaned(line), .dim) + "\n"
    }
    for part in comparison.parts { result += lines(of: part) }
    return result + summary
  }

  /// `2 parts matter, 1 moved, 19 of 22 are the same`
  var summary: String {
    let (matters, moved) = (comparison.count(of: .matters), comparison.count(of: .moved))
    let both = comparison.parts.count {
      $0.change != .new && $0.change != .lost && $0.level != .same
    }
    var words: [String] = []
    if matters > 0 { words.append(text.styled("\(matters) matter", .bold, .red)) }
    if moved > 0 { words.append(text.styled("\(moved) moved", .bold, .yellow)) }
    words.append("\(comparison.comparedCount - both) the same")
    for (change, word) in [(RunComparison.Change.new, "new"), (.lost, "lost")] {
      let count = comparison.parts.count { $0.change == change }
      if count > 0 { words.append("\(count) \(word)") }
    }
    return
      "\(counted(comparison.comparedCount, "part")) compared: \(words.joined(separator: ", "))\n"
  }

  private func lines(of part: RunComparison.Part) -> String {
    var result = mark(part.level) + text.styled(TerminalText.cleaned(part.name), .bold)
    let (before, after) = (part.before?.rawValue ?? "", part.after?.rawValue ?? "")
    switch part.change {
    case .new: result += "  is new\(after.isEmpty ? "" : " (\(after))")"
    case .lost: result += "  is lost\(before.isEmpty ? "" : " (it was \(before))")"
    case .broken: result += "  is broken: \(before) before, \(after) now"
    case .mended: result += "  is mended: \(before) before, \(after) now"
    case .changed: break
    }
    result += "\n"
    if !part.inputs.isEmpty {
      let inputs = part.inputs.map(TerminalText.cleaned)
      let shown = isFull ? inputs : Array(inputs.prefix(Self.fewest))
      let more = inputs.count > shown.count ? ", and \(inputs.count - shown.count) more" : ""
      result += "    other input: " + shown.joined(separator: "; ") + more + "\n"
    }
    let figures = isFull ? part.figures : part.figures.filter { $0.level != .same }
    result += list(figures.map(line(of:)))
    result += list(part.fields.map(line(of:)))
    return result
  }

  private func list(_ lines: [String]) -> String {
    let shown = isFull ? lines : Array(lines.prefix(Self.fewest))
    let more = lines.count > shown.count ? "      … and \(lines.count - shown.count) more\n" : ""
    return shown.map { "    " + $0 + "\n" }.joined() + more
  }

  private func line(of figure: RunComparison.Figure) -> String {
    let unit = figure.unit == "1" ? "" : " " + TerminalText.cleaned(figure.unit)
    var line = mark(figure.level) + TerminalText.cleaned(figure.quantity)
    line += figure.model.map { " of " + TerminalText.cleaned($0) } ?? ""
    line += ": " + (figure.before.map { $0.significant(9) + unit } ?? "nothing") + " before, "
    line += (figure.after.map { $0.significant(9) + unit } ?? "nothing") + " now"
    if let change = figure.absolute {
      line += ", \(TextReporter.signed(change, digits: 3))\(unit)"
      if let relative = figure.relative {
        line += " (\(TextReporter.signed(relative * 100, digits: 3)) %)"
      }
    }
    if let place = figure.location { line += " at " + TerminalText.cleaned(place) }
    return line + "; " + TerminalText.cleaned(figure.reason)
  }

  private func line(of field: RunComparison.Field) -> String {
    let place = field.position.map { $0.significant(6) }.joined(separator: ", ")
    let name = field.field.replacing("_", with: " ")
    let unit = field.unit.map { " " + TerminalText.cleaned($0) } ?? ""
    let nodes =
      field.comparedCount == field.nodeCount
      ? "" : ", \(field.comparedCount) of \(field.nodeCount) nodes compared"
    return mark(field.level) + "\(name) of \(TerminalText.cleaned(field.model)): largest change "
      + "\(field.largest.significant(3))\(unit) (\((field.relative * 100).significant(3)) % of the largest) "
      + "at node \(field.node) (\(place))\(nodes)"
  }

  private func mark(_ level: RunComparison.Level) -> String {
    switch level {
    case .matters: text.styled("✗ matters  ", .red)
    case .moved: text.styled("~ moved    ", .yellow)
    case .same: "= same     "
    }
  }
}
