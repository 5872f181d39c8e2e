/// Material that cannot be built up along a direction, because nothing beneath it carries it.
///
/// Layer by layer an element can be printed as far as the densest of the elements beneath it (the one below and its side neighbours: an
/// overhang of 45°) has been:
///
///     ξ = smin(ρ̃, smax(ξ beneath)),  ξ = ρ̃ on the plate
///     smin(a, b) = ½ (a + b − √((a − b)² + ε) + √ε),  ε = 10⁻⁴
///     smax(ξ)    = (Σ (ξ + s)^P)^(1/Q),  P = 40, Q = P + ln n / ln ½, s = 10⁻³
///
/// with n elements beneath; the value is the mean of (ρ̃ − ξ)². Derivatives go back from the last layer to the first.
///
/// - Source: Langelaar, *Struct. Multidiscip. Optim.* 55 (2017); the shift *s* keeps slopes finite where nothing is beneath.
struct OverhangTerm: TermEvaluator {
  /// Elements of each layer, from the plate on.
  let layers: [[Int]]
  /// The elements beneath each element; empty on the plate.
  let beneath: [[Int]]
  private static let (exponent, shift, sharpness) = (40.0, 1e-3, 1e-4)

  init(_ grid: DesignGrid, upwards: GridSide) {
    let neighbours = GridNeighbours(grid, isPeriodic: false)
    let axis = upwards.axis
    let side = 2 * axis + (upwards.isFar ? 0 : 1)
    var layers = [[Int]](repeating: [], count: grid.extent[axis])
    var beneath = [[Int]](repeating: [], count: grid.elementCount)
    for element in 0..<grid.elementCount {
      let at = grid.position(ofElement: element)
      let height = [at.i, at.j, at.k][axis]
      layers[upwards.isFar ? height : grid.extent[axis] - 1 - height].append(element)
      let below = neighbours.beyond(element, side: side)
      guard below >= 0 else { continue }
      beneath[element] =
        [below]
        + (0..<neighbours.sideCount).filter { $0 / 2 != axis }
        .map { neighbours.beyond(below, side: $0) }.filter { $0 >= 0 }
    }
    (self.layers, self.beneath) = (layers, beneath)
  }

  func evaluate(_ state: DesignState) -> TermOutcome {
    let density = state.fields.density
    let (P, s, ε) = (Self.exponent, Self.shift, Self.sharpness)
    func root(of count: Int) -> Double { P + logarithm(Double(count)) / logarithm(0.5) }
    var printed = density
    var carrier = [Double](repeating: 0, count: density.count)
    var powers = carrier  // (ξ + s)^P
    for (height, layer) in layers.enumerated() {
      for element in layer {
        if height > 0 {
          var sum = 0.0
          for below in beneath[element] { sum += powers[below] }
          let b = raised(sum, 1 / root(of: beneath[element].count))
          carrier[element] = b
          let a = density[element]
          printed[element] = (a + b - ((a - b) * (a - b) + ε).squareRoot() + ε.squareRoot()) / 2
        }
        powers[element] = wholePower(max(0, printed[element]) + s, P)
      }
    }
    let share = 1 / Double(density.count)
    var value = 0.0
    var byDensity = [Double](repeating: 0, count: density.count)
    var byPrinted = byDensity
    for element in density.indices {
      let lack = density[element] - printed[element]
      value += share * lack * lack
      byDensity[element] = 2 * share * lack
      byPrinted[element] = -2 * share * lack
    }
    for layer in layers.dropFirst().reversed() {
      for element in layer where byPrinted[element] != 0 {
        let (a, b) = (density[element], carrier[element])
        let steep = (a - b) / ((a - b) * (a - b) + ε).squareRoot()
        byDensity[element] += byPrinted[element] * (1 - steep) / 2
        let byCarrier = byPrinted[element] * (1 + steep) / 2
        // b = S^(1/Q): db/dξ = b / (Q S) · P (ξ + s)^(P−1), and S = b^Q.
        let Q = root(of: beneath[element].count)
        let slope = byCarrier * b * P / (Q * raised(b, Q))
        for below in beneath[element] where printed[below] > 0 {
          byPrinted[below] += slope * powers[below] / (printed[below] + s)
        }
      }
    }
    for element in layers[0] { byDensity[element] += byPrinted[element] }
    var outcome = TermOutcome(value: value)
    outcome.fields.density = byDensity
    return outcome
  }
}
