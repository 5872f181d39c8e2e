internal import BatchLinearAlgebra
internal import DesignProblem
internal import LinearAlgebra

// Derivatives by what is not designed. They are linear in the adjoints and in the requests' own derivatives, so that those of the total
// are had from the weighted sums of both, whether the total was asked for or every term.

extension GroupEvaluation {
  /// The derivatives of every lane's total by constants, loads and temperatures; `nil` where they are not asked for or the lane failed.
  ///
  /// - Parameters:
  ///   - requests: With the derivatives by the elements' constants in them.
  ///   - adjoints: Adjoint displacements, `[request][case][unknown][8]`; empty where none are solved for.
  ///   - conducted: Adjoint temperatures, `[request][unknown][8]`.
  func parameterGradients(
    _ requests: [[TermEvaluation]], _ adjoints: [[[Double]?]], _ conducted: [[Double]]
  ) -> [ParameterGradient?] {
    guard options.wantsParameterGradient else { return states.map { _ in nil } }
    // The one request of a total is weighted already.
    guard options.gradient == .everyTerm else {
      return states.indices.map { lane in
        guard let state = states[lane], let request = requests[lane].first else { return nil }
        return parameterGradient(state, request, lane, adjoints.first ?? [], conducted.first)
      }
    }
    let cases =
      adjoints.isEmpty
      ? []
      : common.forces.indices.map { loadCase in
        weighted(adjoints.map { $0[loadCase] })
      }
    let temperature = weighted(conducted)
    return states.indices.map { lane in
      guard let state = states[lane], !requests[lane].isEmpty else { return nil }
      var total = TermEvaluation(value: 0)
      for (term, request) in zip(problems[lane].problem.terms, requests[lane]) {
        total.add(request, times: term.weight)
      }
      return parameterGradient(state, total, lane, cases, temperature)
    }
  }

  /// The sum over requests of vectors `[unknown][8]`, each lane's with the weights of its own terms; `nil` where there is none.
  private func weighted(_ vectors: [[Double]?]) -> [Double]? {
    var sum: [Double]?
    for (place, vector) in vectors.enumerated() {
      guard let vector else { continue }
      let weights = problems.map { problem in
        place < problem.problem.terms.count ? problem.problem.terms[place].weight : 0
      }
      var result = sum ?? [Double](repeating: 0, count: vector.count)
      for first in stride(from: 0, to: vector.count, by: Lanes.count) {
        for (lane, weight) in weights.enumerated() where weight != 0 {
          result[first + lane] += weight * vector[first + lane]
        }
      }
      sum = result
    }
    return sum
  }

  /// Derivatives by constants, forces, and temperatures: the adjoints themselves are the derivatives by nodal forces and heat.
  private func parameterGradient(
    _ state: DesignState, _ request: TermEvaluation, _ lane: Int, _ adjoints: [[Double]?],
    _ conducted: [Double]?
  ) -> ParameterGradient {
    let problem = problems[lane]
    let axes = problem.displacement.width
    let forces = problem.loadShares.enumerated().map { loadCase, loads in
      let selfAdjointFactor = 2 * (request.selfAdjoint[loadCase] ?? 0)
      return loads.map { nodes in
        (0..<axes).map { axis in
          nodes.reduce(0) { sum, node in
            let unknown = node.vertex * axes + axis
            guard !adjoints.isEmpty else { return sum }
            return sum + node.share
              * ((adjoints[loadCase]?[unknown * Lanes.count + lane] ?? 0)
                + selfAdjointFactor * state.displacements[loadCase][unknown])
          }
        }
      }
    }
    var powers = problem.problem.heat?.sources.map { _ in 0.0 } ?? []
    var sinks = problem.problem.heat?.sinks.map { _ in 0.0 } ?? []
    if let heat = problem.problem.heat, let conducted {
      let grid = problem.problem.grid
      powers = heat.sources.map { source in
        let nodes = grid.nodes(in: source.region)
        return nodes.reduce(0) { $0 + conducted[$1 * Lanes.count + lane] / Double(nodes.count) }
      }
      // A known temperature acts through the elements beside it: dJ/dT_D = (∂J/∂T)_D − (K_T t)_D.
      var flow = [Double](repeating: 0, count: conducted.count)
      problem.conduction.elements.apply(
        scale: conductivityScale, displacement: conducted, to: &flow)
      var direct = request.temperature
      if direct.isEmpty { direct = [Double](repeating: 0, count: problem.conduction.unknownCount) }
      let (unknowns, size) = (
        problem.conduction.elements.unknowns, problem.conduction.elements.size
      )
      for element in request.temperatureRise.indices where problem.conductionDeforms {
        for corner in 0..<size {
          direct[Int(unknowns[element * size + corner])] +=
            request.temperatureRise[element] / Double(size)
        }
      }
      var owner: [Int: Int] = [:]
      for (place, sink) in heat.sinks.enumerated() {
        for node in grid.nodes(in: sink.region) { owner[node] = place }
      }
      for (node, place) in owner.sorted(by: { $0.key < $1.key }) {
        sinks[place] += direct[node] - flow[node * Lanes.count + lane]
      }
    }
    let films = conducted.map { filmGradients(problem, state.temperature, $0, lane) }
    return ParameterGradient(
      solids: problem.pipeline.materialGradient(request.fields, at: state.fields), forces: forces,
      temperatureChange: request.temperatureRise.reduce(0, +), powers: powers,
      sinkTemperatures: sinks, filmCoefficients: films?.coefficients ?? [],
      filmAmbients: films?.ambients ?? [])
  }

  /// dJ/dh = tᵀ (T∞ ∫N − ∫NᵀN T) and dJ/dT∞ = h tᵀ ∫N, summed over the sides of each film.
  private func filmGradients(
    _ problem: PreparedProblem, _ temperature: [Double], _ adjoint: [Double], _ lane: Int
  ) -> (coefficients: [Double], ambients: [Double]) {
    let films = problem.problem.heat?.films ?? []
    var coefficients = films.map { _ in 0.0 }
    var ambients = coefficients
    let grid = problem.problem.grid
    let (elements, matrix) = (problem.conduction.elements, problem.conduction.matrices.film)
    for (cell, film) in problem.filmedSides {
      let corners = (0..<grid.sideCornerCount).map {
        Int(elements.unknowns[cell * elements.size + $0])
      }
      for (a, corner) in corners.enumerated() {
        let t = adjoint[corner * Lanes.count + lane]
        let share = t * grid.sideArea / Double(corners.count)
        ambients[film] += films[film].coefficient * share
        coefficients[film] += share * films[film].ambient
        for (b, other) in corners.enumerated() {
          coefficients[film] -= t * matrix[a * elements.size + b] * temperature[other]
        }
      }
    }
    return (coefficients, ambients)
  }
}
