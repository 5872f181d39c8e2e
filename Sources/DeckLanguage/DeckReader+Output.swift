internal import Files
import Meshing

/// An output request never stops a run: what cannot be done is a warning. Time points in a step with DIRECT
/// contradict it and are a fault, as in ccx.
extension DeckReader {
  /// Reads `*NODE PRINT`.
  mutating func readNodePrint(_ card: DeckCard) {
    readPrint(card, label: "NSET", keys: OutputKey.ofNodes) { reader, name in
      guard let nodes = reader.deck.mesh.nodeSets[name] else { return nil }
      return .nodes(set: name, reader.mesh.listedNodes[name] ?? nodes)
    }
  }

  /// Reads `*EL PRINT`.
  mutating func readCellPrint(_ card: DeckCard) {
    readPrint(card, label: "ELSET", keys: OutputKey.ofCells) { reader, name in
      guard let cells = reader.deck.mesh.cellSets[name] else { return nil }
      return .cells(set: name, reader.mesh.listedCells[name] ?? cells)
    }
  }

  /// Reads `*SECTION PRINT`.
  mutating func readSectionPrint(_ card: DeckCard) {
    readPrint(card, label: "SURFACE", keys: OutputKey.ofSections) { reader, name in
      guard let facets = reader.deck.mesh.surfaces[name] else { return nil }
      return .section(surface: name, name: card.value(of: "NAME") ?? "", facets)
    }
  }

  private mutating func readPrint(
    _ card: DeckCard, label: String, keys known: [OutputKey],
    region: (Self, String) -> PrintCard.Region?
  ) {
    guard let name = card.value(of: label), !name.isEmpty else {
      faults.warn(
        at: card.location, "\(card.title) names no set; nothing is printed for it",
        remedy: "write \(card.title), \(label)=name")
      return
    }
    guard let region = region(self, name) else {
      let kind = ["NSET": "node set", "ELSET": "element set"][label] ?? "surface"
      let names =
        label == "NSET"
        ? Array(deck.mesh.nodeSets.keys)
        : label == "ELSET" ? Array(deck.mesh.cellSets.keys) : Array(deck.mesh.surfaces.keys)
      let (problem, remedy) = Suggestion.missing(kind, named: name, among: names)
      faults.warn(at: card.location, problem + ", so nothing is printed for it", remedy: remedy)
      return
    }
    var keys: [OutputKey] = []
    for line in card.lines {
      for field in 0..<line.count where !line.isBlank(field) {
        let name = line.name(field)
        if let key = known.first(where: { $0.name == name }) {
          keys.append(key)
        } else {
          faults.warn(
            at: line.location,
            "\(card.title) does not know '\(DeckScanner.shortened(name))'; it is ignored",
            remedy: "it knows \(known.map(\.name).sorted().joined(separator: ", "))")
        }
      }
    }
    var print = PrintCard(region: region, keys: keys, location: card.location)
    switch card.value(of: "TOTALS") {
    case "YES": print.totals = .yes
    case "ONLY": print.totals = .only
    default: break
    }
    switch card.value(of: "GLOBAL") {
    case "YES": print.isGlobal = true
    case "NO": print.isGlobal = false
    default: break
    }
    (print.frequency, print.timePoints) = readTimes(card)
    step?.cards.append(.print(print))
  }

  /// When an output card wants to be served: every so many increments (-1 where it does not say), or
  /// at time points. Both hold for the whole step, too.
  private mutating func readTimes(_ card: DeckCard) -> (frequency: Int, timePoints: String?) {
    var frequency = -1
    if card.keyword != "SECTIONPRINT", let text = card.value(of: "FREQUENCY") {
      if let count = Int(text), count >= 0 {
        frequency = count
        if count > 0 { serve(every: count, at: nil) }
      } else {
        faults.warn(
          at: card.location, "\(card.title), FREQUENCY=\(text) is not a number; it is ignored")
      }
    }
    guard let name = card.value(of: "TIMEPOINTS") else { return (frequency, nil) }
    if step?.isDirect == true {
      faults.add(
        at: card.location,
        "\(card.title) asks for time points in a step whose increments are fixed by DIRECT",
        remedy: "remove DIRECT, or TIME POINTS")
    }
    if deck.timePoints[name] != nil {
      serve(every: 1, at: name)
      return (frequency, name)
    }
    let (problem, remedy) = Suggestion.missing(
      "time points", named: name, among: Array(deck.timePoints.keys))
    faults.warn(at: card.location, problem, remedy: remedy)
    return (frequency, nil)
  }

  private mutating func serve(every count: Int, at timePoints: String?) {
    step?.outputFrequency = count
    step?.outputTimePoints = timePoints
  }

  /// Reads `*NODE FILE`, `*EL FILE` and the like: the result file holds all fields anyway.
  mutating func readFieldOutput(_ card: DeckCard) {
    _ = readTimes(card)
    var keys: [String] = []
    for line in card.lines {
      for field in 0..<line.count where !line.isBlank(field) { keys.append(line.name(field)) }
    }
    step?.cards.append(.fieldOutput(keys: keys))
  }
}
