import DesignValidation

/// The first screen: may it ship, what stands in the way, what changed, and all parts.
struct IndexContent {
  let source: ReportSource
  private var result: RunResult { source.result }

  /// Parts in the order in which a reader wants them: the worst first, then what changed, then as in the record.
  static func order(of source: ReportSource) -> [Int] {
    let parts = source.result.parts
    var weights: [String: Int] = [:]
    for change in source.changes {
      weights[change.part] = max(weights[change.part] ?? 0, change.matters ? 2 : 1)
    }
    func key(_ place: Int) -> (Int, Int, Int) {
      (-parts[place].verdict.rank, -(weights[parts[place].name] ?? 0), place)
    }
    return parts.indices.sorted { key($0) < key($1) }
  }

  /// What the template is filled with, without the parts' sections.
  ///
  /// - Parameters:
  ///   - links: The address of each part; `nil` where its section was left out.
  ///   - thumbs: The address of a small picture of each part.
  func content(links: [String?], thumbs: [String?], leftOut: String?) -> Content {
    let parts = result.parts
    let order = Self.order(of: source)
    let answer = self.answer
    let stoppers = order.filter { parts[$0].verdict != .pass }
    var content: Content = [
      "pageTitle": "\(answer.word) \(PageText.shortened(result.directory, to: 80))",
      "marks": VerdictMark.definitions,
      "partsText": PageText.counted(parts.count, "part"),
      "directory": PageText.shortened(result.directory),
      "answer": [
        "style": answer.verdict.rawValue, "mark": VerdictMark.mark(answer.verdict),
        "word": answer.word, "sentence": answer.sentence,
      ] as Content,
      "counts": Self.verdicts.compactMap { verdict -> Content? in
        let count = parts.count { $0.verdict == verdict }
        guard count > 0 else { return nil }
        return [
          "style": verdict.rawValue, "mark": VerdictMark.mark(verdict),
          "count": PageText.grouped(count), "word": Self.countWord(verdict),
        ]
      },
      "hasStoppers": !stoppers.isEmpty,
      "stoppers": stoppers.map { row(parts[$0], links[$0], thumb: thumbs[$0]) },
      "notes": (result.notes ?? []).map { PageText.shortened($0) },
      "hasMany": parts.count > 20,
      "groups": groups(order, links),
      "command": PageText.shortened(source.command, to: 2000),
      "program": "gcgan \(result.program.version)"
        + (result.program.commit.map { " (commit \($0))" } ?? ""),
      "libraries": result.program.libraries.sorted { $0.key < $1.key }
        .map { "\($0.key) \($0.value)" }.joined(separator: ", "),
      "facts": source.facts.map { ["name": $0.name, "value": $0.value] as Content },
      "changeSentence": changeSentence, "hasChanges": !source.changes.isEmpty,
      "changedParts": changedParts(links), "changed": ["sentence": changeSentence] as Content,
    ]
    let changedCount = Set(source.changes.map(\.part)).count
    if changedCount > Self.changedLimit {
      content["moreChanges"] =
        "… and \(PageText.counted(changedCount - Self.changedLimit, "part")) more; gcgan-validate compare names all of them."
    }
    if let leftOut { content["leftOut"] = leftOut }
    return content
  }

  private static let verdicts: [Verdict] = [.notEvaluable, .fail, .notCapable, .undecided, .pass]

  private static func countWord(_ verdict: Verdict) -> String {
    switch verdict {
    case .pass: "passed"
    case .fail: "failed"
    case .undecided: "undecided"
    case .notCapable: "not capable"
    case .notEvaluable: "not evaluable"
    }
  }

  private var answer: (word: String, sentence: String, verdict: Verdict) {
    let parts = result.parts
    func count(_ verdict: Verdict) -> Int { parts.count { $0.verdict == verdict } }
    let (failed, blind) = (count(.fail), count(.notEvaluable))
    let open = count(.undecided) + count(.notCapable)
    if result.isInterrupted {
      return (
        "No answer.",
        "The run was interrupted: \(PageText.counted(parts.count, "part")) ended, others are missing. Run it again.",
        .notEvaluable
      )
    }
    let missing = result.missingParts
    if let shard = result.shard, failed + blind == 0 {
      return (
        "No answer.",
        "This is share \(shard) of a run. Join all shares with gcgan-validate merge.", .notEvaluable
      )
    }
    if !missing.isEmpty, failed + blind == 0 {
      return (
        "No answer.",
        "\(PageText.counted(missing.count, "part")) of this run \(missing.count == 1 ? "was" : "were") not evaluated.",
        .notEvaluable
      )
    }
    if parts.isEmpty {
      return (
        "No answer.", "There is no part in \(PageText.shortened(result.directory)).", .notEvaluable
      )
    }
    if failed + blind > 0 {
      let pieces = [
        failed > 0 ? "\(PageText.counted(failed, "part")) \(failed == 1 ? "fails" : "fail")" : nil,
        blind > 0 ? "\(PageText.counted(blind, "part")) could not be evaluated" : nil,
        open > 0 ? "\(PageText.counted(open, "part")) \(open == 1 ? "is" : "are") undecided" : nil,
      ].compactMap { $0 }
      return (
        "No.",
        "Of \(PageText.counted(parts.count, "part")), " + pieces.joined(separator: ", ") + ".",
        failed > 0 ? .fail : .notEvaluable
      )
    }
    if open > 0 {
      return (
        "Not yet.",
        "Nothing failed, but \(open == 1 ? "1 part is" : "\(PageText.grouped(open)) parts are") undecided: the checks, meshes or measurements do not allow an answer.",
        .undecided
      )
    }
    let serious = Set(source.changes.filter(\.matters).map(\.part))
    if !serious.isEmpty {
      return (
        "Not yet.",
        "Every part passes, but \(PageText.counted(serious.count, "part")) changed in what matters. Look at what changed first.",
        .undecided
      )
    }
    return (
      "Yes.",
      parts.count == 1
        ? "The part passes all its checks."
        : "All \(PageText.grouped(parts.count)) parts pass all their checks.",
      .pass
    )
  }

  private func row(_ part: PartResult, _ link: String?, thumb: String? = nil) -> Content {
    var row: Content = [
      "name": PageText.shortened(part.name, to: 200), "style": part.verdict.rawValue,
      "mark": VerdictMark.mark(part.verdict), "word": PageText.word(part.verdict),
      "reason": PageText.reason(for: part), "summary": summary(part),
    ]
    if let link { row["link"] = link }
    if let thumb { row["thumb"] = thumb }
    return row
  }

  private func summary(_ part: PartResult) -> String {
    let pieces = [
      part.title == part.name ? nil : PageText.shortened(part.title, to: 120),
      part.quantities.isEmpty
        ? nil : PageText.counted(part.quantities.count, "quantity", plural: "quantities"),
      part.limits.isEmpty ? nil : PageText.counted(part.limits.count, "limit"),
    ].compactMap { $0 }
    return pieces.joined(separator: "; ")
  }

  private func groups(_ order: [Int], _ links: [String?]) -> [Content] {
    Self.verdicts.compactMap { verdict in
      let places = order.filter { result.parts[$0].verdict == verdict }
      guard !places.isEmpty else { return nil }
      return [
        "mark": VerdictMark.mark(verdict),
        "title": "\(PageText.counted(places.count, "part")) \(Self.countWord(verdict))",
        "isOpen": result.parts.count <= 100,
        "rows": places.map { row(result.parts[$0], links[$0]) },
      ]
    }
  }

  /// Parts whose changes the first page tells at most, and changes of each.
  private static let changedLimit = 300, linesOfPart = 4

  private var changeSentence: String {
    guard let baseline = source.baseline else {
      return "This run is compared with nothing: its parts have no baselines. "
        + "gcgan-validate compare shows what changed between two runs."
    }
    let figures = source.changes.filter { $0.kind == .figure }
    let serious = figures.count(where: \.matters)
    var sentences: [String] = []
    if !figures.isEmpty {
      let touched =
        serious == 0
        ? "none of them touches a tolerance, a limit or a verdict"
        : "\(PageText.grouped(serious)) of them \(serious == 1 ? "touches" : "touch") a tolerance, a limit or a verdict"
      sentences.append(PageText.counted(figures.count, "figure") + " moved; \(touched).")
    }
    let parts = source.changes.filter { $0.kind == .part }
    for word in ["broken", "lost", "new", "mended"] {
      let count = parts.count { $0.difference == word }
      guard count > 0 else { continue }
      sentences.append("\(PageText.counted(count, "part")) \(count == 1 ? "is" : "are") \(word).")
    }
    if sentences.isEmpty {
      let moved = Set(source.changes.filter { $0.kind == .field }.map(\.part)).count
      let edited = Set(source.changes.map(\.part)).count
      sentences.append(
        moved > 0
          ? "No figure moved; fields changed in \(PageText.counted(moved, "part"))."
          : edited > 0
            ? "Nothing moved; \(PageText.counted(edited, "part")) \(edited == 1 ? "has" : "have") other input."
            : "Nothing moved.")
    }
    return sentences.joined(separator: " ") + " Compared with: \(baseline)."
  }

  private func changedParts(_ links: [String?]) -> [Content] {
    let places = Dictionary(
      result.parts.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { one, _ in one })
    var names: [String] = []
    for change in source.changes where names.last != change.part { names.append(change.part) }
    return names.prefix(Self.changedLimit).map { name in
      let changes = source.changes(in: name)
      var row: Content = [
        "part": PageText.shortened(name, to: 120),
        "changes": changes.prefix(Self.linesOfPart).map(\.content),
      ]
      if changes.count > Self.linesOfPart {
        row["more"] = "… and \(changes.count - Self.linesOfPart) more"
      }
      if let link = places[name].flatMap({ links[$0] }) { row["link"] = link }
      return row
    }
  }
}

extension ReportSource.Change {
  /// What the templates are filled with.
  var content: Content {
    let ofModel = model.isEmpty ? "" : " of \(PageText.shortened(model, to: 60))"
    var content: Content = [
      "what": PageText.shortened(what) + ofModel, "style": matters ? "fail" : "undecided",
      "isPair": !before.isEmpty && !now.isEmpty,
    ]
    if matters || kind == .figure || kind == .field {
      content["weight"] = matters ? "matters" : "moved"
    }
    for (name, text) in [
      ("before", before), ("now", now), ("change", difference),
      ("place", PageText.shortened(place)), ("reason", PageText.shortened(reason, to: 200)),
    ] where !text.isEmpty { content[name] = text }
    return content
  }
}
