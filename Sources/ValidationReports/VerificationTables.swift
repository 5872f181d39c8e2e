package import DesignValidation

/// The tables of results in the pages of `Docs/Verification`.
///
/// A page belongs to the parts whose `NAME/part.yml` it links to. What stands between
/// `<!-- results:begin -->` and `<!-- results:end -->` is replaced; a page without the marks is left alone.
package struct VerificationTables {
  static let begin = "<!-- results:begin -->"
  static let end = "<!-- results:end -->"

  let result: RunResult

  /// Tables of one run.
  package init(_ result: RunResult) { self.result = result }

  /// The page with its tables filled; `nil` where it has no marks or links to none of the parts.
  package func filled(_ page: String) -> String? {
    guard let start = page.firstRange(of: Self.begin),
      let stop = page[start.upperBound...].firstRange(of: Self.end)
    else { return nil }
    let parts = result.parts.filter { page.contains("/\($0.name)/part.yml") }
    guard !parts.isEmpty else { return nil }
    let tables = parts.map { table(of: $0, isNamed: parts.count > 1) }.joined()
    return page[..<start.upperBound] + "\n" + tables + page[stop.lowerBound...]
  }

  /// All quantities of a part: a heading and a table each.
  func table(of part: PartResult, isNamed: Bool) -> String {
    var text = isNamed ? "### \(Self.escaped(part.title))\n\n" : ""
    if let failure = part.failure {
      text += "This part could not be evaluated: \(Self.escaped(failure.summary)).\n\n"
    }
    for quantity in part.quantities { text += table(of: quantity, in: part) }
    return text
  }

  private func table(of quantity: QuantityResult, in part: PartResult) -> String {
    let unit = quantity.unit == "1" ? "" : " \(quantity.unit)"
    let question =
      quantity.question == .validation ? "simulation vs physical" : quantity.question.rawValue
    var text = "**\(Self.escaped(quantity.name))**: \(quantity.read), expected "
    text += "\(quantity.reference.value.significant(7))\(unit) ± "
    text +=
      quantity.tolerance.relative.map { "\(($0 * 100).significant(4)) %" }
      ?? "\(quantity.tolerance.absolute.significant(4))\(unit)"
    text +=
      " (\(question), \(quantity.reference.kind.rawValue)); \(Self.word(quantity.verdict)).\n\n"
    let errorUnit =
      quantity.reference.value == 0 ? "error\(unit.isEmpty ? "" : ",\(unit)")" : "error, %"
    text += "| model | element | cells | unknowns | result\(unit.isEmpty ? "" : ",\(unit)") "
    text += "| \(errorUnit) | u_num, % | verdict |\n"
    text += "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |\n"
    for reading in quantity.readings {
      guard let model = part.models.first(where: { $0.name == reading.model }) else { continue }
      let error =
        quantity.reference.value == 0
        ? reading.difference.map { TextReporter.signed($0, digits: 3) }
        : reading.relativeDifference.map { TextReporter.signed($0 * 100, digits: 3) }
      let scatter = reading.numericalUncertainty.flatMap { u in
        quantity.reference.value == 0
          ? nil : (100 * u / abs(quantity.reference.value)).significant(2)
      }
      let verdict = reading.isStated ? "**\(Self.word(reading.verdict))**" : ""
      let cells = [
        Self.escaped(reading.model), model.elementTypes, "\(model.cellCount)",
        model.unknownCount.map { "\($0)" } ?? "",
        reading.value.map { $0.significant(7) } ?? "–", error ?? "–", scatter ?? "", verdict,
      ]
      text += "| " + cells.joined(separator: " | ") + " |\n"
    }
    let orders = quantity.convergence.compactMap { study in
      study.observedOrder.map {
        "\(study.elementType) \($0.significant(3)) (theory \(study.theory.text))"
      }
    }
    if !orders.isEmpty { text += "\nObserved order: \(orders.joined(separator: ", ")).\n" }
    let warnings = quantity.convergence.compactMap(\.warning)
    if !warnings.isEmpty {
      text += "\n" + warnings.map { "- \(Self.escaped($0)).\n" }.joined()
    }
    return text + "\n"
  }

  static func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .pass: "pass"
    case .fail: "fail"
    case .undecided: "undecided"
    case .notCapable: "not capable"
    case .notEvaluable: "not evaluable"
    }
  }

  /// A text that cannot break a Markdown table or smuggle in markup.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in TerminalText.cleaned(text) {
      if "|<>`*[]\\".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
