internal import DesignProblem

extension ManufacturabilityProblem {
  /// The mean stresses of a cell under which terms read stresses, each once.
  var cellStresses: [[Double]] {
    terms.reduce(into: []) { known, term in
      if case .cellStress(let mean, _) = term.measure, !known.contains(mean) { known.append(mean) }
    }
  }
}

/// What binds measures to a problem: regions to nodes, names to cases.
struct TermContext {
  let problem: ManufacturabilityProblem
  let thermalCase: Int

  func evaluator(of measure: Measure) -> any TermEvaluator {
    let grid = problem.grid
    switch measure {
    case .compliance(let reference, let names):
      return ComplianceTerm(
        cases: problem.cases(names).map { ($0, problem.loadCases[$0].weight) }, reference: reference
      )
    case .stress(let aggregate, let names):
      return stress(aggregate, problem.cases(names))
    case .thermalStress(let aggregate):
      return stress(aggregate, [thermalCase])
    case .displacement(let region, let direction, let names):
      let nodes = grid.nodes(in: region)
      let length = dot(direction, direction).squareRoot()
      return DisplacementTerm(
        cases: problem.cases(names),
        shares: nodes.flatMap { node in
          direction.indices.map {
            (node * grid.axisCount + $0, direction[$0] / (length * Double(nodes.count)))
          }
        })
    case .displacementNorm(let region, let exponent, let names):
      return DisplacementNormTerm(
        cases: problem.cases(names), vertices: grid.nodes(in: region), exponent: exponent,
        divisor: 1)
    case .temperature(let exponent):
      return TemperatureTerm(
        exponent: exponent, stressFreeTemperature: problem.heat?.stressFreeTemperature ?? 0)
    case .thermalDistortion(let region):
      let nodes = grid.nodes(in: region)
      return DisplacementNormTerm(
        cases: [thermalCase], vertices: nodes, exponent: 2,
        divisor: Double(nodes.count).squareRoot())
    case .warpage(let side):
      let nodes = grid.nodes(in: .edge(side: side))
      return WarpageTerm(
        loadCase: thermalCase, unknowns: nodes.map { $0 * grid.axisCount + side.axis },
        planes: planes(over: nodes, of: side))
    case .volume(let target, let isExact, let index):
      return VolumeTerm(
        target: target, isExact: isExact,
        solid: index.flatMap { index in problem.solids.firstIndex { $0.index == index } })
    case .minimumSize(let constants):
      return MinimumSizeTerm(
        constants: constants,
        neighbours: GridNeighbours(grid, isPeriodic: problem.isPeriodic),
        stencil: constants.radius.map {
          ConeStencil(grid, radius: $0, isPeriodic: problem.isPeriodic)
        })
    case .overhang(let upwards): return OverhangTerm(grid, upwards: upwards)
    case .connectivity(let sweeps):
      let nodes = Set(problem.anchoringRegions.flatMap { grid.nodes(in: $0) })
      let seeds = (0..<grid.elementCount).filter { element in
        grid.nodes(ofElement: element).contains { nodes.contains($0) }
      }
      return ConnectivityTerm(
        grid, seeds: seeds, sweepCount: sweeps, isPeriodic: problem.isPeriodic)
    case .effectiveStiffness(let row, let column, let target):
      return EffectiveTerm(
        constant: .stiffness(row: row, column: column), target: target,
        scale: scale(target, problem.solids[0].youngsModulus))
    case .effectiveConductivity(let row, let column, let target):
      return EffectiveTerm(
        constant: .conductivity(row: row, column: column), target: target,
        scale: scale(target, problem.solids[0].conductivity))
    case .effectiveExpansion(let row, let target):
      let largest = problem.solids.map { abs($0.expansion) }.max() ?? 0
      return EffectiveTerm(
        constant: .expansion(row: row), target: target,
        scale: scale(target, largest > 0 ? largest : 1))
    case .effectiveCompliance(let direction):
      return EffectiveTerm(constant: .compliance(direction: direction), target: nil, scale: 1)
    case .effectivePoissonsRatio(let row, let column):
      return EffectiveTerm(
        constant: .poissonsRatio(row: row, column: column), target: nil, scale: 1)
    case .cellStress(let mean, let aggregate):
      guard let place = problem.cellStresses.firstIndex(of: mean) else {
        preconditionFailure("a mean stress that no term has")
      }
      return StressTerm(aggregate: aggregate, cases: [place], omitted: [[]])
    }
  }

  private func stress(_ aggregate: Aggregate, _ cases: [Int]) -> StressTerm {
    StressTerm(
      aggregate: aggregate, cases: cases,
      omitted: cases.map { place in
        problem.elementsNotCounted(
          aggregate, inCase: problem.loadCases.indices.contains(place) ? place : nil)
      })
  }

  private func scale(_ target: Double?, _ solid: Double) -> Double {
    guard let target, target != 0 else { return solid }
    return abs(target)
  }

  /// An orthonormal basis of the linear functions over a side, by Gram and Schmidt.
  private func planes(over nodes: [Int], of side: GridSide) -> [[Double]] {
    let grid = problem.grid
    let along = (0..<grid.axisCount).filter { $0 != side.axis }
    let functions =
      [nodes.map { _ in 1.0 }]
      + along.map { axis in
        nodes.map { Double(grid.position(ofNode: $0)[axis]) - Double(grid.extent[axis]) / 2 }
      }
    var basis: [[Double]] = []
    for function in functions {
      var remainder = function
      for known in basis {
        let share = dot(known, remainder)
        for place in remainder.indices { remainder[place] -= share * known[place] }
      }
      let length = dot(remainder, remainder).squareRoot()
      basis.append(remainder.map { $0 / length })
    }
    return basis
  }
}
