internal import Manufacturability

/// What the solver of images says of a black and white design, with how far its pixels are from converged.
///
/// It is a prediction by a solver, not a measurement.
public struct ImagePrediction: Sendable, Equatable {
  /// *f*·*u*, in N mm, with the strict void.
  public let compliance: Double
  /// The mean of how far the loaded nodes move, in millimetres.
  public let loadedDisplacement: Double
  /// *f*·*u* with every pixel cut in four and the same forces on the same nodes.
  public let refinedCompliance: Double
  /// Linear systems that were solved.
  public let solveCount: Int

  /// Solves a design, and the same with every pixel cut in four.
  ///
  /// - Parameter solid: What is made, `[row][column]`; the rest is void.
  /// - Throws: ``ExportFault`` where the solver finds the problem wrong or no answer.
  /// - Complexity: two factorizations
  init(_ solid: [Bool], of problem: PartProblem) throws(ExportFault) {
    let coarse = try Self.solve(solid, problem)
    let size = problem.size
    let fine = (0..<(4 * solid.count)).map { place -> Bool in
      let (row, column) = (place / (2 * size.columns), place % (2 * size.columns))
      return solid[row / 2 * size.columns + column / 2]
    }
    let refined = try Self.solve(fine, problem.refined)
    (compliance, loadedDisplacement) = (coarse.compliance, coarse.displacement)
    refinedCompliance = refined.compliance
    solveCount = coarse.solveCount + refined.solveCount
  }

  private static func solve(_ solid: [Bool], _ problem: PartProblem) throws(ExportFault) -> (
    compliance: Double, displacement: Double, solveCount: Int
  ) {
    let outcome: DesignEvaluation
    do {
      let loss = try ManufacturabilityLoss(of: problem.manufacturability())
      outcome = try loss.evaluate(
        [solid.map { $0 ? 1 : 0 }],
        EvaluationOptions(gradient: .none, wantsDisplacements: true, factorization: .oneAtATime))[0]
        .get()
    } catch {
      throw ExportFault.notSolved("\(error)")
    }
    let u = outcome.displacements[0]
    let loaded = problem.nodalForces.map(\.node)
    let sum = loaded.reduce(0) { sum, node in
      sum + (u[2 * node] * u[2 * node] + u[2 * node + 1] * u[2 * node + 1]).squareRoot()
    }
    return (outcome.total, sum / Double(loaded.count), outcome.solveCount)
  }
}

extension PartProblem {
  /// The problem with every pixel cut in four; forces stay on the nodes they act on.
  var refined: PartProblem {
    func doubled(_ point: [Double]) -> [Double] { point.map { 2 * $0 } }
    let grid = grid
    var fine = self
    fine.size = GridSize(columns: 2 * size.columns, rows: 2 * size.rows)
    fine.pixelSize = pixelSize / 2
    func place(_ node: Int) -> [Double] { grid.position(ofNode: node).map { 2 * Double($0) } }
    fine.supports = supports.map { support in
      let region: GridRegion =
        switch support.region {
        case .edge, .corner: support.region
        case .box(let lower, let upper): .box(lower: doubled(lower), upper: doubled(upper))
        case .disc(let center, let radius): .disc(center: doubled(center), radius: 2 * radius)
        case .point, .points: .points(at: grid.nodes(in: support.region).map(place))
        }
      return Support(region, axes: support.axes)
    }
    // A force along a held direction would do nothing, which the solver refuses of a load of its own.
    fine.loads = freeForces.map { node, force in
      MechanicalLoad(.point(at: place(node)), force: [force.x, force.y])
    }
    return fine
  }
}
