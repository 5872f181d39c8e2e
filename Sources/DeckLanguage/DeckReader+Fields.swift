internal import Files
import Meshing

extension DeckReader {
  /// Sides that all loads together may name: a bound for memory.
  private static let largestSideCount = 1 << 27

  /// The nodes that a field names, by number or by set; `nil` and a fault where there are none.
  mutating func nodes(_ line: DataLine, _ field: Int = 0) -> [Int32]? {
    if let label = line.integer(field) {
      if let node = mesh.nodeIndex[label] { return [node] }
      faults.add(
        at: line.location, "node \(label) is not defined",
        remedy: "add it under *NODE or correct the number")
      return nil
    }
    let name = line.name(field)
    // A force on a node that its set names twice acts twice.
    return mesh.listedNodes[name] ?? nodes(ofSet: name, at: line.location)
  }

  /// The nodes of a set; `nil` and a fault where there is no such set.
  mutating func nodes(ofSet name: String, at place: InputFault.Location) -> [Int32]? {
    if let nodes = deck.mesh.nodeSets[name] { return nodes }
    complain(aboutMissing: "node set", named: name, among: deck.mesh.nodeSets.keys, at: place)
    return nil
  }

  /// The cells that a field names, by number or by set; `nil` and a fault where there are none.
  mutating func cells(_ line: DataLine, _ field: Int = 0) -> [Int32]? {
    if let label = line.integer(field) {
      if let cell = mesh.cellIndex[label] { return [cell] }
      if !mesh.skippedCells.contains(label) {
        faults.add(
          at: line.location, "cell \(label) is not defined",
          remedy: "add it under *ELEMENT or correct the number")
      }
      return nil
    }
    let name = line.name(field)
    if let cells = deck.mesh.cellSets[name] { return cells }
    complain(
      aboutMissing: "element set", named: name, among: deck.mesh.cellSets.keys, at: line.location)
    return nil
  }

  /// The sides that a line names: cells and a label, or a surface.
  ///
  /// - Parameters:
  ///   - letter: What the label starts with: P, S or F.
  ///   - label: The label's field, upper case: `P3`; the letter alone for a surface.
  mutating func facets(_ line: DataLine, letter: Character, label: String) -> [Facet]? {
    let name = line.name(0)
    if line.integer(0) == nil, deck.mesh.cellSets[name] == nil,
      let facets = deck.mesh.surfaces[name]
    {
      return facets
    }
    if line.integer(0) == nil, deck.mesh.cellSets[name] == nil {
      complain(
        aboutMissing: "element set or surface", named: name,
        among: Array(deck.mesh.cellSets.keys) + Array(deck.mesh.surfaces.keys), at: line.location)
      return nil
    }
    guard label.count == 2, let digit = label.last?.wholeNumberValue, (1...6).contains(digit) else {
      faults.add(
        at: line.location, "'\(line.text(1))' is not a side of a cell",
        remedy: "write \(letter)1 to \(letter)6 for cells, \(letter) for a surface")
      return nil
    }
    guard let cells = mesh.listedCells[line.name(0)] ?? cells(line) else { return nil }
    sideCount += cells.count
    guard sideCount <= Self.largestSideCount else {
      faults.add(
        at: line.location, "the loads of the deck name more than \(Self.largestSideCount) sides",
        remedy: "name a *SURFACE instead")
      return nil
    }
    return deck.mesh.facets(
      of: cells, side: digit - 1, at: line.location, letter: letter, faults: &faults)
  }

  /// Adds the fault that a name is not there, with the names that are.
  mutating func complain(
    aboutMissing kind: String, named name: String, among names: some Collection<String>,
    at place: InputFault.Location
  ) {
    if name.isEmpty {
      faults.add(at: place, "the name of a \(kind) is missing")
    } else if mesh.emptyNames.contains(name) {
      faults.add(at: place, "the \(kind) \(name) has no members")
    } else {
      let (problem, remedy) = Suggestion.missing(kind, named: name, among: names)
      faults.add(at: place, problem, remedy: remedy)
    }
  }

  /// A number; 0 where the field is blank, as in ccx; `nil` and a fault where it is none.
  mutating func number(_ line: DataLine, _ field: Int, default standard: Double = 0) -> Double? {
    if let value = line.double(field) { return value }
    if line.isBlank(field) { return standard }
    faults.add(
      at: line.location, DeckNumber.complaint(about: DeckScanner.shortened(line.text(field))))
    return nil
  }

  /// A number on a keyword line; `nil` and a fault where the parameter is none.
  mutating func number(_ key: String, of card: DeckCard) -> Double? {
    guard let parameter = card.parameters.last(where: { $0.key == key }) else { return nil }
    let value = DeckNumber.double(parameter.text)
    if value == nil {
      faults.add(
        at: card.location,
        "\(card.title), \(key): "
          + DeckNumber.complaint(about: DeckScanner.shortened(parameter.text)))
    }
    return value
  }

  /// Three numbers; blanks are 0.
  mutating func vector(_ line: DataLine, _ field: Int) -> SIMD3<Double>? {
    guard let x = number(line, field), let y = number(line, field + 1),
      let z = number(line, field + 2)
    else { return nil }
    return SIMD3(x, y, z)
  }
}
