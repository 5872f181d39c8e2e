internal import Files
import Meshing
import ThermoElasticity

extension DeckReader {
  /// What can be said only after the last card.
  mutating func finish(endsMidLine: Bool) {
    if let step {
      faults.add(
        at: step.location, "the step has no *END STEP",
        remedy: endsMidLine
          ? "the file ends in the middle of a line and may be cut off: fetch it again"
          : "write *END STEP after its last card")
      endStep()
    }
    if !waiting.isEmpty, case .boundary(let card)? = waiting.first {
      faults.warn(at: card.location, "*BOUNDARY stands after the last step; it has no effect")
    }
    let place = InputFault.Location(file: fileName)
    if deck.mesh.nodes.isEmpty, !faultsNamed("NODE") {
      faults.add(at: place, "the deck has no nodes", remedy: "write *NODE and one line per node")
    } else if deck.mesh.cellCount == 0, !faultsNamed("ELEMENT") {
      faults.add(at: place, "the deck has no cells", remedy: "write *ELEMENT and one line per cell")
    }
    if deck.steps.isEmpty {
      faults.add(
        at: place, "the deck has no step: there is nothing to solve",
        remedy: "write *STEP, *STATIC, loads, *END STEP")
    }
    checkSections()
    checkPlanes()
  }

  /// Plane and axisymmetric cells lie in the plane z = 0, the latter at x ≥ 0.
  private mutating func checkPlanes() {
    for (number, block) in deck.mesh.blocks.enumerated() where !surfaceBlocks.contains(number) {
      guard let type = block.elementType, type.theory != .solid else { continue }
      for (place, node) in block.connectivity.enumerated() {
        let point = deck.mesh.nodes[Int(node)]
        let isTurned = type.theory == .axisymmetric && point.x < 0
        guard point.z != 0 || isTurned else { continue }
        let cell = block.labels[place / block.shape.nodeCount]
        let label = deck.mesh.nodeLabels[Int(node)]
        faults.add(
          at: location(ofCell: cell),
          isTurned
            ? "node \(label) of cell \(cell), a \(type.rawValue), has the radius \(point.x)"
            : "node \(label) of cell \(cell), a \(type.rawValue), has z = \(point.z)",
          remedy: isTurned
            ? "x is the radius and never negative" : "plane and axisymmetric cells lie at z = 0")
        break
      }
    }
  }

  /// Whether there are cards of a keyword, whose faults say why they came to nothing.
  private func faultsNamed(_ keyword: String) -> Bool {
    !faults.isEmpty && cards.contains { $0.keyword == keyword }
  }

  /// Every cell has a section, and every material in use what the steps need.
  private mutating func checkSections() {
    let sectionOfCell = deck.sections.sectionOfCell(count: deck.mesh.cellCount)
    var bare = sectionOfCell.indices.filter { sectionOfCell[$0] < 0 }
    if !surfaceBlocks.isEmpty {
      bare.removeAll { surfaceBlocks.contains(blocks.place(of: $0).block) }
    }
    if !bare.isEmpty { bare = refusingSurfaceCells(among: bare) }
    if let first = bare.first {
      let labels = bare.prefix(5).map { String(label(ofCell: $0)) }.joined(separator: ", ")
      let others = bare.count > 5 ? " and \(bare.count - 5) more" : ""
      faults.add(
        at: location(ofCell: label(ofCell: first)),
        bare.count == 1
          ? "cell \(labels) has no section" : "cells \(labels)\(others) have no section",
        remedy: "write *SOLID SECTION, ELSET=set, MATERIAL=name for a set that holds them")
    }
    let used = Set(sectionOfCell.filter { $0 >= 0 }.map { deck.sections[Int($0)].material })
    let procedures = DeckStep.Procedure.allCases
      .filter { procedure in deck.steps.contains { $0.procedure == procedure } }.map(\.traits)
    for index in used.sorted() where index < deck.materials.count {
      let material = deck.materials[index]
      let place = places["material " + material.name] ?? InputFault.Location(file: fileName)
      if hasRefused { continue }  // another material law, most likely
      for procedure in procedures {
        for property in procedure.properties
        where !property.isGiven(material)
          && !hasCard(Keyword.key(property.keyword), ofMaterial: material.name)
        {
          faults.add(
            at: place,
            "the material \(material.name) has no \(property.keyword), which \(procedure.step) needs",
            remedy: "write \(property.keyword) and the constants after *MATERIAL")
        }
      }
    }
    checkDensities(sectionOfCell)
  }

  /// Gravity and rotation act on mass: where no cell has any, that is a mistake; where some have
  /// none, ccx warns.
  private mutating func checkDensities(_ sectionOfCell: [Int32]) {
    for (cells, place) in heavyCells {
      let materials = Set(
        cells.map { sectionOfCell[Int($0)] }.filter { $0 >= 0 }
          .map { deck.sections[Int($0)].material })
      let massless = materials.filter {
        $0 < deck.materials.count && deck.materials[$0].density == nil
      }.map { deck.materials[$0].name }.sorted()
      guard !massless.isEmpty else { continue }
      let names = massless.joined(separator: ", ")
      if massless.count == materials.count {
        faults.add(
          at: place, "the load acts on mass, and \(names) has no *DENSITY",
          remedy: "write *DENSITY and a value after *MATERIAL")
      } else {
        faults.warn(at: place, "the load does not act on \(names), which has no *DENSITY")
      }
    }
  }

  /// Whether a material has a card, good or not.
  private func hasCard(_ keyword: String, ofMaterial name: String) -> Bool {
    var current: String?
    for card in cards {
      if card.keyword == "MATERIAL" { current = card.value(of: "NAME") }
      if card.keyword == keyword, current == name { return true }
    }
    return false
  }

  /// Where a cell is defined; only asked where something is wrong with it.
  private func location(ofCell label: Int) -> InputFault.Location {
    for card in cards where card.keyword == "ELEMENT" {
      for line in card.lines where line.integer(0) == label { return line.location }
    }
    return InputFault.Location(file: fileName)
  }
}
