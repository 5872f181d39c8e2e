import DeckLanguage
import Meshing
import NumericalMethods
import ThermoElasticity

@testable import DeckAnalysis

/// What a deck has that CalculiX answers in its own way.
struct DeckFacts {
  private let deck: Deck
  /// Start and end of the steps in increments that put distributed loads among older ones.
  private var stepsWithNewLoads: [(start: Double, end: Double)] = []
  /// When the first heat flow into a node with axes of its own begins.
  private(set) var firstFlowOnTurnedNode: Double?
  /// When the first step begins whose OP=NEW takes back supports along axes of nodes, of plane cells or in a deck with equations.
  private(set) var firstAxesTakenBack: Double?
  /// When the first static step after a heat step begins.
  private(set) var firstStaticAfterHeat: Double?
  /// When the first heat step with a conductivity that depends on temperature begins.
  private(set) var firstHeatWithTable: Double?

  /// When the first step begins that has a film card between cards of other distributed loads.
  private(set) var firstFilmBetweenFluxes: Double?
  /// When the first heat step after a static step begins: heat then comes in through faces that the static step deformed.
  private(set) var firstHeatOnDeformedFaces: Double?
  /// Nodes, by their numbers, at which CalculiX ends an amplitude of temperatures, and when.
  private(set) var endedAmplitudes: [(node: Int, time: Double)] = []

  /// Looks a deck over.
  init(_ deck: Deck) {
    self.deck = deck
    let hasTable = used.contains { ($0.0.conductivity?.temperatures.count ?? 1) > 1 }
    var time = 0.0
    var hadHeat = false
    var hadStatic = false
    // In decks with equations of displacements nodes of solids lose their supports too.
    let hasEquations = deck.constraints.contains { ($0.terms.first?.component ?? 3) < 3 }
    let affected = hasEquations ? nil : planeNodes
    var hadAxes = deck.initialBoundaries.contains { holdsAxes($0, of: affected) }
    var bodies = LoadHistory(initialTemperature: [])
    var scaledNodes: Set<Int> = []
    var known: Set<LoadKey> = []
    for step in deck.steps {
      let period = step.increments.count > 1 ? step.increments[1] ?? 1 : 1
      let isHeat = step.procedure == .steadyHeat
      hadHeat = hadHeat || isHeat
      let named = Self.loads(of: step)
      if hadHeat, !known.isEmpty, !named.isSubset(of: known) {
        stepsWithNewLoads.append((time, time + period))
      }
      known.formUnion(named)
      if isHeat, firstHeatWithTable == nil, hasTable { firstHeatWithTable = time }
      for case .flow(let card) in step.cards where firstFlowOnTurnedNode == nil {
        let nodes = card.entries.filter { $0.value != 0 }.flatMap(\.nodes)
        if nodes.contains(where: { deck.nodalAxes[$0] != nil }) { firstFlowOnTurnedNode = time }
      }
      for case .boundary(let card) in step.cards {
        if card.operation == .new, hadAxes, firstAxesTakenBack == nil { firstAxesTakenBack = time }
        hadAxes = hadAxes || holdsAxes(card, of: affected)
      }
      if !isHeat, hadHeat, firstStaticAfterHeat == nil { firstStaticAfterHeat = time }
      if firstFilmBetweenFluxes == nil, Self.hasFilmBetween(step) { firstFilmBetweenFluxes = time }
      hadStatic = hadStatic || !isHeat
      if isHeat, hadStatic, firstHeatOnDeformedFaces == nil { firstHeatOnDeformedFaces = time }
      let bodyCount = bodies.bodies.count
      time += period
      bodies.beginStep()
      for card in step.cards {
        if case .distributedLoad = card { bodies.apply(card) }
        guard case .temperature(let card) = card else { continue }
        let nodes = card.entries.flatMap(\.nodes).map { deck.mesh.nodeLabels[Int($0)] }
        let ends = card.amplitude.map { !(deck.amplitudes[$0]?.usesTotalTime ?? false) }
        if ends ?? (step.isStepped == true) {
          scaledNodes.formUnion(nodes)
        } else {
          scaledNodes.subtract(nodes)
        }
      }
      if hadHeat, bodyCount > 0, bodies.bodies.count > bodyCount {
        stepsWithNewLoads.append((time - period, time))
      }
      // The loop over the nodes is missing in CalculiX: its counter is the one of the body loads, three numbers each.
      let node = 3 * bodies.bodies.count + 2
      if !isHeat, scaledNodes.remove(node) != nil { endedAmplitudes.append((node, time)) }
    }
  }

  /// Whether OP=NEW takes back supports of plane strain cells of an anisotropic material.
  var freesUnsymmetricPlanes: Bool {
    let isFreed = deck.steps.contains { step in
      step.cards.contains {
        if case .boundary(let card) = $0 { card.operation == .new } else { false }
      }
    }
    return isFreed
      && used.contains { material, _, types in
        guard types.contains(where: { $0.theory == .planeStrain }) else { return false }
        if case .anisotropic = material.elasticity { return true }
        return material.expansion?.coefficients.width == 6
      }
  }

  /// Whether a time is in a static step, its end included.
  func isInStaticStep(_ time: Double) -> Bool {
    var start = 0.0
    for step in deck.steps {
      let end = start + (step.increments.count > 1 ? step.increments[1] ?? 1 : 1)
      if time > start, time <= end + 1e-6 { return step.procedure == .staticStress }
      start = end
    }
    return false
  }

  /// When the first static step ends.
  var firstStaticTime: Double {
    var time = 0.0
    for step in deck.steps {
      time += step.increments.count > 1 ? step.increments[1] ?? 1 : 1
      if step.procedure == .staticStress { return time }
    }
    return .infinity
  }

  /// Whether a heat step comes after a static one in a deck without initial temperatures.
  var meetsHeatWithoutTemperature: Bool {
    let kinds = deck.steps.map(\.procedure)
    guard let first = kinds.firstIndex(of: .staticStress) else { return false }
    return kinds[first...].contains(.steadyHeat)
      && !deck.initialTemperature.contains { $0 != nil }
  }

  /// Whether a step after the first one holds displacements of nodes with axes of their own.
  var supportsAxesLate: Bool {
    deck.steps.dropFirst().contains { step in
      step.cards.contains { card in
        if case .boundary(let card) = card { holdsAxes(card) } else { false }
      }
    }
  }

  /// Whether a card holds displacements of nodes with axes of their own.
  ///
  /// - Parameter some: The nodes that count; `nil` for all.
  private func holdsAxes(_ card: BoundaryCard, of some: Set<Int32>? = nil) -> Bool {
    card.entries.contains { entry in
      entry.degrees.lowerBound <= 3
        && entry.nodes.contains { deck.nodalAxes[$0] != nil && some?.contains($0) ?? true }
    }
  }

  /// Nodes of plane and axisymmetric cells.
  private var planeNodes: Set<Int32> {
    var nodes: Set<Int32> = []
    for block in deck.mesh.blocks where block.elementType?.theory != .solid {
      nodes.formUnion(block.connectivity)
    }
    return nodes
  }

  /// Whether an equation names two components of a node with axes of its own.
  var tiesTurnedNodeTwice: Bool {
    deck.constraints.contains { constraint in
      let turned = constraint.terms.map(\.node).filter { deck.nodalAxes[$0] != nil }
      return Set(turned).count < turned.count
    }
  }

  /// Whether the deck has several axes of rotation and takes body loads back.
  var hasAxesTakenBack: Bool {
    var axes: Set<[Double]> = []
    var isTakenBack = false
    for step in deck.steps {
      for case .distributedLoad(let card) in step.cards {
        isTakenBack = isTakenBack || card.operation == .new
        for entry in card.entries {
          guard case .centrifugal(_, _, _, let point, let axis) = entry else { continue }
          axes.insert([point.x, point.y, point.z, axis.x, axis.y, axis.z])
        }
      }
    }
    return axes.count > 1 && isTakenBack
  }

  private static func hasFilmBetween(_ step: DeckStep) -> Bool {
    let kinds = step.cards.compactMap { card -> Bool? in
      switch card {
      case .film: true
      case .distributedLoad, .distributedFlux: false
      default: nil
      }
    }
    guard let first = kinds.firstIndex(of: false), let last = kinds.lastIndex(of: false) else {
      return false
    }
    return kinds[first...last].contains(true)
  }

  /// Whether a time is inside a step that puts loads among older ones: at its end all is well again.
  func isInsideStepWithNewLoads(_ time: Double) -> Bool {
    stepsWithNewLoads.contains { time > $0.start + 1e-6 && time < $0.end - 1e-6 }
  }

  /// A distributed load as CalculiX tells them apart: a cell, and a side or the volume.
  private struct LoadKey: Hashable {
    var cell: Int32
    var label: String
  }

  private static func loads(of step: DeckStep) -> Set<LoadKey> {
    var keys: Set<LoadKey> = []
    func add(_ facets: [Facet], _ letter: String) {
      for facet in facets {
        keys.insert(LoadKey(cell: facet.cell, label: letter + String(facet.side)))
      }
    }
    for card in step.cards {
      switch card {
      case .distributedLoad(let card):
        for case .pressure(let facets, _) in card.entries { add(facets, "P") }
      case .distributedFlux(let card):
        for entry in card.entries {
          switch entry {
          case .surface(let facets, _): add(facets, "S")
          case .body(let cells, _):
            for cell in cells { keys.insert(LoadKey(cell: cell, label: "BF")) }
          }
        }
      case .film(let card): for entry in card.entries { add(entry.facets, "F") }
      default: break
      }
    }
    return keys
  }

  // MARK: Cells and materials

  /// Materials in use, with the axes and the element types they are used in.
  private var used: [(Material, CoordinateSystem?, Set<ElementType>)] {
    deck.sections.map { section in
      (
        deck.materials[section.material], section.orientation,
        Set(section.cells.compactMap { type(of: $0) })
      )
    }
  }

  private func type(of cell: Int32) -> ElementType? {
    deck.mesh.blocks[deck.mesh.place(of: Int(cell)).block].elementType
  }

  private var types: Set<ElementType> { Set(deck.mesh.blocks.compactMap(\.elementType)) }

  var hasWedges: Bool { types.contains(.c3d6) }
  var hasPlaneCells: Bool { types.contains { $0.theory != .solid } }
  var hasReducedCells: Bool { types.contains(where: \.isReduced) }
  var hasHeat: Bool { deck.steps.contains { $0.procedure == .steadyHeat } }
  var hasDirectedConductivity: Bool { used.contains { ($0.0.conductivity?.width ?? 1) > 1 } }

  func asks(for keys: Set<String>) -> Bool {
    deck.steps.contains { step in
      step.cards.contains { card in
        if case .print(let print) = card {
          !keys.isDisjoint(with: print.keys.map(\.name))
        } else {
          false
        }
      }
    }
  }

  var hasInitialTemperature: Bool { deck.initialTemperature.contains { $0 != nil } }

  /// Whether an initial temperature is not what CalculiX makes of it, ⌊10⁶ T + ½⌋ / 10⁶ with ⌊ ⌋ towards zero.
  var hasRoundedInitialTemperature: Bool {
    deck.initialTemperature.contains {
      guard let value = $0 else { return false }
      return abs((1e6 * value + 0.5).rounded(.towardZero) / 1e6 - value) > 1e-12
    }
  }

  /// Whether some increments may not be printed.
  var skipsIncrements: Bool {
    deck.steps.contains { step in
      step.outputFrequency ?? 1 != 1
        || step.cards.contains {
          if case .print(let card) = $0 { card.timePoints != nil } else { false }
        }
    }
  }

  /// Whether temperatures change stresses.
  var feelsTemperature: Bool {
    used.contains { material, _, _ in
      material.expansion != nil || (material.elasticity?.curve.temperatures.count ?? 1) > 1
    }
  }

  /// Whether sheets, and wedges of which CalculiX integrates one half, have an elasticity or expansion that couples the plane with
  /// what is across.
  var hasUnsymmetricElasticity: Bool {
    hasUnsymmetricCells { material in
      let width = material.expansion?.coefficients.width ?? 1
      return switch material.elasticity {
      case _ where width == 6: true
      case .anisotropic: true
      case .orthotropic, .engineeringConstants: nil
      default: width > 1 ? nil : false
      }
    }
  }

  /// The same of the conductivity.
  var hasUnsymmetricConductivity: Bool {
    hasUnsymmetricCells { material in
      let width = material.conductivity?.width ?? 1
      return width == 6 ? true : width > 1 ? nil : false
    }
  }

  /// - Parameter isUnsymmetric: Of a material; `nil` where it is so if its axes are tilted against the plane.
  private func hasUnsymmetricCells(_ isUnsymmetric: (Material) -> Bool?) -> Bool {
    used.contains { material, axes, types in
      let isHalved = types.contains {
        $0.theory == .planeStress || $0.theory == .axisymmetric
      }
      guard isHalved else { return false }
      let isTurned =
        switch axes {
        case .rectangular(let first, let second): abs(first.z) > 1e-9 || abs(second.z) > 1e-9
        case .cylindrical(_, let axis): abs(axis.x) > 1e-9 || abs(axis.y) > 1e-9
        case nil: false
        }
      return isUnsymmetric(material) ?? isTurned
    }
  }

  /// Whether a node of plane cells has axes whose third is not across the plane.
  var hasTiltedAxes: Bool {
    let planeNodes = planeNodes
    return deck.nodalAxes.contains { node, system in
      let axes = system.axes(at: deck.mesh.nodes[Int(node)])
      return planeNodes.contains(node) && abs(axes.2.z) < 1 - 1e-9
    }
  }
}
