/// What a part's figures were when somebody last said that they are right: the file `baseline.yml` beside its `part.yml`, or `NAME.baseline.yml` beside
/// the deck `NAME.inp`.
package struct Baseline: Sendable, Equatable {
  /// The format, the value of the key `gcgan`.
  package static let format = "baseline/1"

  /// One figure.
  package struct Entry: Sendable, Equatable {
    /// The name of the quantity, limit or figure.
    package var quantity: String
    /// The model it is read from; `nil` for a bare deck, which is its own.
    package var model: String?
    /// The value, in ``unit``.
    package var value: Double
    /// The unit of the value and the tolerance.
    package var unit: String
    /// The largest difference that is no change.
    package var tolerance: Double
    /// Why this much.
    package var reason: String

    /// Whether it is about a figure.
    func isAbout(_ figure: PartFigure) -> Bool {
      quantity == figure.name && model == figure.model
    }
  }

  /// The figures, in the order of the file.
  package var entries: [Entry]

  /// A baseline of the given figures.
  package init(_ entries: [Entry]) { self.entries = entries }
}

/// When baselines are written.
package enum BaselineMode: String, CaseIterable, Sendable {
  /// Not at all: a part or a figure without a baseline fails.
  case never
  /// Where a part or a figure has none.
  case missing
  /// As well where a figure is not within its tolerance.
  case failed
  /// For all figures.
  case all
}

/// A figure of a part that a baseline may hold and that runs are compared by.
package struct PartFigure: Sendable, Equatable {
  /// The name of the quantity, limit or figure.
  package var name: String
  /// The model it is read from; `nil` for a bare deck.
  package var model: String?
  /// The unit of all numbers here.
  package var unit: String
  /// `nil` where it could not be read.
  package var value: Double?
  /// What round-off is relative to; `nil` for the value itself.
  package var scale: Double?
  /// One standard deviation of the discretisation error; `nil` where it is not known.
  package var numericalUncertainty: Double?
  /// Where it was read, in words.
  package var location: String?
  /// The number of the node, where it is one.
  package var node: Int?
  /// The place in the deck's length unit, where it is one.
  package var position: [Double]?
  /// Whether the tolerances are stated at its model.
  package var isStated: Bool
  /// How far it may be off its reference; `nil` for limits and bare decks.
  package var tolerance: Double?

  /// The size that changes are relative to.
  package var size: Double { max(abs(value ?? 0), scale ?? 0) }
}

extension PartResult {
  /// Every figure: of quantities, then of limits, then those of a bare deck.
  package var allFigures: [PartFigure] {
    func figures(
      _ name: String, _ unit: String, _ tolerance: Double?, _ readings: [ReadingResult]
    ) -> [PartFigure] {
      readings.map { reading in
        PartFigure(
          name: name, model: reading.model, unit: unit, value: reading.value, scale: reading.scale,
          numericalUncertainty: reading.numericalUncertainty, location: reading.location,
          node: reading.node, position: reading.position, isStated: reading.isStated,
          tolerance: tolerance)
      }
    }
    return quantities.flatMap { figures($0.name, $0.unit, $0.tolerance.absolute, $0.readings) }
      + limits.flatMap { figures($0.name, $0.unit, nil, $0.readings) }
      + (self.figures ?? []).map { figure in
        PartFigure(
          name: figure.name, model: nil, unit: figure.unit, value: figure.value,
          scale: figure.scale, location: figure.location, node: figure.node,
          position: figure.position, isStated: true)
      }
  }
}
