extension ManufacturabilityProblem {
  /// All that is wrong with the problem, in the order of its properties; empty where it can be evaluated.
  ///
  /// Nothing is assembled or factored.
  package func faults() -> [ProblemFault] {
    var faults = gridFaults() + materialFaults()
    // Regions cannot be looked up on a grid that makes no sense.
    guard gridFaults().isEmpty else { return faults }
    faults += structureFaults() + heatFaults() + fieldFaults() + termFaults()
    if faults.isEmpty, needsStructure { faults += rigidMotionFaults() }
    return faults
  }

  /// Whether a term asks for displacements under load.
  package var needsStructure: Bool { terms.contains { $0.measure.row.solve == .structure } }
  /// Whether designs are cells of a periodic material.
  package var isPeriodic: Bool { terms.contains { $0.measure.row.isOfCell } }

  private func gridFaults() -> [ProblemFault] {
    var faults: [ProblemFault] = []
    let least = isPeriodic ? 3 : 1
    for (name, count) in [("columns", grid.columns), ("rows", grid.rows)]
      + (grid.layers.map { [("layers", $0)] } ?? [])
    {
      if count < least || count > 4096 {
        faults.append(
          .init(
            "grid.\(name)", "\(count) elements along an axis",
            remedy: "a grid has \(least) to 4096" + (isPeriodic ? " where it is periodic" : "")))
      }
    }
    if !(grid.pixelSize > 0) || !grid.pixelSize.isFinite {
      faults.append(.init("grid.pixelSize", "\(grid.pixelSize) is no length"))
    }
    if !(grid.thickness > 0) || !grid.thickness.isFinite {
      faults.append(.init("grid.thickness", "\(grid.thickness) is no length"))
    }
    return faults
  }

  private func materialFaults() -> [ProblemFault] {
    var faults: [ProblemFault] = []
    if !(1...2).contains(solids.count) {
      faults.append(
        .init("solids", "\(solids.count) solids", remedy: "a design is made of one or two"))
    }
    for (place, solid) in solids.enumerated() {
      func check(_ holds: Bool, _ property: String, _ text: String) {
        if !holds { faults.append(.init("solids[\(place)].\(property)", text)) }
      }
      if let first = solids.firstIndex(where: { $0.index == solid.index }), first < place {
        check(
          false, "index", "solids[\(first)] has the index \(solid.index) too; give each its own")
      } else if solid.index < 1 || solid.index > 2 {
        check(false, "index", "the index \(solid.index) is neither 1 nor 2")
      }
      faults += solid.faults(place: "solids[\(place)]")
    }
    faults += matrix?.faults(place: "matrix") ?? []
    if let matrix, solids.allSatisfy({ $0.hasConstants(of: matrix) }) {
      faults.append(
        .init(
          "matrix", "it has the constants of the solid: every design would be the same",
          remedy: "give it others, or leave it out"))
    }
    for (place, region) in passive.enumerated() {
      faults += region.madeOf?.faults(place: "passive[\(place)].madeOf") ?? []
    }
    for (name, ratio) in [
      ("stiffnessRatio", void.stiffnessRatio), ("conductivityRatio", void.conductivityRatio),
    ] where !(ratio > 0 && ratio <= 1) {
      faults.append(
        .init("void.\(name)", "\(ratio) is not within 0…1", remedy: "1e-9 is usual, never 0"))
    }
    return faults
  }

  private func structureFaults() -> [ProblemFault] {
    var faults: [ProblemFault] = []
    var held = Set<Int>()
    for (place, support) in supports.enumerated() {
      let name = "supports[\(place)]"
      let nodes = grid.nodes(in: support.region)
      if nodes.isEmpty { faults.append(.empty(name + ".region")) }
      if support.axes.isEmpty { faults.append(.init(name + ".axes", "no direction is held")) }
      for axis in support.axes where axis.index >= grid.axisCount {
        faults.append(.init(name + ".axes", "a plane grid has no direction \(axis.rawValue)"))
      }
      for node in nodes { for axis in support.axes { held.insert(3 * node + axis.index) } }
    }
    var names = Set<String>()
    for (place, loadCase) in loadCases.enumerated() {
      let name = "loadCases[\(place)]"
      if !names.insert(loadCase.name).inserted {
        faults.append(.init(name + ".name", "two load cases are called '\(loadCase.name)'"))
      }
      if !(loadCase.weight >= 0) || !loadCase.weight.isFinite {
        faults.append(.init(name + ".weight", "the weight \(loadCase.weight) is negative"))
      }
      if loadCase.loads.isEmpty, !(isWarmed && loadCase.isWarm) {
        faults.append(.init(name + ".loads", "nothing loads the structure in this case"))
      }
      for (order, load) in loadCase.loads.enumerated() {
        let name = "\(name).loads[\(order)]"
        let nodes = grid.nodes(in: load.region)
        if nodes.isEmpty { faults.append(.empty(name + ".region")) }
        if load.force.count != grid.axisCount || !load.force.allSatisfy(\.isFinite) {
          faults.append(
            .init(
              name + ".force",
              "\(load.force) has not \(grid.axisCount) finite components, one per direction"))
          continue
        }
        if load.force.allSatisfy({ $0 == 0 }) {
          faults.append(.init(name + ".force", "the force is zero"))
        }
        let actsOnHeld =
          !nodes.isEmpty
          && nodes.allSatisfy { node in
            load.force.indices.allSatisfy { load.force[$0] == 0 || held.contains(3 * node + $0) }
          }
        if actsOnHeld {
          faults.append(
            .init(name, "all nodes that it acts on are held in its direction: it does nothing"))
        }
        if !nodes.isEmpty, isVoid(aroundAll: nodes) {
          faults.append(
            .init(name, "it acts on void only: all elements at its nodes are passive void"))
        }
      }
    }
    return faults
  }

  /// Whether every element at the nodes is void by decree.
  private func isVoid(aroundAll nodes: [Int]) -> Bool {
    var filling = [PassiveRegion.Filling?](repeating: nil, count: grid.elementCount)
    for region in passive where matrix == nil {
      for element in grid.elements(in: region.region) { filling[element] = region.filling }
    }
    guard filling.contains(.void) else { return false }
    let nodes = Set(nodes)
    return (0..<grid.elementCount).allSatisfy { element in
      filling[element] == .void
        || !grid.nodes(ofElement: element).contains { nodes.contains($0) }
    }
  }

  private func heatFaults() -> [ProblemFault] {
    var faults: [ProblemFault] = []
    if !temperatureChange.isFinite {
      faults.append(.init("temperatureChange", "it is not finite"))
    }
    guard let heat else { return faults }
    for (place, source) in heat.sources.enumerated() {
      if grid.nodes(in: source.region).isEmpty {
        faults.append(.empty("heat.sources[\(place)].region"))
      }
      if !source.power.isFinite {
        faults.append(.init("heat.sources[\(place)].power", "it is not finite"))
      }
    }
    if heat.sinks.isEmpty, heat.films.isEmpty {
      faults.append(
        .init(
          "heat.sinks", "no temperature is known anywhere",
          remedy: "keep a region at one, or give a film"))
    }
    faults += filmFaults(heat.films)
    var known: [Int: (temperature: Double, sink: Int)] = [:]
    for (place, sink) in heat.sinks.enumerated() {
      let nodes = grid.nodes(in: sink.region)
      if nodes.isEmpty { faults.append(.empty("heat.sinks[\(place)].region")) }
      if !sink.temperature.isFinite {
        faults.append(.init("heat.sinks[\(place)].temperature", "it is not finite"))
      }
      for node in nodes {
        if let other = known[node], other.temperature != sink.temperature {
          faults.append(
            .init(
              "heat.sinks[\(place)]",
              "the node at \(grid.position(ofNode: node)) is kept at \(sink.temperature) here and at "
                + "\(other.temperature) by heat.sinks[\(other.sink)]"))
          break
        }
        known[node] = (sink.temperature, place)
      }
    }
    return faults
  }

  private func filmFaults(_ films: [HeatConduction.Film]) -> [ProblemFault] {
    guard !films.isEmpty else { return [] }
    var faults: [ProblemFault] = []
    let sides = grid.borderSides
    var known: [Int: Int] = [:]
    for (place, film) in films.enumerated() {
      let name = "heat.films[\(place)]"
      let members = grid.borderSides(in: film.region, of: sides)
      if members.isEmpty {
        faults.append(
          .init(
            name + ".region", "no side of an element on the border of the grid is in it",
            remedy: "give an edge, or a box along one"))
      }
      if !(film.coefficient > 0) || !film.coefficient.isFinite {
        faults.append(.init(name + ".coefficient", "\(film.coefficient) is not positive"))
      }
      if !film.ambient.isFinite { faults.append(.init(name + ".ambient", "it is not finite")) }
      if let other = members.lazy.compactMap({ known[$0] }).first {
        faults.append(
          .init(
            name, "a side of it has a film by heat.films[\(other)] already",
            remedy: "let films not overlap"))
      }
      for member in members { known[member] = place }
    }
    return faults
  }

  private func fieldFaults() -> [ProblemFault] {
    var faults: [ProblemFault] = []
    var fillings: [Int: (filling: PassiveRegion.Filling, madeOf: SolidPhase?, region: Int)] = [:]
    for (place, region) in passive.enumerated() {
      let elements = grid.elements(in: region.region)
      if elements.isEmpty { faults.append(.empty("passive[\(place)].region")) }
      if region.madeOf != nil, region.filling == .void {
        faults.append(
          .init(
            "passive[\(place)].madeOf", "void is made of nothing",
            remedy: "write 'filling: solid'"))
      }
      for element in elements {
        if let other = fillings[element], other.filling != region.filling {
          faults.append(
            .init(
              "passive[\(place)]",
              "an element of it is \(region.filling.rawValue) here and \(other.filling.rawValue) by "
                + "passive[\(other.region)]", remedy: "let regions of different filling not overlap"
            ))
          break
        }
        if let other = fillings[element], other.madeOf != region.madeOf {
          faults.append(
            .init(
              "passive[\(place)]",
              "an element of it is made of another solid by passive[\(other.region)]",
              remedy: "let regions of different solids not overlap"))
          break
        }
        fillings[element] = (region.filling, region.madeOf, place)
      }
    }
    if let filter, !(filter.radius > 0 && filter.radius <= 64) {
      faults.append(.init("filter.radius", "\(filter.radius) pixels", remedy: "0 to 64"))
    }
    if let projection {
      if !(projection.steepness > 0) || !projection.steepness.isFinite {
        faults.append(.init("projection.steepness", "\(projection.steepness) is not positive"))
      }
      if !(projection.threshold > 0 && projection.threshold < 1) {
        faults.append(.init("projection.threshold", "\(projection.threshold) is not within 0…1"))
      }
    }
    let penalties: [(String, Double?)] = [
      ("penalty", interpolation.penalty),
      ("conductivityPenalty", interpolation.conductivityPenalty),
      ("thermalStressPenalty", interpolation.thermalStressPenalty),
      ("phasePenalty", interpolation.phasePenalty),
    ]
    let least = interpolation.scheme == .simp ? 1.0 : 0.0
    for (name, penalty) in penalties {
      guard let penalty else { continue }
      if !(penalty >= least) || !penalty.isFinite {
        faults.append(
          .init(
            "interpolation.\(name)",
            "\(penalty) is below \(least), where \(interpolation.scheme.rawValue) has no finite slope"
          ))
      }
    }
    return faults
  }

  private func rigidMotionFaults() -> [ProblemFault] {
    let free = grid.freeMotions(under: supports)
    guard !free.isEmpty else { return [] }
    return [
      .init(
        "supports", "the structure is free to move: \(free.joined(separator: ", "))",
        remedy: supports.isEmpty ? "hold it somewhere" : "hold another node or direction")
    ]
  }
}

extension SolidPhase {
  /// Whether it is the same material, whatever its index.
  fileprivate func hasConstants(of other: Self) -> Bool {
    var same = other
    same.index = index
    return self == same
  }

  /// What is wrong with the constants; places begin with that of the solid.
  fileprivate func faults(place: String) -> [ProblemFault] {
    var faults: [ProblemFault] = []
    func check(_ holds: Bool, _ property: String, _ text: String) {
      if !holds { faults.append(.init("\(place).\(property)", text)) }
    }
    check(
      youngsModulus > 0 && youngsModulus.isFinite, "youngsModulus",
      "Young's modulus \(youngsModulus) is not positive")
    check(
      poissonsRatio > -1 && poissonsRatio < 0.5, "poissonsRatio",
      "Poisson's ratio \(poissonsRatio) is not between -1 and 0.5")
    check(
      conductivity > 0 && conductivity.isFinite, "conductivity",
      "the conductivity \(conductivity) is not positive")
    check(expansion.isFinite, "expansion", "the expansion is not finite")
    return faults
  }
}

extension ProblemFault {
  /// A region without nodes or elements.
  static func empty(_ place: String) -> Self {
    .init(
      place, "there is nothing of the grid in it",
      remedy: "coordinates are in elements from the lower left")
  }
}
