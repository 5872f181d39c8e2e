import Manufacturability

/// The box in which the variables of an optimisation may move.
package struct DesignBounds: Codable, Sendable, Equatable {
  /// The smallest value of every variable.
  package let lower: [Double]
  /// The largest value of every variable; where it is the smallest too, the variable is held.
  package let upper: [Double]

  /// Bounds of each variable: as many lower as upper ones, finite and in order.
  package init(lower: [Double], upper: [Double]) {
    precondition(
      lower.count == upper.count, "\(lower.count) lower and \(upper.count) upper bounds")
    for index in lower.indices {
      precondition(
        lower[index] <= upper[index] && (upper[index] - lower[index]).isFinite,
        "variable \(index) between \(lower[index]) and \(upper[index])")
    }
    self.lower = lower
    self.upper = upper
  }

  /// The same bounds for all variables.
  package init(_ range: ClosedRange<Double>, count: Int) {
    self.init(
      lower: Array(repeating: range.lowerBound, count: count),
      upper: Array(repeating: range.upperBound, count: count))
  }

  /// Variables.
  package var count: Int { lower.count }

  /// The nearest point of the box.
  package func clamp(_ design: [Double]) -> [Double] {
    precondition(design.count == count, "\(design.count) variables instead of \(count)")
    return design.indices.map { min(upper[$0], max(lower[$0], design[$0])) }
  }
}
