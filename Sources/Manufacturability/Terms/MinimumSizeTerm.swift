internal import DesignProblem
internal import Glibc

/// Members and gaps that are thinner than the length scale of the filter.
///
/// Inside a member, where the filtered density has no slope, it must reach the erosion threshold η_e; inside a gap it must fall to the
/// dilation threshold η_d. With I = exp(−c |∇ρ̄|²), one in the middle of members and gaps and nearly zero elsewhere, the value is the mean of
///
///     ρ̃ I min(ρ̄ − η_e, 0)² + (1 − ρ̃) I min(η_d − ρ̄, 0)²
///
/// With a radius of its own ρ̄ is the physical density ρ̃, filtered by that.
///
/// - Source: Zhou, Lazarov, Wang and Sigmund, *Comput. Methods Appl. Mech. Engrg.* 293 (2015).
struct MinimumSizeTerm: TermEvaluator {
  let constants: MinimumSize
  let neighbours: GridNeighbours
  /// The filter of the term's own radius; `nil` where it takes the problem's filter.
  let stencil: ConeStencil?

  func evaluate(_ state: DesignState) -> TermEvaluation {
    let density = state.fields.density
    let filtered = stencil?.filtered(density) ?? state.fields.filteredDensity
    let share = 1 / Double(density.count)
    var byFiltered = [Double](repeating: 0, count: density.count)
    var byDensity = byFiltered
    var value = 0.0
    var slopes = [Double](repeating: 0, count: neighbours.axisCount)
    for element in density.indices {
      let thin = min(filtered[element] - constants.erosion, 0)
      let narrow = min(constants.dilation - filtered[element], 0)
      guard thin < 0 || narrow < 0 else { continue }
      var square = 0.0
      for axis in 0..<neighbours.axisCount {
        let (before, after) = neighbours.clamped(element, axis)
        slopes[axis] = (filtered[after] - filtered[before]) / 2
        square += slopes[axis] * slopes[axis]
      }
      let indicator = exp(-constants.decay * square)
      let (solid, gap) = (density[element], 1 - density[element])
      let lack = solid * thin * thin + gap * narrow * narrow
      value += share * indicator * lack
      byDensity[element] += share * indicator * (thin * thin - narrow * narrow)
      byFiltered[element] += share * indicator * 2 * (solid * thin - gap * narrow)
      for axis in 0..<neighbours.axisCount {
        let (before, after) = neighbours.clamped(element, axis)
        let part = -share * indicator * lack * constants.decay * slopes[axis]
        byFiltered[after] += part
        byFiltered[before] -= part
      }
    }
    var evaluation = TermEvaluation(value: value)
    if let stencil {
      let through = stencil.pulledBack(byFiltered)
      for element in byDensity.indices { byDensity[element] += through[element] }
    } else {
      evaluation.fields.filteredDensity = byFiltered
    }
    evaluation.fields.density = byDensity
    return evaluation
  }
}
