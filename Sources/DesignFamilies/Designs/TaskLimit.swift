internal import DesignProblem

/// What a design of a task may be at most by one of the task's measures: one statement, read by the loss, the sign-off and the gate.
package struct TaskLimit: Codable, Sendable, Equatable {
  /// The largest value.
  package enum Bound: Codable, Sendable, Equatable {
    /// A value in the measure's own unit.
    case value(Double)
    /// So many times the value that the task's reference design has: a limit that can be met.
    case ofReference(Double)
  }

  /// The name of the term in ``DesignTask/stated`` that is limited.
  package var term: String
  /// The largest value of the term.
  package var bound: Bound
  /// Why, for reports.
  package var reason: String

  /// A limit.
  package init(_ term: String, _ bound: Bound, reason: String) {
    (self.term, self.bound, self.reason) = (term, bound, reason)
  }

  /// The largest value, where it is known without a reference design.
  package var value: Double? { if case .value(let value) = bound { value } else { nil } }

  /// The largest value.
  ///
  /// - Parameter reference: The value of the reference design, where it is known.
  /// - Returns: `nil` where the bound is a multiple of a value that is not known.
  package func bound(reference: Double?) -> Double? {
    switch bound {
    case .value(let value): value
    case .ofReference(let multiple): reference.map { multiple * $0 }
    }
  }
}

extension DesignTask {
  /// The task with every bound a value.
  ///
  /// - Parameter values: The reference design's value of every term of ``stated``, in their order.
  /// - Precondition: Every limit names a term of the task.
  package func resolvingLimits(by values: [Double]) -> DesignTask {
    var task = self
    for place in task.limits.indices {
      guard case .ofReference(let multiple) = limits[place].bound else { continue }
      guard let term = stated.terms.firstIndex(where: { $0.name == limits[place].term }) else {
        preconditionFailure("no term '\(limits[place].term)'")
      }
      task.limits[place].bound = .value(multiple * values[term])
    }
    return task
  }

  /// The limits that a part of the task is judged by, all of them values: its own, resolved by a reference design; where it states none, a tenth more of
  /// the objective than the reference has, as at the sign-off.
  ///
  /// - Precondition: Every limit names a term of the task.
  package func limits(judgedBy reference: ReferenceDesign) -> [TaskLimit] {
    var task = self
    if limits.isEmpty {
      let allowance = 1 + SignOffLimits().objectiveError
      task.limits = [TaskLimit(stated.terms[0].name, .ofReference(allowance), reason: "")]
    }
    let resolved = task.resolvingLimits(by: reference.values).limits
    return zip(task.limits, resolved).map { given, resolved in
      guard case .ofReference(let multiple) = given.bound else { return resolved }
      var limit = resolved
      let place = stated.terms.firstIndex { $0.name == given.term } ?? 0
      let value = reference.values[place]
      let what =
        stated.terms[place].measure.name == "compliance" ? "f·u = \(value) N mm" : "\(value)"
      limit.reason =
        (given.reason.isEmpty ? "" : given.reason + "; ")
        + "\(multiple) times that of a reference design of gcgan's topology optimisation: \(what) "
        + "after \(reference.solveCount) solves, which are not counted among those of this design"
      return limit
    }
  }

  /// The limits that are values, as an optimisation keeps them.
  var valueLimits: [TermLimit] {
    limits.compactMap { limit in limit.value.map { TermLimit(limit.term, atMost: $0) } }
  }

  /// Whether one of the limits is on the objective.
  var isObjectiveLimited: Bool { limits.contains { $0.term == stated.terms[0].name } }

  /// Value / bound − 1 of every limit, in their order; of a bound below 0 what is beyond it, as a share of its size.
  ///
  /// - Parameters:
  ///   - values: The value of every term of ``stated``, in their order; `nil` where the solver finds none: then every excess is infinite.
  ///   - reference: The objective of the reference design, for a bound that is a multiple of it.
  /// - Precondition: Every limit names a term of the task, and bounds by other measures of the reference are resolved.
  func limitExcesses(of values: [Double]?, reference: Double? = nil) -> [Double] {
    limits.map { limit in
      guard let place = stated.terms.firstIndex(where: { $0.name == limit.term }) else {
        preconditionFailure("no term '\(limit.term)'")
      }
      guard let value = values?[place], !value.isNaN else { return .infinity }
      guard let bound = limit.bound(reference: place == 0 ? reference : nil) else {
        preconditionFailure("the limit on '\(limit.term)' is not resolved by a reference design")
      }
      return (value - bound) / max(abs(bound), .leastNormalMagnitude)
    }
  }
}
