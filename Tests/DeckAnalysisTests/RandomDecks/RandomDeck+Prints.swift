extension RandomDeck {
  private static let nodeKeys: [StepKind: [String]] = [
    .mechanical: ["U", "RF", "NT"], .heat: ["NT", "RFL", "U", "RF"],
  ]
  private static let cellKeys: [StepKind: [String]] = [
    .mechanical: ["S", "E", "ME", "EVOL", "EMAS", "COORD"],
    .heat: ["HFL", "EVOL", "EMAS", "COORD", "S", "E"],
  ]

  /// The prints of a step: everything in the first step of a kind, now and then something else later.
  mutating func writePrints(_ index: Int) {
    let kind = steps[index]
    let isFirst = steps.firstIndex(of: kind) == index
    if isFirst {
      lines.append("*NODE PRINT, NSET=NALL" + printOptions(.nodes))
      lines.append(kind == .heat ? "NT, RFL" : hasInitialTemperature ? "U, RF, NT" : "U, RF")
      lines.append("*EL PRINT, ELSET=EALL" + printOptions(.cells))
      lines.append(kind == .heat ? "HFL" : random.chance(0.5) ? "S, E" : "S, E, ME" + energy)
    }
    guard isFirst || random.chance(0.5) else { return }
    for _ in 0..<random.count(0...2) {
      switch random.count(0...4) {
      case 0, 1:
        lines.append("*NODE PRINT, NSET=\(random.one(of: nodeSets))" + printOptions(.nodes))
        let keys = Self.nodeKeys[kind] ?? []
        lines.append(random.some(of: keys, least: 1, most: 3).joined(separator: ", "))
      case 2, 3:
        lines.append("*EL PRINT, ELSET=\(random.one(of: allCellSets))" + printOptions(.cells))
        let keys = Self.cellKeys[kind] ?? []
        lines.append(random.some(of: keys, least: 1, most: 4).joined(separator: ", ") + energy)
      default:
        // CalculiX stops at the flux of a conductivity with directions: seldom.
        if kind == .heat, hasDirectedConductivity, random.chance(0.9) { continue }
        lines.append("*SECTION PRINT, SURFACE=\(random.one(of: surfaces)), NAME=SP\(index)")
        lines.append(kind == .heat ? "FLUX" : random.one(of: ["SOF", "SOM", "SOAREA", "SOF, SOM"]))
      }
    }
    if random.chance(0.1) {
      lines.append("*NODE FILE" + (random.chance(0.3) ? ", FREQUENCY=2" : ""))
      lines.append("U")
    }
  }

  /// Energies, in decks of both kinds of step seldom: CalculiX stops at them.
  private var energy: String {
    mutating get {
      let isMixed = steps.contains(.heat)
      guard random.chance(isMixed ? 0.02 : 0.4) else { return "" }
      return random.one(of: [", ENER", ", ELSE", ", ENER, ELSE"])
    }
  }

  private enum Rows { case nodes, cells }

  private mutating func printOptions(_ rows: Rows) -> String {
    var text = ""
    if random.chance(0.25) { text += ", TOTALS=\(random.one(of: ["YES", "YES", "ONLY", "NO"]))" }
    if random.chance(0.25) { text += ", GLOBAL=\(random.one(of: ["YES", "NO"]))" }
    if random.chance(0.08) { text += ", FREQUENCY=\(random.count(1...3))" }
    if !timePoints.isEmpty, random.chance(isDirect ? 0.02 : 0.5) {
      text += ", TIME POINTS=\(random.one(of: timePoints))"
    }
    return text
  }
}
