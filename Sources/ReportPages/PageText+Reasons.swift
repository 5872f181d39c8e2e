import DesignValidation

extension PageText {
  /// Why a part has its verdict, in one sentence.
  static func reason(for part: PartResult) -> String {
    if let failure = part.failure { return ending(failure.summary) }
    let checks =
      part.limits.filter { $0.verdict == part.verdict }.map { sentence(for: $0) }
      + part.quantities.filter { $0.verdict == part.verdict }.map { sentence(for: $0) }
    let moved = (part.baseline?.figures ?? []).filter { $0.verdict == part.verdict }.map(sentence)
    if part.verdict != .pass {
      let checks = checks + moved
      if let first = checks.first {
        let more = checks.count - 1
        return first + (more > 0 ? " And \(counted(more, "check")) more." : "")
      }
      if let problem = part.baseline?.problems?.first, part.baseline?.verdict == part.verdict {
        return "The baseline does not hold: " + ending(problem)
      }
      if let question = part.questions?.first { return ending(question) }
    }
    if part.quantities.isEmpty && part.limits.isEmpty { return "It was solved soundly." }
    let all =
      [
        part.quantities.isEmpty
          ? nil
          : counted(part.quantities.count, "quantity", plural: "quantities")
            + " within tolerance",
        part.limits.isEmpty ? nil : counted(part.limits.count, "limit") + " kept",
      ].compactMap { $0 }
    return ending(all.joined(separator: ", "))
  }

  /// How a figure moved from its baseline.
  static func sentence(for figure: BaselineResult.Figure) -> String {
    let name = shortened(figure.quantity, to: 120) + (figure.model.map { " of \($0)" } ?? "")
    guard let value = figure.value, let difference = figure.difference else {
      return "\(name) is in the baseline, and the part has no such figure any more."
    }
    return "\(name) moved from \(Self.value(figure.recorded, figure.unit)) to "
      + "\(Self.value(value, figure.unit)), by \(signed(difference)); "
      + "allowed is ±\(Self.value(figure.tolerance, figure.unit, digits: 3))."
  }

  /// What a quantity came to, against what it should be.
  static func sentence(for quantity: QuantityResult) -> String {
    let name = shortened(quantity.name, to: 120)
    guard let reading = quantity.decisive, let value = reading.value else {
      let failure = quantity.readings.compactMap(\.failure).first ?? "no model has a value"
      return "\(name) could not be read. \(ending(failure))"
    }
    var text = "\(name) is \(Self.value(value, quantity.unit)), "
    let difference = reading.difference ?? 0
    let side = difference > 0 ? "above" : "below"
    let reference = Self.value(quantity.reference.value, quantity.unit)
    let amount =
      reading.relativeDifference.map { percent(abs($0)) }
      ?? Self.value(abs(difference), quantity.unit, digits: 3)
    text += difference == 0 ? "as expected" : "\(amount) \(side) the expected \(reference)"
    return text + "; allowed is ±\(tolerance(of: quantity))."
  }

  /// How far a quantity may be off.
  static func tolerance(of quantity: QuantityResult) -> String {
    quantity.tolerance.relative.map { percent($0) }
      ?? value(quantity.tolerance.absolute, quantity.unit, digits: 3)
  }

  /// What a limit leaves.
  static func sentence(for limit: LimitResult) -> String {
    let name = shortened(limit.name, to: 120)
    guard let reading = limit.decisive, let value = reading.value else {
      let failure = limit.readings.compactMap(\.failure).first ?? "no model has a value"
      return "\(name) could not be read. \(ending(failure))"
    }
    let side = limit.bound == .below ? "at most" : "at least"
    var text = "\(name) is \(Self.value(value, limit.unit)); allowed is \(side) "
    text += Self.value(limit.limit, limit.unit)
    guard let margin = limit.margin(of: value) else { return text + "." }
    return text + (margin >= 0 ? ", a margin of " : ", exceeded by ") + percent(abs(margin)) + "."
  }

  /// A sentence begins with a capital and ends in one full stop.
  static func ending(_ text: String) -> String {
    var text = shortened(text)
    let word = text.prefix { $0 != " " }
    // A path or a name of a file stays as it is written.
    if let first = text.first, first.isASCII, first.isLowercase, word.allSatisfy(\.isLetter) {
      text = first.uppercased() + text.dropFirst()
    }
    return text.hasSuffix(".") || text.hasSuffix("!") || text.hasSuffix("?") ? text : text + "."
  }
}

extension QuantityResult {
  /// The reading that decides: of the stated models the one farthest off.
  var decisive: ReadingResult? {
    let stated = readings.filter(\.isStated)
    return (stated.isEmpty ? readings : stated).max {
      ($0.verdict.rank, abs($0.difference ?? 0)) < ($1.verdict.rank, abs($1.difference ?? 0))
    }
  }
}

extension LimitResult {
  /// The reading that decides: of the stated models the one nearest to the limit, or farthest beyond it.
  var decisive: ReadingResult? {
    let stated = readings.filter(\.isStated)
    let sign = bound == .below ? 1.0 : -1.0
    return (stated.isEmpty ? readings : stated).max {
      ($0.verdict.rank, sign * ($0.value ?? -.infinity)) < (
        $1.verdict.rank, sign * ($1.value ?? -.infinity)
      )
    }
  }

  /// What is left up to the limit, over the limit; negative beyond it, `nil` for a limit of zero.
  func margin(of value: Double) -> Double? {
    guard limit != 0 else { return nil }
    return (bound == .below ? limit - value : value - limit) / abs(limit)
  }
}

extension Verdict {
  /// How bad it is, to sort by.
  var rank: Int {
    switch self {
    case .pass: 0
    case .undecided: 1
    case .notCapable: 2
    case .fail: 3
    case .notEvaluable: 4
    }
  }
}
