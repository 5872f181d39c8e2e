public import DesignProblem
public import Manufacturability
public import Tensors

/// The manufacturability term as a function of a batch of designs: where physics enters the network.
///
/// Per design ln(C / C_ref) + *v* (V / V* − 1)² + *w* · unreached material, the mean over the batch; C is the family's objective, of parts the
/// compliance. The logarithm keeps a design whose load hangs on
/// void, with a compliance a million times too large, from drowning its neighbours.
///
/// The solver sees the design filtered and projected: the filter leaves checkerboards and specks, which four-node elements take for stiff, without
/// reward; the projection, steep at the half where drawings are cut, weakens a grey member as the cut will. The volume V is that of the
/// projected design, or members a little darker than the half would count as solid and cost a half.
///
/// The derivative by a design is ∇C / C and so on: the solver's own exact gradient. Nothing differentiates through the solver.
public struct PhysicsTerm: Sendable {
  /// The weight of the volume's squared relative error, *v*.
  public var volumeWeight: Double
  /// The weight *w* of material that does not hang together with the supports; 0 leaves it out. Where grey bodies are reached through near void
  /// its derivative grows without bound, along with its value's sensitivity: compliance tells a generator the same, and is tame.
  public var connectivityWeight: Double
  /// The stiffness of void over that of solid; larger than the strict one, so that a load near solid is told where to go.
  public var voidRatio: Double
  /// The filter that the solver sees designs through, where there is one.
  public var filter: DensityFilter?
  /// The projection behind it, where there is one.
  public var projection: DensityProjection?
  /// How exactly systems are solved.
  public var accuracy: EvaluationOptions.Accuracy

  /// The least density the solver sees: cubed, it is nothing beside void.
  static let leastDensity = 1e-6

  /// A term.
  public init(
    volumeWeight: Double = 0, connectivityWeight: Double = 0, voidRatio: Double = 1e-4,
    filter: DensityFilter? = nil,
    projection: DensityProjection? = nil, accuracy: EvaluationOptions.Accuracy = .training
  ) {
    self.volumeWeight = volumeWeight
    self.connectivityWeight = connectivityWeight
    self.voidRatio = voidRatio
    self.filter = filter
    self.projection = projection
    self.accuracy = accuracy
  }

  /// What the solver is given.
  ///
  /// - Parameters:
  ///   - problem: The first of its terms is the objective; others are left out.
  ///   - volumeFraction: V*.
  public func loss(of problem: ManufacturabilityProblem, volumeFraction: Double) throws
    -> ManufacturabilityLoss
  {
    var problem = problem
    problem.void = VoidPhase(stiffnessRatio: voidRatio, conductivityRatio: voidRatio)
    (problem.filter, problem.projection) = (filter, projection)
    problem.terms = [Term(problem.terms[0].measure)]
    if volumeWeight > 0 {
      problem.terms.append(
        Term(.volume(target: volumeFraction, isExact: true), weight: volumeWeight))
    }
    if connectivityWeight > 0 {
      problem.terms.append(Term(.connectivity(), weight: connectivityWeight))
    }
    return try ManufacturabilityLoss(of: problem)
  }

  /// The mean of the term over a batch; its gradient goes back into the designs.
  ///
  /// - Parameters:
  ///   - designs: `[batch][1][row][column]`, densities.
  ///   - losses: What each design has to stand, from ``loss(of:volumeFraction:)``.
  ///   - references: The objective of a good design for each.
  /// - Throws: A `DesignFault` where the solver cannot evaluate a design.
  public func callAsFunction(
    _ designs: Tensor, _ losses: [ManufacturabilityLoss], references: [Double]
  ) throws -> Tensor {
    let shape = designs.shape
    let (batch, count) = (losses.count, shape[2] * shape[3])
    precondition(shape[0] == batch && references.count == batch, "\(shape) for \(batch) problems")
    return try Tensor.custom(of: designs) { designs in
      let values = designs.doubles
      let evaluations = try ManufacturabilityLoss.evaluate(
        (0..<batch).map { place in
          (
            losses[place],
            // Single precision ends at 0, where the solver would refuse a load, and may put a density a rounding error above 1; what is
            // no number stays none, for the solver to name.
            values[(place * count)..<((place + 1) * count)].map {
              $0 < Self.leastDensity ? Self.leastDensity : $0 > 1 ? 1 : $0
            }
          )
        }, EvaluationOptions(gradient: .everyTerm, accuracy: accuracy))
      var total = 0.0
      var gradient = [Double](repeating: 0, count: batch * count)
      for (place, evaluation) in evaluations.enumerated() {
        let terms = try evaluation.get().terms
        let objective = terms[0]
        total += logarithm(objective.value / references[place])
        for element in 0..<count {
          gradient[place * count + element] =
            objective.gradient[element] / objective.value / Double(batch)
        }
        for term in terms.dropFirst() {
          total += term.weight * term.value
          for element in 0..<count {
            gradient[place * count + element] +=
              term.weight * term.gradient[element] / Double(batch)
          }
        }
      }
      let slope = Tensor(gradient, shape: shape).converted(to: designs.precision)
      // Converted, not filled in: what single precision cannot hold becomes infinite there, and is named.
      let value = Tensor([total / Double(batch)], shape: []).converted(to: designs.precision)
      return (value, { slope * $0 })
    }
  }
}
