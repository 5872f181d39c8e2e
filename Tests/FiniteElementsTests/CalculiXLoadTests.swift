import FiniteElements
import Meshing
import NumericalMethods
import TestSupport
import Testing

/// One distorted cell on supports that just hold it: loads show in the displacements of the other nodes.
@Suite("Loads on one cell as CalculiX applies them") struct CalculiXLoadTests {
  enum Load: String, CaseIterable, Sendable {
    case firstSide, secondSide, lastSide, gravity, rotation
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let type: ElementType
    let load: Load
    var testDescription: String { "\(type.rawValue) \(load.rawValue)" }
  }

  static let cases = ElementType.allCases.flatMap { type in
    Load.allCases.map { Case(type: type, load: $0) }
  }

  @Test("displacements under pressure, gravity and rotation", arguments: cases)
  func displacement(_ c: Case) throws {
    let type = c.type
    let isSheet = type.theory == .planeStress
    let probe = CellProbe(
      isSheet ? .sheet(type) : .stiffness(type), type.sampleNodes(distortion: 0.1))
    // Springs at every unknown, so that cells with mechanisms stand too.
    let spring = 5000.0
    let (density, speedSquared) = (7.8, 30.0)

    var loads: [SIMD3<Double>]
    let load: String
    switch c.load {
    case .firstSide, .secondSide, .lastSide:
      let side =
        switch c.load {
        case .firstSide: 0
        case .secondSide: 1
        default: type.shape.sides.count - 1
        }
      loads = probe.pressureForce(side: side, pressure: 250)
      load = "1,P\(side + 1),250\n"
    case .gravity:
      loads = probe.bodyForce([[0, -9.81 * density, 0]])
      load = "1,GRAV,9.81,0,-1,0\n"
    case .rotation:
      // About the second axis, through the origin.
      loads = probe.bodyForce(
        probe.positions().map { density * speedSquared * SIMD3($0.x, 0, $0.z) })
      load = "1,CENTRIF,\(speedSquared),0,0,0,0,1,0\n"
    }

    var matrix = probe.stiffness()
    let axes = type.axisCount
    // CalculiX divides point loads of axisymmetric cells by 180, but springs act on what they are tied to: here
    // the plane's node, whose force is that of one wedge.
    let share = type.theory == .axisymmetric ? ElementTable.wedgesPerTurn : 1
    for node in probe.nodes.indices {
      for axis in 0..<axes {
        let row = node * probe.table.axisCount + axis
        matrix[row][row] += spring * share
      }
    }
    let ours = solve(matrix, probe.flat(loads))
    let blocks = try CalculiX.run(deck(type, probe.nodes, spring, density, load, probe.thickness))
    let theirs = try #require(blocks.first { $0.header.hasPrefix("displacements") }).rows
    let scale = largest(theirs.flatMap { $0.dropFirst() })
    #expect(scale > 0 && theirs.count == probe.nodes.count)
    for (node, row) in theirs.enumerated() {
      for axis in 0..<axes {
        let share = axis == 0 ? type.printedRadialShare(ofNode: node) : 1
        let error = abs(share * ours[node * probe.table.axisCount + axis] - row[axis + 1])
        #expect(error <= 2e-6 * scale, "node \(node + 1): \(error / scale) of the largest")
      }
    }
  }

  func deck(
    _ type: ElementType, _ nodes: [SIMD3<Double>], _ spring: Double, _ density: Double,
    _ load: String, _ thickness: Double
  ) -> String {
    var text = cellText(type, nodes, thickness: thickness)
    text += "*DENSITY\n\(density)\n"
    text += sectionText(type, thickness: thickness)
    for axis in 1...type.axisCount {
      text += "*ELEMENT,TYPE=SPRING1,ELSET=SP\(axis)\n"
      for node in nodes.indices { text += "\(1000 * axis + node),\(node + 1)\n" }
      text += "*SPRING,ELSET=SP\(axis)\n\(axis)\n\(spring)\n"
    }
    text += "*STEP\n*STATIC\n*DLOAD\n\(load)*NODE PRINT,NSET=CELL\nU\n*END STEP\n"
    return text
  }
}

/// The nodes, the cell and the elasticity of a deck; the material is open for more.
func cellText(_ type: ElementType, _ nodes: [SIMD3<Double>], thickness: Double) -> String {
  var text = "*NODE,NSET=CELL\n"
  for (node, place) in nodes.enumerated() {
    text += "\(node + 1),\(place.x),\(place.y),\(place.z)\n"
  }
  text += "*ELEMENT,TYPE=\(type.rawValue),ELSET=CELLS\n1,"
  text += nodes.indices.map { node in
    "\(node + 1)" + (node == 9 ? ",\n" : node + 1 < nodes.count ? "," : "\n")
  }.joined()
  return text + "*MATERIAL,NAME=M\n*ELASTIC\n210000,0.3\n"
}

/// The section of the cell.
func sectionText(_ type: ElementType, thickness: Double) -> String {
  let line = type.theory == .planeStress || type.theory == .planeStrain ? "\(thickness)\n" : ""
  return "*SOLID SECTION,ELSET=CELLS,MATERIAL=M\n" + line
}
