import Foundation
import Manufacturability
import Testing

@testable import TopologyOptimisation

@Suite("Optimality criteria") struct OptimalityCriteriaTests {
  /// Σ c/x, whose least value under Σ a x ≤ V has x ∝ √(c/a), by Lagrange.
  private let flexibilities = [1.0, 4, 9, 2, 0.5]
  private let areas = [1.0, 2, 1, 0.5, 3]

  private func evaluate(_ x: [Double], limit: Double) -> ConstrainedEvaluation {
    .init(
      objective: zip(flexibilities, x).reduce(0) { $0 + $1.0 / $1.1 },
      gradient: zip(flexibilities, x).map { -$0 / ($1 * $1) },
      constraints: [zip(areas, x).reduce(-limit) { $0 + $1.0 * $1.1 }],
      constraintGradients: [areas])
  }

  @Test func `a statically determinate structure is optimal after one free step`() throws {
    let roots = zip(flexibilities, areas).map { ($0 / $1).squareRoot() }
    let sum = zip(roots, areas).reduce(0) { $0 + $1.0 * $1.1 }
    var criteria = OptimalityCriteria(
      design: Array(repeating: 5, count: 5), bounds: .init(0.01...20, count: 5),
      options: .init(moveLimit: 1))
    try criteria.step(after: evaluate(criteria.design, limit: 12))
    for (found, root) in zip(criteria.design, roots) {
      // The multiplier is found to 1e-14 and enters by its root.
      #expect(abs(found - 12 * root / sum) <= 1e-12 * found)
    }
    let evaluation = evaluate(criteria.design, limit: 12)
    #expect(abs(evaluation.constraints[0]) <= 1e-12)
    let residual = OptimalityResidual(
      of: evaluation, at: criteria.design, multipliers: [criteria.multiplier],
      bounds: criteria.bounds)
    #expect(residual.largest <= 1e-12)
  }

  @Test func `a move limit is kept, and the optimum found all the same`() throws {
    var criteria = OptimalityCriteria(
      design: Array(repeating: 0.1, count: 5), bounds: .init(0.01...20, count: 5),
      options: .init(moveLimit: 0.02))
    var before = criteria.design
    while criteria.change > 1e-12, criteria.iteration < 200 {
      try criteria.step(after: evaluate(criteria.design, limit: 12))
      for (new, old) in zip(criteria.design, before) {
        // The range is 19.99; one rounding of the sum.
        #expect(abs(new - old) <= 0.02 * 19.99 * (1 + 1e-14) + 1e-15)
      }
      before = criteria.design
    }
    let residual = OptimalityResidual(
      of: evaluate(criteria.design, limit: 12), at: criteria.design,
      multipliers: [criteria.multiplier], bounds: criteria.bounds)
    #expect(residual.largest <= 1e-10)
  }

  @Test func `bounds that hold variables back share the rest among the others`() throws {
    // Without its bound the third variable would take 3 of the 8.5 parts.
    var criteria = OptimalityCriteria(
      design: Array(repeating: 1, count: 5), bounds: .init(0.01...2, count: 5),
      options: .init(moveLimit: 1))
    for _ in 0..<30 { try criteria.step(after: evaluate(criteria.design, limit: 9)) }
    let evaluation = evaluate(criteria.design, limit: 9)
    let residual = OptimalityResidual(
      of: evaluation, at: criteria.design, multipliers: [criteria.multiplier],
      bounds: criteria.bounds)
    #expect(criteria.design[2] == 2)
    #expect(residual.largest <= 1e-10)
  }

  @Test func `a curved constraint holds after every step and the optimum is met`() throws {
    // Σ c/x under Σ x² ≤ V: c/x² = 2 λ x, so x ∝ c^(1/3).
    let limit = 7.0
    let roots = flexibilities.map { cbrt($0) }
    let factor = (limit / roots.reduce(0) { $0 + $1 * $1 }).squareRoot()
    func excess(_ x: [Double]) -> Double { x.reduce(-limit) { $0 + $1 * $1 } }
    var criteria = OptimalityCriteria(
      design: Array(repeating: 1, count: 5), bounds: .init(0.01...4, count: 5))
    for _ in 0..<60 {
      let x = criteria.design
      try criteria.step(
        after: .init(
          objective: zip(flexibilities, x).reduce(0) { $0 + $1.0 / $1.1 },
          gradient: zip(flexibilities, x).map { -$0 / ($1 * $1) }, constraints: [excess(x)],
          constraintGradients: [x.map { 2 * $0 }])
      ) { excess($0) }
      #expect(abs(excess(criteria.design)) <= 1e-12)
    }
    for (found, root) in zip(criteria.design, roots) {
      #expect(abs(found - factor * root) <= 1e-10)
    }
  }

  @Test func `a variable that helps nobody becomes as small as it may`() throws {
    var criteria = OptimalityCriteria(
      design: [0.5, 0.5, 0.5], bounds: .init(lower: [0, 0.1, 0], upper: [1, 1, 1]),
      options: .init(moveLimit: 1))
    try criteria.step(
      after: .init(
        objective: 1, gradient: [-1, 2, 0], constraints: [0], constraintGradients: [[1, 1, 0]]))
    // The first takes what the second gives up; the third touches neither function.
    #expect(criteria.design[1] == 0.1)
    #expect(abs(criteria.design[0] - 0.9) <= 1e-12)
    #expect(criteria.design[2] == 0.5)
  }

  @Test func `a constraint that a step cannot reach is approached as far as the step goes`() throws
  {
    func evaluate(_ x: [Double], _ limit: Double) -> ConstrainedEvaluation {
      .init(
        objective: 0, gradient: [-1, -1], constraints: [x.reduce(-limit, +)],
        constraintGradients: [[1, 1]])
    }
    let bounds = DesignBounds(0...1, count: 2)
    var shrinking = OptimalityCriteria(design: [0.9, 0.9], bounds: bounds)
    try shrinking.step(after: evaluate(shrinking.design, 0.2))
    for value in shrinking.design { #expect(abs(value - 0.7) <= 1e-14) }
    var growing = OptimalityCriteria(design: [0.1, 0.1], bounds: bounds)
    try growing.step(after: evaluate(growing.design, 1.8))
    for value in growing.design { #expect(abs(value - 0.3) <= 1e-14) }
    #expect(growing.multiplier == 0)
  }

  @Test func `a run that was written down goes on with the same bits`() throws {
    var whole = OptimalityCriteria(
      design: Array(repeating: 0.1, count: 5), bounds: .init(0.01...20, count: 5),
      options: .init(moveLimit: 0.05))
    for _ in 0..<3 { try whole.step(after: evaluate(whole.design, limit: 12)) }
    var resumed = try JSONDecoder().decode(
      OptimalityCriteria.self, from: try JSONEncoder().encode(whole))
    for _ in 0..<3 {
      try whole.step(after: evaluate(whole.design, limit: 12))
      try resumed.step(after: evaluate(resumed.design, limit: 12))
    }
    #expect(resumed == whole)
  }

  @Test func `a constraint that is no number is refused and leaves the state as it was`() {
    var criteria = OptimalityCriteria(design: [0.5], bounds: .init(0...1, count: 1))
    let before = criteria
    let evaluation = ConstrainedEvaluation(
      objective: 1, gradient: [-1], constraints: [0], constraintGradients: [[1]])
    #expect(throws: OptimisationError.notFinite(what: "constraint", index: nil)) {
      try criteria.step(after: evaluation) { _ in .nan }
    }
    #expect(criteria == before)
  }
}
