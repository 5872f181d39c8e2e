import DeckAnalysis
import DeckLanguage
import Meshing
import NumericalMethods
import ThermoElasticity

extension ModelFields {
  /// The skin and the fields of a solved deck.
  ///
  /// - Complexity: O(cells), about as much as averaging the stresses once.
  init(of solved: SolvedDeck) {
    let mesh = solved.deck.mesh
    let skin = Skin(mesh)
    let places = skin.nodes
    let sections = solved.deck.sections.sectionOfCell(count: mesh.cellCount)
    self.init(
      isPlane: skin.isPlane, nodeNumbers: places.map { mesh.nodeLabels[$0] },
      positions: places.map { mesh.nodes[$0] }, faces: skin.faces,
      materials: skin.cells.map { cell in
        let section = sections[cell]
        return section < 0
          ? 255 : UInt8(clamping: solved.deck.sections[Int(section)].material)
      })
    if let state = solved.states.last(where: { $0.elastic != nil }), let elastic = state.elastic {
      let stress = elastic.stress.nodalAverage(on: mesh)
      displacement = places.map { elastic.displacement[$0] }
      vonMises = places.map { stress[$0].vonMises }
      if let estimate = solved.errors[state.step] {
        let nodal = mesh.nodalMeans(ofCells: estimate.cellEnergy.map { (2 * $0).squareRoot() })
        errorEstimate = places.map { nodal[$0] }
      }
    }
    if let last = solved.states.last, let nodal = last.heat?.temperature ?? last.temperature {
      temperature = places.map { nodal[$0] }
    }
    takeConditions(of: solved.deck, skin)
  }

  /// Supports and loads as they are in the last static step.
  private mutating func takeConditions(of deck: Deck, _ skin: Skin) {
    var acting = ActingCards()
    for card in deck.initialBoundaries { acting.apply(card, isFirst: false) }
    for step in deck.steps { acting.apply(step) }
    var axes: [Int: Set<Int>] = [:]
    for unknown in acting.held {
      guard let place = skin.places[Int(unknown.node)] else { continue }
      axes[place, default: []].insert(unknown.component)
    }
    supports = axes.sorted { $0.key < $1.key }.map { Support(place: $0.key, axes: $0.value) }
    loads = acting.nodalForces(of: deck).compactMap { node, force in
      skin.places[node].map { Load(place: $0, force: force) }
    }
  }
}

extension Mesh {
  /// The mean at every node over the cells that have it; 0 at nodes of no cell.
  fileprivate func nodalMeans(ofCells values: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: nodes.count)
    var counts = [Double](repeating: 0, count: nodes.count)
    var cell = 0
    for block in blocks {
      for index in 0..<block.count {
        for node in block.nodes(of: index) {
          sums[Int(node)] += values[cell]
          counts[Int(node)] += 1
        }
        cell += 1
      }
    }
    return zip(sums, counts).map { $1 == 0 ? 0 : $0 / $1 }
  }
}
