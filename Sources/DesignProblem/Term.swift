/// One addend of the loss: a measure of the design, and its weight.
public struct Term: Codable, Sendable, Equatable {
  /// What reports call it; by default the measure's own name, with the component of an effective constant.
  public var name: String
  /// Its weight in the total, not negative.
  public var weight: Double
  /// What is measured.
  public var measure: Measure

  /// A term.
  public init(_ measure: Measure, weight: Double = 1, name: String? = nil) {
    self.measure = measure
    self.weight = weight
    self.name = name ?? measure.label
  }
}
