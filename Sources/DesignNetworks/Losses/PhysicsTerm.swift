package import DesignFamilies
package import DesignProblem
package import Manufacturability
package import Tensors

/// The manufacturability term as a function of a batch of designs: where physics enters the network.
///
/// Of each design the objective, all limits of its task, volume and connectivity (``TaskLoss``), the mean over the batch. Logarithms keep a design whose load
/// hangs on void, with a compliance a million times too large, from drowning its neighbours.
///
/// The solver sees the design filtered and projected: the filter leaves checkerboards and specks, which four-node elements take for stiff, without
/// reward; the projection, steep at the half where drawings are cut, weakens a grey member as the cut will. The volume V is that of the
/// projected design, or members a little darker than the half would count as solid and cost a half.
///
/// The derivative by a design is the solver's own exact gradient, one adjoint solve per load case and system for all terms that cost something.
/// Nothing differentiates through the solver.
package struct PhysicsTerm: Sendable {
  /// The weight *w* of the task's limits beside the objective; 0 leaves them out.
  package var limitWeight: Double
  /// The weight of the volume's squared relative error, *v*.
  package var volumeWeight: Double
  /// The weight *c* of material that does not hang together with the supports; 0 leaves it out. Where grey bodies are reached through near void
  /// its derivative grows without bound, along with its value's sensitivity: compliance tells a generator the same, and is tame.
  package var connectivityWeight: Double
  /// The stiffness of void over that of solid; larger than the strict one, so that a load near solid is told where to go.
  package var voidRatio: Double
  /// The filter that the solver sees designs through, where there is one.
  package var filter: DensityFilter?
  /// The projection behind it, where there is one.
  package var projection: DensityProjection?
  /// How exactly systems are solved.
  package var accuracy: EvaluationOptions.Accuracy

  /// The least density the solver sees: cubed, it is nothing beside void.
  static let leastDensity = 1e-6

  /// A term.
  package init(
    limitWeight: Double = 2, volumeWeight: Double = 0, connectivityWeight: Double = 0,
    voidRatio: Double = 1e-4,
    filter: DensityFilter? = nil,
    projection: DensityProjection? = nil, accuracy: EvaluationOptions.Accuracy = .training
  ) {
    self.limitWeight = limitWeight
    self.volumeWeight = volumeWeight
    self.connectivityWeight = connectivityWeight
    self.voidRatio = voidRatio
    self.filter = filter
    self.projection = projection
    self.accuracy = accuracy
  }

  /// What designs of a task cost.
  ///
  /// Terms of the task that nothing limits are left out, and with them what only they need solved.
  ///
  /// - Parameter reference: The objective of a good design.
  /// - Throws: ``UnusableLimit`` where a limit has no value yet, or one of 0; `ProblemFaults`.
  func loss(of task: DesignTask, reference: Double) throws -> TaskLoss {
    guard reference != 0 else {
      throw UnusableLimit(description: "the objective of the reference design is 0")
    }
    var problem = task.stated
    problem.void = VoidPhase(stiffnessRatio: voidRatio, conductivityRatio: voidRatio)
    (problem.filter, problem.projection) = (filter, projection)
    problem.terms = [task.stated.terms[0]]
    let limits = try (limitWeight > 0 ? task.limits : []).map { limit in
      guard let term = task.stated.terms.first(where: { $0.name == limit.term }) else {
        throw UnusableLimit(description: "the limited term '\(limit.term)' is none of the task's")
      }
      let isObjective = term.name == task.stated.terms[0].name
      guard let bound = limit.bound(reference: isObjective ? reference : nil), bound != 0,
        bound.isFinite
      else {
        throw UnusableLimit(
          description: "the limit on '\(limit.term)' is no finite value other than 0")
      }
      let place = problem.terms.firstIndex { $0.name == term.name } ?? problem.terms.count
      if place == problem.terms.count { problem.terms.append(term) }
      return TaskLoss.Limit(name: term.name, term: place, bound: bound)
    }
    var geometry: [(name: String, weight: Double)] = []
    func add(_ name: String, _ measure: Measure, _ weight: Double) {
      guard weight > 0 else { return }
      // A name that no term of a task has.
      problem.terms.append(Term(measure, name: "\(name) of the loss"))
      geometry.append((name, weight))
    }
    add("volume", .volume(target: task.volumeFraction, isExact: true), volumeWeight)
    add("connectivity", .connectivity(), connectivityWeight)
    return TaskLoss(
      solver: try ManufacturabilityLoss(of: problem), reference: reference, limits: limits,
      limitWeight: limitWeight, geometry: geometry)
  }

  /// The mean cost of a batch; its gradient goes back into the designs.
  ///
  /// - Parameters:
  ///   - designs: `[batch][1][row][column]`, densities, or `[batch][2][row][column]` with the share of the second solid behind them.
  ///   - losses: What each design costs, from ``loss(of:reference:)``.
  /// - Returns: The mean, and the parts of the cost by name, unweighted: the means over the designs that have them.
  /// - Throws: A `DesignFault` where the solver cannot evaluate a design.
  func callAsFunction(_ designs: Tensor, _ losses: [TaskLoss]) throws -> (
    cost: Tensor, parts: [(name: String, value: Double)]
  ) {
    let shape = designs.shape
    let (batch, pixelCount) = (losses.count, shape[2] * shape[3])
    let count = shape[1] * pixelCount
    precondition(shape[0] == batch, "\(shape) for \(batch) problems")
    var parts: [(name: String, sum: Double, count: Int)] = []
    let cost = try Tensor.custom(of: designs) { designs in
      let values = designs.doubles
      let evaluations = try ManufacturabilityLoss.evaluate(
        (0..<batch).map { place in
          (
            losses[place].solver,
            // Single precision ends at 0, where the solver would refuse a load, and may put a density a rounding error above 1; what is
            // no number stays none, for the solver to name.
            (0..<count).map { index in
              let value = values[place * count + index]
              let least = index < pixelCount ? Self.leastDensity : 0
              return value < least ? least : value > 1 ? 1 : value
            }
          )
        }, EvaluationOptions(accuracy: accuracy),
        slopes: { losses[$0].cost(of: $1).slopes })
      var total = 0.0
      var gradient = [Double](repeating: 0, count: batch * count)
      for (place, result) in evaluations.enumerated() {
        let evaluation = try result.get()
        let cost = losses[place].cost(of: evaluation.terms.map(\.value))
        total += cost.total
        for part in cost.parts {
          let known = parts.firstIndex { $0.name == part.name }
          if known == nil { parts.append((part.name, 0, 0)) }
          parts[known ?? parts.count - 1].sum += part.value
          parts[known ?? parts.count - 1].count += 1
        }
        for index in 0..<count {
          gradient[place * count + index] = evaluation.gradient[index] / Double(batch)
        }
      }
      let slope = Tensor(gradient, shape: shape).converted(to: designs.precision)
      // Converted, not filled in: what single precision cannot hold becomes infinite there, and is named.
      let value = Tensor([total / Double(batch)], shape: []).converted(to: designs.precision)
      return (value, { slope * $0 })
    }
    return (cost, parts.map { ($0.name, $0.sum / Double($0.count)) })
  }
}
