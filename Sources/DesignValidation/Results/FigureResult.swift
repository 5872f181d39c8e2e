/// A figure of a deck without a part file, in the deck's own units.
package struct FigureResult: Codable, Sendable, Equatable {
  /// The unit of all of them: a deck does not say its units.
  package static let unit = "deck units"

  /// What it is, such as `largest displacement`.
  package var name: String
  /// ``unit``
  package var unit = Self.unit
  /// `nil` where it is not a number; ``failure`` says why.
  package var value: Double?
  /// The largest size of the field that the value was read from, or of the terms of a sum: what round-off is relative to.
  package var scale: Double?
  /// Where it was read, in words.
  package var location: String?
  /// The number of the node, where it is one.
  package var node: Int?
  /// The place in the deck's length unit, where it is one.
  package var position: [Double]?
  /// Why there is no value.
  package var failure: String?

  /// A figure.
  package init(_ name: String, value: Double?) { (self.name, self.value) = (name, value) }
}
