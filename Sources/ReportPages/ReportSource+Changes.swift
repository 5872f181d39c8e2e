package import DesignValidation

extension ReportSource {
  /// Compares the run with the baselines beside its parts, where the record has them.
  ///
  /// What moved is what differs by more than 1e-8 of what was recorded; it matters where a tolerance is exceeded.
  package mutating func compareWithBaselines() {
    let compared = result.parts.filter { $0.baseline != nil }
    guard !compared.isEmpty else { return }
    baseline =
      "the baseline files of \(PageText.counted(compared.count, "part"))"
      + (compared.count < result.parts.count ? ", the others have none" : "")
    let all = compared.flatMap { part in
      (part.baseline?.figures ?? []).compactMap { figure -> Change? in
        let isMoved = figure.difference.map { abs($0) > 1e-8 * abs(figure.recorded) } ?? true
        guard isMoved || figure.verdict != .pass else { return nil }
        return Change(
          part: part.name, model: figure.model ?? "", what: figure.quantity,
          before: PageText.value(figure.recorded, figure.unit, digits: 6),
          now: figure.value.map { PageText.value($0, figure.unit, digits: 6) } ?? "none",
          difference: figure.difference.map {
            Self.text($0, figure.recorded == 0 ? nil : $0 / abs(figure.recorded), figure.unit)
          } ?? "lost",
          reason: "allowed is ±\(PageText.value(figure.tolerance, figure.unit, digits: 3))",
          matters: figure.verdict != .pass)
      }
    }
    let serious = Set(all.filter(\.matters).map(\.part))
    changes = all.filter { serious.contains($0.part) } + all.filter { !serious.contains($0.part) }
  }

  /// Takes what a comparison of this run with an earlier state says.
  ///
  /// - Parameter name: The earlier state, as a reader names it.
  package mutating func take(_ comparison: RunComparison, with name: String) {
    baseline = name
    facts += comparison.programs.map { ("Other than before", $0) }
    let stated = Dictionary(
      result.parts.map { ($0.name, Set($0.models.filter(\.isStated).map(\.name))) },
      uniquingKeysWith: { first, _ in first })
    changes = comparison.parts.flatMap { part in
      Self.changeOfPart(part)
        + part.figures.filter { $0.level != .same }.map {
          Self.change(of: $0, in: part)
        } + Self.changesOfFields(part, stated[part.name] ?? []) + Self.changeOfInputs(part)
    }
  }

  private static func changeOfPart(_ part: RunComparison.Part) -> [Change] {
    guard part.change != .changed else { return [] }
    return [
      Change(
        .part, part: part.name, what: "the part", before: part.before.map(PageText.word) ?? "",
        now: part.after.map(PageText.word) ?? "", difference: part.change.rawValue,
        matters: part.level == .matters)
    ]
  }

  private static func change(of figure: RunComparison.Figure, in part: RunComparison.Part) -> Change
  {
    func value(_ value: Double?) -> String {
      value.map { PageText.value($0, figure.unit, digits: 6) } ?? "none"
    }
    return Change(
      part: part.name, model: figure.model ?? "", what: figure.quantity,
      before: value(figure.before), now: value(figure.after),
      difference: figure.absolute.map { text($0, figure.relative, figure.unit) } ?? "",
      place: figure.location ?? "", reason: figure.reason, matters: figure.level == .matters)
  }

  /// The largest change of each field, of a model that decides where one has changed.
  private static func changesOfFields(_ part: RunComparison.Part, _ stated: Set<String>) -> [Change]
  {
    var names: [String] = []
    for field in part.fields where !names.contains(field.field) { names.append(field.field) }
    return names.flatMap { name -> [Change] in
      let all = part.fields.filter { $0.field == name }
      guard let field = all.first(where: { stated.contains($0.model) }) ?? all.first else {
        return []
      }
      let place = field.position.map { $0.significant(5) }.joined(separator: ", ")
      let left = field.nodeCount - field.comparedCount
      var reasons: [String] = []
      if left > 0 { reasons.append("\(PageText.counted(left, "node")) had another place before") }
      if all.count > 1 { reasons.append("\(PageText.counted(all.count - 1, "model")) more") }
      return [
        Change(
          .field, part: part.name, model: field.model,
          what: "\(Self.names[name] ?? name), largest change",
          difference: PageText.value(field.largest, field.unit ?? "", digits: 3)
            + " (\(PageText.percent(field.relative)) of the largest)",
          place: "node \(field.node) (\(place))", reason: reasons.joined(separator: ", "),
          matters: false)
      ]
    }
  }

  private static func changeOfInputs(_ part: RunComparison.Part) -> [Change] {
    guard !part.inputs.isEmpty else { return [] }
    let shown = part.inputs.prefix(6).joined(separator: "; ")
    let more = part.inputs.count > 6 ? "; and \(part.inputs.count - 6) more" : ""
    return [
      Change(.input, part: part.name, what: "other input: \(shown)\(more)", matters: false)
    ]
  }

  /// Names of fields as a reader knows them.
  private static let names = [
    "von_mises": "von Mises stress", "position": "place of a node",
  ]

  private static func text(_ absolute: Double, _ relative: Double?, _ unit: String) -> String {
    let share = relative.map { " (\(PageText.signed(100 * $0)) %)" } ?? ""
    return PageText.signed(absolute) + PageText.unit(unit) + share
  }
}
