internal import DesignProblem
package import Manufacturability

/// What a generator is told about a task: the entries of a menu, each one or more images.
///
/// ```swift
/// let fields = ConditioningFields([.volumeFraction, .energy(), .sensitivity("stress"), .limit("stress"), .supports, .forces()])
/// let images = try fields.fields(of: tasks)      // [field][row][column] per task
/// ```
///
/// Most are the answer of the *uniform design* to the task: density 1 everywhere but in passive regions, or the volume fraction where heat alone
/// acts; of two solids equal shares; of a cell the design that searches begin with. It is solved for once per task, with the adjoint of each term whose derivative is told, and not at all
/// where nothing told needs it.
package struct ConditioningFields: Codable, Sendable, Equatable {
  /// The entries, in the order of their channels.
  package let entries: [FieldEntry]
  /// Solids of a design: 1 or 2.
  package let solidCount: Int
  /// The share of the second solid in the uniform design.
  static let uniformShare = 0.5

  /// Fields of the entries.
  ///
  /// - Parameter entries: By default what a stiff part under one load case is told: eleven channels, one solve.
  package init(
    _ entries: [FieldEntry] = [
      .volumeFraction, .energy(), .stress(), .displacement(), .supports, .forces(),
    ], solidCount: Int = 1
  ) {
    (self.entries, self.solidCount) = (entries, solidCount)
  }

  /// What the channels are called, in their order.
  package var names: [String] { entries.flatMap { $0.names(solidCount: solidCount) } }

  /// What a task lacks for these fields: any load case, and values of limits.
  package func faults(of task: DesignTask) -> [FieldFault] {
    entries.compactMap { $0.fault(in: task) }
  }

  /// The fields of tasks, `[field][row][column]` each, of the order of 1.
  ///
  /// - Parameter tasks: All on one grid.
  /// - Throws: ``FieldFault``, the first of a task's; problem faults of a task that cannot be solved.
  /// - Complexity: One factorization per task and field of physics, one back-substitution per load case and per adjoint.
  package func fields(of tasks: [DesignTask]) throws -> [Result<[Float], DesignFault>] {
    for task in tasks {
      if let fault = faults(of: task).first { throw fault }
    }
    // How loads are written must not matter: one form for the solver and for the fields of forces.
    let tasks = tasks.map(\.withNodalLoads)
    let questions = tasks.map(question)
    let asked = questions.indices.filter { questions[$0] != nil }
    let outcomes = try ManufacturabilityLoss.evaluate(
      try asked.compactMap { place in
        try questions[place].map { problem in
          (try ManufacturabilityLoss(of: problem), uniformDesign(of: problem, for: tasks[place]))
        }
      },
      EvaluationOptions(
        gradient: needs.contains(.derivative) ? .everyTerm : .none, wantsDisplacements: true))
    var evaluations = [Result<DesignEvaluation?, DesignFault>](
      repeating: .success(nil), count: tasks.count)
    for (place, outcome) in zip(asked, outcomes) { evaluations[place] = outcome.map { $0 } }
    return zip(tasks, evaluations).map { task, evaluation in
      evaluation.map { evaluation in
        let answer = UniformAnswer(task: task, evaluation: evaluation)
        return entries.flatMap { $0.kind.row.channels(answer, $0.subject).joined() }
      }
    }
  }

  /// The fields of a task's image under a symmetry, without another solve.
  ///
  /// - Parameters:
  ///   - fields: The task's own, `[field][row][column]`.
  ///   - negatesLoads: Whether forces and temperatures change their signs too. Derivatives and bounds stay as they are: those of all terms do
  ///     that do not depend on the sign, all but the mean displacement along a direction.
  ///   - sources: ``Symmetry/sources(on:)``.
  package func imaged(
    _ fields: [Float], by symmetry: Symmetry, negatesLoads: Bool, sources: [Int]
  ) -> [Float] {
    let count = sources.count
    var result = [Float](repeating: 0, count: fields.count)
    var first = 0
    for group in entries.flatMap({ $0.kind.row.groups(solidCount: solidCount) }) {
      let origins = group.sources(symmetry, negatesLoads: negatesLoads)
      for (channel, origin) in origins.enumerated() {
        let (to, from) = ((first + channel) * count, (first + origin.channel) * count)
        for element in 0..<count {
          result[to + element] = origin.factor * fields[from + sources[element]]
        }
      }
      first += origins.count
    }
    return result
  }
}
