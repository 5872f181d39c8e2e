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
    for body in bodies where body.slot.actual != 0 {
      if let point = body.point {
        loads.rotations.append(
          (
            cells: body.cells, point: point, axis: body.direction, speedSquared: body.slot.actual
          ))
      } else {
        loads.accelerations.append(
          (cells: body.cells, acceleration: body.direction * body.slot.actual))
      }
    }
    if isThermal { loads.temperature = temperatures.map(\.actual) }
    return loads
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
    // Cells of equal power share one entry, in the order of their numbers.
    var place: [Double: Int] = [:]
    for (cell, load) in sources.sorted(by: { $0.key < $1.key }) where load.slot.actual != 0 {
      if let index = place[load.slot.actual] {
        loads.sources[index].cells.append(cell)
      } else {
        place[load.slot.actual] = loads.sources.count
        loads.sources.append((cells: [cell], power: load.slot.actual))
      }
    }
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
