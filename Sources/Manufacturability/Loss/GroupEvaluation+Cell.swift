internal import BatchLinearAlgebra
internal import DesignProblem
internal import LinearAlgebra
internal import NumericalMethods

// Periodic homogenisation. A unit strain i moves the corners of an element by a_i and the cell answers with a periodic fluctuation χ_i,
//
//     K χ_i = F_i,  F_i = Σ_e K_e a_i,       K χ_θ = F_θ,  F_θ = Σ_e β_e s
//
// (one node held). With the volume V of the cell and w_i = a_i − χ_i
//
//     C*_ij = 1/V Σ_e w_iᵀ K_e w_j = 1/V (Σ_e a_iᵀ K_e a_j − F_i·χ_j)
//     β*_i  = 1/V Σ_e β_e s·w_i    = 1/V (Σ_e β_e s·a_i − F_θ·χ_i),   α* = C*⁻¹ β*
//
// and since the fluctuations minimise the energy, C* is its own adjoint and β* has the adjoint χ_θ:
//
//     dC*_ij = 1/V Σ_e w_iᵀ dK_e w_j
//     dβ*_i  = 1/V Σ_e (dβ_e s·w_i − χ_θᵀ dK_e w_i)
//     dα*    = C*⁻¹ (dβ* − dC* α*)
//
// Conduction is the same with unit gradients. Source: Guedes and Kikuchi, Comput. Methods Appl. Mech. Engrg. 83 (1990); Sigmund and
// Torquato, J. Mech. Phys. Solids 45 (1997) for α*.

extension GroupEvaluation {
  /// Fluctuations and homogenised constants of every lane.
  mutating func solveCell() {
    let components = common.displacement.matrices.strainCount
    let axes = common.problem.grid.axisCount
    var constants = states.map { _ in
      HomogenizedConstants.zero(components: components, axes: axes)
    }
    if common.cellStrains { strainCell(&constants) }
    if common.cellConducts { conductCell(&constants) }
    for lane in states.indices { states[lane]?.homogenized = constants[lane] }
  }

  var cellVolume: Double {
    common.problem.grid.elementVolume * Double(common.problem.grid.elementCount)
  }

  private mutating func strainCell(_ constants: inout [HomogenizedConstants]) {
    let system = common.displacement
    let matrices = system.matrices
    let held = problems.map(\.heldDisplacements)
    let stiffness = scale { [$0.lambda, $0.shear] }
    let factor = factors.displacement(system)
    factor.factor(scale: stiffness, held: held, crew: crew)
    let zeros = [Double](repeating: 0, count: system.unknownCount * Lanes.count)
    var forces = matrices.unitStrains.map { strain in
      var force = zeros
      system.elements.apply(scale: stiffness, constant: strain, to: &force)
      return force
    }
    forces.append(
      Lanes.interleaved(
        states.map { state in
          guard let state else { return [] }
          var force = [Double](repeating: 0, count: system.unknownCount)
          addSwelling(state.fields.thermalStress, to: &force)
          return force
        }, length: system.unknownCount))
    displacements = solve(forces, held, factor, "displacement")
    let energies = unitEnergies(matrices.stiffness, matrices.unitStrains)
    let growth = matrices.unitStrains.map { dot($0, matrices.swelling) }
    let count = matrices.strainCount
    for lane in states.indices {
      guard let state = states[lane] else { continue }
      let fields = state.fields
      let lambda = fields.lambda.reduce(0, +)
      let shear = fields.shear.reduce(0, +)
      let thermalStress = fields.thermalStress.reduce(0, +)
      for i in 0..<count {
        for j in 0..<count {
          constants[lane].stiffness[i][j] =
            (lambda * energies[0][i][j] + shear * energies[1][i][j]
              - laneDot(forces[i], displacements[j], lane)) / cellVolume
        }
        constants[lane].thermalStress[i] =
          (thermalStress * growth[i] - laneDot(forces[count], displacements[i], lane)) / cellVolume
      }
      constants[lane].expansion = symmetricSolution(
        of: constants[lane].stiffness, constants[lane].thermalStress)
    }
    strainUnderMeanStresses(constants)
  }

  private mutating func conductCell(_ constants: inout [HomogenizedConstants]) {
    let system = common.conduction
    let matrices = system.matrices
    let held = problems.map { _ in [0] }
    let conductivity = scale { [$0.conductivity] }
    let factor = factors.temperature(system)
    factor.factor(scale: conductivity, held: held, crew: crew)
    let zeros = [Double](repeating: 0, count: system.unknownCount * Lanes.count)
    let flows = matrices.unitGradients.map { gradient in
      var flow = zeros
      system.elements.apply(scale: conductivity, constant: gradient, to: &flow)
      return flow
    }
    temperatureFluctuations = solve(flows, held, factor, "temperature")
    let energies = unitEnergies([matrices.conductivity], matrices.unitGradients)
    for lane in states.indices {
      guard let state = states[lane] else { continue }
      let sum = state.fields.conductivity.reduce(0, +)
      for i in flows.indices {
        for j in flows.indices {
          constants[lane].conductivity[i][j] =
            (sum * energies[0][i][j] - laneDot(flows[i], temperatureFluctuations[j], lane))
            / cellVolume
        }
      }
    }
  }

  /// Adds the derivatives by the elements' constants of every request.
  mutating func addCellSensitivities(_ requests: inout [[TermEvaluation]]) {
    if common.cellStrains { addMeanStressSensitivities(&requests) }
    for place in 0..<(requests.map(\.count).max() ?? 0) {
      if common.cellStrains { addStrainSensitivities(&requests, place) }
      if common.cellConducts { addConductionSensitivities(&requests, place) }
    }
  }

  private func addStrainSensitivities(_ requests: inout [[TermEvaluation]], _ place: Int) {
    let system = common.displacement
    let (elements, matrices) = (system.elements, system.matrices)
    let count = matrices.strainCount
    // Derivatives by C* and β* of every lane; those by α* = C*⁻¹ β* are, with y = C*⁻¹ g_α, g_β += y and G −= y ⊗ α*.
    var byStiffness: [[[Double]]] = []
    var byThermalStress: [[Double]] = []
    for lane in states.indices {
      guard let given = homogenized(requests, lane, place),
        let constants = states[lane]?.homogenized
      else {
        byStiffness.append(Array(repeating: Array(repeating: 0, count: count), count: count))
        byThermalStress.append(Array(repeating: 0, count: count))
        continue
      }
      let y = symmetricSolution(of: constants.stiffness, given.expansion)
      byStiffness.append(
        (0..<count).map { i in
          (0..<count).map { given.stiffness[i][$0] - y[i] * constants.expansion[$0] }
        })
      byThermalStress.append(zip(given.thermalStress, y).map { $0 + $1 })
    }
    let sides = matrices.unitStrains.indices.map {
      ScaledElements.Side(field: displacements[$0].map { -$0 }, constant: matrices.unitStrains[$0])
    }
    let warm = ScaledElements.Side(field: displacements[count])
    var result = [Double](repeating: 0, count: elements.cellCount * 2 * Lanes.count)
    var thermal = [Double](repeating: 0, count: elements.cellCount * Lanes.count)
    let volume = common.problem.grid.elementVolume
    for i in 0..<count {
      for j in i..<count {
        let factors = byStiffness.map { (i == j ? $0[i][i] : $0[i][j] + $0[j][i]) / cellVolume }
        if factors.contains(where: { $0 != 0 }) {
          elements.contract(sides[i], sides[j], factors: Lanes.padded(factors), into: &result)
        }
      }
      let factors = byThermalStress.map { $0[i] / cellVolume }
      guard factors.contains(where: { $0 != 0 }) else { continue }
      elements.contract(warm, sides[i], factors: Lanes.padded(factors.map { -$0 }), into: &result)
      // s·w_i = s·a_i − V_e tr ε(χ_i): swelling does work on the mean dilatation alone.
      let growth = dot(matrices.unitStrains[i], matrices.swelling)
      let strains = elements.mapped(by: matrices.meanStrain, displacements[i])
      for cell in 0..<elements.cellCount {
        for (lane, factor) in factors.enumerated() {
          var dilatation = 0.0
          for axis in 0..<matrices.axisCount {
            dilatation += strains[(cell * count + axis) * Lanes.count + lane]
          }
          thermal[cell * Lanes.count + lane] += factor * (growth - volume * dilatation)
        }
      }
    }
    for lane in states.indices where homogenized(requests, lane, place) != nil {
      requests[lane][place].fields.add(
        FieldSensitivity(
          lambda: Lanes.lane(lane, of: result, offset: 0, stride: 2),
          shear: Lanes.lane(lane, of: result, offset: 1, stride: 2),
          thermalStress: Lanes.lane(lane, of: thermal)), times: 1)
    }
  }

  private func addConductionSensitivities(_ requests: inout [[TermEvaluation]], _ place: Int) {
    let elements = common.conduction.elements
    let gradients = common.conduction.matrices.unitGradients
    let sides = gradients.indices.map {
      ScaledElements.Side(field: temperatureFluctuations[$0].map { -$0 }, constant: gradients[$0])
    }
    var result = [Double](repeating: 0, count: elements.cellCount * Lanes.count)
    for i in sides.indices {
      for j in sides.indices {
        let factors = states.indices.map {
          (homogenized(requests, $0, place)?.conductivity[i][j] ?? 0) / cellVolume
        }
        guard factors.contains(where: { $0 != 0 }) else { continue }
        elements.contract(sides[i], sides[j], factors: Lanes.padded(factors), into: &result)
      }
    }
    for lane in states.indices where homogenized(requests, lane, place) != nil {
      requests[lane][place].fields.add(
        FieldSensitivity(conductivity: Lanes.lane(lane, of: result)), times: 1)
    }
  }

  /// A request's derivatives by homogenised constants; `nil` where there are none or the lane has failed.
  private func homogenized(_ requests: [[TermEvaluation]], _ lane: Int, _ place: Int)
    -> HomogenizedConstants?
  {
    states[lane] != nil && place < requests[lane].count ? requests[lane][place].homogenized : nil
  }

  /// a_iᵀ K_c a_j for each constant matrix.
  private func unitEnergies(_ matrices: [[Double]], _ units: [[Double]]) -> [[[Double]]] {
    matrices.map { matrix in
      units.map { left in
        units.map { right in
          var sum = 0.0
          for row in left.indices {
            for column in right.indices {
              sum += left[row] * matrix[row * left.count + column] * right[column]
            }
          }
          return sum
        }
      }
    }
  }

  func laneDot(_ a: [Double], _ b: [Double], _ lane: Int) -> Double {
    var sum = 0.0
    for index in stride(from: lane, to: a.count, by: Lanes.count) { sum += a[index] * b[index] }
    return sum
  }
}

/// C⁻¹ b of a small symmetric matrix.
func symmetricSolution(of matrix: [[Double]], _ right: [Double]) -> [Double] {
  let count = right.count
  let (values, vectors) = symmetricEigen(matrix.flatMap { $0 }, count: count)
  var result = [Double](repeating: 0, count: count)
  for mode in 0..<count {
    var share = 0.0
    for index in 0..<count { share += vectors[mode * count + index] * right[index] }
    for index in 0..<count {
      result[index] += share / values[mode] * vectors[mode * count + index]
    }
  }
  return result
}
