/// One addend of the loss: a measure of the design, and its weight.
package struct Term: Codable, Sendable, Equatable {
  /// What reports call it; by default the measure's own name, with the component of an effective constant.
  package var name: String
  /// Its weight in the total, not negative.
  package var weight: Double
  /// What is measured.
  package var measure: Measure

  /// A term.
  package init(_ measure: Measure, weight: Double = 1, name: String? = nil) {
    self.measure = measure
    self.weight = weight
    self.name = name ?? measure.label
  }
}
