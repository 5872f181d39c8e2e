internal import DesignProblem
internal import LinearAlgebra

/// Material that does not hang together with the supports through solid: the supports' mask grown through the density.
///
/// The mask m starts as the density of the elements at supports and is swept over the grid along every axis, there and back; an element
/// is reached as far as it is solid and as any side neighbour, or itself earlier, has been:
///
///     m_i ← ρ̃_i (1 − Π_j (1 − m_j))
///
/// A polynomial: differentiable everywhere, one in solid behind solid, zero behind void, and it does not fade along a member as products of
/// densities would. Joints across corners do not count. One sweep follows a member as long as it does not turn back. The value is the mean of
/// (ρ̃ − m)². The way back undoes the updates one by one.
///
/// Each update waits for the one before it, so that eight designs side by side take hardly longer than one.
struct ConnectivityTerm: TermEvaluator {
  private typealias Vector = SIMD8<Double>

  let sweepCount: Int
  /// The orders of one round of sweeps.
  private let orders: [[Int32]]
  /// Elements at supports.
  private let seeds: [Int]
  /// The elements beyond the sides of each element, `[element][side]`; a place after the last where the grid ends, which is never reached.
  private let beside: [Int32]
  private let sideCount: Int

  init(_ grid: DesignGrid, seeds: [Int], sweepCount: Int, isPeriodic: Bool) {
    self.seeds = seeds
    self.sweepCount = sweepCount
    let neighbours = GridNeighbours(grid, isPeriodic: isPeriodic)
    sideCount = neighbours.sideCount
    beside = (0..<grid.elementCount).flatMap { element in
      (0..<neighbours.sideCount).map { side in
        let next = neighbours.beyond(element, side: side)
        return Int32(next < 0 ? grid.elementCount : next)
      }
    }
    let layers = grid.layers ?? 1
    // x fastest, up; the same backwards; x backwards, y up; and that backwards. In space the same with z.
    var orders: [[Int32]] = []
    for flips in 0..<(grid.isPlane ? 2 : 4) {
      var order: [Int32] = []
      for k in 0..<layers {
        for j in 0..<grid.rows {
          for i in 0..<grid.columns {
            let (x, y) = (
              flips & 1 == 0 ? i : grid.columns - 1 - i, flips & 2 == 0 ? j : grid.rows - 1 - j
            )
            order.append(Int32(grid.element(x, y, k)))
          }
        }
      }
      orders.append(order)
      orders.append(order.reversed())
    }
    self.orders = orders
  }

  func evaluate(_ state: DesignState) -> TermEvaluation { Self.evaluate([self], [state])[0] }

  /// The term of up to eight designs, each by its own seeds; grids and numbers of sweeps are the same.
  static func evaluate(_ terms: [ConnectivityTerm], _ states: [DesignState]) -> [TermEvaluation] {
    precondition(terms.count == states.count && terms.count <= Lanes.count)
    precondition(terms.allSatisfy { $0.sweepCount == terms[0].sweepCount })
    let count = states[0].fields.density.count
    var density = [Vector](repeating: .zero, count: count)
    // One where neighbours count: seeds need none.
    var open = [Vector](repeating: .one, count: count)
    for (lane, state) in states.enumerated() {
      for element in 0..<count { density[element][lane] = state.fields.density[element] }
      for seed in terms[lane].seeds { open[seed][lane] = 0 }
    }
    var (unreached, tape) = terms[0].grown(density, open)
    let share = 1 / Double(count)
    var value = Vector()
    var byDensity = [Vector](repeating: .zero, count: count)
    var byUnreached = [Vector](repeating: .zero, count: count + 1)
    for element in 0..<count {
      let lack = density[element] - (.one - unreached[element])
      value += share * lack * lack
      byDensity[element] = 2 * share * lack
      byUnreached[element] = 2 * share * lack
    }
    terms[0].undo(&unreached, tape, density, open, &byDensity, &byUnreached)
    return states.indices.map { lane in
      var evaluation = TermEvaluation(value: value[lane])
      evaluation.fields.density = byDensity.map { $0[lane] }
      return evaluation
    }
  }

  /// 1 − m after all sweeps, with a one behind it for what lies beyond the grid, and what each update overwrote.
  private func grown(_ density: [Vector], _ open: [Vector]) -> (unreached: [Vector], tape: [Vector])
  {
    let count = density.count
    var unreached = [Vector](repeating: .one, count: count + 1)
    for element in 0..<count {
      unreached[element] = .one - (.one - open[element]) * density[element]
    }
    var tape = [Vector](repeating: .zero, count: sweepCount * count)
    var r = unreached.mutableSpan
    var record = tape.mutableSpan
    let (ρ, open, beside) = (density.span, open.span, beside.span)
    for sweep in 0..<sweepCount {
      let order = orders[sweep % orders.count]
      for place in 0..<count {
        let element = Int(order[place])
        record[sweep * count + place] = r[element]
        var product = open[element] * r[element]
        for side in 0..<sideCount { product *= r[Int(beside[element * sideCount + side])] }
        r[element] = .one - ρ[element] * (.one - product)
      }
    }
    return (unreached, tape)
  }

  /// The way back through all updates, the last first: what each read is put back before its derivatives are taken.
  private func undo(
    _ unreached: inout [Vector], _ tape: [Vector], _ density: [Vector], _ open: [Vector],
    _ byDensity: inout [Vector], _ byUnreached: inout [Vector]
  ) {
    let count = density.count
    var r = unreached.mutableSpan
    var toDensity = byDensity.mutableSpan
    var slopes = byUnreached.mutableSpan
    let (ρ, open, record, beside) = (density.span, open.span, tape.span, beside.span)
    for sweep in (0..<sweepCount).reversed() {
      let order = orders[sweep % orders.count]
      for place in (0..<count).reversed() {
        let element = Int(order[place])
        let slope = slopes[element]
        let previous = record[sweep * count + place]
        r[element] = previous
        // The products of all factors but one, without dividing by what may be zero: those before it times those after it.
        var after = InlineArray<6, Vector>(repeating: .one)
        var product = open[element]
        for side in (0..<sideCount).reversed() {
          after[side] = product * previous
          product *= r[Int(beside[element * sideCount + side])]
        }
        toDensity[element] -= slope * (.one - product * previous)
        var before = slope * ρ[element]
        slopes[element] = before * product
        for side in 0..<sideCount {
          let next = Int(beside[element * sideCount + side])
          slopes[next] += before * after[side]
          before *= r[next]
        }
      }
    }
    // At first what seeds have not reached is one less their density.
    for element in 0..<count { toDensity[element] -= (.one - open[element]) * slopes[element] }
  }
}
