import Foundation

extension DeckRandomness {
  /// A number with so many significant digits.
  static func text(_ value: Double, digits: Int) -> String {
    String(format: "%.\(digits)g", value)
  }

  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
}

extension Double {
  /// The number as a deck has it: at most twenty columns, and a point.
  var inDeck: String {
    let text = String(format: "%.9g", self)
    return text.contains(".") || text.contains("e") ? text : text + "."
  }
}
