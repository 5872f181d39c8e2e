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

  private var cellVolume: Double {
    common.problem.grid.elementVolume * Double(common.problem.grid.elementCount)
  }

  private mutating func strainCell(_ constants: inout [HomogenizedConstants]) {
    let system = common.displacement
    let matrices = system.matrices
    let held = problems.map(\.heldDisplacements)
    let stiffness = scale { [$0.lateral, $0.shear] }
    let factor = factors.displacement(system)
    factor.factor(scale: stiffness, held: held)
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
      let lateral = fields.lateral.reduce(0, +)
      let shear = fields.shear.reduce(0, +)
      let thermalStress = fields.thermalStress.reduce(0, +)
      for i in 0..<count {
        for j in 0..<count {
          constants[lane].stiffness[i][j] =
            (lateral * energies[0][i][j] + shear * energies[1][i][j]
              - laneDot(forces[i], displacements[j], lane)) / cellVolume
        }
        constants[lane].thermalStress[i] =
          (thermalStress * growth[i] - laneDot(forces[count], displacements[i], lane)) / cellVolume
      }
      constants[lane].expansion = solved(
        constants[lane].stiffness, constants[lane].thermalStress)
    }
  }

  private mutating func conductCell(_ constants: inout [HomogenizedConstants]) {
    let system = common.conduction
    let matrices = system.matrices
    let held = problems.map { _ in [0] }
    let conductivity = scale { [$0.conductivity] }
    let factor = factors.temperature(system)
    factor.factor(scale: conductivity, held: held)
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
  func addCellSensitivities(_ requests: inout [[TermOutcome]]) {
    if common.cellStrains { addStrainSensitivities(&requests) }
    if common.cellConducts { addConductionSensitivities(&requests) }
  }

  private func addStrainSensitivities(_ requests: inout [[TermOutcome]]) {
    let system = common.displacement
    let elements = system.elements
    let strains = system.matrices.unitStrains
    let count = strains.count
    let cellCount = elements.cellCount
    // w_iᵀ K_c w_j for i ≤ j, and χ_θᵀ K_c w_i: what every derivative is made of.
    func contracted(_ left: ScaledElements.Side, _ right: ScaledElements.Side) -> [Double] {
      var result = [Double](repeating: 0, count: cellCount * 2 * Lanes.count)
      elements.contract(left, right, into: &result)
      return result
    }
    let sides = strains.indices.map {
      ScaledElements.Side(field: displacements[$0].map { -$0 }, constant: strains[$0])
    }
    var products: [[[Double]]] = strains.map { _ in strains.map { _ in [] } }
    for i in 0..<count {
      for j in i..<count {
        products[i][j] = contracted(sides[i], sides[j])
        products[j][i] = products[i][j]
      }
    }
    let warm = ScaledElements.Side(field: displacements[count])
    let warmProducts = sides.map { contracted(warm, $0) }
    let swelling = system.matrices.swelling
    for lane in states.indices {
      guard let state = states[lane], let constants = state.homogenized else { continue }
      let growth = sides.indices.map { i in
        (0..<cellCount).map { cell in
          swelling.indices.reduce(0) { sum, place in
            let unknown = Int(elements.unknowns[cell * swelling.count + place])
            return sum + swelling[place]
              * (strains[i][place] - displacements[i][unknown * Lanes.count + lane])
          }
        }
      }
      for place in requests[lane].indices {
        guard let given = requests[lane][place].homogenized else { continue }
        // α* = C*⁻¹ β*: with y = C*⁻¹ g_α, g_β += y and G −= y ⊗ α*.
        let y = solved(constants.stiffness, given.expansion)
        let byThermalStress = zip(given.thermalStress, y).map { $0 + $1 }
        var sensitivity = FieldSensitivity(
          lateral: Array(repeating: 0, count: cellCount),
          shear: Array(repeating: 0, count: cellCount),
          thermalStress: Array(repeating: 0, count: cellCount))
        func add(_ product: [Double], _ factor: Double) {
          guard factor != 0 else { return }
          for cell in 0..<cellCount {
            sensitivity.lateral[cell] += factor * product[2 * cell * Lanes.count + lane]
            sensitivity.shear[cell] += factor * product[(2 * cell + 1) * Lanes.count + lane]
          }
        }
        for i in 0..<count {
          for j in 0..<count {
            let byStiffness = given.stiffness[i][j] - y[i] * constants.expansion[j]
            add(products[i][j], byStiffness / cellVolume)
          }
          add(warmProducts[i], -byThermalStress[i] / cellVolume)
          for cell in 0..<cellCount {
            sensitivity.thermalStress[cell] += byThermalStress[i] * growth[i][cell] / cellVolume
          }
        }
        requests[lane][place].fields.add(sensitivity, times: 1)
      }
    }
  }

  private func addConductionSensitivities(_ requests: inout [[TermOutcome]]) {
    let elements = common.conduction.elements
    let gradients = common.conduction.matrices.unitGradients
    let sides = gradients.indices.map {
      ScaledElements.Side(field: temperatureFluctuations[$0].map { -$0 }, constant: gradients[$0])
    }
    for i in sides.indices {
      for j in sides.indices {
        let isWanted = requests.contains {
          $0.contains { ($0.homogenized?.conductivity[i][j] ?? 0) != 0 }
        }
        guard isWanted else { continue }
        var product = [Double](repeating: 0, count: elements.cellCount * Lanes.count)
        elements.contract(sides[i], sides[j], factor: 1 / cellVolume, into: &product)
        for lane in states.indices where states[lane] != nil {
          let own = FieldSensitivity(conductivity: Lanes.lane(lane, of: product))
          for place in requests[lane].indices {
            let factor = requests[lane][place].homogenized?.conductivity[i][j] ?? 0
            if factor != 0 { requests[lane][place].fields.add(own, times: factor) }
          }
        }
      }
    }
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

  private func laneDot(_ a: [Double], _ b: [Double], _ lane: Int) -> Double {
    var sum = 0.0
    for index in stride(from: lane, to: a.count, by: Lanes.count) { sum += a[index] * b[index] }
    return sum
  }

  /// C⁻¹ b of a small symmetric matrix.
  private func solved(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
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
}
