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
  let neighbours: GridNeighbours

  init(_ grid: DesignGrid, seeds: [Int], sweepCount: Int, isPeriodic: Bool) {
    var isSeed = [Bool](repeating: false, count: grid.elementCount)
    for element in seeds { isSeed[element] = true }
    self.isSeed = isSeed
    self.sweepCount = sweepCount
    neighbours = GridNeighbours(grid, isPeriodic: isPeriodic)
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
    let sides = neighbours.sideCount
    var mask = [Double](repeating: 0, count: count)
    for element in 0..<count where isSeed[element] { mask[element] = density[element] }
    // What each update overwrote.
    var tape = [Double](repeating: 0, count: sweepCount * count)
    for sweep in 0..<sweepCount {
      let order = orders[sweep % orders.count]
      for place in 0..<count {
        let element = Int(order[place])
        if isSeed[element] { continue }
        tape[sweep * count + place] = mask[element]
        var missing = 1 - mask[element]
        for side in 0..<sides {
          let next = neighbours.beyond(element, side: side)
          if next >= 0 { missing *= 1 - mask[next] }
        }
        mask[element] = density[element] * (1 - missing)
      }
    }
    let share = 1 / Double(count)
    var value = 0.0
    var byDensity = [Double](repeating: 0, count: count)
    var byMask = byDensity
    for element in 0..<count {
      let lack = density[element] - mask[element]
      value += share * lack * lack
      byDensity[element] = 2 * share * lack
      byMask[element] = -2 * share * lack
    }
    var factors = [Double](repeating: 1, count: sides + 1)
    for sweep in (0..<sweepCount).reversed() {
      let order = orders[sweep % orders.count]
      for place in (0..<count).reversed() {
        let element = Int(order[place])
        if isSeed[element] { continue }
        let slope = byMask[element]
        mask[element] = tape[sweep * count + place]
        guard slope != 0 else { continue }
        factors[sides] = 1 - mask[element]
        var missing = factors[sides]
        for side in 0..<sides {
          let next = neighbours.beyond(element, side: side)
          factors[side] = next >= 0 ? 1 - mask[next] : 1
          missing *= factors[side]
        }
        byDensity[element] += slope * (1 - missing)
        // The product of all factors but one, without dividing by what may be zero: prefix times suffix.
        var prefix = slope * density[element]
        for side in 0..<sides {
          var others = prefix
          for later in (side + 1)...sides { others *= factors[later] }
          let next = neighbours.beyond(element, side: side)
          if next >= 0 { byMask[next] += others }
          prefix *= factors[side]
        }
        byMask[element] = prefix
      }
    }
    for element in 0..<count where isSeed[element] { byDensity[element] += byMask[element] }
    var outcome = TermOutcome(value: value)
    outcome.fields.density = byDensity
    return outcome
  }
}
