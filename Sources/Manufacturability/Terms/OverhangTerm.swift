internal import DesignProblem
internal import Glibc

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
  /// Elements from the plate on, layer by layer.
  private let order: [Int32]
  /// Elements of a layer.
  private let layerSize: Int
  /// The elements beneath each element, one list after the other; none on the plate.
  private let beneath: [Int32]
  private let starts: [Int32]
  private static let (exponent, shift, sharpness) = (40.0, 1e-3, 1e-4)

  init(_ grid: DesignGrid, upwards: GridSide) {
    let neighbours = GridNeighbours(grid, isPeriodic: false)
    let axis = upwards.axis
    let side = 2 * axis + (upwards.isFar ? 0 : 1)
    var layers = [[Int32]](repeating: [], count: grid.extent[axis])
    var beneath: [Int32] = []
    var starts: [Int32] = [0]
    for element in 0..<grid.elementCount {
      let position = grid.position(ofElement: element)
      let height = [position.i, position.j, position.k][axis]
      layers[upwards.isFar ? height : grid.extent[axis] - 1 - height].append(Int32(element))
      let below = neighbours.beyond(element, side: side)
      if below >= 0 {
        let across = (0..<neighbours.sideCount).filter { $0 / 2 != axis }
          .map { neighbours.beyond(below, side: $0) }
        beneath += ([below] + across.filter { $0 >= 0 }).map(Int32.init)
      }
      starts.append(Int32(beneath.count))
    }
    order = layers.flatMap { $0 }
    layerSize = grid.elementCount / layers.count
    (self.beneath, self.starts) = (beneath, starts)
  }

  /// *Q* for so many elements beneath.
  private static let roots = (0...5).map {
    exponent + log(Double(max(1, $0))) / log(0.5)
  }

  func evaluate(_ state: DesignState) -> TermEvaluation {
    let density = state.fields.density
    let (P, s, ε) = (Self.exponent, Self.shift, Self.sharpness)
    let (order, starts, beneath, roots) = (
      order.span, starts.span, beneath.span, Self.roots.span
    )
    func below(_ element: Int) -> Range<Int> { Int(starts[element])..<Int(starts[element + 1]) }
    var printed = density
    var carrier = [Double](repeating: 0, count: density.count)
    var sums = carrier  // Σ (ξ + s)^P beneath
    var powers = carrier  // (ξ + s)^P
    for place in order.indices {
      let element = Int(order[place])
      if place >= layerSize {
        let range = below(element)
        var sum = 0.0
        for index in range { sum += powers[Int(beneath[index])] }
        let (a, b) = (density[element], pow(sum, 1 / roots[range.count]))
        (sums[element], carrier[element]) = (sum, b)
        printed[element] = (a + b - ((a - b) * (a - b) + ε).squareRoot() + ε.squareRoot()) / 2
      }
      powers[element] = wholePower(max(0, printed[element]) + s, P)
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
    for place in (layerSize..<order.count).reversed() {
      let element = Int(order[place])
      let (a, b) = (density[element], carrier[element])
      let steep = (a - b) / ((a - b) * (a - b) + ε).squareRoot()
      byDensity[element] += byPrinted[element] * (1 - steep) / 2
      let byCarrier = byPrinted[element] * (1 + steep) / 2
      // b = S^(1/Q): db/dξ = b / (Q S) · P (ξ + s)^(P−1).
      let range = below(element)
      let slope = byCarrier * b * P / (roots[range.count] * sums[element])
      for index in range {
        let element = Int(beneath[index])
        guard printed[element] > 0 else { continue }
        byPrinted[element] += slope * powers[element] / (printed[element] + s)
      }
    }
    for place in 0..<layerSize {
      let element = Int(order[place])
      byDensity[element] += byPrinted[element]
    }
    var evaluation = TermEvaluation(value: value)
    evaluation.fields.density = byDensity
    return evaluation
  }
}
