package import ArrayFiles
package import DesignValidation

/// What a report is made from: a finished run, and what is known beside it. A report decides nothing.
package struct ReportSource: Sendable {
  /// Something that differs from what the run is compared with, in words.
  package struct Change: Sendable, Equatable {
    /// What kind of thing differs.
    package enum Kind: Sendable {
      /// The part itself: it is new, lost, broken or mended.
      case part
      /// A quantity, a limit or a figure of a deck.
      case figure
      /// A field, where its change is largest.
      case field
      /// What the part is made from: its deck, mesh, materials or part file.
      case input
    }
    /// What kind of thing differs.
    package var kind: Kind
    /// The part's name.
    package var part: String
    /// The model; empty where it is none of one model.
    package var model: String
    /// What changed, such as the name of a quantity.
    package var what: String
    /// The figures with their units, and the difference.
    package var before, now, difference: String
    /// Where in the part, in words.
    package var place: String
    /// Why it weighs what it does, in words.
    package var reason: String
    /// Whether a tolerance, a limit or a verdict is touched.
    package var matters: Bool

    /// A change.
    package init(
      _ kind: Kind = .figure, part: String, model: String = "", what: String, before: String = "",
      now: String = "", difference: String = "", place: String = "", reason: String = "",
      matters: Bool
    ) {
      (self.kind, self.part, self.model, self.what) = (kind, part, model, what)
      (self.before, self.now, self.difference) = (before, now, difference)
      (self.place, self.reason, self.matters) = (place, reason, matters)
    }
  }

  /// A quantity or limit from run to run.
  package struct History: Sendable, Equatable {
    /// The part's name, and that of its quantity, limit or figure.
    package var part, name: String
    /// The model; `nil` for a bare deck.
    package var model: String?
    /// From the oldest run to the newest; `nil` where a run has no value.
    package var values: [Double?]
    /// What the oldest and the newest run are called.
    package var first, last: String

    /// A history.
    package init(
      part: String, name: String, model: String? = nil, values: [Double?], first: String,
      last: String
    ) {
      (self.part, self.name, self.model, self.values) = (part, name, model, values)
      (self.first, self.last) = (first, last)
    }
  }

  /// The run.
  package var result: RunResult
  /// The command that made the run, as a reader types it.
  package var command: String
  /// Fields of a model; asked once, when its pictures are drawn.
  package var fields: @Sendable (PartResult, ModelResult) throws -> ModelFields?
  /// Fields of the same model in the run that it is compared with.
  package var baselineFields: @Sendable (PartResult, ModelResult) throws -> ModelFields? = {
    _, _ in nil
  }
  /// The density of a generated design.
  package var density: @Sendable (PartResult) -> Picture? = { _ in nil }
  /// The text of the file of a generated design's problem.
  package var problem: @Sendable (PartResult) -> String? = { _ in nil }
  /// What the run is compared with, in words; `nil` where it is compared with nothing.
  package var baseline: String?
  /// What differs from it, the gravest part first.
  package var changes: [Change] = [] {
    didSet { changesByPart = Dictionary(grouping: changes, by: \.part) }
  }
  private var changesByPart: [String: [Change]] = [:]
  /// Figures over earlier runs.
  package var histories: [History] = [] {
    didSet { historiesByPart = Dictionary(grouping: histories, by: \.part) }
  }
  private var historiesByPart: [String: [History]] = [:]
  /// Facts about the run beside the record's, such as its threads.
  package var facts: [(name: String, value: String)] = []

  /// A report of a run.
  package init(
    _ result: RunResult, command: String,
    fields: @escaping @Sendable (PartResult, ModelResult) throws -> ModelFields? = { _, _ in nil }
  ) {
    (self.result, self.command, self.fields) = (result, command, fields)
  }
  /// What changed in a part.
  func changes(in part: String) -> [Change] { changesByPart[part] ?? [] }

  /// The figures of a part over earlier runs.
  func histories(of part: String) -> [History] { historiesByPart[part] ?? [] }
}
