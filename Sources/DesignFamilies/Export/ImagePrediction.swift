internal import DesignProblem
internal import Manufacturability

/// What the solver of images says of a black and white design, with how far its pixels are from converged.
///
/// It is a prediction by a solver, not a measurement.
package struct ImagePrediction: Sendable, Equatable {
  /// What the solver says of one load case of a cold design.
  package struct Case: Sendable, Equatable {
    /// *f*·*u* with the strict void, in N mm.
    package let compliance: Double
    /// The same with every pixel cut in four.
    package let refinedCompliance: Double
    /// The mean of how far the loaded nodes move, in millimetres; 0 where no force acts.
    package let loadedDisplacement: Double
  }
  /// *f*·*u* with the strict void over all load cases by their weights, in N mm; of a design that nothing but heat acts on its largest temperature, in kelvins.
  package let objective: Double
  /// One for each load case.
  package let cases: [Case]
  /// The same figure as ``objective`` with every pixel cut in four and the same forces and powers on the same nodes.
  package let refinedObjective: Double
  /// Linear systems that were solved.
  package let solveCount: Int

  /// The mean of how far the loaded nodes move in the first load case, in millimetres; 0 where no force acts.
  package var loadedDisplacement: Double { cases.first?.loadedDisplacement ?? 0 }

  /// Solves a design, and the same with every pixel cut in four.
  ///
  /// - Parameter solid: What is made, `[row][column]`; the rest is void.
  /// - Throws: ``ExportFault`` where the solver finds the problem wrong or no answer.
  /// - Complexity: two factorizations, of heat as many again
  init(_ solid: [Bool], of problem: DesignTask) throws(ExportFault) {
    // The decks have nothing where the image is void, and no film cools that.
    let problem = problem.withFilms(on: solid)
    let coarse = try Self.solve(solid, problem)
    let size = problem.size
    let fine = (0..<(4 * solid.count)).map { place -> Bool in
      let (row, column) = (place / (2 * size.columns), place % (2 * size.columns))
      return solid[row / 2 * size.columns + column / 2]
    }
    let refined = try Self.solve(fine, problem.refined)
    objective = coarse.objective
    refinedObjective = refined.objective
    cases = zip(coarse.cases, refined.cases).map {
      Case(
        compliance: $0.compliance, refinedCompliance: $1.compliance,
        loadedDisplacement: $0.displacement)
    }
    solveCount = coarse.solveCount + refined.solveCount
  }

  private static func solve(_ solid: [Bool], _ problem: DesignTask) throws(ExportFault) -> (
    objective: Double, cases: [(compliance: Double, displacement: Double)], solveCount: Int
  ) {
    var stated = problem.manufacturability()
    // What is made is given, passive or not.
    stated.passive.removeAll { $0.madeOf == nil }
    // What is predicted is what decks print: energies, displacements and temperatures.
    if !stated.loadCases.isEmpty {
      stated.terms = [Term(.compliance())]
    } else if stated.heat != nil {
      stated.terms = [Term(.temperature())]
    } else {
      stated.terms = Array(stated.terms.prefix(1))
    }
    let evaluation: DesignEvaluation
    do {
      evaluation = try ManufacturabilityLoss(of: stated).evaluate(
        [solid.map { $0 ? 1 : 0 }],
        EvaluationOptions(gradient: .none, wantsDisplacements: true, factorization: .oneAtATime))[0]
        .get()
    } catch {
      throw ExportFault.notSolved("\(error)")
    }
    guard !stated.loadCases.isEmpty else {
      return (evaluation.temperatures.max() ?? evaluation.total, [], evaluation.solveCount)
    }
    let cases = stated.loadCases.indices.map {
      place -> (compliance: Double, displacement: Double) in
      let u = evaluation.displacements[place]
      let forces = problem.nodalForces(inCase: place)
      var (work, sum) = (0.0, 0.0)
      for (node, force) in forces {
        let (x, y) = (u[2 * node], u[2 * node + 1])
        work += force.x * x + force.y * y
        sum += (x * x + y * y).squareRoot()
      }
      // One case of weight 1 is the total, to the bit.
      let isTotal =
        stated.loadCases.count == 1 && stated.loadCases[0].weight == 1 && !stated.isWarmed
      return (
        isTotal ? evaluation.total : work, forces.isEmpty ? 0 : sum / Double(forces.count)
      )
    }
    return (evaluation.total, cases, evaluation.solveCount)
  }
}

extension DesignTask {
  /// The problem with every pixel cut in four; forces stay on the nodes they act on.
  var refined: DesignTask {
    func doubled(_ point: [Double]) -> [Double] { point.map { 2 * $0 } }
    let grid = grid
    var fine = self
    fine.stated.grid.columns *= 2
    fine.stated.grid.rows *= 2
    fine.stated.grid.pixelSize /= 2
    func place(_ node: Int) -> [Double] { grid.position(ofNode: node).map { 2 * Double($0) } }
    func doubled(_ region: GridRegion) -> GridRegion {
      switch region {
      case .edge, .corner: region
      case .box(let lower, let upper): .box(lower: doubled(lower), upper: doubled(upper))
      case .disc(let center, let radius): .disc(center: doubled(center), radius: 2 * radius)
      case .point, .points: .points(at: grid.nodes(in: region).map(place))
      }
    }
    fine.stated.supports = supports.map { Support(doubled($0.region), axes: $0.axes) }
    if let heat = stated.heat {
      fine.stated.heat = heat.mapRegions(doubled)
      fine.stated.heat?.sources = nodalPowers.map {
        .init(.point(at: place($0.node)), power: $0.power)
      }
    }
    // A force along a held direction would do nothing, which the solver refuses of a load of its own.
    for loadCase in stated.loadCases.indices {
      fine.stated.loadCases[loadCase].loads = freeForces(inCase: loadCase).map { node, force in
        MechanicalLoad(.point(at: place(node)), force: [force.x, force.y])
      }
    }
    fine.stated.passive = stated.passive.compactMap { passive in
      passive.madeOf == nil
        ? nil : PassiveRegion(doubled(passive.region), .solid, madeOf: passive.madeOf)
    }
    fine.stated.terms = stated.terms.map { term in
      var term = term
      switch term.measure {
      case .displacement(let region, let direction, let cases):
        term.measure = .displacement(region: doubled(region), direction: direction, cases: cases)
      case .displacementNorm(let region, let exponent, let cases):
        term.measure = .displacementNorm(
          region: doubled(region), exponent: exponent, cases: cases)
      case .thermalDistortion(let region):
        term.measure = .thermalDistortion(region: doubled(region))
      default: break
      }
      return term
    }
    return fine
  }
}
