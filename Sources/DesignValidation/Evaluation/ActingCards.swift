import DeckLanguage
import Meshing
import NumericalMethods
import ThermoElasticity

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

  /// The forces on nodes, and the shares that corners have of the pressures on sides; in global axes, by node.
  ///
  /// The pressure of a side of a plane cell acts on its length times the thickness; that of an axisymmetric one on its length.
  func nodalForces(of deck: Deck) -> [(node: Int, force: SIMD3<Double>)] {
    let mesh = deck.mesh
    var result: [Int: SIMD3<Double>] = [:]
    // In one order, so that sums are the same in every run.
    for (unknown, value) in forces.sorted(by: {
      ($0.key.node, $0.key.component) < ($1.key.node, $1.key.component)
    }) {
      let node = Int(unknown.node)
      let axes =
        deck.nodalAxes[unknown.node]?.axes(at: mesh.nodes[node])
        ?? ([1, 0, 0], [0, 1, 0], [0, 0, 1])
      result[node, default: .zero] += value * [axes.0, axes.1, axes.2][unknown.component]
    }
    let thickness = deck.sections.thicknessOfCell(count: mesh.cellCount)
    let blocks = BlockIndex(mesh.blocks)
    let sorted = pressures.sorted { ($0.key.cell, $0.key.side) < ($1.key.cell, $1.key.side) }
    for (facet, pressure) in sorted {
      let (number, index) = blocks.place(of: Int(facet.cell))
      let block = mesh.blocks[number]
      let nodes = Array(block.nodes(of: index))
      let corners = block.shape.sides[Int(facet.side)].filter { $0 < block.shape.cornerCount }
        .map { Int(nodes[$0]) }
      let places = corners.map { mesh.nodes[$0] }
      var area = SIMD3<Double>.zero
      if places.count == 2 {
        let along = places[1] - places[0]
        area = thickness[Int(facet.cell)] * [along.y, -along.x, 0]
      } else {
        for corner in 1..<places.count - 1 {
          area += (places[corner] - places[0]).cross(places[corner + 1] - places[0]) / 2
        }
      }
      for node in corners {
        result[node, default: .zero] -= pressure / Double(corners.count) * area
      }
    }
    return result.sorted { $0.key < $1.key }.map { (node: $0.key, force: $0.value) }
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
