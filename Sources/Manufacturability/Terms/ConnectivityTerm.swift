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
struct ConnectivityTerm: TermEvaluator {
  /// The orders of one round of sweeps.
  let orders: [[Int32]]
  let sweepCount: Int
  /// Elements at supports.
  let isSeed: [Bool]
  /// The elements beyond the sides of each element, `[element][side]`; a place after the last where the grid ends, which is never reached.
  private let beside: [Int32]
  private let sideCount: Int

  init(_ grid: DesignGrid, seeds: [Int], sweepCount: Int, isPeriodic: Bool) {
    var isSeed = [Bool](repeating: false, count: grid.elementCount)
    for element in seeds { isSeed[element] = true }
    self.isSeed = isSeed
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

  func evaluate(_ state: DesignState) -> TermOutcome {
    let density = state.fields.density
    let count = density.count
    var (unreached, tape) = grown(density)
    let share = 1 / Double(count)
    var value = 0.0
    var byDensity = [Double](repeating: 0, count: count)
    var byMask = [Double](repeating: 0, count: count + 1)
    for element in 0..<count {
      let lack = density[element] - (1 - unreached[element])
      value += share * lack * lack
      byDensity[element] = 2 * share * lack
      byMask[element] = -2 * share * lack
    }
    undo(&unreached, tape, density, &byDensity, &byMask)
    for element in 0..<count where isSeed[element] { byDensity[element] += byMask[element] }
    var outcome = TermOutcome(value: value)
    outcome.fields.density = byDensity
    return outcome
  }

  /// 1 − m after all sweeps, with a one behind it for what lies beyond the grid, and what each update overwrote.
  private func grown(_ density: [Double]) -> (unreached: [Double], tape: [Double]) {
    let count = density.count
    var unreached = [Double](repeating: 1, count: count + 1)
    for element in 0..<count where isSeed[element] { unreached[element] = 1 - density[element] }
    var tape = [Double](repeating: 0, count: sweepCount * count)
    var rest = unreached.mutableSpan
    var record = tape.mutableSpan
    let (ρ, beside, isSeed) = (density.span, beside.span, isSeed.span)
    for sweep in 0..<sweepCount {
      let order = orders[sweep % orders.count]
      for place in 0..<count {
        let element = Int(order[place])
        if isSeed[element] { continue }
        let own = rest[element]
        record[sweep * count + place] = own
        var product = own
        for side in 0..<sideCount { product *= rest[Int(beside[element * sideCount + side])] }
        rest[element] = 1 - ρ[element] * (1 - product)
      }
    }
    return (unreached, tape)
  }

  /// The way back through all updates, the last first: what each read is put back before its derivatives are taken.
  private func undo(
    _ unreached: inout [Double], _ tape: [Double], _ density: [Double], _ byDensity: inout [Double],
    _ byMask: inout [Double]
  ) {
    let count = density.count
    var rest = unreached.mutableSpan
    var toDensity = byDensity.mutableSpan
    var toMask = byMask.mutableSpan
    let (ρ, record, beside, isSeed) = (density.span, tape.span, beside.span, isSeed.span)
    for sweep in (0..<sweepCount).reversed() {
      let order = orders[sweep % orders.count]
      for place in (0..<count).reversed() {
        let element = Int(order[place])
        if isSeed[element] { continue }
        let slope = toMask[element]
        let own = record[sweep * count + place]
        rest[element] = own
        guard slope != 0 else { continue }
        // The products of all factors but one, without dividing by what may be zero: those before it times those after it.
        var after = InlineArray<7, Double>(repeating: 1)
        var product = own
        for side in (0..<sideCount).reversed() {
          after[side] = product
          product *= rest[Int(beside[element * sideCount + side])]
        }
        toDensity[element] += slope * (1 - product)
        var before = slope * ρ[element]
        for side in 0..<sideCount {
          let next = Int(beside[element * sideCount + side])
          toMask[next] += before * after[side]
          before *= rest[next]
        }
        toMask[element] = before
      }
    }
  }
}
