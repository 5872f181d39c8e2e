public import Manufacturability
public import Tensors

/// The manufacturability term as a function of a batch of designs: where physics enters the network.
///
/// Per design ln(C / C_ref) + *w* · unreached material, C = f·u of the grey design, both over the batch's mean. The logarithm keeps a design
/// whose load hangs on void, with a compliance a million times too large, from drowning its neighbours.
///
/// The derivative by a design is ∇C / C + *w* ∇(unreached): the solver's own exact gradient. Nothing differentiates through the solver.
public struct PhysicsTerm: Sendable {
  /// The weight of material that does not hang together with the supports; 0 leaves it out. Where grey bodies are reached through near void
  /// its derivative grows without bound, along with its value's sensitivity: compliance tells a generator the same, and is tame.
  public var connectivityWeight: Double
  /// The stiffness of void over that of solid; larger than the strict one, so that a load near solid is told where to go.
  public var voidRatio: Double
  /// How exactly systems are solved.
  public var accuracy: EvaluationOptions.Accuracy

  /// The least density the solver sees: cubed, it is nothing beside void.
  static let leastDensity = 1e-6

  /// A term.
  public init(
    connectivityWeight: Double = 0, voidRatio: Double = 1e-4,
    accuracy: EvaluationOptions.Accuracy = .training
  ) {
    self.connectivityWeight = connectivityWeight
    self.voidRatio = voidRatio
    self.accuracy = accuracy
  }

  /// What the solver is given.
  public func loss(of problem: ManufacturabilityProblem) throws -> ManufacturabilityLoss {
    var problem = problem
    problem.void = VoidPhase(stiffnessRatio: voidRatio, conductivityRatio: voidRatio)
    problem.terms =
      [Term(.compliance())] + (connectivityWeight > 0 ? [Term(.connectivity())] : [])
    return try ManufacturabilityLoss(of: problem)
  }

  /// The mean of the term over a batch; its gradient goes back into the designs.
  ///
  /// - Parameters:
  ///   - designs: `[batch][1][row][column]`, densities.
  ///   - losses: What each design has to stand, from ``loss(of:)``.
  ///   - references: The compliance of a good design for each.
  /// - Throws: A `DesignFault` where the solver cannot evaluate a design.
  public func callAsFunction(
    _ designs: Tensor, _ losses: [ManufacturabilityLoss], references: [Double]
  ) throws -> Tensor {
    let shape = designs.shape
    let (batch, count) = (losses.count, shape[2] * shape[3])
    precondition(shape[0] == batch && references.count == batch, "\(shape) for \(batch) problems")
    return try Tensor.custom(of: designs) { designs in
      let values = designs.doubles
      let outcomes = try ManufacturabilityLoss.evaluate(
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
      for (place, outcome) in outcomes.enumerated() {
        let terms = try outcome.get().terms
        let compliance = terms[0]
        total += logarithm(compliance.value / references[place])
        for element in 0..<count {
          gradient[place * count + element] =
            compliance.gradient[element] / compliance.value / Double(batch)
        }
        for unreached in terms.dropFirst() {
          total += connectivityWeight * unreached.value
          for element in 0..<count {
            gradient[place * count + element] +=
              connectivityWeight * unreached.gradient[element] / Double(batch)
          }
        }
      }
      let slope = Tensor(gradient, shape: shape).converted(to: designs.precision)
      let value = Tensor(total / Double(batch), precision: designs.precision)
      return (value, { slope * $0 })
    }
  }
}
