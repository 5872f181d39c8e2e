internal import DesignProblem
internal import Manufacturability
internal import Meshing

extension PlaneModel {
  /// The deck: millimetres, newtons, megapascals; where it is warmed with watts and kelvins. One step for each of the task's ``DesignTask/deckSteps``.
  ///
  /// Numbers have at most twenty characters: CalculiX reads no more of a field.
  ///
  /// - Parameter steps: The steps; by default all of the task's.
  func deck(title: String, of problem: DesignTask, steps: [DeckStep]? = nil) -> String {
    let steps = steps ?? problem.deckSteps
    let isStructure = steps.contains { $0 != .heat }
    let (material, thickness) = (problem.material, problem.thickness)
    let name = material == .aluminium6061 ? "ALUMINIUM6061" : "SOLID"
    var text =
      "** \(title)\n** millimetres, newtons, megapascals; gcgan-solve --plane-stress calculix solves it as CalculiX does\n*NODE, NSET=NALL\n"
    for (label, node) in zip(mesh.nodeLabels, mesh.nodes) {
      text += "\(label), \(Self.field(node.x)), \(Self.field(node.y))\n"
    }
    for (place, block) in mesh.blocks.enumerated() {
      let set = place == voidBlock ? problem.isBonded ? "MATRIX" : "VOID" : "DESIGN"
      text += "*ELEMENT, TYPE=\(block.elementType?.rawValue ?? ""), ELSET=\(set)\n"
      for cell in 0..<block.count {
        let nodes = block.nodes(of: cell).map { "\(mesh.nodeLabels[Int($0)])" }
        text += "\(block.labels[cell]), \(nodes.joined(separator: ", "))\n"
      }
    }
    for (name, nodes) in sets(of: problem) where !nodes.isEmpty {
      text += "*NSET, NSET=\(name)\n"
      for start in stride(from: 0, to: nodes.count, by: 12) {
        let line = nodes[start..<min(nodes.count, start + 12)].map { "\(mesh.nodeLabels[$0])" }
        text += line.joined(separator: ", ") + "\n"
      }
    }
    for (name, cells) in cells
      + sections.filter({ $0.name != "MATRIX" }).map({ ($0.name, $0.cells) })
    {
      text += "*ELSET, ELSET=\(name)\n"
      for start in stride(from: 0, to: cells.count, by: 12) {
        let line = cells[start..<min(cells.count, start + 12)].map { "\($0 + 1)" }
        text += line.joined(separator: ", ") + "\n"
      }
    }
    let stated = problem.stated
    func section(_ set: String, _ name: String, _ solid: SolidPhase) -> String {
      var text = "*MATERIAL, NAME=\(name)\n"
      if isStructure {
        text += "*ELASTIC\n\(Self.field(solid.youngsModulus)), \(Self.field(solid.poissonsRatio))\n"
        if stated.isWarmed { text += "*EXPANSION\n\(Self.field(solid.expansion))\n" }
      }
      if stated.heat != nil { text += "*CONDUCTIVITY\n\(Self.field(solid.conductivity))\n" }
      return text
        + "*SOLID SECTION, ELSET=\(set), MATERIAL=\(name)\n\(Self.field(thickness))\n"
    }
    if sections.isEmpty {
      text += section("DESIGN", name, material)
    } else {
      for part in sections { text += section(part.name, part.name, part.solid) }
    }
    if voidBlock != nil, !problem.isBonded {
      let conductivity = material.conductivity * stated.void.conductivityRatio
      text += "*MATERIAL, NAME=VOID\n*CONDUCTIVITY\n\(Self.field(conductivity))\n"
      if isStructure {
        let stiffness = material.youngsModulus * stated.void.stiffnessRatio
        text += "*ELASTIC\n\(Self.field(stiffness)), \(Self.field(material.poissonsRatio))\n"
        text += "*EXPANSION\n\(Self.field(material.expansion))\n"
      }
      text += "*SOLID SECTION, ELSET=VOID, MATERIAL=VOID\n\(Self.field(thickness))\n"
    }
    if isStructure {
      if stated.isWarmed {
        text +=
          "*INITIAL CONDITIONS, TYPE=TEMPERATURE\nNALL, \(Self.field(problem.initialTemperature))\n"
      }
      for (name, axis) in [("HELDX", 1), ("HELDY", 2)] where !held[axis - 1].isEmpty {
        text += "*BOUNDARY\n\(name), \(axis), \(axis)\n"
      }
    }
    for step in steps { text += self.text(of: step, problem) }
    return text
  }

  /// The cards of a step.
  private func text(of step: DeckStep, _ problem: DesignTask) -> String {
    switch step {
    case .heat: return heatText
    case .loadCase(let place):
      let loadCase = problem.stated.loadCases[place]
      return staticText(forces[place], isWarm: loadCase.isWarm, problem)
    case .temperatures: return staticText([], isWarm: true, problem)
    }
  }

  private func staticText(
    _ forces: [(node: Int, force: SIMD2<Double>)], isWarm: Bool, _ problem: DesignTask
  ) -> String {
    var text = "*STEP\n*STATIC\n"
    let stated = problem.stated
    if stated.isWarmed, !isWarm || stated.heat?.deforms != true {
      // After a step of heat its temperatures act, unless a step says otherwise.
      let change = isWarm ? stated.temperatureChange : 0
      text += "*TEMPERATURE\nNALL, \(Self.field(problem.initialTemperature + change))\n"
    }
    text += problem.deckSteps.count == 1 ? "*CLOAD\n" : "*CLOAD, OP=NEW\n"
    for (node, force) in forces {
      for axis in 0..<2 where force[axis] != 0 {
        text += "\(mesh.nodeLabels[node]), \(axis + 1), \(Self.field(force[axis]))\n"
      }
    }
    text += "*NODE PRINT, NSET=NALL\nU\n"
    // Where supports hold three displacements and no force acts, reactions are 0: what is printed would be round-off.
    if !(forces.isEmpty && held[0].count + held[1].count == 3) {
      text += "*NODE PRINT, NSET=HELD\nRF\n"
    }
    return text + """
      *EL PRINT, ELSET=DESIGN
      S
      *END STEP

      """
  }

  /// Sinks, sources and the heat transfer step.
  private var heatText: String {
    var text = "*STEP\n*HEAT TRANSFER, STEADY STATE\n"
    if !cooled.isEmpty { text += "*BOUNDARY\n" }
    for (node, temperature) in cooled {
      text += "\(mesh.nodeLabels[node]), 11, 11, \(Self.field(temperature))\n"
    }
    if powers.contains(where: { $0.power != 0 }) { text += "*CFLUX\n" }
    for (node, power) in powers where power != 0 {
      text += "\(mesh.nodeLabels[node]), 11, \(Self.field(power))\n"
    }
    if !films.isEmpty { text += "*FILM\n" }
    for (cell, side, coefficient, ambient) in films {
      text += "\(cell), F\(side), \(Self.field(ambient)), \(Self.field(coefficient))\n"
    }
    text += "*NODE PRINT, NSET=NALL\nNT\n"
    if !cooled.isEmpty { text += "*NODE PRINT, NSET=COOLED\nRFL\n" }
    return text + "*END STEP\n"
  }

  /// Named sets of nodes.
  func sets(of problem: DesignTask) -> [(name: String, nodes: [Int])] {
    var sets: [(name: String, nodes: [Int])] = []
    if problem.stated.heat != nil {
      sets += [("COOLED", cooled.map(\.node)), ("HEATED", powers.map(\.node))]
    }
    if problem.isStructure {
      sets += [
        ("HELDX", held[0]), ("HELDY", held[1]), ("HELD", Set(held[0] + held[1]).sorted()),
        ("LOADED", loadedNodes), ("SINGULAR", singularNodes),
      ]
    }
    return sets + regions
  }

  /// A number in at most twenty characters, to twelve digits after the point where all do not fit.
  static func field(_ value: Double) -> String {
    let exact = "\(value)"
    if exact.utf8.count <= 20 { return exact }
    let rounded = "\((value * 1e12).rounded() / 1e12)"
    return rounded.utf8.count <= 20 ? rounded : "\((value * 1e6).rounded() / 1e6)"
  }
}

extension DesignTask {
  /// The temperature at which the decks are free of thermal strain, in kelvins.
  var initialTemperature: Double {
    // A change on top of what conduction gives is the same as a colder start; without conduction it starts at 0.
    guard let heat = stated.heat, heat.deforms else { return 0 }
    return heat.stressFreeTemperature - stated.temperatureChange
  }
}
