internal import DesignProblem
internal import Glibc
internal import Manufacturability

/// What a generator is told about a part problem: the answer of the solid block to its loads, and where it is held and pulled.
///
/// One solve per problem. Scales are taken out, so that neither the unit of force nor the material matters:
/// log₁₀ of the strain energy over its mean; the stress at the centre over its own Frobenius norm, so that only its direction is left;
/// displacements and forces over their largest.
enum PartFields {
  /// The channels, in their order.
  static let names = [
    "volume-fraction", "log-energy", "stress-xx", "stress-yy", "stress-xy", "displacement-x",
    "displacement-y", "support-x", "support-y", "force-x", "force-y",
  ]

  static func fields(of problems: [DesignTask]) throws -> [Result<[Float], DesignFault>] {
    // How loads are written must not matter: one form for the solver and for the fields of forces.
    let problems = problems.map(\.withNodalLoads)
    let evaluations = try ManufacturabilityLoss.evaluate(
      problems.map { problem in
        (
          try ManufacturabilityLoss(of: problem.manufacturability()),
          [Double](repeating: 1, count: problem.size.elementCount)
        )
      }, EvaluationOptions(gradient: .none, wantsDisplacements: true))
    return zip(problems, evaluations).map { problem, evaluation in
      evaluation.map { fields(of: problem, displacement: $0.displacements[0]) }
    }
  }

  private static func fields(of problem: DesignTask, displacement u: [Double]) -> [Float] {
    let grid = problem.grid
    let count = problem.size.elementCount
    let solid = problem.material
    let ν = solid.poissonsRatio
    let factor = solid.youngsModulus / (1 - ν * ν)
    var energy = [Double](repeating: 0, count: count)
    var stress = [SIMD3<Double>](repeating: .zero, count: count)
    var shift = [SIMD2<Double>](repeating: .zero, count: count)
    for element in 0..<count {
      let nodes = grid.nodes(ofElement: element)
      let corners = nodes.map { SIMD2(u[2 * $0], u[2 * $0 + 1]) }
      // Strains, but for the side's length, at the centre of a bilinear square, nodes counter-clockwise from the lower left.
      let x = 0.5 * (corners[1] - corners[0] + corners[2] - corners[3])
      let y = 0.5 * (corners[3] - corners[0] + corners[2] - corners[1])
      let (εx, εy, γ) = (x[0], y[1], x[1] + y[0])
      let σ = factor * SIMD3(εx + ν * εy, εy + ν * εx, 0.5 * (1 - ν) * γ)
      energy[element] = 0.5 * (σ[0] * εx + σ[1] * εy + σ[2] * γ)
      stress[element] = σ
      shift[element] = 0.25 * (corners[0] + corners[1] + corners[2] + corners[3])
    }
    let mean = max(energy.reduce(0, +) / Double(count), .leastNormalMagnitude)
    let largest = max(
      shift.reduce(0) { max($0, abs($1[0]), abs($1[1])) }, .leastNormalMagnitude)

    var result = [Float](repeating: 0, count: names.count * count)
    func set(_ field: Int, _ element: Int, _ value: Double) {
      result[field * count + element] += Float(value)
    }
    for element in 0..<count {
      let σ = stress[element]
      let norm = (σ[0] * σ[0] + σ[1] * σ[1] + 2 * σ[2] * σ[2]).squareRoot()
      set(0, element, problem.volumeFraction)
      set(1, element, max(-4, log10(energy[element] / mean + 1e-30)) / 2)
      for component in 0..<3 where norm > 0 { set(2 + component, element, σ[component] / norm) }
      for axis in 0..<2 { set(5 + axis, element, shift[element][axis] / largest) }
    }
    /// Shares a nodal value among the elements at the node.
    func spread(_ node: Int, _ field: Int, _ value: Double) {
      for element in problem.elements(atNode: node) { set(field, element, value) }
    }
    for support in problem.supports {
      for node in grid.nodes(in: support.region) {
        for axis in support.axes where axis != .z { spread(node, 7 + axis.index, 0.5) }
      }
    }
    let loads = NodalLoads(of: problem)
    let largestForce = loads.largestOrUsual
    for group in loads.groups {
      for (node, force) in zip(group.nodes, group.forces) {
        for axis in 0..<2 {
          spread(
            node, 9 + axis,
            group.isEven
              ? group.total[axis] / largestForce / Double(group.nodes.count)
              : force[axis] / largestForce)
        }
      }
    }
    return result
  }

  /// Scalars stay, vectors and the stress turn along; x and y change places first, then signs change.
  static func imaged(
    _ fields: [Float], by symmetry: Symmetry, negatesForces: Bool, sources: [Int]
  ) -> [Float] {
    let count = sources.count
    let sign: Float = negatesForces ? -1 : 1
    let x: Float = symmetry.mirrorsX ? -1 : 1
    let y: Float = symmetry.mirrorsY ? -1 : 1
    let factors: [Float] = [
      1, 1, sign, sign, sign * x * y, sign * x, sign * y, 1, 1, sign * x, sign * y,
    ]
    let origins = symmetry.swapsAxes ? [0, 1, 3, 2, 4, 6, 5, 8, 7, 10, 9] : Array(0..<11)
    var result = [Float](repeating: 0, count: fields.count)
    for (field, origin) in origins.enumerated() {
      for element in 0..<count {
        result[field * count + element] =
          factors[field] * fields[origin * count + sources[element]]
      }
    }
    return result
  }
}

extension NodalLoads {
  /// The largest load; that of sampled problems where it is but for rounding.
  fileprivate var largestOrUsual: Double {
    let usual = PartSampler.largestForce
    let largest = largest
    return abs(largest / usual - 1) < 1e-8 || largest == 0 ? usual : largest
  }
}
