import DeckLanguage
import Meshing
import ThermoElasticity

/// The load cases a history amounts to at the time it was last moved to.
///
/// Lists are sorted, so that the same deck gives the same sums in the same order.
extension LoadHistory {
  /// What acts in a static step.
  ///
  /// - Parameter isThermal: Whether the deck gives initial temperatures: without them a static step knows
  ///   no temperature.
  func mechanicalLoads(isThermal: Bool) -> MechanicalLoads {
    var loads = MechanicalLoads()
    loads.prescribed = values(of: boundaries.map { ($0.key, $0.value.actual) }) { $0 > 0 }
    loads.forces = values(
      of: forces.compactMap { $0.value.slot.actual == 0 ? nil : ($0.key, $0.value.slot.actual) }
    ) { $0 > 0 }
    loads.pressures = pressures.sortedByFacet().compactMap { facet, load in
      load.slot.actual == 0 ? nil : (facet: facet, pressure: load.slot.actual)
    }
    for body in bodies where body.slot.actual != 0 && body.point == nil {
      loads.accelerations.append(
        (cells: body.cells, acceleration: body.direction * body.slot.actual))
    }
    loads.rotations = rotations()
    if isThermal { loads.temperature = temperatures.map(\.actual) }
    return loads
  }

  /// The rotations that act: of each cell one, and none against ω² < 0.
  ///
  /// Of several axes for one cell CalculiX takes the one of the set whose name is the last in the alphabet, and of those of
  /// one set the one given first. It does so even with axes that `OP=NEW` has taken back; here they give way to the others.
  func rotations() -> [(
    cells: [Int32], point: SIMD3<Double>, axis: SIMD3<Double>, speedSquared: Double
  )] {
    let axes = bodies.filter { $0.point != nil }
    var winner: [Int32: Int] = [:]
    if axes.count > 1 {
      // The last one in this order acts.
      let order = axes.indices.sorted { a, b in
        if axes[a].isCleared != axes[b].isCleared { return axes[a].isCleared }
        return axes[a].set == axes[b].set ? a > b : axes[a].set < axes[b].set
      }
      for index in order { for cell in axes[index].cells { winner[cell] = index } }
    }
    return axes.indices.compactMap { index in
      let body = axes[index]
      guard let point = body.point, body.slot.actual > 0 else { return nil }
      let cells = axes.count > 1 ? body.cells.filter { winner[$0] == index } : body.cells
      guard !cells.isEmpty else { return nil }
      return (cells, point, body.direction, body.slot.actual)
    }
  }

  /// Heat sources, cells of equal power together, in the order of their numbers.
  func heatSources() -> [(cells: [Int32], power: Double)] {
    var result: [(cells: [Int32], power: Double)] = []
    var place: [Double: Int] = [:]
    for (cell, load) in sources.sorted(by: { $0.key < $1.key }) where load.slot.actual != 0 {
      if let index = place[load.slot.actual] {
        result[index].cells.append(cell)
      } else {
        place[load.slot.actual] = result.count
        result.append((cells: [cell], power: load.slot.actual))
      }
    }
    return result
  }

  /// What acts in a heat step.
  func thermalLoads() -> ThermalLoads {
    var loads = ThermalLoads()
    loads.prescribed = values(of: boundaries.map { ($0.key, $0.value.actual) }) { $0 == 0 }
    loads.flows = values(
      of: forces.compactMap { $0.value.slot.actual == 0 ? nil : ($0.key, $0.value.slot.actual) }
    ) { $0 == 0 }.map { (node: $0.node, power: $0.value) }
    loads.fluxes = fluxes.sortedByFacet().compactMap { facet, load in
      load.slot.actual == 0 ? nil : (facet: facet, flux: load.slot.actual)
    }
    loads.sources = heatSources()
    loads.films = films.sortedByFacet().compactMap { facet, film in
      film.coefficient.actual == 0
        ? nil
        : (facet: facet, ambient: film.ambient.actual, coefficient: film.coefficient.actual)
    }
    return loads
  }

  private func values(
    of pairs: [(Unknown, Double)], where isWanted: (Int) -> Bool
  ) -> [PrescribedValue] {
    pairs.filter { isWanted($0.0.degree) }
      .sorted { ($0.0.node, $0.0.degree) < ($1.0.node, $1.0.degree) }
      .map { PrescribedValue(node: $0.0.node, component: max(0, $0.0.degree - 1), value: $0.1) }
  }
}

extension Dictionary where Key == Facet {
  fileprivate func sortedByFacet() -> [(key: Facet, value: Value)] {
    sorted { ($0.key.cell, $0.key.side) < ($1.key.cell, $1.key.side) }
      .map { (key: $0.key, value: $0.value) }
  }
}
