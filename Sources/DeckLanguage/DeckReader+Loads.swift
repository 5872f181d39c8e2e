internal import Files
import Meshing
import ThermoElasticity

extension DeckReader {
  /// A load card with what its keyword line says.
  private mutating func loadCard<Entry>(_ card: DeckCard, of: Entry.Type) -> LoadCard<Entry> {
    var load = LoadCard<Entry>()
    load.location = card.location
    load.operation = operation(of: card)
    load.amplitude = amplitude(of: card)
    return load
  }

  /// Nodes without cells that the lines of a card load, and the first such line.
  private struct Loose {
    var nodes: [Int32] = []
    var line: InputFault.Location?
  }

  /// Notes nodes that nothing holds.
  private func note(_ nodes: [Int32], _ line: DataLine, in loose: inout Loose) {
    for node in nodes where !isTied[Int(node)] {
      loose.nodes.append(node)
      if loose.line == nil { loose.line = line.location }
    }
  }

  /// One fault for all loaded nodes of a card that nothing holds.
  private mutating func report(_ loose: Loose) {
    guard let line = loose.line, !hasRefused else { return }
    let isOne = loose.nodes.count == 1
    let labels = loose.nodes.prefix(5).map { String(deck.mesh.nodeLabels[Int($0)]) }
    let others = loose.nodes.count > 5 ? " and \(loose.nodes.count - 5) more" : ""
    faults.add(
      at: line,
      "the load acts on node\(isOne ? "" : "s") \(labels.joined(separator: ", "))\(others), "
        + "which belong\(isOne ? "s" : "") to no cell",
      remedy: "remove the load, or the node from the set")
  }

  /// Reads `*CLOAD`.
  mutating func readForces(_ card: DeckCard) {
    var load = loadCard(card, of: ForceEntry.self)
    var loose = Loose()
    var wasSingle = false  // single nodes are joined; sets share their members
    for line in card.lines where !faults.isFull {
      guard let degree = line.integer(1), (1...3).contains(degree) else {
        faults.add(
          at: line.location,
          "'\(DeckScanner.shortened(line.text(1)))' is not a direction of a force",
          remedy: line.integer(1).map { (4...6).contains($0) } == true
            ? "moments are not supported: use pairs of forces" : "write node or set, 1 to 3, force")
        continue
      }
      guard let nodes = nodes(line), let value = number(line, 2) else { continue }
      if value != 0 { note(nodes, line, in: &loose) }
      let isSingle = line.integer(0) != nil
      if isSingle, wasSingle,
        load.entries.last.map({ $0.degree == degree && $0.value == value }) == true
      {
        load.entries[load.entries.count - 1].nodes += nodes
      } else {
        load.entries.append(ForceEntry(nodes: nodes, degree: degree, value: value))
      }
      wasSingle = isSingle
    }
    report(loose)
    step?.cards.append(.force(load))
  }

  /// Reads `*TEMPERATURE`.
  mutating func readTemperatures(_ card: DeckCard) {
    var load = loadCard(card, of: TemperatureEntry.self)
    if !hasInitialConditions {
      faults.add(
        at: card.location, "*TEMPERATURE needs a temperature without strain, and there is none",
        remedy: "write *INITIAL CONDITIONS, TYPE=TEMPERATURE before the first step")
    }
    if hasProcedure, let procedure = step?.procedure, procedure.solves(.temperature) {
      faults.add(
        at: card.location, "*TEMPERATURE stands in \(procedure.traits.step)",
        remedy: "prescribe temperatures there with *BOUNDARY, degree of freedom 11")
    }
    var wasSingle = false  // single nodes are joined; sets share their members
    for line in card.lines where !faults.isFull {
      guard let nodes = nodes(line), let value = number(line, 1) else { continue }
      let isSingle = line.integer(0) != nil
      if isSingle, wasSingle, load.entries.last.map({ $0.value == value }) == true {
        load.entries[load.entries.count - 1].nodes += nodes
      } else {
        load.entries.append(TemperatureEntry(nodes: nodes, value: value))
      }
      wasSingle = isSingle
    }
    step?.cards.append(.temperature(load))
  }

  /// Reads `*CFLUX`.
  mutating func readFlows(_ card: DeckCard) {
    var load = loadCard(card, of: FlowEntry.self)
    var loose = Loose()
    var wasSingle = false  // single nodes are joined; sets share their members
    for line in card.lines where !faults.isFull {
      let degree = line.integer(1)
      guard degree == 11 || degree == 0 || line.isBlank(1) else {
        faults.add(
          at: line.location, "'\(DeckScanner.shortened(line.text(1)))' is not a direction of heat",
          remedy: "write node or set, 11, power")
        continue
      }
      guard let nodes = nodes(line), let value = number(line, 2) else { continue }
      if value != 0 { note(nodes, line, in: &loose) }
      let isSingle = line.integer(0) != nil
      if isSingle, wasSingle, load.entries.last.map({ $0.value == value }) == true {
        load.entries[load.entries.count - 1].nodes += nodes
      } else {
        load.entries.append(FlowEntry(nodes: nodes, value: value))
      }
      wasSingle = isSingle
    }
    report(loose)
    step?.cards.append(.flow(load))
  }

  /// Reads `*DLOAD` and `*DSLOAD`, which ccx takes for the same.
  mutating func readDistributedLoads(_ card: DeckCard) {
    var load = loadCard(card, of: DistributedLoadEntry.self)
    var wasSingle = false
    for line in card.lines where !faults.isFull {
      guard let entry = distributedLoad(line) else { continue }
      // Single sides are joined where neighbours say the same.
      let isSingle = line.integer(0) != nil
      if isSingle, wasSingle, case .pressure(let facets, let value) = entry,
        load.entries.last?.pressure == value,
        case .pressure(var all, _)? = load.entries.popLast()
      {
        all += facets
        load.entries.append(.pressure(facets: all, value: value))
      } else {
        load.entries.append(entry)
      }
      wasSingle = isSingle
    }
    step?.cards.append(.distributedLoad(load))
  }

  private mutating func distributedLoad(_ line: DataLine) -> DistributedLoadEntry? {
    let label = line.name(1)
    switch label {
    case "GRAV":
      guard let cells = cells(line), let size = number(line, 2), let direction = vector(line, 3)
      else { return nil }
      guard direction.length > 0, direction.length.isFinite else {
        faults.add(
          at: line.location, "the direction of gravity is a zero vector",
          remedy: "write set, GRAV, acceleration, and three components: ALL, GRAV, 9.81, 0, 0, -1")
        return nil
      }
      heavyCells.append((cells, line.location))
      return .gravity(
        set: bodyName(line), cells: cells, acceleration: size, direction: direction.normalized)
    case "CENTRIF":
      guard let cells = cells(line), let size = number(line, 2), let point = vector(line, 3),
        let axis = vector(line, 6)
      else { return nil }
      guard axis.length > 0, axis.length.isFinite else {
        faults.add(
          at: line.location, "the vector along the axis of rotation is a zero vector",
          remedy: "write set, CENTRIF, speed squared, a point on the axis, a vector along it")
        return nil
      }
      heavyCells.append((cells, line.location))
      return .centrifugal(
        set: bodyName(line), cells: cells, speedSquared: size, point: point, axis: axis.normalized)
    case _ where label == "P" || label.count == 2 && label.first == "P":
      guard let facets = facets(line, letter: "P", label: label), let value = number(line, 2) else {
        return nil
      }
      return .pressure(facets: facets, value: value)
    default:
      faults.add(
        at: line.location, "the load '\(DeckScanner.shortened(line.text(1)))' is not supported",
        remedy: "supported are P1 to P6 (P for a surface), GRAV, CENTRIF")
      return nil
    }
  }

  /// The name by which CalculiX sorts body loads: that of a set has the letter E after it.
  private func bodyName(_ line: DataLine) -> String {
    line.name(0) + (line.integer(0) == nil ? "E" : "")
  }

  /// Reads `*DFLUX`.
  mutating func readDistributedFluxes(_ card: DeckCard) {
    var load = loadCard(card, of: DistributedFluxEntry.self)
    for line in card.lines where !faults.isFull {
      let label = line.name(1)
      switch label {
      case "BF":
        guard let cells = cells(line), let value = number(line, 2) else { continue }
        load.entries.append(.body(cells: cells, value: value))
      case _ where label == "S" || label.count == 2 && label.first == "S":
        guard let facets = facets(line, letter: "S", label: label), let value = number(line, 2)
        else { continue }
        load.entries.append(.surface(facets: facets, value: value))
      default:
        faults.add(
          at: line.location, "the flux '\(DeckScanner.shortened(line.text(1)))' is not supported",
          remedy: "supported are S1 to S6 (S for a surface) and BF")
      }
    }
    step?.cards.append(.distributedFlux(load))
  }

  /// Reads `*FILM`.
  mutating func readFilms(_ card: DeckCard) {
    var load = loadCard(card, of: FilmEntry.self)
    load.secondAmplitude = amplitude(of: card, "FILMAMPLITUDE")
    for line in card.lines where !faults.isFull {
      let label = line.name(1)
      guard label == "F" || label.count == 2 && label.first == "F" else {
        faults.add(
          at: line.location, "the film '\(DeckScanner.shortened(line.text(1)))' is not supported",
          remedy: "supported are F1 to F6 (F for a surface)")
        continue
      }
      guard let facets = facets(line, letter: "F", label: label), let ambient = number(line, 2),
        let coefficient = number(line, 3)
      else { continue }
      if coefficient < 0 {
        faults.add(
          at: line.location, "the film coefficient \(coefficient) is negative",
          remedy: "the temperature comes first, then the coefficient")
        continue
      }
      load.entries.append(
        FilmEntry(facets: facets, ambient: ambient, coefficient: coefficient))
    }
    step?.cards.append(.film(load))
  }
}

extension DistributedLoadEntry {
  /// The value of a pressure; `nil` for other loads.
  fileprivate var pressure: Double? {
    if case .pressure(_, let value) = self { value } else { nil }
  }
}
