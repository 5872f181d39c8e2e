internal import Files

/// A number and the unit it was written in.
package struct Quantity: Hashable, Sendable {
  /// The number, in ``unit``.
  package var value: Double
  /// The unit as written.
  package var unit: PhysicalUnit

  /// A number of units.
  package init(_ value: Double, _ unit: PhysicalUnit) {
    self.value = value
    self.unit = unit
  }

  /// The value in SI units.
  package var si: Double { unit.si(value) }

  /// What it measures.
  package var dimension: PhysicalDimension { unit.dimension }

  /// Reads a text such as `5.38 MPa`, `-105 MPa`, `1 %`, `1.42e-5 1/K` or `3.0`.
  ///
  /// - Parameter dimension: What it must measure; `nil` accepts anything.
  package init(parsing text: String, as dimension: PhysicalDimension? = nil) throws(QuantityError) {
    let trimmed = text.trimmed
    let (number, unitPart) = try Self.number(at: trimmed)
    let unitText = unitPart.trimmed
    if unitText.isEmpty {
      if let dimension, dimension != .dimensionless {
        throw .missingUnit(trimmed, expected: dimension)
      }
      self.init(number, .one)
      return
    }
    let unit = try PhysicalUnit(parsing: unitText)
    if let dimension, dimension != unit.dimension {
      throw .wrongDimension(unit: unitText, found: unit.dimension, expected: dimension)
    }
    self.init(number, unit)
  }

  /// The decimal number a text begins with, and what follows it.
  private static func number(at text: String) throws(QuantityError) -> (Double, Substring) {
    var digits = ""
    var remaining = text[...]
    if let sign = remaining.first, "+-−".contains(sign) {
      digits += sign == "+" ? "" : "-"
      remaining.removeFirst()
    }
    func isDigit(_ character: Character?) -> Bool {
      character.map { $0.isASCII && $0.isNumber } ?? false
    }
    var mantissaCount = 0
    while isDigit(remaining.first) || (remaining.first == "." && !digits.contains(".")) {
      if remaining.first != "." { mantissaCount += 1 }
      digits.append(remaining.removeFirst())
    }
    guard mantissaCount > 0, remaining.first != "," else { throw .notANumber(text.shortened) }
    if remaining.first == "e" || remaining.first == "E" {
      var tail = remaining.dropFirst()
      var exponent = "e"
      if let sign = tail.first, "+-−".contains(sign) {
        exponent += sign == "+" ? "" : "-"
        tail.removeFirst()
      }
      if isDigit(tail.first) {
        while isDigit(tail.first) { exponent.append(tail.removeFirst()) }
        digits += exponent
        remaining = tail
      }
    }
    guard let value = Double(digits.hasPrefix(".") ? "0" + digits : digits) else {
      throw .notANumber(text.shortened)
    }
    guard value.isFinite else { throw .notFinite(text.shortened) }
    return (value, remaining)
  }
}

extension Quantity: CustomStringConvertible {
  /// The number and its unit; no unit without dimension.
  package var description: String {
    unit.symbol == "1" ? "\(value)" : "\(value) \(unit.symbol)"
  }
}
