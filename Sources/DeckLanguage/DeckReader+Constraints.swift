internal import Files
import Meshing
import ThermoElasticity

extension DeckReader {
  /// Reads `*EQUATION`: the number of terms, then node, degree of freedom and factor of each.
  mutating func readEquation(_ card: DeckCard) {
    var lines = card.lines
    while let head = lines.next() {
      guard let count = head.integer(0), count > 0 else {
        faults.add(
          at: head.location,
          "'\(DeckScanner.shortened(head.text(0)))' is not the number of terms of an equation",
          remedy:
            "write the number of terms on a line of its own, then node, direction, factor of each")
        return
      }
      var terms: [LinearConstraint.Term] = []
      var termCount = 0
      var isGood = true
      while termCount < count {
        guard let line = lines.next() else {
          faults.add(
            at: head.location, "the equation has \(termCount) of \(count) terms",
            remedy: "add the missing terms or correct the number")
          return
        }
        if line.count % 3 != 0 {
          faults.add(
            at: line.location, "a line of an equation has \(line.count) fields",
            remedy: "a term is three fields: node, direction, factor")
          return
        }
        for field in stride(from: 0, to: line.count, by: 3) {
          termCount += 1
          if let term = term(line, field) { terms.append(term) } else { isGood = false }
        }
        if faults.isFull { return }
      }
      if termCount > count {
        faults.add(
          at: head.location, "the equation has \(termCount) terms where it announces \(count)",
          remedy: "correct the number or remove the rest")
        isGood = false
      }
      if isGood { add(terms, at: head.location) }
    }
  }

  private mutating func term(_ line: DataLine, _ field: Int) -> LinearConstraint.Term? {
    guard let label = line.integer(field) else {
      faults.add(
        at: line.location, "'\(DeckScanner.shortened(line.text(field)))' is not a node",
        remedy: "a term is three fields: node, direction, factor")
      return nil
    }
    guard let node = nodes(line, field)?.first else { return nil }
    let component: Int
    switch line.integer(field + 1) {
    case let direction? where (1...3).contains(direction): component = direction - 1
    case 0, 11: component = 3
    default:
      faults.add(
        at: line.location,
        "'\(line.text(field + 1))' is not a direction of node \(label)",
        remedy: "supported are 1, 2, 3 for displacements and 11 for the temperature")
      return nil
    }
    guard let factor = number(line, field + 2) else { return nil }
    return LinearConstraint.Term(node: node, component: component, coefficient: factor)
  }

  private mutating func add(_ terms: [LinearConstraint.Term], at place: InputFault.Location) {
    guard let first = terms.first else { return }
    let label = deck.mesh.nodeLabels[Int(first.node)]
    guard first.coefficient != 0 else {
      faults.add(
        at: place, "the first factor of the equation is zero",
        remedy: "the first term is the one that is eliminated: put another first")
      return
    }
    let unknown = Unknown(node: first.node, component: first.component)
    if let earlier = eliminated[unknown] {
      faults.add(
        at: place,
        "node \(label) is eliminated in this direction by the equation at "
          + "\(earlier.file):\(earlier.line ?? 0) already",
        remedy: "put another term of the equation first")
      return
    }
    eliminated[unknown] = place
    for term in terms { isTied[Int(term.node)] = true }
    deck.constraints.append(LinearConstraint(terms))
  }

  /// Reads `*MPC`, of which no kind is supported yet.
  mutating func readMultiPointConstraint(_ card: DeckCard) {
    let kind = Array(card.lines.prefix(1)).first?.name(0) ?? ""
    faults.add(
      at: card.location, "*MPC\(kind.isEmpty ? "" : " of the kind \(kind)") is not supported",
      remedy: "write the constraint as *EQUATION")
  }

  /// Reads `*HEADING`; the first one holds.
  mutating func readHeading(_ card: DeckCard) {
    guard deck.heading.isEmpty else { return }
    deck.heading = (card.heading.isEmpty ? [] : [card.heading]) + card.rawLines
  }

  /// Reads `*INITIAL CONDITIONS`, which may only be temperatures.
  mutating func readInitialConditions(_ card: DeckCard) {
    hasInitialConditions = true
    let type = card.value(of: "TYPE") ?? ""
    guard type == "TEMPERATURE" else {
      faults.add(
        at: card.location,
        type.isEmpty
          ? "*INITIAL CONDITIONS has no TYPE"
          : "*INITIAL CONDITIONS, TYPE=\(type) is not supported",
        remedy: "write *INITIAL CONDITIONS, TYPE=TEMPERATURE")
      return
    }
    for line in card.lines where !faults.isFull {
      guard let nodes = nodes(line), let value = number(line, 1) else { continue }
      for node in nodes { deck.initialTemperature[Int(node)] = value }
    }
  }

  /// Reads `*BOUNDARY`, before, between or inside steps.
  mutating func readBoundary(_ card: DeckCard) {
    if let type = card.value(of: "TYPE"), type != "DISPLACEMENT" {
      faults.add(at: card.location, "*BOUNDARY, TYPE=\(type) is not supported")
    }
    var boundary = BoundaryCard()
    boundary.location = card.location
    boundary.operation = operation(of: card)
    boundary.isFixed = card.has("FIXED")
    boundary.amplitude = amplitude(of: card)
    // Single nodes are joined; sets are not, so that entries share their members.
    var wasSingle = false
    for line in card.lines where !faults.isFull {
      guard let entry = boundaryEntry(line) else { continue }
      let isSingle = line.integer(0) != nil
      if isSingle, wasSingle,
        boundary.entries.last.map({ $0.degrees == entry.degrees && $0.value == entry.value })
          == true
      {
        boundary.entries[boundary.entries.count - 1].nodes += entry.nodes
      } else {
        boundary.entries.append(entry)
      }
      wasSingle = isSingle
    }
    if step != nil {
      step?.cards.append(.boundary(boundary))
    } else if deck.steps.isEmpty {
      deck.initialBoundaries.append(boundary)
    } else {
      waiting.append(.boundary(boundary))
    }
  }

  private mutating func boundaryEntry(_ line: DataLine) -> BoundaryCard.Entry? {
    guard let first = line.integer(1) else {
      faults.add(
        at: line.location,
        line.isBlank(1)
          ? "the line names no direction"
          : "'\(DeckScanner.shortened(line.text(1)))' is not a direction",
        remedy: "write node or set, first direction, last direction, value: for a clamp SET, 1, 3")
      return nil
    }
    let last = line.isBlank(2) ? first : line.integer(2)
    guard let last else {
      faults.add(
        at: line.location, "'\(DeckScanner.shortened(line.text(2)))' is not a direction",
        remedy: "write node or set, first direction, last direction, value")
      return nil
    }
    let nodes = nodes(line)
    let value = number(line, 3)
    if first == 0, last == 0 {  // ccx's own number for the temperature
      guard let nodes, let value else { return nil }
      checkEliminated(nodes, degrees: 11...11, line)
      return BoundaryCard.Entry(nodes: nodes, degrees: 11...11, value: value)
    }
    guard first <= last, (1...3).contains(first) && last <= 3 || first == 11 && last == 11 else {
      // Solids have no rotations to hold; ccx takes 4 to 6 for them and lets them be.
      if first >= 1, first <= last, last <= 6 {
        faults.warn(
          at: line.location,
          "directions 4 to 6 are rotations, which solids do not have; they are ignored")
        guard first <= 3, let nodes, let value else { return nil }
        return BoundaryCard.Entry(nodes: nodes, degrees: first...3, value: value)
      }
      faults.add(
        at: line.location, "there are no directions \(first) to \(last)",
        remedy: "supported are 1, 2, 3 for displacements and 11 for the temperature")
      return nil
    }
    guard let nodes, let value else { return nil }
    checkEliminated(nodes, degrees: first...last, line)
    return BoundaryCard.Entry(nodes: nodes, degrees: first...last, value: value)
  }

  /// An unknown that an equation eliminates cannot be prescribed as well, unless axes make it another.
  private mutating func checkEliminated(
    _ nodes: [Int32], degrees: ClosedRange<Int>, _ line: DataLine
  ) {
    guard !eliminated.isEmpty else { return }
    for node in nodes where deck.nodalAxes[node] == nil {
      for degree in degrees {
        let unknown = Unknown(node: node, component: degree == 11 ? 3 : degree - 1)
        guard let equation = eliminated[unknown] else { continue }
        faults.add(
          at: line.location,
          "node \(deck.mesh.nodeLabels[Int(node)]) is held in direction \(degree), which the equation at "
            + "\(equation.file):\(equation.line ?? 0) eliminates",
          remedy: "put another term of the equation first")
      }
    }
  }

  /// What `OP` says.
  mutating func operation(of card: DeckCard) -> CardOperation {
    switch card.value(of: "OP") {
    case nil, "MOD": return .modify
    case "NEW": return .new
    case let other?:
      faults.add(
        at: card.location, "\(card.title), OP=\(other) is not supported", remedy: "write MOD or NEW"
      )
      return .modify
    }
  }

  /// The amplitude a parameter names; a fault where there is no such amplitude.
  mutating func amplitude(of card: DeckCard, _ key: String = "AMPLITUDE") -> String? {
    guard let name = card.value(of: key) else { return nil }
    if deck.amplitudes[name] != nil { return name }
    if places["amplitude " + name] == nil {
      complain(
        aboutMissing: "amplitude", named: name, among: deck.amplitudes.keys, at: card.location)
    }
    return nil
  }
}
