import DesignValidation
import Files
import ThermoElasticity

/// A part as its section of a page shows it, without pictures.
struct PartContent {
  let part: PartResult
  /// Its anchor, and the name of its files.
  let slug: String
  let source: ReportSource

  /// What the template is filled with.
  var content: Content {
    var content: Content = [
      "id": slug, "level": "h2", "sub": "h3", "name": PageText.shortened(part.name),
      "style": part.verdict.rawValue,
      "mark": VerdictMark.mark(part.verdict), "word": PageText.word(part.verdict),
      "sentence": PageText.reason(for: part), "notes": notes, "checks": checks,
      "command": "gcgan-validate \(Self.quoted(PageText.shortened(part.path))) --verbose",
      "models": models, "hasModels": !part.models.isEmpty,
      "provenance": provenance.map {
        ["name": $0.0, "value": PageText.shortened($0.1)] as Content
      },
    ]
    let changes = source.changes(in: part.name)
    content["hasChanges"] = !changes.isEmpty
    content["changes"] = changes.prefix(Self.changeCount).map(\.content)
    let more = changes.dropFirst(Self.changeCount).prefix(100)
    content["hasMoreChanges"] = !more.isEmpty
    content["moreTitle"] = "\(PageText.counted(changes.count - Self.changeCount, "change")) more"
    content["moreChanges"] = more.map(\.content)
    if let problem = source.problem(part) { content["problem"] = Self.text(problem) }
    if let figures = part.figures {
      content["hasDeckFigures"] = true
      content["deckFigures"] = figures.map { figure -> Content in
        [
          "name": figure.name, "place": figure.location.map { PageText.shortened($0) } ?? "",
          "value": figure.value.map { $0.significant(6) }
            ?? PageText.shortened(figure.failure ?? ""),
        ]
      }
      let histories = figures.compactMap { figure -> Content? in
        guard let history = history(figure.name, nil) else { return nil }
        let plot = history.svg(band: nil)
        return plot.isEmpty ? nil : ["name": figure.name, "plot": plot]
      }
      content["hasHistories"] = !histories.isEmpty
      content["histories"] = histories
    }
    if part.title != part.name { content["title"] = PageText.shortened(part.title) }
    if let context = part.context { content["context"] = PageText.shortened(context, to: 1200) }
    let lines =
      (part.failure?.details ?? [])
      + part.models.flatMap { model in (model.failure ?? []).map { "\(model.name): \($0)" } }
    content["hasDetails"] = !lines.isEmpty
    content["details"] =
      lines.prefix(50).map { PageText.shortened($0) }
      + (lines.count > 50 ? ["… and \(PageText.grouped(lines.count - 50)) more"] : [])
    return content
  }

  /// Changes that are told without unfolding.
  private static let changeCount = 8

  /// A file as lines, without other control characters, 4,000 characters at most.
  private static func text(_ file: String) -> String {
    let lines = file.split(separator: "\n", omittingEmptySubsequences: false).prefix(200)
    let text = lines.map { PageText.cleaned(String($0)) }.joined(separator: "\n")
    return text.count > 4000 ? text.prefix(4000) + "\n…" : text
  }

  private var notes: [String] {
    (part.baseline?.problems ?? []).map { "Baseline: \(PageText.ending($0))" }
      + (part.questions ?? []).map { "Open question: \(PageText.ending($0))" }
      + (part.warnings ?? []).map { "Warning: \(PageText.ending($0))" }
      + (part.answers ?? []).map {
        "Confirmed: \(PageText.ending($0.answer)) Asked: \(PageText.ending($0.question))"
      }
  }

  /// How a figure went, of the model that decides where there are several.
  private func history(_ name: String, _ model: String?) -> ReportSource.History? {
    let all = source.histories(of: part.name).filter { $0.name == name }
    return all.first { $0.model == model } ?? all.first
  }

  private var checks: [Content] {
    // What does not pass comes first.
    let limits = part.limits.map {
      (
        $0.verdict.rank,
        CheckContent.content(of: $0, in: part, history($0.name, $0.decisive?.model))
      )
    }
    let quantities = part.quantities.map {
      (
        $0.verdict.rank,
        CheckContent.content(of: $0, in: part, history($0.name, $0.decisive?.model))
      )
    }
    let all = (limits + quantities).enumerated().map { (rank: $1.0, number: $0, content: $1.1) }
    return all.sorted { (-$0.rank, $0.number) < (-$1.rank, $1.number) }.map(\.content)
  }

  private var models: [Content] {
    part.models.prefix(200).map { model in
      let soundness = model.steps.compactMap(\.soundness)
      let residual = soundness.compactMap(\.relativeResidual).max()
      let balance = soundness.compactMap(\.reactionBalance).max()
      let error = model.steps.compactMap(\.energyErrorEstimate).max()
      return [
        "name": PageText.shortened(model.name), "deck": PageText.shortened(model.deck),
        "elements": model.elementTypes, "cells": PageText.grouped(model.cellCount),
        "unknowns": model.unknownCount.map(PageText.grouped) ?? "–",
        "residual": residual.map { $0.significant(2) } ?? "–",
        "balance": balance.map { $0.significant(2) } ?? "–",
        "error": error.map { PageText.percent($0, digits: 2) } ?? "–",
      ]
    }
  }

  private var provenance: [(String, String)] {
    var facts: [(String, String)] = []
    if let family = part.family { facts.append(("Family", family.rawValue)) }
    guard let origin = part.provenance else { return facts }
    let texts: [(String, String?)] = [
      ("Made by", origin.program), ("Network", origin.model), ("Its weights", origin.modelHash),
      ("Its configuration", origin.configHash), ("Its data", origin.dataHash),
      ("Seed", origin.seed.map { "\($0)" }), ("Design", origin.number.map { "number \($0)" }),
      ("Systems solved", origin.solveCount.map { "\($0)" }),
      ("Refinement", origin.refinementStepCount.map { PageText.counted($0, "step") }),
    ]
    facts += texts.compactMap { name, text in text.map { (name, $0) } }
    return facts
  }

  /// A word for a shell: quoted where it has other characters than those of usual paths.
  static func quoted(_ word: String) -> String {
    let plain = word.unicodeScalars.allSatisfy { scalar in
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || "/._-+,:@%=".unicodeScalars.contains(scalar)
    }
    guard !plain || word.isEmpty else { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }

  /// Names for anchors and files, one for each part, whatever its name holds.
  static func slugs(of parts: [PartResult]) -> [String] {
    var seen: Set<String> = []
    return parts.enumerated().map { number, part in
      var slug = ""
      for scalar in part.name.unicodeScalars.prefix(60) {
        let isPlain =
          ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar)
        slug += isPlain || scalar == "-" || scalar == "_" ? String(scalar) : "-"
      }
      if slug != part.name { slug += "-\(number + 1)" }
      // Some file systems do not tell capitals from small letters.
      while !seen.insert(slug.lowercased()).inserted { slug += "-\(number + 1)" }
      return "part-" + slug
    }
  }
}
