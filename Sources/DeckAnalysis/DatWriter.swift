import DeckLanguage
import Meshing
import NumericalMethods
import ThermoElasticity

/// Writes the blocks of a `.dat` in the layout of CalculiX 2.20.
///
/// Every block is a blank line, a header, a blank line and rows; totals are blocks of one row. Rows come in the
/// order of the set, which is that of the deck.
struct DatWriter {
  let deck: Deck
  let model: ThermoElasticModel
  let points: PrintedPoints
  /// The section of every cell; -1 where it has none.
  let sectionOfCell: [Int32]
  /// What was written since it was last drained.
  var text = FortranText()
  /// The solids over whose faces sections are printed; made when the first one is.
  private var solids: SectionMesh?

  /// A writer of the blocks of one deck.
  init(_ deck: Deck, model: ThermoElasticModel) {
    self.deck = deck
    self.model = model
    points = PrintedPoints(model)
    sectionOfCell = deck.sections.sectionOfCell(count: deck.mesh.cellCount)
  }

  /// The solids over whose faces sections are printed.
  mutating func sectionMesh() -> SectionMesh {
    if let solids { return solids }
    let made = SectionMesh(model, points: points)
    solids = made
    return made
  }

  /// Hands over what was written.
  mutating func drain() -> [UInt8] { text.drain() }

  /// Writes every block asked for.
  mutating func write(_ state: DeckState, _ requests: PrintRequests) {
    for request in requests.requests + requests.sections {
      switch (request.key.block, request.card.region) {
      case (.nodes(let block), .nodes(let set, let nodes)):
        write(block, of: request.card, set: set, nodes, state)
      case (.cells(let block), .cells(let set, let cells)):
        write(block, of: request.card, set: set, cells, state)
      case (.section(let block), .section(let surface, _, let facets)):
        write(block, section: surface, facets, state)
      default: preconditionFailure("'\(request.key.name)' is no key of its card")
      }
    }
  }

  // MARK: Headers

  /// A header: blank line, text, blank line.
  mutating func header(_ title: String, _ set: String, _ state: DeckState, gap: String = " ") {
    text.write("\n \(title) for set\(gap)\(set) and time ")
    text.writeFraction(state.totalTime)
    text.write("\n\n")
  }

  /// A block with one row of totals.
  mutating func total(_ title: String, _ set: String, _ state: DeckState, _ values: [Double]) {
    row("total \(title)", set, state, values)
  }

  /// A block with one row.
  mutating func row(_ title: String, _ set: String, _ state: DeckState, _ values: [Double]) {
    header(title, set, state)
    text.write("      ")
    for value in values { write(value) }
    text.endLine()
  }

  /// A blank and a number.
  @inline(__always) mutating func write(_ value: Double) {
    text.blank()
    text.writeScientific(value)
  }

  private mutating func write(_ vector: SIMD3<Double>) {
    write(vector.x)
    write(vector.y)
    write(vector.z)
  }

  // MARK: Nodes

  private mutating func write(
    _ block: OutputKey.NodeBlock, of card: PrintCard, set: String, _ nodes: [Int32],
    _ state: DeckState
  ) {
    let totals = card.totals
    switch block {
    case .displacements:
      header("displacements (vx,vy,vz)", set, state)
      let shares = points.radialShare
      writeVectors(card, nodes) { node in
        var moved = state.displacement[node]
        moved.x *= shares[node]
        return moved
      }
    case .forces:
      let forces = state.printedForce
      if totals != .only {
        header("forces (fx,fy,fz)", set, state)
        writeVectors(card, nodes) { forces.isEmpty ? .zero : forces[$0] }
      }
      if totals != .no {
        let sum = nodes.reduce(SIMD3<Double>.zero) {
          $0 + (forces.isEmpty ? .zero : forces[Int($1)])
        }
        total("force (fx,fy,fz)", set, state, [sum.x, sum.y, sum.z])
      }
    case .temperatures:
      header("temperatures", set, state)
      writeScalars(nodes) { state.temperature?[$0] ?? 0 }
    case .heatGeneration:
      let share = points.flowShare
      let flows = state.heat.map { heat in zip(heat.conductedFlow, share).map { $0 * $1 } }
      if totals != .only {
        header("heat generation", set, state)
        writeScalars(nodes) { flows?[$0] ?? 0 }
      }
      if totals != .no {
        let sum = nodes.reduce(0) { $0 + (flows?[Int($1)] ?? 0) }
        total("heat generation", set, state, [sum])
      }
    }
  }

  private mutating func writeScalars(_ nodes: [Int32], _ value: (Int) -> Double) {
    for node in nodes {
      text.write(deck.mesh.nodeLabels[Int(node)], width: 10)
      write(value(Int(node)))
      text.endLine()
    }
  }

  /// Rows of vectors, in the axes of the node where it has any and global ones are not asked for.
  private mutating func writeVectors(
    _ card: PrintCard, _ nodes: [Int32], _ value: (Int) -> SIMD3<Double>
  ) {
    for node in nodes {
      let index = Int(node)
      let vector = value(index)
      text.write(deck.mesh.nodeLabels[index], width: 10)
      if card.isGlobal != true, let system = deck.nodalAxes[node] {
        let (a, b, c) = system.axes(at: deck.mesh.nodes[index])
        write(SIMD3(vector.dot(a), vector.dot(b), vector.dot(c)))
        text.write(" L\n")
      } else {
        write(vector)
        text.endLine()
      }
    }
  }

  // MARK: Cells

  private mutating func write(
    _ block: OutputKey.CellBlock, of card: PrintCard, set: String, _ cells: [Int32],
    _ state: DeckState
  ) {
    let places = CellPlaces(cells, in: deck.mesh)
    let components = "xx,%yy,%zz,%xy,%xz,%yz"
    func named(_ letter: String) -> String {
      letter
        + components.split(separator: "%", omittingEmptySubsequences: false)
        .joined(separator: letter)
    }
    let elastic = state.elastic
    switch block {
    case .stresses:
      header("stresses (elem, integ.pnt.,\(named("s")))", set, state)
      writeTensors(card, places, elastic?.stress)
    case .strains:
      header("strains (elem, integ.pnt.,\(named("e")))", set, state)
      writeTensors(card, places, elastic?.strain)
    case .mechanicalStrains:
      header("mechanical strains (elem, integ.pnt.,\(named("e")))", set, state)
      writeTensors(
        card, places, elastic?.mechanicalStrain ?? state.lastMechanicalStrain)
    case .heatFlux:
      header("heat flux (elem, integ.pnt.,qx,qy,qz)", set, state, gap: "")
      // In a static step CalculiX prints the header alone.
      if let heat = state.heat { writeFluxes(card, places, heat.heatFlux) }
    case .energyDensity:
      header("internal energy density (elem, integ.pnt.,energy)", set, state)
      writePoints(places) { writer, place, row in
        let density = (elastic?.energyDensity ?? state.lastEnergy?.density)?.blocks[place.block]
        writer.write(density.map { writer.points.value($0, place, row: row) } ?? 0)
      }
    case .coordinates:
      header("global coordinates (elem, integ.pnt.,x,y,z)", set, state)
      writePoints(places) { writer, place, row in
        writer.write(writer.points.position(place, row: row))
      }
    case .energy:
      let energies = places.map { place -> Double in
        if let elastic {
          return points.sum(elastic.energyDensity, times: elastic.pointVolume, place)
        }
        return state.lastEnergy.map { points.sum($0.density, times: $0.volume, place) } ?? 0
      }
      writeWhole(
        card, set: set, places, energies, state, row: "internal energy (element, energy)",
        total: "internal energy")
    case .volume:
      let volume = elastic?.pointVolume ?? state.heat?.pointVolume
      let volumes = places.map { place in volume.map { points.sum($0, place) } ?? 0 }
      writeWhole(
        card, set: set, places, volumes, state, row: "volume (element, volume)",
        total: "volume")
    case .mass: writeMasses(card, set: set, places, state)
    case .bodyHeating:
      let powers = Dictionary(
        state.heatSources.flatMap { source in source.cells.map { (Int($0), source.power) } },
        uniquingKeysWith: +)
      let heats = places.map { place in (powers[place.cell] ?? 0) * points.volume(of: place) }
      writeWhole(
        card, set: set, places, heats, state, row: "body heating (element, volume)",
        total: "body heating")
    case .centrifugalForce:
      let speeds = Dictionary(
        state.rotations.flatMap { rotation in
          rotation.cells.map { (Int($0), rotation.speedSquared) }
        }, uniquingKeysWith: { $1 })
      // CalculiX knows no total here and prints the rows whatever TOTALS says.
      var card = card
      card.totals = .no
      writeWhole(
        card, set: set, places, places.map { speeds[$0.cell] ?? 0 }, state,
        row: "centrifugal force(element,omega square)", total: "")
    }
  }

  /// One number per cell, and their sum.
  private mutating func writeWhole(
    _ card: PrintCard, set: String, _ places: CellPlaces, _ values: [Double], _ state: DeckState,
    row: String, total title: String
  ) {
    if card.totals != .only {
      header(row, set, state)
      for (place, value) in zip(places, values) {
        text.write(place.label, width: 10)
        write(value)
        text.endLine()
      }
    }
    if card.totals != .no { total(title, set, state, [values.reduce(0, +)]) }
  }

  /// A row per point: cell, point, then what `write` adds.
  private mutating func writePoints(
    _ places: CellPlaces, _ write: (inout DatWriter, CellPlaces.Place, Int) -> Void
  ) {
    for place in places {
      for row in 0..<points.rowCount(place) {
        text.write(place.label, width: 10)
        text.blank()
        text.write(row + 1, width: 3)
        write(&self, place, row)
        text.endLine()
      }
    }
  }

  private mutating func writeTensors(
    _ card: PrintCard, _ places: CellPlaces, _ field: PointField<SymmetricTensor>?
  ) {
    writePoints(places) { writer, place, row in
      var tensor = SymmetricTensor.zero
      if let block = field?.blocks[place.block] {
        tensor = writer.points.value(block, place, row: row)
      }
      let local = writer.axes(card, place, row)
      if let local { tensor = tensor.components(along: local.axes) }
      writer.write(tensor.xx)
      writer.write(tensor.yy)
      writer.write(tensor.zz)
      writer.write(tensor.xy)
      writer.write(tensor.xz)
      writer.write(tensor.yz)
      if let local { writer.writeMark(local.name) }
    }
  }

  private mutating func writeFluxes(
    _ card: PrintCard, _ places: CellPlaces, _ field: PointField<SIMD3<Double>>
  ) {
    writePoints(places) { writer, place, row in
      // Of CAX8R CalculiX computes one layer and prints it twice, the wrong sign of qz included.
      let type = writer.deck.mesh.blocks[place.block].elementType
      let isRepeated = type?.traits.repeatsHeatFlux == true
      let vector = writer.points.value(
        field.blocks[place.block], place,
        row: isRepeated ? row % (writer.points.rowCount(place) / 2) : row)
      if let (axes, name) = writer.axes(card, place, row) {
        writer.write(SIMD3(vector.dot(axes.0), vector.dot(axes.1), vector.dot(axes.2)))
        writer.writeMark(name)
      } else {
        writer.write(vector)
      }
    }
  }

  /// The material axes at a point, where the cell has any and global ones are not asked for.
  private func axes(
    _ card: PrintCard, _ place: CellPlaces.Place, _ row: Int
  ) -> (axes: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>), name: String)? {
    guard card.isGlobal != true else { return nil }
    let section = Int(sectionOfCell[place.cell])
    guard section >= 0, let system = deck.sections[section].orientation else { return nil }
    let names = deck.orientationNames
    let name = names.indices.contains(section) ? names[section] : nil
    return (system.axes(at: points.position(place, row: row)), name ?? "")
  }

  /// The name of the material axes, in twenty columns.
  private mutating func writeMark(_ name: String) {
    text.blank()
    let name = name.prefix(20)
    text.write(name + String(repeating: " ", count: 20 - name.count))
  }
}
