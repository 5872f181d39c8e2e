package import Files

/// Holds parts to their baselines, and writes baselines where that is asked for.
package final class BaselineKeeper {
  /// The reason that a recorded figure has until somebody gives another.
  package static let unseenReason = "set by --record: say here why this much is no change"
  /// The tolerance of a new figure over its size: far above round-off, far below what matters.
  static let newTolerance = 1e-6

  /// When baselines are written; `nil` for not at all, with parts that have none left alone.
  package let mode: BaselineMode?
  /// Baselines that could not be written.
  package private(set) var faults: [FileFault] = []
  /// What was written, by the path of the file.
  package private(set) var writtenPaths: [String] = []

  /// A keeper that writes as asked for.
  package init(_ mode: BaselineMode?) { self.mode = mode }

  /// Compares a part with its baseline; the verdict becomes worse where a figure is off, and that of a bare deck better where all are held.
  ///
  /// A part that could not be evaluated is left as it is.
  package func hold(_ result: inout PartResult, _ part: PartFolder) {
    guard result.failure == nil, result.verdict != .notEvaluable else { return }
    let path = part.baselinePath
    let isThere = FilePlace.exists(path)
    guard isThere || mode != nil else { return }
    // What a baseline holds: the figures that decide the verdict.
    let figures = result.allFigures.filter(\.isStated)
    var baseline = Baseline([])
    if isThere {
      do {
        baseline = try Baseline(
          parsing: try FilePlace.bytes(of: path, upTo: 1 << 20), file: path)
      } catch {
        // A baseline that cannot be read is never written over: somebody meant something by it.
        var comparison = BaselineResult(path: path, figures: [], verdict: .fail)
        comparison.problems = error.faults.map(\.description)
        result.take(comparison)
        return
      }
    }
    var comparison = baseline.comparison(with: figures, path: path)
    if let mode, mode != .never {
      let next = baseline.recorded(figures, mode, comparison)
      if next != baseline, write(next, to: path) {
        comparison = next.comparison(with: figures, path: path)
      }
    } else if !isThere {
      comparison.problems = [
        "there is no baseline: record one with '--record missing' and look at it"
      ]
    }
    if mode != nil, comparison.missingCount(of: figures) > 0 { comparison.verdict = .fail }
    result.take(comparison)
  }

  private func write(_ baseline: Baseline, to path: String) -> Bool {
    do throws(FileFault) {
      try AtomicFile.write(Array(baseline.text.utf8), to: path)
      writtenPaths.append(path)
      return true
    } catch {
      faults.append(error)
      return false
    }
  }
}

extension PartFolder {
  /// The path of the part's baseline.
  package var baselinePath: String {
    kind == .bareDeck ? path.dropLast(4) + ".baseline.yml" : path + "/baseline.yml"
  }
}

extension Baseline {
  /// How figures compare with the entries.
  func comparison(with figures: [PartFigure], path: String) -> BaselineResult {
    var result = BaselineResult(path: path, figures: [], verdict: .pass)
    var problems: [String] = []
    for entry in entries {
      guard let figure = figures.first(where: entry.isAbout) else {
        problems.append("\(entry.text) is not used: the part has no such figure; remove the entry")
        continue
      }
      var item = BaselineResult.Figure(
        quantity: entry.quantity, model: entry.model, unit: entry.unit, recorded: entry.value,
        tolerance: entry.tolerance, reason: entry.reason, value: figure.value, verdict: .fail)
      if figure.unit != entry.unit {
        item.value = nil
        problems.append(
          "\(entry.text) is in '\(entry.unit)', and the part has it in '\(figure.unit)'")
      } else if let value = figure.value, abs(value - entry.value) <= entry.tolerance {
        item.verdict = .pass
      }
      result.figures.append(item)
    }
    for figure in figures where !entries.contains(where: { $0.isAbout(figure) }) {
      problems.append("\(figure.text) has no entry")
    }
    result.problems = problems.isEmpty ? nil : problems
    result.verdict = .worst(of: result.figures.map(\.verdict))
    return result
  }

  /// The baseline that is to be written.
  func recorded(
    _ figures: [PartFigure], _ mode: BaselineMode, _ comparison: BaselineResult
  ) -> Self {
    var next = self
    for figure in figures {
      guard let value = figure.value else { continue }
      // What the file says is what it is compared with from now on.
      let rounded = Double(value.significant(9)) ?? value
      guard let place = next.entries.firstIndex(where: { $0.isAbout(figure) }) else {
        let tolerance = BaselineKeeper.newTolerance * figure.size
        next.entries.append(
          Entry(
            quantity: figure.name, model: figure.model, value: rounded, unit: figure.unit,
            tolerance: Double(tolerance.significant(2)) ?? tolerance,
            reason: BaselineKeeper.unseenReason))
        continue
      }
      let isFailed = comparison.figures.contains {
        $0.quantity == figure.name && $0.model == figure.model && $0.verdict == .fail
      }
      guard mode == .all || (mode == .failed && isFailed) else { continue }
      if next.entries[place].unit != figure.unit {
        let tolerance = BaselineKeeper.newTolerance * figure.size
        next.entries[place].unit = figure.unit
        next.entries[place].tolerance = Double(tolerance.significant(2)) ?? tolerance
        next.entries[place].reason = BaselineKeeper.unseenReason
      }
      next.entries[place].value = rounded
    }
    if mode == .all {
      next.entries.removeAll { entry in !figures.contains { entry.isAbout($0) } }
    }
    return next
  }
}

extension Baseline.Entry {
  /// `'tip displacement' of 'fine'`
  fileprivate var text: String { "'\(quantity)'" + (model.map { " of '\($0)'" } ?? "") }
}

extension PartFigure {
  /// `'tip displacement' of 'fine'`
  fileprivate var text: String { "'\(name)'" + (model.map { " of '\($0)'" } ?? "") }
}

extension BaselineResult {
  /// Figures that the baseline does not have.
  fileprivate func missingCount(of figures: [PartFigure]) -> Int {
    figures.count { figure in
      !self.figures.contains { $0.quantity == figure.name && $0.model == figure.model }
    }
  }
}

extension PartResult {
  /// That a bare deck has nothing to be judged by.
  static let bareDeckQuestion =
    "the deck states no limit and no reference, so nothing says whether the part is good enough; "
    + "put it into a folder with a part.yml, or record a baseline for it (--record missing)"

  /// Takes what a comparison with the baseline came to.
  fileprivate mutating func take(_ comparison: BaselineResult) {
    baseline = comparison
    if !comparison.figures.isEmpty, let questions, questions.contains(Self.bareDeckQuestion) {
      let others = questions.filter { $0 != Self.bareDeckQuestion }
      self.questions = others.isEmpty ? nil : others
      verdict = others.isEmpty ? .pass : .undecided
    }
    verdict = .worst(of: [verdict, comparison.verdict])
  }
}

extension BaselineKeeper {
  /// What was written, in a line; empty where nothing was.
  package var summary: String {
    guard let first = writtenPaths.min() else { return "" }
    return writtenPaths.count == 1
      ? "1 baseline written: \(first)"
      : "\(writtenPaths.count) baselines written, such as \(first)"
  }
}

extension PartSearch {
  /// Whether one part at least has a baseline.
  package var hasBaselines: Bool { parts.contains { FilePlace.exists($0.baselinePath) } }
}
