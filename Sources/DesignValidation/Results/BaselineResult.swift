/// How a part compares with its baseline.
package struct BaselineResult: Codable, Sendable, Equatable {
  /// One figure of the baseline.
  package struct Figure: Codable, Sendable, Equatable {
    /// The quantity, limit or figure.
    package var quantity: String
    /// The model; `nil` for a bare deck.
    package var model: String?
    /// The unit of all numbers here.
    package var unit: String
    /// What the baseline says.
    package var recorded: Double
    /// The largest difference that is allowed.
    package var tolerance: Double
    /// Why this much.
    package var reason: String
    /// What the part has now; `nil` where it has no such figure.
    package var value: Double?
    /// Whether the value is within the tolerance.
    package var verdict: Verdict

    /// Value less recorded.
    package var difference: Double? { value.map { $0 - recorded } }
  }
  /// The file.
  package var path: String
  /// In the order of the file.
  package var figures: [Figure]
  /// What else is wrong, a line each: no file, figures without an entry, entries without a figure. `nil` where nothing is.
  package var problems: [String]?
  /// Whether all figures are held; a file that is missing or wrong fails.
  package var verdict: Verdict
}
