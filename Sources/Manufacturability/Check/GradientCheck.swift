internal import Glibc

/// Tests gradients against the values they belong to, along random directions.
///
/// For a direction d the remainder R(h) = |J(ρ + h d) − J(ρ) − h ∇J·d| must fall as h². The order reached is log₂ R(h)/R(h/2) over the pair of
/// steps, of a sequence of halvings, where it is nearest 2 while the remainder stands clear of round-off. Directions stay inside 0…1: at a
/// bound they point inward. As a second opinion ∇J·d is compared with central differences at their best step, plain or of two steps
/// extrapolated (L. Richardson), along the part of the direction that can be gone both ways. Nothing that the check is given is changed.
package struct GradientCheck: Sendable {
  /// What a check found of one term.
  package struct TermResult: Sendable, Equatable {
    /// The term's name.
    package let name: String
    /// The order reached along each direction; `nil` where the remainder is round-off at every step: the term is linear there.
    package let orders: [Double?]
    /// The least |∇J·d − central difference| / |∇J·d| over the steps, of the worst direction.
    package let differenceError: Double

    /// The lowest order; `nil` where the term is linear along all directions.
    package var lowestOrder: Double? { orders.compactMap { $0 }.min() }
  }

  /// Random directions.
  package var directionCount: Int
  /// What they are drawn from.
  package var seed: UInt64
  /// The largest step.
  package var largestStep = 0.02
  /// How often it is halved.
  package var halvingCount = 14

  /// A check; by default of ten directions.
  package init(directionCount: Int = 10, seed: UInt64 = 1) {
    self.directionCount = directionCount
    self.seed = seed
  }

  /// Checks every term of a loss at a design.
  ///
  /// - Throws: ``DesignFault`` where the design, or one beside it, cannot be evaluated.
  /// - Complexity: three evaluations for each direction and step.
  package func run(_ loss: ManufacturabilityLoss, at design: [Double]) throws -> [TermResult] {
    let base = try loss.evaluate([design], .init(gradient: .everyTerm))[0].get()
    var random = SeededGenerator(seed: seed)
    var orders = base.terms.map { _ in [Double?]() }
    var errors = base.terms.map { _ in 0.0 }
    let steps = (0...halvingCount).map { largestStep * pow(0.5, Double($0)) }
    for _ in 0..<directionCount {
      let direction = design.map { density in
        let value = 2 * random.nextUnit() - 1
        return density < largestStep ? abs(value) : density > 1 - largestStep ? -abs(value) : value
      }
      // Both ways only where neither leaves 0…1.
      let inner = zip(design, direction).map { density, value in
        density < largestStep || density > 1 - largestStep ? 0 : value
      }
      let there = try values(loss, design, direction, steps)
      let forth = try values(loss, design, inner, steps)
      let back = try values(loss, design, inner, steps.map { -$0 })
      for (place, term) in base.terms.enumerated() {
        let slope = dot(term.gradient, direction)
        let remainders = zip(steps, there).map { abs($1[place] - term.value - $0 * slope) }
        let scale = there.reduce(abs(term.value)) { max($0, abs($1[place])) }
        orders[place].append(order(remainders, above: 1e-12 * scale))
        let innerSlope = dot(term.gradient, inner)
        guard innerSlope != 0 else { continue }
        let differences = steps.indices.map {
          (forth[$0][place] - back[$0][place]) / (2 * steps[$0])
        }
        // Of two steps, one half the other, the error in h² is taken out: the best step is longer, and round-off smaller.
        let best =
          zip(differences, differences.dropFirst()).map { large, small in
            min(abs(small - innerSlope), abs((4 * small - large) / 3 - innerSlope))
          }.min() ?? 0
        errors[place] = max(errors[place], best / abs(innerSlope))
      }
    }
    return base.terms.indices.map {
      TermResult(name: base.terms[$0].name, orders: orders[$0], differenceError: errors[$0])
    }
  }

  /// The values of all terms along a direction, `[step][term]`.
  private func values(
    _ loss: ManufacturabilityLoss, _ design: [Double], _ direction: [Double], _ steps: [Double]
  ) throws -> [[Double]] {
    try loss.evaluate(
      steps.map { step in zip(design, direction).map { min(1, max(0, $0 + step * $1)) } },
      .init(gradient: .none)
    ).map { try $0.get().terms.map(\.value) }
  }

  private func order(_ remainders: [Double], above noise: Double) -> Double? {
    let orders = zip(remainders, remainders.dropFirst()).compactMap { large, small -> Double? in
      small > noise ? log(large / small) / log(2) : nil
    }
    return orders.min { abs($0 - 2) < abs($1 - 2) }
  }
}
