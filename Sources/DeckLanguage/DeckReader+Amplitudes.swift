internal import Files
import Meshing

extension DeckReader {
  /// Refuses two lines of a step that load the same node or side under different amplitudes: they add up, and a load has
  /// one amplitude. CalculiX refuses them too, bare lines next to lines with an amplitude included.
  ///
  /// Body loads (`GRAV`, `CENTRIF`) CalculiX adds under the amplitude that comes last: a warning. Supports, temperatures and films
  /// are replaced, not added.
  mutating func checkAmplitudes(of step: DeckStep) {
    guard step.cards.contains(where: \.hasAmplitude) else { return }
    var forces = AmplitudeCheck<Unknown>()
    var flows = AmplitudeCheck<Unknown>()
    var pressures = AmplitudeCheck<Facet>()
    var fluxes = AmplitudeCheck<Facet>()
    var sources = AmplitudeCheck<Int32>()
    var bodies = AmplitudeCheck<String>()
    for card in step.cards {
      switch card {
      case .force(let card):
        forces.add(card) { entry in
          entry.nodes.map { Unknown(node: $0, component: entry.degree - 1) }
        }
      case .flow(let card):
        flows.add(card) { entry in entry.nodes.map { Unknown(node: $0, component: 3) } }
      case .distributedLoad(let card):
        pressures.add(card) { if case .pressure(let facets, _) = $0 { facets } else { [] } }
        bodies.add(card) { $0.bodyName.map { [$0] } ?? [] }
      case .distributedFlux(let card):
        fluxes.add(card) { if case .surface(let facets, _) = $0 { facets } else { [] } }
        sources.add(card) { if case .body(let cells, _) = $0 { cells } else { [] } }
      default: break
      }
    }
    for conflict in (forces.conflicts + flows.conflicts) {
      let node = deck.mesh.nodeLabels[Int(conflict.key.node)]
      report(
        conflict,
        conflict.key.component == 3
          ? "the heat flow into node \(node)"
          : "the force on node \(node) in direction \(conflict.key.component + 1)")
    }
    for conflict in pressures.conflicts {
      report(conflict, "the pressure on " + name(of: conflict.key))
    }
    for conflict in fluxes.conflicts {
      report(conflict, "the heat flux into " + name(of: conflict.key))
    }
    for conflict in sources.conflicts {
      report(conflict, "the heat source in cell \(label(ofCell: Int(conflict.key)))")
    }
    for conflict in bodies.conflicts {
      faults.warn(
        at: conflict.second,
        "\(conflict.key) stands in the step already, at \(conflict.first.file):\(conflict.first.line ?? 0), under another "
          + "amplitude; both are added under the one given last, as in CalculiX",
        remedy: "give the two loads one amplitude")
    }
  }

  private mutating func report<Key>(_ conflict: AmplitudeCheck<Key>.Conflict, _ load: String) {
    faults.add(
      at: conflict.second,
      "\(load) is given in the step already, at \(conflict.first.file):\(conflict.first.line ?? 0), under another amplitude",
      remedy:
        "give both the same amplitude, or put their sum under one: loads of one step are added")
  }

  private func name(of facet: Facet) -> String {
    "side \(facet.side + 1) of cell \(label(ofCell: Int(facet.cell)))"
  }

  /// The number of a cell in the deck.
  func label(ofCell cell: Int) -> Int {
    let place = blocks.place(of: cell)
    return deck.mesh.blocks[place.block].labels[place.index]
  }
}

/// Looks for loads of one kind that cards of a step give under different amplitudes.
struct AmplitudeCheck<Key: Hashable> {
  /// One load, and the two cards.
  struct Conflict {
    var key: Key
    var first: InputFault.Location
    var second: InputFault.Location
  }

  /// The first load of every card that meets another amplitude.
  private(set) var conflicts: [Conflict] = []
  private var cards: [(amplitude: String?, location: InputFault.Location, keys: [Key])] = []
  private var known: [Key: Int] = [:]

  /// Takes a card.
  mutating func add<Entry>(_ card: LoadCard<Entry>, keys: (Entry) -> [Key]) {
    let keys = card.entries.flatMap(keys)
    guard !keys.isEmpty else { return }
    cards.append((card.amplitude, card.location, keys))
    // As long as all cards have one amplitude, nothing is looked up.
    guard cards.contains(where: { $0.amplitude != cards[0].amplitude }) else { return }
    for (number, card) in cards.enumerated() where !card.keys.isEmpty {
      var isFound = false
      for key in card.keys {
        guard let other = known[key] else {
          known[key] = number
          continue
        }
        guard !isFound, cards[other].amplitude != card.amplitude else { continue }
        isFound = true
        conflicts.append(
          Conflict(key: key, first: cards[other].location, second: card.location))
      }
      cards[number].keys = []
    }
  }
}

extension StepCard {
  /// Whether the card is a load that adds up, under an amplitude.
  fileprivate var hasAmplitude: Bool {
    switch self {
    case .force(let card): card.amplitude != nil
    case .flow(let card): card.amplitude != nil
    case .distributedLoad(let card): card.amplitude != nil
    case .distributedFlux(let card): card.amplitude != nil
    case .boundary, .temperature, .film, .print, .fieldOutput: false
    }
  }
}

extension DistributedLoadEntry {
  /// What makes a body load the same as another; `nil` for pressures.
  fileprivate var bodyName: String? {
    switch self {
    case .pressure: nil
    case .gravity(let set, _, _, let direction):
      "GRAV on \(set.hasSuffix("E") ? String(set.dropLast()) : "cell " + set) along "
        + "(\(direction.x), \(direction.y), \(direction.z))"
    case .centrifugal(let set, _, _, let point, let axis):
      "CENTRIF on \(set.hasSuffix("E") ? String(set.dropLast()) : "cell " + set) about the axis through "
        + "(\(point.x), \(point.y), \(point.z)) along (\(axis.x), \(axis.y), \(axis.z))"
    }
  }
}
