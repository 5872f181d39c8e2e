internal import DesignProblem
internal import Manufacturability

/// What the solver of images says of a black and white design, with how far its pixels are from converged.
///
/// It is a prediction by a solver, not a measurement.
public struct ImagePrediction: Sendable, Equatable {
  /// The task's objective with the strict void: of a part *f*·*u*, in N mm; of a heated design its largest temperature, in kelvins.
  public let objective: Double
  /// The mean of how far the loaded nodes move, in millimetres; 0 where no force acts.
  public let loadedDisplacement: Double
  /// The same figure with every pixel cut in four and the same forces and powers on the same nodes.
  public let refinedObjective: Double
  /// Linear systems that were solved.
  public let solveCount: Int

  /// Solves a design, and the same with every pixel cut in four.
  ///
  /// - Parameter solid: What is made, `[row][column]`; the rest is void.
  /// - Throws: ``ExportFault`` where the solver finds the problem wrong or no answer.
  /// - Complexity: two factorizations
  init(_ solid: [Bool], of problem: DesignTask) throws(ExportFault) {
    let coarse = try Self.solve(solid, problem)
    let size = problem.size
    let fine = (0..<(4 * solid.count)).map { place -> Bool in
      let (row, column) = (place / (2 * size.columns), place % (2 * size.columns))
      return solid[row / 2 * size.columns + column / 2]
    }
    let refined = try Self.solve(fine, problem.refined)
    (objective, loadedDisplacement) = (coarse.objective, coarse.displacement)
    refinedObjective = refined.objective
    solveCount = coarse.solveCount + refined.solveCount
  }

  private static func solve(_ solid: [Bool], _ problem: DesignTask) throws(ExportFault) -> (
    objective: Double, displacement: Double, solveCount: Int
  ) {
    let evaluation: DesignEvaluation
    do {
      let loss = try ManufacturabilityLoss(of: problem.manufacturability())
      evaluation = try loss.evaluate(
        [solid.map { $0 ? 1 : 0 }],
        EvaluationOptions(gradient: .none, wantsDisplacements: true, factorization: .oneAtATime))[0]
        .get()
    } catch {
      throw ExportFault.notSolved("\(error)")
    }
    guard !problem.loads.isEmpty else {
      return (evaluation.temperatures.max() ?? evaluation.total, 0, evaluation.solveCount)
    }
    let u = evaluation.displacements[0]
    let loaded = problem.nodalForces.map(\.node)
    let sum = loaded.reduce(0) { sum, node in
      sum + (u[2 * node] * u[2 * node] + u[2 * node + 1] * u[2 * node + 1]).squareRoot()
    }
    return (evaluation.total, sum / Double(loaded.count), evaluation.solveCount)
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
    fine.loads = freeForces.map { node, force in
      MechanicalLoad(.point(at: place(node)), force: [force.x, force.y])
    }
    return fine
  }
}
