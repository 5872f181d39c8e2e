internal import BatchLinearAlgebra
internal import LinearAlgebra

// Stresses in a periodic cell under a mean stress Σ. The mean strain is E = C*⁻¹ Σ, and with the fluctuations χ_i of unit strains (GroupEvaluation+Cell)
//
//     ε_e = B̄ (a E − v),  v = Σ_i E_i χ_i,  K v = Σ_i E_i F_i.
//
// Let g = B̄ᵀ ∂J/∂ε and K p = g. At a constant E the derivative follows from one adjoint solve on the same factor, and E itself depends on C* alone:
//
//     dJ = −Σ_e pᵀ dK_e (a E − v) + h·dE,  h_i = Σ_e (∂J/∂ε_e)_i − g·χ_i,  h·dE = −yᵀ dC* E,  y = C*⁻¹ h.

extension GroupEvaluation {
  /// The elements' strains under the mean stresses that terms read stresses under.
  mutating func strainUnderMeanStresses(_ constants: [HomogenizedConstants]) {
    guard problems.contains(where: { !$0.cellStresses.isEmpty }) else { return }
    let system = common.displacement
    let count = system.matrices.strainCount
    let fluctuations = (0..<count).map {
      system.elements.mapped(by: system.matrices.meanStrain, displacements[$0])
    }
    for lane in states.indices where states[lane] != nil {
      let unit = fluctuations.map { Lanes.lane(lane, of: $0) }
      for stress in problems[lane].cellStresses {
        let mean = constants[lane].strain(under: stress)
        var strains = [Double](repeating: 0, count: unit[0].count)
        for place in strains.indices { strains[place] = mean[place % count] }
        for component in 0..<count {
          for place in strains.indices {
            strains[place] -= mean[component] * unit[component][place]
          }
        }
        states[lane]?.meanStrains.append(mean)
        states[lane]?.strains.append(strains)
      }
    }
  }

  /// Adds to the requests' derivatives by C* and by the elements' constants what follows from those by strains.
  mutating func addMeanStressSensitivities(_ requests: inout [[TermEvaluation]]) {
    let system = common.displacement
    let (elements, matrices) = (system.elements, system.matrices)
    let count = matrices.strainCount
    let caseCount = problems.map(\.cellStresses.count).max() ?? 0
    var loads: [[Double]] = []
    var places: [(request: Int, loadCase: Int)] = []
    var sideCounts = requests.map { _ in 0 }
    for request in 0..<(requests.map(\.count).max() ?? 0) {
      for loadCase in 0..<caseCount {
        let strains = requests.map { request < $0.count ? $0[request].strains[loadCase] ?? [] : [] }
        guard strains.contains(where: { !$0.isEmpty }) else { continue }
        var load = [Double](repeating: 0, count: system.unknownCount * Lanes.count)
        elements.addTransposed(
          matrices.meanStrain, Lanes.interleaved(strains, length: elements.cellCount * count),
          to: &load)
        loads.append(load)
        places.append((request, loadCase))
        for lane in strains.indices where !strains[lane].isEmpty { sideCounts[lane] += 1 }
      }
    }
    guard !loads.isEmpty else { return }
    let adjoints = solve(
      loads, problems.map(\.heldDisplacements), factors.displacement(system),
      "adjoint displacement",
      countedAs: sideCounts, isAdjoint: true)
    let sides = matrices.unitStrains.indices.map {
      ScaledElements.Side(field: displacements[$0].map { -$0 }, constant: matrices.unitStrains[$0])
    }
    for (place, (load, adjoint)) in zip(places, zip(loads, adjoints)) {
      let (request, loadCase) = place
      var factors = [[Double]](
        repeating: [Double](repeating: 0, count: states.count), count: count)
      for lane in states.indices {
        guard let state = states[lane], request < requests[lane].count,
          let strains = requests[lane][request].strains[loadCase],
          let constants = state.homogenized
        else { continue }
        let mean = state.meanStrains[loadCase]
        let slopes = (0..<count).map { component in
          stride(from: component, to: strains.count, by: count).reduce(0) { $0 + strains[$1] }
            - laneDot(load, displacements[component], lane)
        }
        var byConstants =
          requests[lane][request].homogenized
          ?? .zero(components: count, axes: constants.conductivity.count)
        byConstants.addStiffness(constants.strain(under: slopes), mean, times: -1)
        requests[lane][request].homogenized = byConstants
        for component in 0..<count { factors[component][lane] = -mean[component] }
      }
      var result = [Double](repeating: 0, count: elements.cellCount * 2 * Lanes.count)
      for component in 0..<count {
        elements.contract(
          .init(field: adjoint), sides[component], factors: Lanes.padded(factors[component]),
          into: &result)
      }
      for lane in states.indices
      where states[lane] != nil && request < requests[lane].count
        && requests[lane][request].strains[loadCase] != nil
      {
        requests[lane][request].fields.add(
          FieldSensitivity(
            lambda: Lanes.lane(lane, of: result, offset: 0, stride: 2),
            shear: Lanes.lane(lane, of: result, offset: 1, stride: 2)), times: 1)
      }
    }
  }
}
