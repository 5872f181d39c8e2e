package import ArrayFiles
package import DesignValidation

/// What a report is made from: a finished run, and what is known beside it. A report decides nothing.
package struct ReportSource {
  /// Something that differs from the baseline, in words.
  package struct Change: Sendable, Equatable {
    /// The part's name.
    package var part: String
    /// What changed, such as the name of a quantity.
    package var what: String
    /// The figures with their units, and the difference.
    package var before, now, difference: String
    /// Where in the part, in words.
    package var place: String
    /// Whether a tolerance, a limit or a verdict is touched.
    package var matters: Bool

    /// A change.
    package init(
      part: String, what: String, before: String = "", now: String = "", difference: String = "",
      place: String = "", matters: Bool
    ) {
      (self.part, self.what, self.before, self.now) = (part, what, before, now)
      (self.difference, self.place, self.matters) = (difference, place, matters)
    }
  }

  /// A quantity or limit from run to run.
  package struct History: Sendable, Equatable {
    /// The part's name, and that of its quantity or limit.
    package var part, name: String
    /// From the oldest run to the newest; `nil` where a run has no value.
    package var values: [Double?]
    /// What the oldest and the newest run are called.
    package var first, last: String

    /// A history.
    package init(part: String, name: String, values: [Double?], first: String, last: String) {
      (self.part, self.name, self.values) = (part, name, values)
      (self.first, self.last) = (first, last)
    }
  }

  /// The run.
  package var result: RunResult
  /// The command that made the run, as a reader types it.
  package var command: String
  /// Fields of a model; asked once, when its pictures are drawn.
  package var fields: (PartResult, ModelResult) throws -> ModelFields?
  /// Fields of the same model in the baseline's run.
  package var baselineFields: (PartResult, ModelResult) throws -> ModelFields? = { _, _ in nil }
  /// The density of a generated design.
  package var density: (PartResult) -> Picture? = { _ in nil }
  /// The text of the file of a generated design's problem.
  package var problem: (PartResult) -> String? = { _ in nil }
  /// What the run is compared with, in words; `nil` where it is compared with nothing.
  package var baseline: String?
  /// What differs from it, what matters first.
  package var changes: [Change] = []
  /// Figures over earlier runs.
  package var histories: [History] = []
  /// Facts about the run beside the record's, such as its threads.
  package var facts: [(name: String, value: String)] = []

  /// A report of a run.
  package init(
    _ result: RunResult, command: String,
    fields: @escaping (PartResult, ModelResult) throws -> ModelFields? = { _, _ in nil }
  ) {
    (self.result, self.command, self.fields) = (result, command, fields)
  }
}

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
          part: part.name, what: figure.quantity + (figure.model.map { " (\($0))" } ?? ""),
          before: PageText.value(figure.recorded, figure.unit, digits: 6),
          now: figure.value.map { PageText.value($0, figure.unit, digits: 6) } ?? "none",
          difference: figure.difference.map {
            figure.recorded == 0
              ? PageText.signed($0)
              : PageText.signed(100 * $0 / abs(figure.recorded)) + " %"
          } ?? "lost", matters: figure.verdict != .pass)
      }
    }
    changes = all.filter(\.matters) + all.filter { !$0.matters }
  }
}
