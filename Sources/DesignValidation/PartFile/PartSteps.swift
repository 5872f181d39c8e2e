/// Steps of a deck whose readings are taken together: the cases of a load that one figure is of.
///
/// A norm is taken over the values of all steps; any other figure is the sum of the readings times their weights.
public struct PartSteps: Sendable, Hashable {
  /// Numbers of the steps, from 1; at least one.
  public var numbers: [Int]
  /// What the reading of each is multiplied by.
  public var weights: [Double]

  /// Steps; weights of 1 unless told otherwise.
  public init(_ numbers: [Int], weights: [Double]? = nil) {
    self.numbers = numbers
    self.weights = weights ?? numbers.map { _ in 1 }
    precondition(
      self.weights.count == numbers.count,
      "\(self.weights.count) weights for \(numbers.count) steps")
  }
}
