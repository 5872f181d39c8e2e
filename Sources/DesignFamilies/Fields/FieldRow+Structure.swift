internal import DesignProblem
internal import Glibc

// What the uniform design answers to forces. Scales are taken out, so that neither the unit of force nor the material matters.

extension FieldRow {
  /// log₁₀ of the strain energy over its mean, halved, not below −2, as without the load case; of several load cases of the weighted sum of their energies.
  static let energy = FieldRow(
    about: .loadCase, needs: .displacements, FieldGroup(.scalar, "log-energy")
  ) { answer, name in
    var energy = [Double](repeating: 0, count: answer.elementCount)
    for place in answer.cases(name) {
      let weight = answer.task.stated.loadCases[place].weight
      let own = UniformStrain(answer, inCase: place).energy
      for element in energy.indices { energy[element] += weight * own[element] }
    }
    let mean = max(energy.reduce(0, +) / Double(energy.count), .leastNormalMagnitude)
    return [single(energy.map { max(-4, log10($0 / mean + 1e-30)) / 2 })]
  }

  /// The displacement of the centre over the largest component of any; of several load cases of all loads at once.
  static let displacement = FieldRow(
    about: .loadCase, needs: .displacements,
    FieldGroup(.vector, "displacement-x", "displacement-y")
  ) { answer, name in
    let u = answer.displacement(name)
    let centres = (0..<answer.elementCount).map { element -> SIMD2<Double> in
      guard !u.isEmpty, !answer.isVoid(element) else { return .zero }
      let (a, b, c, d) = answer.task.grid.corners(ofElement: element)
      func corner(_ node: Int) -> SIMD2<Double> { SIMD2(u[2 * node], u[2 * node + 1]) }
      return 0.25 * (corner(a) + corner(b) + corner(c) + corner(d))
    }
    let largest = max(
      centres.reduce(0) { max($0, abs($1[0]), abs($1[1])) }, .leastNormalMagnitude)
    return [0, 1].map { axis in single(centres.map { $0[axis] / largest }) }
  }

  /// The stress at the centre over its own Frobenius norm, so that its direction alone is left; of several load cases of all loads at once.
  static let stress = FieldRow(
    about: .loadCase, needs: .displacements,
    FieldGroup(.tensor, "stress-xx", "stress-yy", "stress-xy")
  ) { answer, name in
    var stress = [SIMD3<Double>](repeating: .zero, count: answer.elementCount)
    for place in answer.cases(name) {
      let own = UniformStrain(answer, inCase: place).stress
      for element in stress.indices { stress[element] += own[element] }
    }
    return (0..<3).map { component in
      single(
        stress.map { σ in
          let norm = (σ[0] * σ[0] + σ[1] * σ[1] + 2 * σ[2] * σ[2]).squareRoot()
          return norm > 0 ? σ[component] / norm : 0
        })
    }
  }
}
