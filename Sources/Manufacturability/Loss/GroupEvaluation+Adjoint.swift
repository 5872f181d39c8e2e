internal import BatchLinearAlgebra
internal import DesignProblem
internal import LinearAlgebra

// With the state equations K_T T = q and K u = f(ρ, T), the derivative of a value J(ρ, u, T) follows from two adjoint systems, whose
// matrices are factored already:
//
//     K a = ∂J/∂u,   K_T t = ∂J/∂T + (∂f/∂T)ᵀ a,
//     dJ/dρ = ∂J/∂ρ + aᵀ (∂f/∂ρ − ∂K/∂ρ u) − tᵀ ∂K_T/∂ρ T.
//
// f contains Σ_e β_e θ_e s with s = ∫Bᵀ1 dV and the temperature rise θ_e, the mean over the element's nodes. So with a_e = a·s of each element
//
//     ∂J/∂β_e += θ_e a_e,   ∂J/∂θ_e += β_e a_e,
//     ∂J/∂λ_e −= aᵀ K_λ u,  ∂J/∂μ_e −= aᵀ K_μ u,  ∂J/∂k_e −= tᵀ K_k T.
//
// A film of coefficient h and ambient temperature T∞ adds h ∫NᵀN dA to K_T and h T∞ ∫N dA to q (Robin's condition); no density is in either.
//
// Compliance is its own adjoint: there a is w u in the last line and 2 w u in the line of β and θ (`ComplianceTerm`).

extension GroupEvaluation {
  /// What each lane asks for: one evaluation for the total, or one for every term.
  private typealias Requests = [[TermEvaluation]]

  /// Values, and derivatives as the options ask for them.
  mutating func results() -> [LaneResult] {
    let termEvaluations = evaluateTerms()
    for lane in states.indices where states[lane] != nil {
      for (term, evaluation) in zip(problems[lane].problem.terms, termEvaluations[lane])
      where !evaluation.value.isFinite {
        fail(lane, .notFinite(term: term.name))
        break
      }
    }
    var requests: Requests = problems.indices.map { lane in
      let evaluations = termEvaluations[lane]
      switch options.gradient {
      case .none: return []
      case .everyTerm: return evaluations
      case .total:
        guard !evaluations.isEmpty else { return [] }
        var total = TermEvaluation(value: 0)
        let slopes = states[lane] == nil ? nil : slopes?(lane, evaluations.map(\.value))
        for (place, evaluation) in evaluations.enumerated() where slopes?[place] != 0 {
          total.add(
            evaluation, times: slopes?[place] ?? problems[lane].problem.terms[place].weight)
        }
        return [total]
      }
    }
    let parameters = solveAdjoint(&requests)
    return states.indices.map { lane in
      if let fault = faults[lane] { return .failure(fault) }
      return evaluation(lane, termEvaluations[lane], requests[lane], parameters[lane])
    }
  }

  /// All terms of all lanes.
  private func evaluateTerms() -> [[TermEvaluation]] {
    var evaluations: [[TermEvaluation]] = states.map { _ in [] }
    // Connectivity takes designs side by side, as long as they are swept alike.
    var connectivityTerms: [Int: [(lane: Int, place: Int, term: ConnectivityTerm)]] = [:]
    for (lane, state) in states.enumerated() {
      guard let state else { continue }
      for (place, evaluator) in state.problem.evaluators.enumerated() {
        if let term = evaluator as? ConnectivityTerm {
          connectivityTerms[term.sweepCount, default: []].append((lane, place, term))
          evaluations[lane].append(TermEvaluation(value: .nan))
        } else {
          evaluations[lane].append(evaluator.evaluate(state))
        }
      }
    }
    for alike in connectivityTerms.values {
      for first in stride(from: 0, to: alike.count, by: Lanes.count) {
        let chosen = alike[first..<min(first + Lanes.count, alike.count)]
        let group = ConnectivityTerm.evaluate(
          chosen.map(\.term), chosen.compactMap { states[$0.lane] })
        for (member, evaluation) in zip(chosen, group) {
          evaluations[member.lane][member.place] = evaluation
        }
      }
    }
    return evaluations
  }

  private func evaluation(
    _ lane: Int, _ evaluations: [TermEvaluation], _ requests: [TermEvaluation],
    _ parameters: ParameterGradient?
  ) -> LaneResult {
    guard let state = states[lane] else { preconditionFailure("a lane without a state") }
    let problem = problems[lane]
    let terms = problem.problem.terms
    var result = DesignEvaluation(
      total: zip(terms, evaluations).reduce(0) { $0 + $1.0.weight * $1.1.value }, gradient: [],
      terms: zip(terms, evaluations).map {
        .init(name: $0.name, value: $1.value, weight: $0.weight, gradient: [])
      },
      parameterGradient: parameters, homogenized: state.homogenized,
      physicalDensity: state.fields.density, largestResidual: residuals[lane],
      solveCount: solveCounts[lane])
    if options.wantsDisplacements {
      result.displacements = Array(state.displacements.prefix(problem.problem.loadCases.count))
      result.temperatures = state.temperature
    }
    let gradients = requests.map { problem.pipeline.designGradient($0.fields, at: state.fields) }
    switch options.gradient {
    case .none: break
    case .total: result.gradient = gradients[0]
    case .everyTerm:
      result.gradient = [Double](repeating: 0, count: problem.problem.designCount)
      for (place, gradient) in gradients.enumerated() {
        result.terms[place].gradient = gradient
        for index in gradient.indices {
          result.gradient[index] += terms[place].weight * gradient[index]
        }
      }
    }
    if let place = result.gradient.firstIndex(where: { !$0.isFinite }) {
      let term = zip(terms, gradients).first { !$0.1.allSatisfy(\.isFinite) }?.0.name
      return .failure(.notFinite(term: "\(term ?? "total"), gradient at \(place)"))
    }
    return .success(result)
  }

  /// Solves the adjoint systems and adds what follows to the requests' derivatives by the elements' constants.
  private mutating func solveAdjoint(_ requests: inout Requests) -> [ParameterGradient?] {
    let count = requests.map(\.count).max() ?? 0
    guard count > 0 else { return states.map { _ in nil } }
    if common.isCell {
      addCellSensitivities(&requests)
      return parameterGradients(requests, [], [])
    }
    let adjoints = common.solvesDisplacements ? solveDisplacementAdjoints(requests, count) : []
    for (place, cases) in adjoints.enumerated() {
      addStiffnessSensitivities(&requests, place, cases)
      addThermalSensitivities(&requests, place, cases)
    }
    let conducted = common.solvesTemperature ? solveTemperatureAdjoints(requests, count) : []
    for (place, adjoint) in conducted.enumerated() {
      addConductionSensitivities(&requests, place, adjoint)
    }
    return parameterGradients(requests, adjoints, conducted)
  }

  /// The adjoint displacements, `[request][case][unknown][8]`, without the part of terms that are their own adjoint.
  private mutating func solveDisplacementAdjoints(_ requests: Requests, _ count: Int)
    -> [[[Double]?]]
  {
    let system = common.displacement
    var loads: [[Double]] = []
    var places: [(request: Int, loadCase: Int)] = []
    var sideCounts = requests.map { _ in 0 }
    for request in 0..<count {
      for loadCase in common.forces.indices {
        let lanes = requests.map {
          request < $0.count ? $0[request].displacements[loadCase] ?? [] : []
        }
        let strains = requests.map {
          request < $0.count ? $0[request].strains[loadCase] ?? [] : []
        }
        let areStrained = strains.contains { !$0.isEmpty }
        guard areStrained || lanes.contains(where: { !$0.isEmpty }) else { continue }
        var load = Lanes.interleaved(lanes, length: system.unknownCount)
        if areStrained {
          let length = system.elements.cellCount * system.matrices.strainCount
          system.elements.addTransposed(
            system.matrices.meanStrain, Lanes.interleaved(strains, length: length), to: &load)
        }
        loads.append(load)
        places.append((request, loadCase))
        for lane in sideCounts.indices where !(lanes[lane].isEmpty && strains[lane].isEmpty) {
          sideCounts[lane] += 1
        }
      }
    }
    var adjoints = [[[Double]?]](
      repeating: Array(repeating: nil, count: common.forces.count), count: count)
    guard !loads.isEmpty else { return adjoints }
    let solved = solve(
      loads, problems.map(\.heldDisplacements), factors.displacement(system),
      "adjoint displacement", countedAs: sideCounts, isAdjoint: true)
    for (place, vector) in zip(places, solved) { adjoints[place.request][place.loadCase] = vector }
    return adjoints
  }

  /// ∂J/∂λ −= aᵀ K_λ u and ∂J/∂μ −= aᵀ K_μ u, a with the part of terms that are their own adjoint.
  private mutating func addStiffnessSensitivities(
    _ requests: inout Requests, _ place: Int, _ adjoints: [[Double]?]
  ) {
    let elements = common.displacement.elements
    var result = [Double](repeating: 0, count: elements.cellCount * 2 * Lanes.count)
    for (loadCase, adjoint) in adjoints.enumerated() {
      let displacement = ScaledElements.Side(field: displacements[loadCase])
      let selfAdjointFactors = requests.map {
        place < $0.count ? $0[place].selfAdjoint[loadCase] ?? 0 : 0
      }
      guard adjoint != nil || selfAdjointFactors.contains(where: { $0 != 0 }) else { continue }
      // The same sum whether a neighbour has an adjoint or not: bits are each design's own.
      let left = Lanes.sum(
        adjoint ?? Array(repeating: 0, count: displacements[loadCase].count),
        displacements[loadCase], times: Lanes.padded(selfAdjointFactors))
      elements.contract(
        .init(field: left), displacement, factors: Lanes.repeated(-1), into: &result)
    }
    for lane in states.indices where states[lane] != nil && place < requests[lane].count {
      requests[lane][place].fields.add(
        FieldSensitivity(
          lambda: Lanes.lane(lane, of: result, offset: 0, stride: 2),
          shear: Lanes.lane(lane, of: result, offset: 1, stride: 2)), times: 1)
    }
  }

  /// ∂J/∂β_e += θ_e a·s and ∂J/∂θ_e += β_e a·s in warm cases.
  private func addThermalSensitivities(
    _ requests: inout Requests, _ place: Int, _ adjoints: [[Double]?]
  ) {
    let (elements, swelling) = (common.displacement.elements, common.displacement.matrices.swelling)
    for lane in states.indices {
      guard let state = states[lane], !state.temperatureRise.isEmpty, place < requests[lane].count
      else {
        continue
      }
      var byStress = [Double](repeating: 0, count: state.temperatureRise.count)
      for (loadCase, adjoint) in adjoints.enumerated() where problems[lane].isWarm(loadCase) {
        let selfAdjointFactor = 2 * (requests[lane][place].selfAdjoint[loadCase] ?? 0)
        guard adjoint != nil || selfAdjointFactor != 0 else { continue }
        let displacement = state.displacements[loadCase]
        var total = [Double](repeating: 0, count: displacement.count)
        for unknown in total.indices { total[unknown] = selfAdjointFactor * displacement[unknown] }
        if let adjoint {
          for unknown in total.indices { total[unknown] += adjoint[unknown * Lanes.count + lane] }
        }
        for element in byStress.indices {
          for corner in swelling.indices {
            let unknown = Int(elements.unknowns[element * swelling.count + corner])
            byStress[element] += swelling[corner] * total[unknown]
          }
        }
      }
      requests[lane][place].add(
        TermEvaluation(
          value: 0,
          fields: FieldSensitivity(
            thermalStress: byStress.indices.map { byStress[$0] * state.temperatureRise[$0] }),
          temperatureRise: byStress.indices.map { byStress[$0] * state.fields.thermalStress[$0] }),
        times: 1
      )
    }
  }

  /// The adjoint temperatures, `[request][unknown][8]`.
  private mutating func solveTemperatureAdjoints(_ requests: Requests, _ count: Int) -> [[Double]] {
    let system = common.conduction
    let (unknowns, size) = (system.elements.unknowns, system.elements.size)
    let loads = (0..<count).map { place in
      Lanes.interleaved(
        requests.enumerated().map { lane, requests in
          guard states[lane] != nil, place < requests.count else { return [] }
          let request = requests[place]
          var load =
            request.temperature.isEmpty
            ? [Double](repeating: 0, count: system.unknownCount) : request.temperature
          for element in request.temperatureRise.indices where problems[lane].conductionDeforms {
            for corner in 0..<size {
              load[Int(unknowns[element * size + corner])] +=
                request.temperatureRise[element] / Double(size)
            }
          }
          return load
        }, length: system.unknownCount)
    }
    return solve(
      loads, problems.map { $0.knownTemperatures.map(\.vertex) }, factors.temperature(system),
      "adjoint temperature", countedAs: requests.map(\.count), isAdjoint: true)
  }

  /// ∂J/∂k −= tᵀ K_k T.
  private func addConductionSensitivities(
    _ requests: inout Requests, _ place: Int, _ adjoint: [Double]
  ) {
    let elements = common.conduction.elements
    let (matrixCount, elementCount) = (elements.matrixCount, common.problem.grid.elementCount)
    var result = [Double](repeating: 0, count: elements.cellCount * matrixCount * Lanes.count)
    elements.contract(
      .init(field: adjoint), .init(field: temperature), factors: Lanes.repeated(-1),
      into: &result)
    for lane in states.indices where states[lane] != nil && place < requests[lane].count {
      let byCell = Lanes.lane(lane, of: result, stride: matrixCount)
      requests[lane][place].fields.add(
        FieldSensitivity(
          conductivity: byCell.count == elementCount ? byCell : Array(byCell.prefix(elementCount))),
        times: 1)
    }
  }
}
