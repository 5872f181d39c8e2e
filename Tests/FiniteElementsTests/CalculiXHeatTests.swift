import FiniteElements
import Meshing
import TestSupport
import Testing

/// Heat conduction in one distorted cell.
@Suite("Heat in one cell as CalculiX computes it") struct CalculiXHeatTests {
  @Test("heat flux and nodal heat of given temperatures", arguments: ElementType.allCases)
  func conduction(_ type: ElementType) throws {
    let probe = CellProbe(.conductivity(type), type.sampleNodes(distortion: 0.15))
    var scatter = Scatter(5)
    let temperatures = probe.nodes.map { _ in 100 * scatter.next() }
    let conductor = [ConductivityMatrix.symmetric(xx: 50, yy: 20, zz: 30)]
    let flux = probe.heatFlux(temperatures, conductor)
    let turn = type.theory == .axisymmetric ? ElementTable.wedgesPerTurn : 1
    let heat = product(probe.conductivity(conductor), temperatures).map { $0 / turn }

    var text = "*NODE,NSET=CELL\n101,20,0,0\n102,21,0,0\n103,20,1,0\n104,20,0,1\n"
    text += "*ELEMENT,TYPE=C3D4,ELSET=SPARES\n2,101,102,103,104\n"
    text += cellText(type, probe.nodes, thickness: probe.thickness)
    text += "*CONDUCTIVITY,TYPE=ORTHO\n50,20,30\n"
    text += sectionText(type, thickness: probe.thickness)
    text += "*SOLID SECTION,ELSET=SPARES,MATERIAL=M\n"
    text += "*INITIAL CONDITIONS,TYPE=TEMPERATURE\nCELL,0\n"
    text += "*STEP\n*HEAT TRANSFER,STEADY STATE\n*BOUNDARY\n101,11,11,1\n"
    for (node, value) in temperatures.enumerated() { text += "\(node + 1),11,11,\(value)\n" }
    text += "*NODE PRINT,NSET=CELL\nRFL\n*EL PRINT,ELSET=CELLS\nHFL\n*END STEP\n"
    let blocks = try CalculiX.run(text)
    let theirHeat = try #require(blocks.first { $0.header.hasPrefix("heat generation") }).rows
    let theirFlux = try #require(blocks.first { $0.header.hasPrefix("heat flux") }).rows
    let cellHeat = theirHeat.filter { $0[0] < 100 }
    #expect(cellHeat.count == heat.count)
    let heatScale = largest(heat)
    for (a, row) in zip(heat, cellHeat) { #expect(abs(a - row[1]) <= 1e-6 * heatScale) }
    let printed = probe.table.printedPoints
    #expect(theirFlux.count == printed.count)
    let fluxScale = largest(theirFlux.flatMap { $0.dropFirst(2) })
    for (point, row) in zip(printed, theirFlux) {
      for axis in 0..<3 { #expect(abs(flux[point][axis] - row[axis + 2]) <= 1e-6 * fluxScale) }
    }
  }

  enum Load: String, CaseIterable, Sendable { case film, flux, source }

  struct Case: Sendable, CustomTestStringConvertible {
    let type: ElementType
    let load: Load
    var testDescription: String { "\(type.rawValue) \(load.rawValue)" }
  }

  /// With one point in the volume and one per side some temperatures are felt by nothing.
  static let cases = ElementType.allCases.filter {
    $0.traits.points != .box(perAxis: 1)
  }.flatMap { type in
    Load.allCases.map { Case(type: type, load: $0) }
  }

  @Test("temperatures under film, surface flux and volume heat", arguments: cases)
  func loads(_ c: Case) throws {
    let type = c.type
    let probe = CellProbe(.conductivity(type), type.sampleNodes(distortion: 0.1))
    var matrix = probe.conductivity([.isotropic(50)])
    var load = Array(repeating: 0.0, count: probe.nodes.count)
    var text = ""
    func add(_ amounts: [Double], at nodes: [Int]) {
      for (node, amount) in zip(nodes, amounts) { load[node] += amount }
    }
    // A strong film on every side holds the cell, also what one point leaves free.
    let sides = type.shape.sides
    for (number, side) in sides.enumerated() {
      let ambient = c.load == .film ? 20 + 30 * Double(number) : 0
      let film = probe.film(side: number, coefficient: 40)
      for (i, row) in film.enumerated() {
        for (j, value) in row.enumerated() { matrix[side[i]][side[j]] += value }
      }
      add(probe.sideSource(side: number, density: 40 * ambient), at: side)
      text += "*FILM\n1,F\(number + 1),\(ambient),40\n"
      if c.load == .flux, number == 1 {
        add(probe.sideSource(side: number, density: 700), at: side)
        text += "*DFLUX\n1,S2,700\n"
      }
    }
    if c.load == .source {
      for (node, amount) in probe.source([900]).enumerated() { load[node] += amount }
      text += "*DFLUX\n1,BF,900\n"
    }
    let ours = solve(matrix, load)
    let deck =
      cellText(type, probe.nodes, thickness: probe.thickness) + "*CONDUCTIVITY\n50\n"
      + sectionText(type, thickness: probe.thickness)
      + "*INITIAL CONDITIONS,TYPE=TEMPERATURE\nCELL,0\n*STEP\n*HEAT TRANSFER,STEADY STATE\n"
      + text + "*NODE PRINT,NSET=CELL\nNT\n*END STEP\n"
    let rows = try #require(
      CalculiX.run(deck).first { $0.header.hasPrefix("temperatures") }
    ).rows
    #expect(rows.count == ours.count)
    let scale = largest(ours)
    for (a, row) in zip(ours, rows) {
      #expect(abs(a - row[1]) <= 2e-6 * scale, "\(a) and \(row[1])")
    }
  }
}
