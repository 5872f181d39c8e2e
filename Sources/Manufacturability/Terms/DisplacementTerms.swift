/// The mean displacement of a region along a direction, summed over load cases: a linear function a·u.
struct DisplacementTerm: TermEvaluator {
  let cases: [Int]
  /// The unknowns of the region and their shares.
  let shares: [(unknown: Int, factor: Double)]

  func evaluate(_ state: DesignState) -> TermEvaluation {
    var evaluation = TermEvaluation(value: 0)
    for place in cases {
      var load = [Double](repeating: 0, count: state.displacements[place].count)
      for (unknown, factor) in shares {
        evaluation.value += factor * state.displacements[place][unknown]
        load[unknown] += factor
      }
      evaluation.displacements[place] = load
    }
    return evaluation
  }
}

/// The p-norm of the lengths of a region's displacements over all load cases, ‖(|u_n|)‖_p.
///
/// With the slope J_n of the norm: ∂J/∂u_n = J_n u_n / |u_n|.
struct DisplacementNormTerm: TermEvaluator {
  let cases: [Int]
  let vertices: [Int]
  let exponent: Double
  /// What the norm is divided by: √n for a root mean square, else 1.
  let divisor: Double

  func evaluate(_ state: DesignState) -> TermEvaluation {
    let axes = state.problem.displacement.width
    var lengths: [Double] = []
    for place in cases {
      for vertex in vertices {
        var square = 0.0
        for axis in 0..<axes {
          let component = state.displacements[place][vertex * axes + axis]
          square += component * component
        }
        lengths.append(square.squareRoot())
      }
    }
    let (value, slopes) = norm(lengths, exponent: exponent)
    var evaluation = TermEvaluation(value: value / divisor)
    for (order, place) in cases.enumerated() {
      var load = [Double](repeating: 0, count: state.displacements[place].count)
      for (position, vertex) in vertices.enumerated() {
        let entry = order * vertices.count + position
        guard lengths[entry] > 0 else { continue }
        for axis in 0..<axes {
          let unknown = vertex * axes + axis
          load[unknown] =
            slopes[entry] / divisor * state.displacements[place][unknown] / lengths[entry]
        }
      }
      evaluation.displacements[place] = load
    }
    return evaluation
  }
}

/// How far a side bends out of its plane: the root mean square of its normal displacements w, their best-fit plane (in 2-D: line) removed.
///
/// With Q the orthogonal projection on the functions 1, x (and the second coordinate of the side), r = w − Q w and J = √(r·r/n):
/// ∂J/∂w = r / (n J), since I − Q is symmetric and idempotent.
struct WarpageTerm: TermEvaluator {
  let loadCase: Int
  /// The unknowns of the normal displacements.
  let unknowns: [Int]
  /// An orthonormal basis of the planes, `[function][node]`.
  let planes: [[Double]]

  func evaluate(_ state: DesignState) -> TermEvaluation {
    let displacement = state.displacements[loadCase]
    var residual = unknowns.map { displacement[$0] }
    for plane in planes {
      let share = dot(plane, residual)
      for place in residual.indices { residual[place] -= share * plane[place] }
    }
    let count = Double(residual.count)
    let value = (dot(residual, residual) / count).squareRoot()
    var load = [Double](repeating: 0, count: displacement.count)
    if value > 0 {
      for (place, unknown) in unknowns.enumerated() {
        load[unknown] = residual[place] / (count * value)
      }
    }
    return TermEvaluation(value: value, displacements: [loadCase: load])
  }
}

/// The p-norm of T − T_sf over the nodes.
struct TemperatureTerm: TermEvaluator {
  let exponent: Double
  let stressFreeTemperature: Double

  func evaluate(_ state: DesignState) -> TermEvaluation {
    let above = state.temperature.map { $0 - stressFreeTemperature }
    let (value, slopes) = norm(above.map { abs($0) }, exponent: exponent)
    return TermEvaluation(
      value: value, temperature: zip(above, slopes).map { $0 < 0 ? -$1 : $1 })
  }
}
