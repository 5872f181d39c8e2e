import DeckLanguage
import Meshing

/// What holds and what pulls in a step, from step to step as CalculiX carries it; amplitudes are not read.
struct ActingCards {
  /// A displacement of a node: 0, 1, 2 along its axes.
  struct Unknown: Hashable {
    var node: Int32
    var component: Int
  }
  /// Held displacements, whatever their value.
  private(set) var held: Set<Unknown> = []
  /// Forces on nodes that are not zero.
  private(set) var forces: [Unknown: Double] = [:]
  private var pressures: [Facet: Double] = [:]
  /// Cells that gravity or rotation acts on.
  private var heavyCells: Set<Int32> = []

  /// The cells that pressure or a body force acts on, ascending.
  func loadedCells(of mesh: Mesh) -> [Int32] {
    Set(pressures.keys.map(\.cell)).union(heavyCells).sorted()
  }

  /// Takes the cards of a step: the first of a kind with `OP=NEW` takes back what is there.
  mutating func apply(_ step: DeckStep) {
    var met: Set<String> = []
    for card in step.cards {
      switch card {
      case .boundary(let card): apply(card, isFirst: met.insert("boundary").inserted)
      case .force(let card):
        if met.insert("force").inserted, card.operation == .new { forces = [:] }
        for entry in card.entries where (1...3).contains(entry.degree) {
          for node in entry.nodes {
            forces[Unknown(node: node, component: entry.degree - 1)] =
              entry.value == 0 ? nil : entry.value
          }
        }
      case .distributedLoad(let card):
        if met.insert("load").inserted, card.operation == .new {
          (pressures, heavyCells) = ([:], [])
        }
        for entry in card.entries { apply(entry) }
      case .temperature, .flow, .distributedFlux, .film, .print, .fieldOutput: break
      }
    }
  }

  mutating func apply(_ card: BoundaryCard, isFirst: Bool) {
    if isFirst, card.operation == .new { held = [] }
    for entry in card.entries {
      for degree in entry.degrees where (1...3).contains(degree) {
        for node in entry.nodes { held.insert(Unknown(node: node, component: degree - 1)) }
      }
    }
  }

  private mutating func apply(_ entry: DistributedLoadEntry) {
    switch entry {
    case .pressure(let facets, let value):
      for facet in facets { pressures[facet] = value == 0 ? nil : value }
    case .gravity(_, let cells, let acceleration, _):
      if acceleration != 0 { heavyCells.formUnion(cells) }
    case .centrifugal(_, let cells, let speedSquared, _, _):
      if speedSquared != 0 { heavyCells.formUnion(cells) }
    }
  }
}
