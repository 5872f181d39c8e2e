internal import Files
import Meshing
import NumericalMethods
import ThermoElasticity

extension DeckReader {
  /// Reads `*MATERIAL`; the properties after it belong to it.
  mutating func readMaterial(_ card: DeckCard) {
    guard let name = newName(of: card, kind: "material") else {
      material = nil
      return
    }
    material = deck.materials.count
    deck.materials.append(Material(name: name))
  }

  /// Gives the material that is being read a property.
  private mutating func set<Value>(_ property: WritableKeyPath<Material, Value?>, _ value: Value?) {
    if let material, let value { deck.materials[material][keyPath: property] = value }
  }

  /// Reads `*ELASTIC`.
  mutating func readElasticity(_ card: DeckCard) { set(\.elasticity, elasticity(card)) }

  /// Reads `*EXPANSION`.
  mutating func readExpansion(_ card: DeckCard) {
    guard let count = componentCount(of: card), let table = table(card, width: count) else {
      return
    }
    set(\.expansion, Material.Expansion(table, zero: number("ZERO", of: card) ?? 0))
  }

  /// Reads `*CONDUCTIVITY`.
  mutating func readConductivity(_ card: DeckCard) {
    guard let count = componentCount(of: card), let table = table(card, width: count) else {
      return
    }
    for (row, line) in card.lines.enumerated() where row < table.temperatures.count {
      let values = Array(table.values[row * count..<(row + 1) * count])
      if !Self.isPositiveDefinite(Self.conductivityMatrix(values), 3) {
        faults.add(
          at: line.location,
          count == 1
            ? "the conductivity \(values[0]) is not positive"
            : "the conductivity is not positive definite",
          remedy: "write positive numbers: heat flows from hot to cold")
      }
    }
    set(\.conductivity, table)
  }

  /// Reads `*DENSITY`.
  mutating func readDensity(_ card: DeckCard) { set(\.density, positiveTable(card, "density")) }

  /// Reads `*SPECIFIC HEAT`.
  mutating func readSpecificHeat(_ card: DeckCard) {
    set(\.specificHeat, positiveTable(card, "specific heat"))
  }

  /// One constant per row, none of them negative.
  private mutating func positiveTable(_ card: DeckCard, _ what: String) -> MaterialCurve? {
    guard let table = table(card, width: 1) else { return nil }
    for (row, line) in card.lines.enumerated() where row < table.values.count {
      if table.values[row] < 0 {
        faults.add(at: line.location, "the \(what) \(table.values[row]) is negative")
      }
    }
    return table
  }

  /// How many constants `TYPE` asks for: 1, 3 or 6.
  private mutating func componentCount(of card: DeckCard) -> Int? {
    switch card.value(of: "TYPE") ?? "ISO" {
    case let type where type.hasPrefix("ISO"): return 1
    case let type where type.hasPrefix("ORTHO"): return 3
    case let type where type.hasPrefix("ANISO"): return 6
    case let type:
      faults.add(
        at: card.location, "\(card.title), TYPE=\(type) is not supported",
        remedy: "supported are ISO, ORTHO, ANISO")
      return nil
    }
  }

  /// Rows of constants and a temperature, one line each.
  private mutating func table(_ card: DeckCard, width: Int) -> MaterialCurve? {
    table(card, lineWidths: [width])
  }

  /// Rows of constants that go over several lines, the temperature after the last constant.
  private mutating func table(_ card: DeckCard, lineWidths: [Int]) -> MaterialCurve? {
    var rows: [(temperature: Double, values: [Double])] = []
    var values: [Double] = []
    var part = 0
    var isGood = true
    for line in card.lines {
      let width = lineWidths[part]
      if line.count < width {
        faults.add(
          at: line.location,
          "\(card.title) needs \(width) number\(width == 1 ? "" : "s") on this line and finds "
            + "\(line.count)",
          remedy: "a row is "
            + lineWidths.map(String.init).joined(separator: " + ") + " constants and a temperature")
        isGood = false
      }
      for field in 0..<width {
        guard let value = number(line, field) else {
          isGood = false
          continue
        }
        values.append(value)
      }
      part += 1
      guard part == lineWidths.count else { continue }
      part = 0
      guard let temperature = number(line, width) else {
        isGood = false
        continue
      }
      if line.count > width + 1, !line.isBlank(width + 1) {
        faults.warn(
          at: line.location,
          "\(card.title) reads \(width + 1) numbers of this line; the rest is ignored")
      }
      if let last = rows.last, temperature <= last.temperature {
        faults.add(
          at: line.location,
          "the temperature \(temperature) is not above the one before it, \(last.temperature)",
          remedy: "write the rows in order of increasing temperature; it comes after the constants")
        isGood = false
      }
      rows.append((temperature, values))
      values = []
    }
    if part != 0 {
      faults.add(
        at: card.location, "\(card.title) ends in the middle of a row",
        remedy: "a row is " + lineWidths.map(String.init).joined(separator: " + ")
          + " constants and a temperature, each part on its own line")
      return nil
    }
    guard !rows.isEmpty else {
      if isGood { faults.add(at: card.location, "\(card.title) has no data") }
      return nil
    }
    let width = lineWidths.reduce(0, +)
    return isGood && rows.allSatisfy { $0.values.count == width } ? MaterialCurve(rows) : nil
  }

  // MARK: Elasticity

  private mutating func elasticity(_ card: DeckCard) -> Material.Elasticity? {
    let type = card.value(of: "TYPE") ?? "ISO"
    switch type {
    case _ where type.hasPrefix("ISO"):
      guard let table = table(card, width: 2) else { return nil }
      checkRows(of: table, card, linesPerRow: 1) { row in
        if row[0] <= 0 { return "Young's modulus \(row[0]) is not positive" }
        if row[1] >= 0.5 { return "Poisson's ratio \(row[1]) is not below 0.5" }
        if row[1] <= -1 { return "Poisson's ratio \(row[1]) is not above -1" }
        return nil
      }
      return .isotropic(table)
    case _ where type.hasPrefix("ORTHO"):
      guard let table = table(card, lineWidths: [8, 1]) else { return nil }
      checkRows(of: table, card, linesPerRow: 2) {
        Self.isPositiveDefinite(Self.orthotropicMatrix($0), 6)
          ? nil : "the elasticity matrix is not positive definite"
      }
      return .orthotropic(table)
    case "ENGINEERINGCONSTANTS":
      guard let table = table(card, lineWidths: [8, 1]) else { return nil }
      checkRows(of: table, card, linesPerRow: 2) { row in
        for (name, value) in zip(["E1", "E2", "E3"], row[0..<3]) where value <= 0 {
          return "Young's modulus \(name) = \(value) is not positive"
        }
        for (name, value) in zip(["G12", "G13", "G23"], row[6..<9]) where value <= 0 {
          return "the shear modulus \(name) = \(value) is not positive"
        }
        return Self.isPositiveDefinite(Self.complianceMatrix(row), 3)
          ? nil : "the elasticity matrix is not positive definite: Poisson's ratios are too large"
      }
      return .engineeringConstants(table)
    case _ where type.hasPrefix("ANISO"):
      guard let table = table(card, lineWidths: [8, 8, 5]) else { return nil }
      checkRows(of: table, card, linesPerRow: 3) {
        Self.isPositiveDefinite(Self.packedMatrix($0, 6), 6)
          ? nil : "the elasticity matrix is not positive definite"
      }
      return .anisotropic(table)
    default:
      faults.add(
        at: card.location, "*ELASTIC, TYPE=\(type) is not supported",
        remedy: "supported are ISO, ORTHO, ENGINEERING CONSTANTS, ANISO")
      return nil
    }
  }

  /// Asks of every row of a table what is wrong with it.
  private mutating func checkRows(
    of table: MaterialCurve, _ card: DeckCard, linesPerRow: Int,
    complaint: ([Double]) -> String?
  ) {
    for (index, line) in card.lines.enumerated() where index % linesPerRow == 0 {
      let row = index / linesPerRow
      guard row < table.temperatures.count else { return }
      let values = Array(table.values[row * table.width..<(row + 1) * table.width])
      if let complaint = complaint(values) {
        faults.add(
          at: line.location, complaint,
          remedy: "no material stores negative energy: check the order of the constants")
      }
    }
  }

  /// The full matrix of D1111, D1122, D2222, D1133, D2233, D3333, D1212, D1313, D2323; rows of 6.
  private static func orthotropicMatrix(_ d: [Double]) -> [Double] {
    var packed = [Double](repeating: 0, count: 21)
    packed.replaceSubrange(0..<6, with: d[0..<6])
    (packed[9], packed[14], packed[20]) = (d[6], d[7], d[8])
    return packedMatrix(packed, 6)
  }

  /// The compliance of the normal components from E1, E2, E3, ν12, ν13, ν23; rows of 3.
  private static func complianceMatrix(_ c: [Double]) -> [Double] {
    packedMatrix([1 / c[0], -c[3] / c[0], 1 / c[1], -c[4] / c[0], -c[5] / c[1], 1 / c[2]], 3)
  }

  /// The matrix of one, three or six conductivities; rows of 3.
  private static func conductivityMatrix(_ k: [Double]) -> [Double] {
    switch k.count {
    case 1: packedMatrix([k[0], 0, k[0], 0, 0, k[0]], 3)
    case 3: packedMatrix([k[0], 0, k[1], 0, 0, k[2]], 3)
    default: packedMatrix([k[0], k[3], k[1], k[4], k[5], k[2]], 3)
    }
  }

  /// A symmetric matrix from its upper triangle, column after column.
  private static func packedMatrix(_ packed: [Double], _ size: Int) -> [Double] {
    var matrix = [Double](repeating: 0, count: size * size)
    var next = 0
    for column in 0..<size {
      for row in 0...column {
        matrix[row * size + column] = packed[next]
        matrix[column * size + row] = packed[next]
        next += 1
      }
    }
    return matrix
  }

  /// Whether Cholesky's factorization of a symmetric matrix meets only positive pivots.
  private static func isPositiveDefinite(_ matrix: [Double], _ size: Int) -> Bool {
    var a = matrix
    for pivot in 0..<size {
      // Round-off of a singular matrix leaves a pivot of this size.
      guard a[pivot * size + pivot] > 1e-14 * matrix[pivot * size + pivot] else { return false }
      for row in pivot + 1..<max(size, pivot + 1) {
        let factor = a[row * size + pivot] / a[pivot * size + pivot]
        for column in pivot..<size { a[row * size + column] -= factor * a[pivot * size + column] }
      }
    }
    return true
  }
}
