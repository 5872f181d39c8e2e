package import DesignProblem
internal import Parallelism
internal import Synchronization

/// The manufacturability of designs: a weighted sum of terms, with its exact gradient.
///
/// ```swift
/// let loss = try ManufacturabilityLoss(of: bracket)
/// let (value, gradient) = try loss.valueWithGradient(at: density)
/// ```
///
/// A design is an array of densities of the problem's ``ManufacturabilityProblem/designShape``, row 0 at the top. Making a loss looks up
/// regions; the analysis of the grid's systems is made once per process. The same design gives the same bits whatever the number of threads
/// and wherever in a batch it sits.
package struct ManufacturabilityLoss: Sendable {
  let prepared: PreparedProblem
  /// What is judged.
  package var problem: ManufacturabilityProblem { prepared.problem }

  /// Makes a problem ready.
  ///
  /// - Throws: ``ProblemFaults``, all at once; nothing has been assembled or factored then.
  package init(of problem: ManufacturabilityProblem) throws(ProblemFaults) {
    prepared = try PreparedProblem(problem)
  }

  /// The total and its gradient by the design.
  ///
  /// - Throws: ``DesignFault``.
  /// - Complexity: one factorization of each system, and one back-substitution per load case, and per load case once more for terms that are
  ///   not their own adjoint.
  package func valueWithGradient(at design: [Double]) throws -> (value: Double, gradient: [Double])
  {
    let evaluation = try evaluate([design])[0].get()
    return (evaluation.total, evaluation.gradient)
  }

  /// Evaluates many designs at once; one that fails is an error in its place.
  package func evaluate(_ designs: [[Double]], _ options: EvaluationOptions = .init()) throws
    -> [Result<DesignEvaluation, DesignFault>]
  {
    try Self.evaluate(designs.map { (self, $0) }, options)
  }

  /// Evaluates designs of different problems at once.
  ///
  /// Problems on equal grids that solve for the same fields share batches, whatever their supports and loads.
  ///
  /// - Parameter slopes: The derivative of a function of the terms' values by each of them, at the values of the pair with a number: the gradient of the
  ///   total is then that of this function. A term whose slope is 0 costs no adjoint solve. `nil` for the weights of the problem.
  /// - Returns: One result per pair, in their order.
  /// - Throws: ``FactorizationError`` where a grid cannot be analysed.
  package static func evaluate(
    _ pairs: [(loss: ManufacturabilityLoss, design: [Double])],
    _ options: EvaluationOptions = .init(),
    slopes: (@Sendable (_ pair: Int, _ values: [Double]) -> [Double])? = nil
  ) throws -> [Result<DesignEvaluation, DesignFault>] {
    var members: [PreparedProblem.Signature: [Int]] = [:]
    var order: [PreparedProblem.Signature] = []
    for (place, pair) in pairs.enumerated() {
      let signature = pair.loss.prepared.signature
      if members[signature] == nil { order.append(signature) }
      members[signature, default: []].append(place)
    }
    // As few groups as hold all, of equal size, so that threads end together.
    let groups = order.flatMap { signature -> [[Int]] in
      let places = members[signature] ?? []
      let count = (places.count + Lanes.count - 1) / Lanes.count
      return (0..<count).map {
        Array(places[($0 * places.count / count)..<(($0 + 1) * places.count / count)])
      }
    }
    let pools = try groups.map {
      try GridWorkspaces.shared(for: pairs[$0[0]].loss.prepared, options.factorization)
    }
    let results = Mutex(
      [Result<DesignEvaluation, DesignFault>?](repeating: nil, count: pairs.count))
    @Sendable func evaluate(_ group: Int, _ crew: Crew) {
      let members = groups[group]
      let groupResults = pools[group].withFactors { factors in
        GroupEvaluation.evaluate(
          members.map { (pairs[$0].loss.prepared, pairs[$0].design) }, options,
          slopes.map { slopes in { slopes(members[$0], $1) } }, factors, crew)
      }
      results.withLock { results in
        for (place, result) in zip(members, groupResults) { results[place] = result }
      }
    }
    // A group for every thread, side by side, is the best use of them; fewer groups have all threads each, one after the other.
    if groups.count >= WorkerPool.threadCount || !pools.allSatisfy(\.isInterleaved) {
      WorkerPool.forEach(groups.count) { evaluate($0, .alone) }
    } else {
      Crew.gathered { crew in
        for group in groups.indices { evaluate(group, crew) }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}

extension PreparedProblem {
  /// What problems must have in common to be evaluated side by side.
  struct Signature: Hashable {
    let grid: DesignGrid
    let caseCount: Int
    let flags: [Bool]
  }

  var signature: Signature {
    Signature(
      grid: problem.grid, caseCount: forces.count,
      flags: [
        solvesDisplacements, solvesTemperature, isCell, cellConducts, cellStrains,
        conduction.hasFilms,
      ])
  }
}
