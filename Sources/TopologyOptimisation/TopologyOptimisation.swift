package import DesignProblem
package import Manufacturability
internal import Parallelism

/// The search for the design of a problem that makes its weighted terms least within limits.
///
/// ```swift
/// var run = try TopologyOptimisation(of: cantilever, .init(volumeFraction: 0.4))
/// try run.run()
/// print(run.physicalDensity, run.history.last?.terms["compliance"] ?? .nan)
/// ```
///
/// A value that holds one run: start, designs, history. Many runs go side by side, and problems on equal grids share the factorizations:
///
/// ```swift
/// var runs = try problems.map { try TopologyOptimisation(of: $0, options) }
/// try TopologyOptimisation.run(&runs) { show($0) } shouldStop: { isInterrupted }
/// ```
///
/// What comes out of a run depends neither on what runs beside it nor on the number of threads, by a single bit, where systems are
/// factored in the same way.
package struct TopologyOptimisation: Sendable {
  /// What a design has to stand.
  package let problem: ManufacturabilityProblem
  /// How it is looked for.
  package let options: OptimisationOptions
  /// The last design that was evaluated, of the problem's ``ManufacturabilityProblem/designShape``; before the first, the start.
  package private(set) var design: [Double]
  /// The physical density ρ̃ of ``design``: what would be built. Empty before the first evaluation.
  package private(set) var physicalDensity: [Double] = []
  /// ``physicalDensity`` and, with two solids, the physical share of the second behind it; empty before the first evaluation.
  package var physicalDesign: [Double] {
    physicalDensity.isEmpty ? [] : loss.physicalDesign(of: design)
  }
  /// The same of the design that would be evaluated next, as ``nextPhysicalDensity``.
  package var nextPhysicalDesign: [Double] { loss.physicalDesign(of: update.design) }
  /// The physical density of the design that would be evaluated next: one step beyond ``design`` for no further solve, unless the run has come
  /// to its own end.
  ///
  /// - Complexity: O(elements · pixels under the filter)
  package var nextPhysicalDensity: [Double] {
    loss.physicalDensity(of: update.design)
  }
  /// One entry for every design evaluated; the last belongs to ``design``.
  package private(set) var history: [Iteration] = []
  /// Where the run stands.
  package private(set) var state = State.running

  /// The problem at the present penalty and steepness.
  private var loss: ManufacturabilityLoss
  private var update: DesignUpdate

  /// Sets up a run; nothing is assembled or factored.
  ///
  /// - Parameters:
  ///   - start: The first design, of the problem's ``ManufacturabilityProblem/designShape``; by default it is uniform, as the
  ///     options say. A periodic cell needs one with something in it: of a uniform cell all elements are alike, and stay it.
  /// - Throws: All faults of the problem and the options at once, a volume fraction out of reach of the passive elements among them.
  package init(
    of problem: ManufacturabilityProblem, _ options: OptimisationOptions = .init(),
    startingAt start: [Double]? = nil
  ) throws(ProblemFaults) {
    self.problem = problem
    self.options = options
    // Every penalty and steepness lies between those of the first iteration and the last.
    if !problem.isScheduled(at: 0, asAt: .max) {
      _ = try ManufacturabilityLoss(of: problem.scheduled(at: .max))
    }
    let loss = try ManufacturabilityLoss(of: problem.scheduled(at: 0))
    let elementCount = problem.grid.elementCount
    var bounds = (
      lower: [Double](repeating: 0, count: problem.designCount),
      upper: [Double](repeating: 1, count: problem.designCount)
    )
    for (element, density) in loss.passiveElements {
      bounds.lower[element] = density
      bounds.upper[element] = density
    }
    let volumes =
      loss.meanDensity(of: bounds.lower)...loss.meanDensity(of: bounds.upper)
    var faults = options.faults(in: problem, volumes: volumes)
    if let start, let fault = loss.fault(of: start) {
      faults.append(ProblemFault("optimisation.start", fault.description))
    }
    guard faults.isEmpty else { throw ProblemFaults(faults) }

    let box = DesignBounds(lower: bounds.lower, upper: bounds.upper)
    func uniform(_ density: Double) -> [Double] {
      box.clamp(
        (0..<problem.designCount).map { $0 < elementCount ? density : 0.5 })
    }
    let start =
      start.map { box.clamp($0) }
      ?? uniform(
        options.initialDensity
          ?? options.volumeFraction.map { fraction in
            Self.density(for: fraction) { loss.meanDensity(of: uniform($0)) }
          } ?? 0.5)
    design = start
    self.loss = loss
    switch options.method {
    case .optimalityCriteria:
      update = .criteria(
        OptimalityCriteria(
          design: start, bounds: box, options: .init(moveLimit: options.moveLimit)))
    case .movingAsymptotes:
      update = .asymptotes(
        MovingAsymptotes(
          design: start, bounds: box,
          constraintCount: (options.volumeFraction == nil ? 0 : 1) + options.limits.count,
          options: .init(moveLimit: options.moveLimit)))
    }
  }

  /// All that is wrong with a problem and the options of its optimisation; nothing is assembled or factored.
  package static func faults(
    of problem: ManufacturabilityProblem, _ options: OptimisationOptions
  ) -> [ProblemFault] {
    do throws(ProblemFaults) { _ = try Self(of: problem, options) } catch { return error.faults }
    return []
  }

  /// The uniform density for which the mean physical density, which grows with it, is a given one.
  private static func density(for fraction: Double, mean: (Double) -> Double) -> Double {
    // Where nothing is projected or passive both are the same.
    if abs(mean(fraction) - fraction) <= 1e-14 * fraction { return fraction }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if mean(middle) < fraction { low = middle } else { high = middle }
    }
    return high
  }

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - factorization: How systems are factored. One run alone would leave seven of eight lanes empty; its systems are
  ///     factored one at a time unless this says otherwise, and differ by round-off from those of a batch.
  ///   - accuracy: How exactly systems are solved; by default as ``solveAccuracy`` says.
  ///   - shouldStop: Asked between iterations; where it says yes the run ends with the design and the history it has.
  /// - Throws: `FactorizationError` where the grid cannot be analysed. A design that cannot be evaluated is a ``State``.
  package mutating func run(
    factorization: EvaluationOptions.Factorization = .oneAtATime,
    accuracy: EvaluationOptions.Accuracy? = nil,
    shouldStop: () -> Bool = { false }
  ) throws {
    var runs = [self]
    defer { self = runs[0] }
    try Self.run(&runs, factorization: factorization, accuracy: accuracy, shouldStop: shouldStop)
  }

  /// Runs many problems to their ends side by side, on all processors.
  ///
  /// - Parameters:
  ///   - factorization: How systems are factored.
  ///   - accuracy: How exactly systems are solved; by default as each run's ``solveAccuracy`` says.
  ///   - didIterate: Told after every iteration.
  ///   - shouldStop: Asked between iterations; where it says yes all runs end with the designs and histories they have.
  /// - Throws: `FactorizationError` where a grid cannot be analysed; the runs are left as they were after the iteration before.
  package static func run(
    _ runs: inout [Self], factorization: EvaluationOptions.Factorization = .automatic,
    accuracy: EvaluationOptions.Accuracy? = nil,
    didIterate: ([Self]) -> Void = { _ in },
    shouldStop: () -> Bool = { false }
  ) throws {
    while true {
      let running = runs.indices.filter { runs[$0].state == .running }
      guard !running.isEmpty else { return }
      if shouldStop() {
        for place in running { runs[place].state = .stopped }
        return
      }
      try iterate(&runs, running, factorization, accuracy)
      didIterate(runs)
    }
  }

  /// How exactly systems are solved unless a run is told otherwise.
  ///
  /// Compliance errs by the square of the displacements' error in energy: residuals of 1e-6 leave it right to 1e-9 or better, and its
  /// gradient to about 1e-5, while a step moves densities by 1e-2 and ends where none has moved by
  /// ``Options/changeTolerance``. Other terms are linear in the displacements: residuals of 1e-9 leave them far below the
  /// slack of 1e-4 that constraints are met with.
  package var solveAccuracy: EvaluationOptions.Accuracy {
    let isQuadratic = problem.terms.allSatisfy { $0.measure.row.isQuadratic }
    // Heat is no energy of the structure's: temperatures enter linearly.
    return isQuadratic && problem.heat == nil ? .training : .accuracy(state: 1e-9, adjoint: 1e-6)
  }

  /// One iteration of the runs at these places.
  private static func iterate(
    _ runs: inout [Self], _ places: [Int], _ factorization: EvaluationOptions.Factorization,
    _ accuracy: EvaluationOptions.Accuracy?
  ) throws {
    var results = [Result<DesignEvaluation, DesignFault>?](repeating: nil, count: runs.count)
    // Gradients of single terms cost a solve each: only runs with limits on terms need them.
    var members: [Needs: [Int]] = [:]
    var order: [Needs] = []
    for place in places {
      let needs = Needs(
        everyTerm: !runs[place].options.limits.isEmpty,
        accuracy: accuracy ?? runs[place].solveAccuracy)
      if members[needs] == nil { order.append(needs) }
      members[needs, default: []].append(place)
    }
    for needs in order {
      let members = members[needs] ?? []
      let evaluations = try ManufacturabilityLoss.evaluate(
        members.map { (runs[$0].loss, runs[$0].update.design) },
        EvaluationOptions(
          gradient: needs.everyTerm ? .everyTerm : .total, factorization: factorization,
          accuracy: needs.accuracy))
      for (place, result) in zip(members, evaluations) { results[place] = result }
    }
    let given = results
    runs.mutateChunksInParallel(ofLength: 1) { start, chunk in
      guard let result = given[start] else { return }
      chunk[0].moveOn(from: result)
    }
  }

  /// What runs must agree in to be evaluated together.
  private struct Needs: Hashable {
    let everyTerm: Bool
    let accuracy: EvaluationOptions.Accuracy
  }

  /// Takes in what was found at the update's design, and finds the next.
  private mutating func moveOn(from result: Result<DesignEvaluation, DesignFault>) {
    let evaluation: DesignEvaluation
    switch result {
    case .success(let value): evaluation = value
    case .failure(let fault):
      state = .failed(fault)
      return
    }
    let previous = history.last
    design = update.design
    physicalDensity = evaluation.physicalDensity
    let told = constrained(evaluation)
    record(evaluation, told)
    let index = history.count - 1
    // A small step tells nothing of rest if it was taken at the penalty and steepness before the last.
    let isAtRest = previous != nil && problem.isScheduled(at: index - 1, asAt: .max)
    if isAtRest, update.change <= options.changeTolerance {
      state = .converged
    } else if history.count >= options.iterationLimit {
      state = .limitReached
    } else {
      step(after: told, number: index)
    }
  }

  private mutating func step(after told: ConstrainedEvaluation, number index: Int) {
    if !problem.isScheduled(at: index, asAt: index + 1) {
      guard let next = try? ManufacturabilityLoss(of: problem.scheduled(at: index + 1)) else {
        preconditionFailure("a schedule has left the range whose ends were checked")
      }
      loss = next
    }
    // The volume that the next design will have at its own steepness.
    let loss = loss
    let fraction = options.volumeFraction ?? 1
    do throws(OptimisationError) {
      try update.step(
        after: told,
        moveLimit: options.moveLimit * min(1, 4 / (loss.problem.projection?.steepness ?? 1)),
        constraint: loss.problem.projection == nil
          ? nil : { loss.meanDensity(of: $0) / fraction - 1 })
    } catch {
      state = .failed(.notFinite(term: error.description))
    }
  }

  /// The objective, and volume and limited terms as constraints, each in parts of its limit.
  private func constrained(_ evaluation: DesignEvaluation) -> ConstrainedEvaluation {
    var constraints: [Double] = []
    var gradients: [[Double]] = []
    if let fraction = options.volumeFraction {
      let (volume, gradient) = loss.meanDensityWithGradient(of: design)
      constraints.append(volume / fraction - 1)
      gradients.append(gradient.map { $0 / fraction })
    }
    for limit in options.limits {
      guard let term = evaluation.terms.first(where: { $0.name == limit.term }) else {
        preconditionFailure("a limit on a term that there is not")
      }
      let scale = limit.atMost == 0 ? 1 : 1 / abs(limit.atMost)
      constraints.append((term.value - limit.atMost) * scale)
      gradients.append(term.gradient.map { $0 * scale })
    }
    return ConstrainedEvaluation(
      objective: evaluation.total, gradient: evaluation.gradient, constraints: constraints,
      constraintGradients: gradients)
  }

  private mutating func record(_ evaluation: DesignEvaluation, _ told: ConstrainedEvaluation) {
    let count = Double(physicalDensity.count)
    let isFirst = history.isEmpty
    history.append(
      Iteration(
        number: history.count + 1, objective: evaluation.total,
        terms: Dictionary(evaluation.terms.map { ($0.name, $0.value) }) { first, _ in first },
        volume: physicalDensity.reduce(0, +) / count,
        violation: told.constraints.reduce(0, max), change: isFirst ? nil : update.change,
        penalty: loss.problem.interpolation.penalty,
        steepness: loss.problem.projection?.steepness,
        greyness: 4 * physicalDensity.reduce(0) { $0 + $1 * (1 - $1) } / count))
  }
}

extension ManufacturabilityProblem {
  /// The problem with the penalty and the steepness of an iteration, counted from 0.
  func scheduled(at iteration: Int) -> Self {
    var problem = self
    if let schedule = penaltyContinuation {
      problem.interpolation.penalty = schedule.value(at: iteration)
    }
    if let schedule = projectionContinuation {
      let projection = projection ?? DensityProjection(steepness: 1)
      problem.projection = DensityProjection(
        steepness: schedule.value(at: iteration), threshold: projection.threshold)
    }
    return problem
  }

  /// Whether two iterations have the same penalty and steepness.
  func isScheduled(at iteration: Int, asAt other: Int) -> Bool {
    penaltyContinuation?.value(at: iteration) == penaltyContinuation?.value(at: other)
      && projectionContinuation?.value(at: iteration) == projectionContinuation?.value(at: other)
  }
}
