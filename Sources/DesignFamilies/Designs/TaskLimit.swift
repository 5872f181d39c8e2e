internal import DesignProblem

/// What a design of a task may be at most by one of the task's measures: one statement, read by the loss, the sign-off and the gate.
public struct TaskLimit: Codable, Sendable, Equatable {
  /// The largest value.
  public enum Bound: Codable, Sendable, Equatable {
    /// A value in the measure's own unit.
    case value(Double)
    /// So many times the value that the task's reference design has: a limit that can be met.
    case ofReference(Double)
  }

  /// The name of the term in ``DesignTask/stated`` that is limited.
  public var term: String
  /// The largest value of the term.
  public var bound: Bound
  /// Why, for reports.
  public var reason: String

  /// A limit.
  public init(_ term: String, _ bound: Bound, reason: String) {
    (self.term, self.bound, self.reason) = (term, bound, reason)
  }

  /// The largest value, where it is known without a reference design.
  public var value: Double? { if case .value(let value) = bound { value } else { nil } }
}

extension DesignTask {
  /// The task with every bound a value.
  ///
  /// - Parameter values: The reference design's value of every term of ``stated``, in their order.
  /// - Precondition: Every limit names a term of the task.
  func resolvingLimits(by values: [Double]) -> DesignTask {
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
}
