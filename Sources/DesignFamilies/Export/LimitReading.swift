/// A limit as a part file writes it.
struct LimitReading {
  /// What is limited, with the limit.
  var title: String
  /// What is read, then `at: ...` and whatever else says where.
  var read: [String]
  /// The model that it is read from.
  var model: String
  /// The side on which the figure has to stay.
  var side: DesignLimit.Side
  /// The limit in its unit.
  var value: Double
  var unit: String
  /// Where the limit comes from.
  var source: String

  /// The entry of a part file.
  func lines(named name: String) -> [String] {
    ["  - name: \(DesignExport.quoted(name))", "    read: \(read[0])"]
      + read.dropFirst().map { "    " + $0 }
      + [
        "    models: [\(model)]", "    \(side.rawValue): \(value) \(unit)",
        "    source: \(DesignExport.quoted(source))",
      ]
  }

  /// Whether two limits are on the same figure, and equal.
  func isSame(as other: LimitReading) -> Bool {
    read == other.read && model == other.model && side == other.side
      && abs(value - other.value) <= 1e-12 * abs(value)
  }
}
