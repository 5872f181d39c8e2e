/// Why a text is not the quantity that was asked for.
package enum QuantityError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no number at the start of the text.
  case notANumber(String)
  /// The number is too large for a double, or not a number.
  case notFinite(String)
  /// A unit that is not known; the nearest known one, if any is near.
  case unknownUnit(String, nearest: String?)
  /// A unit expression that cannot be read.
  case malformedUnit(String, problem: String)
  /// A number without unit where the dimension needs one.
  case missingUnit(String, expected: PhysicalDimension)
  /// A unit of another dimension.
  case wrongDimension(unit: String, found: PhysicalDimension, expected: PhysicalDimension)

  /// What is wrong and what would be right.
  package var description: String {
    switch self {
    case .notANumber(let text):
      text.contains(",")
        ? "'\(text)' is not a number; write a decimal point, not a comma"
        : "'\(text)' does not begin with a number"
    case .notFinite(let text): "'\(text)' is not a finite number"
    case .unknownUnit(let unit, let nearest):
      "unknown unit '\(unit)'"
        + (nearest.map { "; did you mean '\($0)'? " } ?? "; ")
        + "known units: \(UnitTable.symbols.joined(separator: " "))"
    case .malformedUnit(let unit, let problem): "the unit '\(unit)' cannot be read: \(problem)"
    case .missingUnit(let text, let expected):
      "expected \(Self.described(expected)), found '\(text)' without a unit"
    case .wrongDimension(let unit, let found, let expected):
      "expected \(Self.described(expected)), found '\(unit)', \(found.name)"
    }
  }

  private static func described(_ dimension: PhysicalDimension) -> String {
    "\(dimension.name) (\(dimension.usualUnits.joined(separator: ", ")) …)"
  }
}
