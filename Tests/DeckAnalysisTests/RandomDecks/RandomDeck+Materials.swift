import Meshing

extension RandomDeck {
  /// One or two materials, and the sections of all cells.
  mutating func writeMaterials() {
    hasExpansion = random.chance(0.7)
    let count = random.chance(0.3) && cells.count > 1 ? 2 : 1
    let orientations = random.chance(0.4) ? ["OR1", "OR2"] : []
    hasOrientation = !orientations.isEmpty
    for index in 0..<count { writeMaterial("MAT\(index)") }
    for name in orientations { writeOrientation(name) }
    // Sections cover the element types, or halves of the cells.
    var sets: [String] = cellSets.map(\.name)
    if count == 2, cellSets.count == 1 {
      let half = (cells.count + 1) / 2
      lines.append("*ELSET, ELSET=EHALF1")
      writeList(Array(cellLabels[..<half]))
      lines.append("*ELSET, ELSET=EHALF2")
      writeList(Array(cellLabels[half...]))
      sets = ["EHALF1", "EHALF2"]
      allCellSets += sets
    }
    let thickness = random.number(0.1...2)
    let saysThickness = random.chance(0.85)
    let isUneven = random.chance(0.04)
    for (index, set) in sets.enumerated() {
      let type = cellSets.first { $0.name == set }?.type ?? cells[0].type
      let isPlane = [.planeStress, .planeStrain].contains(type.theory)
      var line = "*SOLID SECTION, ELSET=\(set), MATERIAL=MAT\(min(index, count - 1))"
      if !orientations.isEmpty, random.chance(0.7) {
        line += ", ORIENTATION=\(random.one(of: orientations))"
      }
      lines.append(line)
      // Sheets of unequal thickness that share nodes are a case of their own, seldom.
      if isPlane, saysThickness {
        lines.append((isUneven ? random.number(0.1...2) : thickness).inDeck)
      }
    }
  }

  private mutating func writeMaterial(_ name: String) {
    lines.append("*MATERIAL, NAME=\(name)")
    let isTable = random.chance(0.3)
    let temperatures = isTable ? [0.0, 40, 100].prefix(random.count(2...3)).map { $0 } : [0]
    if steps.contains(.mechanical) || random.chance(0.5) { writeElasticity(temperatures) }
    if hasExpansion { writeExpansion(temperatures) }
    lines.append("*DENSITY")
    let density = random.scale(1e-6...1e-2)
    for (row, temperature) in temperatures.enumerated() {
      lines.append(
        [density * (1 + 0.1 * Double(row)), temperature].map(\.inDeck).joined(separator: ", "))
    }
    if steps.contains(.heat) || random.chance(0.2) { writeConductivity() }
    if random.chance(0.1) {
      lines.append("*SPECIFIC HEAT")
      lines.append("450.")
    }
  }

  private mutating func writeElasticity(_ temperatures: [Double]) {
    let modulus = random.scale(1e3...1e5)
    let kind = random.one(of: [0, 0, 0, 1, 2, 3])
    let poisson = kind == 0 && random.chance(0.1) ? 0 : random.number(0.05...0.4)
    lines.append(
      [
        "*ELASTIC", "*ELASTIC, TYPE=ORTHO", "*ELASTIC, TYPE=ENGINEERING CONSTANTS",
        "*ELASTIC, TYPE=ANISO",
      ][kind])
    let share = (0..<21).map { _ in random.number(0.8...1.25) }
    let small = (0..<21).map { _ in random.number(-0.06...0.06) }
    for (row, temperature) in temperatures.enumerated() {
      let e = modulus * (1 - 0.15 * Double(row))
      let shear = e / (2 * (1 + poisson))
      let lambda = e * poisson / ((1 + poisson) * (1 - 2 * poisson))
      let axial = lambda + 2 * shear
      switch kind {
      case 0: lines.append([e, poisson, temperature].map(\.inDeck).joined(separator: ", "))
      case 1:
        let d = [
          axial * 1.2 * share[0], lambda * share[1], axial * 1.2 * share[2], lambda * share[3],
          lambda * share[4], axial * 1.2 * share[5], shear * share[6], shear * share[7],
        ]
        lines.append(d.map(\.inDeck).joined(separator: ", "))
        lines.append([shear * share[8], temperature].map(\.inDeck).joined(separator: ", "))
      case 2:
        let d = [
          e * share[0], e * share[1], e * share[2], poisson * share[3] * 0.8,
          poisson * share[4] * 0.8, poisson * share[5] * 0.8, shear * share[6], shear * share[7],
        ]
        lines.append(d.map(\.inDeck).joined(separator: ", "))
        lines.append([shear * share[8], temperature].map(\.inDeck).joined(separator: ", "))
      default:
        let base: [Double] = [
          axial * 1.3, lambda, axial * 1.3, lambda, lambda, axial * 1.3, 0, 0, 0, shear * 1.2, 0, 0,
          0, 0, shear * 1.2, 0, 0, 0, 0, 0, shear * 1.2,
        ]
        let d = zip(base, small).map { $0 == 0 ? $1 * shear : $0 * (1 + $1) }
        for range in [0..<8, 8..<16] {
          lines.append(d[range].map(\.inDeck).joined(separator: ", "))
        }
        lines.append((d[16..<21] + [temperature]).map(\.inDeck).joined(separator: ", "))
      }
    }
  }

  private mutating func writeExpansion(_ temperatures: [Double]) {
    let width = random.one(of: [1, 1, 3, 6])
    var line = "*EXPANSION"
    if width > 1 { line += width == 3 ? ", TYPE=ORTHO" : ", TYPE=ANISO" }
    if random.chance(0.4) { line += ", ZERO=\(random.number(-20...30).inDeck)" }
    lines.append(line)
    for (row, temperature) in temperatures.enumerated() {
      let values = (0..<width).map {
        $0 < 3 ? random.number(8e-6...25e-6) + 1e-6 * Double(row) : random.number(-4e-6...4e-6)
      }
      lines.append((values + [temperature]).map(\.inDeck).joined(separator: ", "))
    }
  }

  private mutating func writeConductivity() {
    let width = random.one(of: [1, 1, 3, 6])
    if width > 1 { hasDirectedConductivity = true }
    lines.append("*CONDUCTIVITY" + (width == 3 ? ", TYPE=ORTHO" : width == 6 ? ", TYPE=ANISO" : ""))
    let size = random.scale(0.5...50)
    // Where the conductivity depends on temperature ccx stops before its iteration is at rest: seldom.
    let rows = random.chance(0.05) ? [0.0, 100] : [0]
    for (row, temperature) in rows.enumerated() {
      let values = (0..<width).map {
        ($0 < 3 ? random.number(0.7...1.3) : random.number(-0.2...0.2)) * size
          * (1 + 0.2 * Double(row))
      }
      lines.append((values + [temperature]).map(\.inDeck).joined(separator: ", "))
    }
  }

  private mutating func writeOrientation(_ name: String) {
    let isCylindrical = random.chance(0.4)
    lines.append(
      "*ORIENTATION, NAME=\(name), SYSTEM=\(isCylindrical ? "CYLINDRICAL" : "RECTANGULAR")")
    lines.append(axes(isCylindrical: isCylindrical, isInPlane: !isSolid))
    if !isCylindrical, random.chance(0.2) {
      lines.append("\(isSolid ? random.count(1...3) : 3), \(random.number(-80...80).inDeck)")
    }
  }

  /// Two points: of a rectangular system, or on the axis of a cylindrical one.
  mutating func axes(isCylindrical: Bool, isInPlane: Bool) -> String {
    var numbers = (0..<6).map { _ in random.number(-1...1) }
    if isCylindrical {
      for axis in 0..<3 { numbers[axis] -= 3 }
      for axis in 3..<6 { numbers[axis] += 2 * (axis == 5 ? 2 : 0) }
      if isInPlane {
        numbers[3] = numbers[0]
        numbers[4] = numbers[1]
        numbers[2] = 0
        numbers[5] = random.chance(0.8) ? 1 : -1
      }
    } else {
      numbers[0] += numbers[0] < 0 ? -0.5 : 0.5
      numbers[4] += numbers[4] < 0 ? -1 : 1
      if isInPlane { (numbers[2], numbers[5]) = (0, 0) }
    }
    return numbers.map(\.inDeck).joined(separator: ", ")
  }
}
