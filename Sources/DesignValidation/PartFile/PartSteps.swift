/// Steps of a deck whose readings are taken together: the cases of a load that one figure is of.
///
/// A norm is taken over the values of all steps; any other figure is the sum of the readings times their weights.
package struct PartSteps: Sendable, Hashable {
  /// Numbers of the steps, from 1; at least one.
  package var numbers: [Int]
  /// What the reading of each is multiplied by.
  package var weights: [Double]

  /// Steps; weights of 1 unless told otherwise.
  package init(_ numbers: [Int], weights: [Double]? = nil) {
    self.numbers = numbers
    self.weights = weights ?? numbers.map { _ in 1 }
    precondition(
      self.weights.count == numbers.count,
      "\(self.weights.count) weights for \(numbers.count) steps")
  }
}
