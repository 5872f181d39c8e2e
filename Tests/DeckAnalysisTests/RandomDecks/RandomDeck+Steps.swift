import Meshing

extension RandomDeck {
  /// One step: procedure, loads, prints.
  mutating func writeStep(_ index: Int) {
    let kind = steps[index]
    lines.append(
      "*STEP" + (random.chance(0.06) ? ", AMPLITUDE=\(random.one(of: ["STEP", "RAMP"]))" : ""))
    isDirect = random.chance(0.1)
    lines.append(
      (kind == .heat ? "*HEAT TRANSFER, STEADY STATE" : "*STATIC") + (isDirect ? ", DIRECT" : ""))
    if random.chance(0.6) {
      let period = random.one(of: [1.0, 1, 1, 2, 0.8])
      let first = period * random.one(of: [1, 1, 0.5, 0.25, 0.3])
      var line = "\(first.inDeck), \(period.inDeck)"
      if random.chance(0.1) { line += ", 1e-5, \((period * 0.4).inDeck)" }
      lines.append(line)
    }
    writeBoundaries(kind)
    if kind == .heat { writeHeatLoads(index) } else { writeMechanicalLoads(index) }
    writePrints(index)
    lines.append("*END STEP")
  }

  /// `OP` and `AMPLITUDE` of a card.
  mutating func options(isFirst: Bool, op: Double = 0.15, amplitude: Double = 0.25) -> String {
    var text = ""
    if isFirst, random.chance(op) { text += ", OP=\(random.one(of: ["NEW", "NEW", "MOD"]))" }
    if !amplitudes.isEmpty, random.chance(amplitude) {
      text += ", AMPLITUDE=\(random.one(of: amplitudes))"
    }
    return text
  }

  private mutating func writeBoundaries(_ kind: StepKind) {
    if random.chance(0.12) { writeSupportCards("*BOUNDARY, OP=NEW") }
    guard random.chance(0.35) else { return }
    for _ in 0..<random.count(1...2) {
      let isHeat = kind == .heat
      // What an equation eliminates cannot be held; nodes with axes of their own may mix components.
      let nodes = random.some(of: Array(points.indices), least: 1, most: 3).filter { node in
        !dependent.contains { $0.x == node && ($0.y == 11) == isHeat }
      }
      guard !nodes.isEmpty else { continue }
      var head = "*BOUNDARY" + options(isFirst: false)
      if random.chance(0.05) { head = "*BOUNDARY, FIXED" }
      lines.append(head)
      for node in nodes {
        if isHeat {
          lines.append("\(nodeLabels[node]), 11, 11, \(random.number(-20...120).inDeck)")
        } else {
          let first = random.count(1...directions(of: node))
          let last = random.count(first...directions(of: node))
          let onAxis = axisNodes.contains(node) && first == 1
          lines.append(
            "\(nodeLabels[node]), \(first), \(last), \((onAxis ? 0 : random.number(-0.01...0.01)).inDeck)"
          )
        }
      }
    }
  }

  private mutating func writeMechanicalLoads(_ index: Int) {
    let kinds = random.some(of: [0, 0, 1, 1, 2, 3, 4, 5, 5], least: index == 0 ? 1 : 0, most: 4)
    var met: Set<Int> = []
    for kind in kinds {
      // *DLOAD and *DSLOAD share their OP.
      let isFirst = met.insert([1, 2, 3, 4].contains(kind) ? 1 : kind).inserted && index > 0
      switch kind {
      case 0: writeForces(isFirst)
      case 1: writePressures(isFirst)
      case 2, 3: writeBodyLoads(isFirst, kind == 2)
      case 4:
        lines.append("*DSLOAD" + options(isFirst: isFirst))
        lines.append("\(random.one(of: surfaces)), P, \(random.number(-5...5).inDeck)")
      default:
        guard hasInitialTemperature else { continue }
        lines.append("*TEMPERATURE" + options(isFirst: isFirst, amplitude: 0.12))
        lines.append("NALL, \(random.number(-20...90).inDeck)")
        for _ in 0..<random.count(0...4) {
          lines.append(
            "\(nodeLabels[random.count(0...points.count - 1)]), \(random.number(-20...90).inDeck)")
        }
      }
    }
  }

  private mutating func writeForces(_ isFirst: Bool) {
    lines.append("*CLOAD" + options(isFirst: isFirst))
    for _ in 0..<random.count(1...3) {
      let node = random.count(0...points.count - 1)
      let name = random.chance(0.3) ? random.one(of: nodeSets) : String(nodeLabels[node])
      let last = isSolid ? 3 : 2
      lines.append("\(name), \(random.count(1...last)), \(random.number(-30...30).inDeck)")
    }
  }

  private mutating func writePressures(_ isFirst: Bool) {
    lines.append("*DLOAD" + options(isFirst: isFirst))
    for _ in 0..<random.count(1...3) {
      let (name, side) = cellSide()
      lines.append("\(name), P\(side), \(random.number(-5...5).inDeck)")
    }
  }

  /// A cell or a set of cells of one type, and a side of it.
  private mutating func cellSide() -> (String, Int) {
    if random.chance(0.25) {
      let set = random.one(of: cellSets)
      return (set.name, random.count(1...set.type.sideCount))
    }
    let cell = random.count(0...cells.count - 1)
    return (String(cellLabels[cell]), random.count(1...cells[cell].type.sideCount))
  }

  private mutating func writeBodyLoads(_ isFirst: Bool, _ isGravity: Bool) {
    lines.append("*DLOAD" + options(isFirst: isFirst))
    let set = random.chance(0.6) ? "EALL" : random.one(of: allCellSets)
    if isGravity {
      var direction = (0..<3).map { _ in random.number(-1...1) }
      if theories.contains(.axisymmetric) { direction = [0, 1, 0] }
      if !isSolid { direction[2] = 0 }
      if direction[0] == 0, direction[1] == 0 { direction[1] = -1 }
      lines.append(
        "\(set), GRAV, \(random.scale(10...10000).inDeck), "
          + direction.map(\.inDeck).joined(separator: ", "))
    } else {
      var numbers = (0..<6).map { _ in random.number(-2...2) }
      if theories.contains(.axisymmetric) {
        numbers = [0, random.number(-1...1), 0, 0, random.one(of: [1, -1, 2]), 0]
      } else if !isSolid {
        numbers = [numbers[0], numbers[1], 0, 0, 0, random.one(of: [1, -1, 2])]
      }
      numbers[5] += isSolid ? 0.1 : 0
      lines.append(
        "\(set), CENTRIF, \(random.scale(10...10000).inDeck), "
          + numbers.map(\.inDeck).joined(separator: ", "))
    }
  }

  private mutating func writeHeatLoads(_ index: Int) {
    let kinds = random.some(of: [0, 0, 1, 1, 2, 3, 3], least: index == 0 ? 1 : 0, most: 4)
    var met: Set<Int> = []
    for kind in kinds {
      let isFirst = met.insert(kind == 2 ? 1 : kind).inserted && index > 0
      switch kind {
      case 0:
        lines.append("*CFLUX" + options(isFirst: isFirst))
        for _ in 0..<random.count(1...3) {
          let node = random.count(0...points.count - 1)
          let name = random.chance(0.2) ? random.one(of: nodeSets) : String(nodeLabels[node])
          lines.append("\(name), 11, \(random.number(-40...40).inDeck)")
        }
      case 1:
        lines.append("*DFLUX" + options(isFirst: isFirst))
        for _ in 0..<random.count(1...3) {
          let (name, side) = cellSide()
          lines.append("\(name), S\(side), \(random.number(-20...40).inDeck)")
        }
      case 2:
        lines.append("*DFLUX" + options(isFirst: isFirst))
        lines.append("\(random.one(of: allCellSets)), BF, \(random.number(-20...40).inDeck)")
      default:
        var head = "*FILM" + options(isFirst: isFirst)
        if !amplitudes.isEmpty, random.chance(0.2) {
          head += ", FILM AMPLITUDE=\(random.one(of: amplitudes))"
        }
        lines.append(head)
        for _ in 0..<random.count(1...2) {
          let (name, side) = cellSide()
          lines.append(
            "\(name), F\(side), \(random.number(-10...90).inDeck), \(random.scale(0.05...50).inDeck)"
          )
        }
      }
    }
  }
}
