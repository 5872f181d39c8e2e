import Foundation
import Manufacturability
import Testing

@testable import DesignProblem
@testable import TopologyOptimisation

/// A problem of variables and constraints with what is known of its optimum.
struct OptimisationCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var start: [Double]
  var bounds: DesignBounds
  var constraintCount: Int
  var objective: Double
  var optimum: [Double]
  /// Half a unit in the last place that the source prints of the two, or what a residual of 1e-7 leaves open.
  var precision: (objective: Double, optimum: Double)
  var evaluate: @Sendable ([Double]) -> ConstrainedEvaluation

  /// min 0.0624 Σ xⱼ with Σ cⱼ/xⱼ³ ≤ 1: the cantilever of Svanberg (1987), §6.1, prints 1.340. Its multiplier rule xⱼ⁴ ∝ cⱼ
  /// gives the optimum in closed form.
  static let cantilever: Self = {
    let flexibilities = [61.0, 37, 19, 7, 1]
    let roots = flexibilities.map { $0.squareRoot().squareRoot() }
    let factor = cbrt(roots.reduce(0, +))
    let optimum = roots.map { $0 * factor }
    return Self(
      testDescription: "Svanberg's cantilever", start: Array(repeating: 5, count: 5),
      bounds: .init(1...10, count: 5), constraintCount: 1,
      objective: 0.0624 * optimum.reduce(0, +), optimum: optimum, precision: (1e-6, 1e-5)
    ) { x in
      ConstrainedEvaluation(
        objective: 0.0624 * x.reduce(0, +), gradient: Array(repeating: 0.0624, count: 5),
        constraints: [zip(flexibilities, x).reduce(-1) { $0 + $1.0 / ($1.1 * $1.1 * $1.1) }],
        constraintGradients: [
          zip(flexibilities, x).map { -3 * $0 / ($1 * $1 * $1 * $1) }
        ])
    }
  }()

  /// The two-bar truss of Svanberg (1987), §6.2: section and half the distance of the supports; printed optimum
  /// 1.51 at (1.41, 0.38).
  static let twoBarTruss = Self(
    testDescription: "Svanberg's two-bar truss", start: [1.5, 0.5],
    bounds: .init(lower: [0.2, 0.1], upper: [4, 1.6]), constraintCount: 2,
    objective: 1.51, optimum: [1.41, 0.38], precision: (0.005, 0.005)
  ) { x in
    let length = (1 + x[1] * x[1]).squareRoot()
    let slope = x[1] / length
    var constraints: [Double] = []
    var gradients: [[Double]] = []
    for sign in [1.0, -1.0] {
      let force = 8 / x[0] + sign / (x[0] * x[1])
      constraints.append(0.124 * length * force - 1)
      gradients.append([
        -0.124 * length * force / x[0],
        0.124 * (slope * force - length * sign / (x[0] * x[1] * x[1])),
      ])
    }
    return ConstrainedEvaluation(
      objective: x[0] * length, gradient: [length, x[0] * slope], constraints: constraints,
      constraintGradients: gradients)
  }

  /// The point of two balls nearest to the origin: the toy problem of Svanberg, *MMA and GCMMA* (2007), §1; printed
  /// optimum (2.0175, 1.7800, 1.2375).
  static let toy = Self(
    testDescription: "Svanberg's toy", start: [4, 3, 2], bounds: .init(0...5, count: 3),
    constraintCount: 2,
    objective: 2.0175 * 2.0175 + 1.78 * 1.78 + 1.2375 * 1.2375,
    optimum: [2.0175, 1.7800, 1.2375], precision: (0.0005, 0.00005)
  ) { x in
    let centers = [[5.0, 2, 1], [3.0, 4, 3]]
    return ConstrainedEvaluation(
      objective: x.reduce(0) { $0 + $1 * $1 }, gradient: x.map { 2 * $0 },
      constraints: centers.map { zip(x, $0).reduce(-9) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } },
      constraintGradients: centers.map { zip(x, $0).map { 2 * ($0 - $1) } })
  }
}

@Suite("Method of moving asymptotes") struct MovingAsymptotesTests {
  /// Runs until the optimality conditions hold to `precision`, for `limit` steps at most.
  private func run(
    _ optimiser: inout MovingAsymptotes, precision: Double, limit: Int,
    steepestSlope: Double? = nil, _ evaluate: ([Double]) -> ConstrainedEvaluation
  ) throws -> (evaluation: ConstrainedEvaluation, residual: OptimalityResidual) {
    while true {
      let evaluation = evaluate(optimiser.design)
      let residual = OptimalityResidual(
        of: evaluation, at: optimiser.design, multipliers: optimiser.multipliers,
        bounds: optimiser.bounds, steepestSlope: steepestSlope)
      if residual.largest <= precision || optimiser.iteration == limit {
        return (evaluation, residual)
      }
      try optimiser.step(after: evaluation)
    }
  }

  @Test(arguments: [OptimisationCase.cantilever, .twoBarTruss, .toy])
  func `finds the published optimum`(_ c: OptimisationCase) throws {
    var optimiser = MovingAsymptotes(
      design: c.start, bounds: c.bounds, constraintCount: c.constraintCount)
    let (evaluation, residual) = try run(&optimiser, precision: 1e-7, limit: 60, c.evaluate)
    #expect(residual.largest <= 1e-7, "\(residual) after \(optimiser.iteration) steps")
    #expect(abs(evaluation.objective - c.objective) <= c.precision.objective)
    for (found, known) in zip(optimiser.design, c.optimum) {
      #expect(abs(found - known) <= c.precision.optimum, "\(optimiser.design)")
    }
  }

  /// A strictly convex quadratic program made backwards from an optimum and its multipliers.
  private struct QuadraticProgram {
    var hessian: [[Double]]
    var slope: [Double]
    var rows: [[Double]]
    var limits: [Double]

    func evaluate(_ x: [Double]) -> ConstrainedEvaluation {
      func product(_ row: [Double]) -> Double { zip(row, x).reduce(0) { $0 + $1.0 * $1.1 } }
      let curved = hessian.map(product)
      return ConstrainedEvaluation(
        objective: zip(curved, x).reduce(0) { $0 + 0.5 * $1.0 * $1.1 } + product(slope),
        gradient: zip(curved, slope).map { $0 + $1 },
        constraints: zip(rows, limits).map { product($0) - $1 }, constraintGradients: rows)
    }
  }

  @Test func `finds the multipliers of a quadratic program`() throws {
    // Two active constraints, one loose, one variable held by its upper bound with the multiplier 2.
    let optimum = [0.3, -0.2, 0.5, 1.0]
    let multipliers = [1.5, 0.25, 0]
    let rows = [[1.0, 1, 0, 1], [1.0, -2, 3, 0], [0.0, 1, 1, 1]]
    let hessian = [[4.0, 1, 0, 0], [1, 3, 0.5, 0], [0, 0.5, 2, 0.2], [0, 0, 0.2, 1]]
    let slope = (0..<4).map { j in
      let curved = zip(hessian[j], optimum).reduce(0) { $0 + $1.0 * $1.1 }
      let pull = (0..<3).reduce(0) { $0 + multipliers[$1] * rows[$1][j] }
      return -curved - pull - (j == 3 ? 2 : 0)
    }
    let limits = rows.enumerated().map { index, row in
      zip(row, optimum).reduce(0) { $0 + $1.0 * $1.1 } + (index == 2 ? 0.7 : 0)
    }
    let program = QuadraticProgram(hessian: hessian, slope: slope, rows: rows, limits: limits)
    var optimiser = MovingAsymptotes(
      design: [-1, 1, -1, 0], bounds: .init(-1...1, count: 4), constraintCount: 3)
    let (_, residual) = try run(&optimiser, precision: 1e-8, limit: 200, program.evaluate)
    #expect(residual.largest <= 1e-8, "\(residual) after \(optimiser.iteration) steps")
    // The residual over the smallest eigenvalue of the program, which is about 1.
    for (found, known) in zip(optimiser.design, optimum) { #expect(abs(found - known) <= 1e-6) }
    for (found, known) in zip(optimiser.multipliers, multipliers) {
      #expect(abs(found - known) <= 1e-6)
    }
  }

  @Test func `a start far outside the constraints comes back`() throws {
    let c = OptimisationCase.cantilever
    var optimiser = MovingAsymptotes(
      design: Array(repeating: 1, count: 5), bounds: c.bounds, constraintCount: 1)
    #expect(c.evaluate(optimiser.design).constraints[0] > 100)
    let (evaluation, residual) = try run(&optimiser, precision: 1e-7, limit: 80, c.evaluate)
    #expect(residual.largest <= 1e-7)
    #expect(abs(evaluation.objective - c.objective) <= 1e-6)
  }

  @Test func `constraints that cannot hold are missed by as little as possible`() throws {
    // x ≥ 2 and x ≤ 1 cannot both hold: from 1 to 2 the violations' sum is least, and there the objective decides.
    var optimiser = MovingAsymptotes(
      design: [0.2], bounds: .init(0...3, count: 1), constraintCount: 2)
    for _ in 0..<60 {
      let x = optimiser.design[0]
      try optimiser.step(
        after: .init(
          objective: x, gradient: [1], constraints: [2 - x, x - 1],
          constraintGradients: [[-1], [1]]))
    }
    #expect(abs(optimiser.design[0] - 1) < 1e-6, "\(optimiser.design)")
    #expect(optimiser.change < 1e-6)
  }

  @Test func `without constraints every variable goes where its slope leads`() throws {
    // (x − t)² for targets inside and outside the box.
    let targets = [0.25, 0.9, -1, 3]
    var optimiser = MovingAsymptotes(
      design: Array(repeating: 0.5, count: 4), bounds: .init(0...1, count: 4), constraintCount: 0)
    let (_, residual) = try run(&optimiser, precision: 1e-8, limit: 100) { x in
      .init(
        objective: zip(x, targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) },
        gradient: zip(x, targets).map { 2 * ($0 - $1) })
    }
    #expect(residual.largest <= 1e-8)
    for (found, known) in zip(optimiser.design, [0.25, 0.9, 0, 1]) {
      #expect(abs(found - known) <= 1e-7)
    }
  }

  @Test func `a constraint that does not bind has no multiplier and no effect`() throws {
    func evaluate(_ x: [Double]) -> ConstrainedEvaluation {
      .init(
        objective: x.reduce(0) { $0 + ($1 - 0.6) * ($1 - 0.6) },
        gradient: x.map { 2 * ($0 - 0.6) }, constraints: [x.reduce(-100, +)],
        constraintGradients: [Array(repeating: 1, count: x.count)])
    }
    var optimiser = MovingAsymptotes(
      design: [0.1, 0.9, 0.5], bounds: .init(0...1, count: 3), constraintCount: 1)
    let (_, residual) = try run(
      &optimiser, precision: 1e-5, limit: 100, steepestSlope: 1, evaluate)
    // Free variables swing by about the least distance of the asymptotes, 1e-6, in the end.
    #expect(residual.largest <= 1e-5)
    // A complementarity of 1e-11 over a slack of 98; its unit, the steepest slope, is below 1.
    #expect(optimiser.multipliers[0] >= 0 && optimiser.multipliers[0] < 1e-9)
    for value in optimiser.design { #expect(abs(value - 0.6) <= 1e-5) }
  }

  @Test func `variables without room stay where they are`() throws {
    let bounds = DesignBounds(lower: [0, 0.7, 0], upper: [1, 0.7, 1])
    var optimiser = MovingAsymptotes(design: [0.5, 0, 0.5], bounds: bounds, constraintCount: 1)
    // Nearest to (1, 1, 1) with x₀ + x₁ + x₂ ≤ 1.5: what is left for the two others is 0.4 each.
    let (_, residual) = try run(&optimiser, precision: 1e-8, limit: 100) { x in
      .init(
        objective: x.reduce(0) { $0 + ($1 - 1) * ($1 - 1) }, gradient: x.map { 2 * ($0 - 1) },
        constraints: [x.reduce(-1.5, +)], constraintGradients: [[1, 1, 1]])
    }
    #expect(residual.largest <= 1e-8)
    #expect(optimiser.design[1] == 0.7)
    #expect(abs(optimiser.design[0] - 0.4) < 1e-7 && abs(optimiser.design[2] - 0.4) < 1e-7)
  }

  /// Numbers that look random and are the same everywhere.
  private struct Sequence {
    var state: UInt64
    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
  }

  @Test func `ten thousand variables with five constraints`() throws {
    // ½ Σ h (x − t)² with an optimum chosen first: a third of the variables on each bound, all five constraints active.
    let (count, constraintCount) = (10_000, 5)
    var random = Sequence(state: 7)
    let optimum = (0..<count).map { $0 % 3 == 0 ? 0 : $0 % 3 == 1 ? 1 : random.next() }
    let curvatures = (0..<count).map { _ in 0.5 + random.next() }
    let rows = (0..<constraintCount).map { _ in (0..<count).map { _ in random.next() / 10_000 } }
    let multipliers = (0..<constraintCount).map { 1000.0 * Double($0 + 1) }
    let targets = (0..<count).map { j in
      let pull = (0..<constraintCount).reduce(0) { $0 + multipliers[$1] * rows[$1][j] }
      // A slope of ∓1/2 holds the variables on their bounds.
      let push = j % 3 == 0 ? 0.5 : j % 3 == 1 ? -0.5 : 0
      return optimum[j] + (pull - push) / curvatures[j]
    }
    let limits = rows.map { zip($0, optimum).reduce(0) { $0 + $1.0 * $1.1 } }
    var optimiser = MovingAsymptotes(
      design: Array(repeating: 0.5, count: count), bounds: .init(0...1, count: count),
      constraintCount: constraintCount)
    let (_, residual) = try run(&optimiser, precision: 1e-6, limit: 150) { x in
      var objective = 0.0
      var gradient = x
      for j in 0..<count {
        let away = x[j] - targets[j]
        objective += 0.5 * curvatures[j] * away * away
        gradient[j] = curvatures[j] * away
      }
      return .init(
        objective: objective, gradient: gradient,
        constraints: zip(rows, limits).map { zip($0, x).reduce(-$1) { $0 + $1.0 * $1.1 } },
        constraintGradients: rows)
    }
    #expect(residual.largest <= 1e-6, "\(residual) after \(optimiser.iteration) steps")
    let error = zip(optimiser.design, optimum).reduce(0) { max($0, abs($1.0 - $1.1)) }
    // The residual is measured in the steepest slope, about 2, and curvatures are at least 1/2.
    #expect(error <= 1e-5)
  }

  @Test func `units of variables, objective and constraints do not matter`() throws {
    let c = OptimisationCase.toy
    var plain = MovingAsymptotes(design: c.start, bounds: c.bounds, constraintCount: 2)
    var scaled = MovingAsymptotes(
      design: c.start.map { 1024 * $0 }, bounds: .init(0...5120, count: 3), constraintCount: 2)
    for _ in 0..<12 {
      try plain.step(after: c.evaluate(plain.design))
      var evaluation = c.evaluate(scaled.design.map { $0 / 1024 })
      evaluation.objective *= 65_536
      evaluation.gradient = evaluation.gradient.map { $0 * 64 }
      evaluation.constraints = evaluation.constraints.map { $0 / 4096 }
      evaluation.constraintGradients = evaluation.constraintGradients.map {
        $0.map { $0 / (4096 * 1024) }
      }
      try scaled.step(after: evaluation)
    }
    // Powers of two change no digit.
    #expect(scaled.design == plain.design.map { 1024 * $0 })
  }

  @Test func `a run that was written down goes on with the same bits`() throws {
    let c = OptimisationCase.twoBarTruss
    var whole = MovingAsymptotes(design: c.start, bounds: c.bounds, constraintCount: 2)
    for _ in 0..<4 { try whole.step(after: c.evaluate(whole.design)) }
    var resumed = try JSONDecoder().decode(
      MovingAsymptotes.self, from: try JSONEncoder().encode(whole))
    #expect(resumed == whole)
    for _ in 0..<6 {
      try whole.step(after: c.evaluate(whole.design))
      try resumed.step(after: c.evaluate(resumed.design))
    }
    #expect(resumed.design.map(\.bitPattern) == whole.design.map(\.bitPattern))
    #expect(resumed == whole)
  }

  @Test func `a value that is not finite is named and leaves the state as it was`() throws {
    var optimiser = MovingAsymptotes(
      design: [0.5, 0.5], bounds: .init(0...1, count: 2), constraintCount: 1)
    let before = optimiser
    let cases: [(ConstrainedEvaluation, OptimisationError)] = [
      (
        .init(
          objective: .nan, gradient: [1, 1], constraints: [0], constraintGradients: [[1, 1]]),
        .notFinite(what: "objective", index: nil)
      ),
      (
        .init(
          objective: 1, gradient: [1, .infinity], constraints: [0],
          constraintGradients: [[1, 1]]), .notFinite(what: "objective's gradient", index: 1)
      ),
      (
        .init(
          objective: 1, gradient: [1, 1], constraints: [.infinity],
          constraintGradients: [[1, 1]]), .notFinite(what: "constraint 1", index: nil)
      ),
      (
        .init(
          objective: 1, gradient: [1, 1], constraints: [0], constraintGradients: [[.nan, 1]]),
        .notFinite(what: "gradient of constraint 1", index: 0)
      ),
    ]
    for (evaluation, error) in cases {
      #expect(throws: error) { try optimiser.step(after: evaluation) }
      #expect(optimiser == before)
    }
  }
}
