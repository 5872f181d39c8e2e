internal import BatchLinearAlgebra
internal import DesignProblem
internal import LinearAlgebra
internal import Parallelism

/// Evaluates up to eight designs on one grid side by side: fields, heat, displacements, terms, and the way back
/// (`GroupEvaluation+Adjoint.swift`).
///
/// All problems of a group solve for the same fields in as many load cases.
struct GroupEvaluation {
  /// What becomes of one design.
  typealias LaneResult = Result<DesignEvaluation, DesignFault>
  /// The weights of a lane's terms at their values.
  typealias Slopes = (_ lane: Int, _ values: [Double]) -> [Double]

  let problems: [PreparedProblem]
  let options: EvaluationOptions
  /// The weights of a lane's terms by their values, in place of the problem's.
  let slopes: Slopes?
  let factors: GridFactors
  /// Threads that share the group's systems: those that have no group of their own.
  let crew: Crew
  /// The first problem: what all have in common is read from it.
  var common: PreparedProblem { problems[0] }
  /// Designs that have not failed.
  var states: [DesignState?]
  var faults: [DesignFault?]
  /// Whether a design is left that has not failed.
  var isAlive: Bool { states.contains { $0 != nil } }
  var residuals: [Double]
  var solveCounts: [Int]

  // Interleaved, for the adjoint: K's scales are not needed again, what was solved for is.
  var displacements: [[Double]] = []
  var temperature: [Double] = []
  var temperatureFluctuations: [[Double]] = []
  var conductivityScale: [Double] = []

  static func evaluate(
    _ lanes: [(problem: PreparedProblem, design: [Double])], _ options: EvaluationOptions,
    _ slopes: Slopes?, _ factors: GridFactors, _ crew: Crew
  ) -> [LaneResult] {
    var group = GroupEvaluation(lanes, options, slopes, factors, crew)
    // Nothing is factored for designs that are all refused.
    guard group.isAlive else { return group.results() }
    if group.common.isCell {
      group.solveCell()
    } else {
      if group.common.solvesTemperature { group.solveTemperature() }
      group.findWarming()
      if group.common.solvesDisplacements, group.isAlive { group.solveDisplacements() }
    }
    return group.results()
  }

  private init(
    _ lanes: [(problem: PreparedProblem, design: [Double])], _ options: EvaluationOptions,
    _ slopes: Slopes?, _ factors: GridFactors, _ crew: Crew
  ) {
    self.crew = crew
    problems = lanes.map(\.problem)
    self.options = options
    self.slopes = slopes
    self.factors = factors
    residuals = Array(repeating: 0, count: lanes.count)
    solveCounts = residuals.map { _ in 0 }
    states = []
    faults = []
    for (problem, design) in lanes {
      if let fault = problem.fault(of: design) {
        states.append(nil)
        faults.append(fault)
        continue
      }
      let state = DesignState(problem: problem, fields: problem.pipeline.fields(of: design))
      let fault = problem.loadOnVoid(state.fields)
      states.append(fault == nil ? state : nil)
      faults.append(fault)
    }
  }

  /// Conduction: K_T T = q with T known at sinks, where the known part goes to the right-hand side.
  private mutating func solveTemperature() {
    let system = common.conduction
    let held = problems.map { $0.knownTemperatures.map(\.vertex) }
    conductivityScale = conductionScale()
    let factor = factors.temperature(system)
    factor.factor(scale: conductivityScale, held: held, crew: crew)
    let known = Lanes.interleaved(
      problems.map { problem in
        var values = [Double](repeating: 0, count: system.unknownCount)
        for (vertex, temperature) in problem.knownTemperatures { values[vertex] = temperature }
        return values
      }, length: system.unknownCount)
    var conducted = [Double](repeating: 0, count: known.count)
    system.elements.apply(scale: conductivityScale, displacement: known, to: &conducted)
    var load = Lanes.interleaved(problems.map(\.heat), length: system.unknownCount)
    for index in load.indices { load[index] -= conducted[index] }
    temperature = solve([load], held, factor, "temperature")[0]
    for index in temperature.indices { temperature[index] += known[index] }
    for lane in states.indices {
      states[lane]?.temperature = Lanes.lane(lane, of: temperature)
    }
  }

  /// θ: the mean of each element's nodes' T − T_sf, plus the given change.
  private mutating func findWarming() {
    let (unknowns, size) = (common.conduction.elements.unknowns, common.conduction.elements.size)
    for lane in states.indices {
      guard let state = states[lane], problems[lane].problem.isWarmed else { continue }
      let problem = problems[lane].problem
      var temperatureRise = [Double](
        repeating: problem.temperatureChange, count: problem.grid.elementCount)
      if let heat = problem.heat, heat.deforms, !state.temperature.isEmpty {
        for element in temperatureRise.indices {
          var sum = 0.0
          for place in 0..<size { sum += state.temperature[Int(unknowns[element * size + place])] }
          temperatureRise[element] += sum / Double(size) - heat.stressFreeTemperature
        }
      }
      states[lane]?.temperatureRise = temperatureRise
    }
  }

  /// K u = f in every load case, with the thermal forces β_e θ_e ∫Bᵀ1 dV.
  private mutating func solveDisplacements() {
    let system = common.displacement
    let held = problems.map(\.heldDisplacements)
    let factor = factors.displacement(system)
    factor.factor(scale: scale { [$0.lambda, $0.shear] }, held: held, crew: crew)
    for lane in states.indices {
      guard let state = states[lane] else { continue }
      let forces = problems[lane].forces.enumerated().map { place, force in
        guard problems[lane].isWarm(place), !state.temperatureRise.isEmpty else { return force }
        var force = force
        addSwelling(
          state.fields.thermalStress.indices.map {
            state.fields.thermalStress[$0] * state.temperatureRise[$0]
          }, to: &force)
        return force
      }
      states[lane]?.forces = forces
    }
    let loads = common.forces.indices.map { place in
      Lanes.interleaved(states.map { $0?.forces[place] ?? [] }, length: system.unknownCount)
    }
    displacements = solve(loads, held, factor, "displacement")
    for lane in states.indices {
      states[lane]?.displacements = displacements.map { Lanes.lane(lane, of: $0) }
      states[lane]?.strains = displacements.map { _ in [] }
    }
    for (place, displacement) in displacements.enumerated() where readsStress(place) {
      let strains = system.elements.mapped(by: system.matrices.meanStrain, displacement)
      for lane in states.indices { states[lane]?.strains[place] = Lanes.lane(lane, of: strains) }
    }
  }

  /// Whether a term of any lane reads the stresses of a case.
  func readsStress(_ loadCase: Int) -> Bool { problems.contains { $0.readsStress[loadCase] } }

  /// Adds Σ stress_e ∫Bᵀ1 dV.
  func addSwelling(_ stress: [Double], to force: inout [Double]) {
    let (elements, swelling) = (common.displacement.elements, common.displacement.matrices.swelling)
    for element in stress.indices where stress[element] != 0 {
      for place in swelling.indices {
        force[Int(elements.unknowns[element * swelling.count + place])] +=
          stress[element] * swelling[place]
      }
    }
  }

  /// The scales of the cells' matrices, `[cell][matrix][8]`; lanes without a design get ones, which is harmless.
  func scale(_ constants: (MaterialFields) -> [[Double]]) -> [Double] {
    let lanes = states.map { $0.map { constants($0.fields) } }
    let matrixCount = lanes.lazy.compactMap { $0 }.first?.count ?? 1
    let cellCount = common.problem.grid.elementCount
    var result = [Double](repeating: 1, count: cellCount * matrixCount * Lanes.count)
    for (lane, constants) in lanes.enumerated() {
      guard let constants else { continue }
      for (matrix, values) in constants.enumerated() {
        for cell in 0..<cellCount {
          result[(cell * matrixCount + matrix) * Lanes.count + lane] = values[cell]
        }
      }
    }
    return result
  }

  /// The scales of conduction: every element's conductivity, and behind the elements the coefficients of films on the border.
  private func conductionScale() -> [Double] {
    let conductivity = scale { [$0.conductivity] }
    let elements = common.conduction.elements
    guard elements.matrixCount == 2 else { return conductivity }
    let elementCount = common.problem.grid.elementCount
    var result = [Double](repeating: 0, count: elements.cellCount * 2 * Lanes.count)
    for cell in 0..<elementCount {
      for lane in 0..<Lanes.count {
        result[cell * 2 * Lanes.count + lane] = conductivity[cell * Lanes.count + lane]
      }
    }
    // Lanes without a problem get ones here too.
    for cell in elementCount..<elements.cellCount {
      for lane in problems.count..<Lanes.count { result[(cell * 2 + 1) * Lanes.count + lane] = 1 }
    }
    for (lane, problem) in problems.enumerated() {
      guard let films = problem.problem.heat?.films else { continue }
      for (cell, film) in problem.filmedSides {
        result[(cell * 2 + 1) * Lanes.count + lane] = films[film].coefficient
      }
    }
    return result
  }

  /// Solves for right-hand sides with held unknowns set to zero; failures go to the lanes they belong to.
  ///
  /// - Parameter counts: How many of the loads are each lane's own, where others are there for its neighbours alone.
  mutating func solve(
    _ loads: consuming [[Double]], _ held: [[Int]], _ factor: any GroupFactor, _ field: String,
    countedAs counts: [Int]? = nil, isAdjoint: Bool = false
  ) -> [[Double]] {
    for (lane, held) in held.enumerated() {
      for unknown in held {
        for place in loads.indices { loads[place][unknown * Lanes.count + lane] = 0 }
      }
    }
    let qualities = factor.solve(
      &loads, tolerance: isAdjoint ? options.accuracy.adjoint : options.accuracy.state,
      crew: crew)
    for lane in states.indices where faults[lane] == nil {
      if let fault = factor.faults[lane] {
        fail(lane, .notSolved(field: field, fault))
        continue
      }
      solveCounts[lane] += counts?[lane] ?? loads.count
      for quality in qualities.map({ $0[lane] }) {
        if !isAdjoint { residuals[lane] = max(residuals[lane], quality.residual) }
        // Written so that a residual that is no number fails.
        if !(quality.isConverged && quality.residual.isFinite) {
          fail(lane, .notConverged(field: field, residual: quality.residual))
        }
      }
    }
    return loads
  }

  mutating func fail(_ lane: Int, _ fault: DesignFault) {
    states[lane] = nil
    faults[lane] = fault
  }
}
