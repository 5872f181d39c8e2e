internal import DesignProblem
internal import Manufacturability
internal import Meshing

extension PlaneModel {
  /// The deck: millimetres, newtons, megapascals; of a heated design with watts and kelvins, its step a steady heat transfer.
  ///
  /// Numbers have at most twenty characters: CalculiX reads no more of a field.
  func deck(title: String, material: SolidPhase, thickness: Double) -> String {
    let name = material == .aluminium6061 ? "ALUMINIUM6061" : "SOLID"
    var text =
      "** \(title)\n** millimetres, newtons, megapascals; gcgan-solve --plane-stress calculix solves it as CalculiX does\n*NODE, NSET=NALL\n"
    for (label, node) in zip(mesh.nodeLabels, mesh.nodes) {
      text += "\(label), \(Self.field(node.x)), \(Self.field(node.y))\n"
    }
    for block in mesh.blocks {
      text += "*ELEMENT, TYPE=\(block.elementType?.rawValue ?? ""), ELSET=DESIGN\n"
      for cell in 0..<block.count {
        let nodes = block.nodes(of: cell).map { "\(mesh.nodeLabels[Int($0)])" }
        text += "\(block.labels[cell]), \(nodes.joined(separator: ", "))\n"
      }
    }
    for (name, nodes) in sets where !nodes.isEmpty {
      text += "*NSET, NSET=\(name)\n"
      for start in stride(from: 0, to: nodes.count, by: 12) {
        let line = nodes[start..<min(nodes.count, start + 12)].map { "\(mesh.nodeLabels[$0])" }
        text += line.joined(separator: ", ") + "\n"
      }
    }
    if isHeated {
      return text + heatText(of: material, named: name, thickness: thickness)
    }
    text += """
      *MATERIAL, NAME=\(name)
      *ELASTIC
      \(Self.field(material.youngsModulus)), \(Self.field(material.poissonsRatio))
      *SOLID SECTION, ELSET=DESIGN, MATERIAL=\(name)
      \(Self.field(thickness))

      """
    for (name, axis) in [("HELDX", 1), ("HELDY", 2)] where !held[axis - 1].isEmpty {
      text += "*BOUNDARY\n\(name), \(axis), \(axis)\n"
    }
    text += "*STEP\n*STATIC\n*CLOAD\n"
    for (node, force) in forces {
      for axis in 0..<2 where force[axis] != 0 {
        text += "\(mesh.nodeLabels[node]), \(axis + 1), \(Self.field(force[axis]))\n"
      }
    }
    return text + """
      *NODE PRINT, NSET=NALL
      U
      *NODE PRINT, NSET=HELD
      RF
      *EL PRINT, ELSET=DESIGN
      S
      *END STEP

      """
  }

  /// Conductivity, sinks, sources and the heat transfer step.
  private func heatText(of material: SolidPhase, named name: String, thickness: Double) -> String {
    var text = """
      *MATERIAL, NAME=\(name)
      *CONDUCTIVITY
      \(Self.field(material.conductivity))
      *SOLID SECTION, ELSET=DESIGN, MATERIAL=\(name)
      \(Self.field(thickness))
      *STEP
      *HEAT TRANSFER, STEADY STATE
      *BOUNDARY

      """
    for (node, temperature) in cooled {
      text += "\(mesh.nodeLabels[node]), 11, 11, \(Self.field(temperature))\n"
    }
    text += "*CFLUX\n"
    for (node, power) in powers where power != 0 {
      text += "\(mesh.nodeLabels[node]), 11, \(Self.field(power))\n"
    }
    return text + """
      *NODE PRINT, NSET=NALL
      NT
      *NODE PRINT, NSET=COOLED
      RFL
      *END STEP

      """
  }

  /// Named sets of nodes.
  var sets: [(name: String, nodes: [Int])] {
    if isHeated {
      return [("COOLED", cooled.map(\.node)), ("HEATED", powers.map(\.node))] + regions
    }
    return [
      ("HELDX", held[0]), ("HELDY", held[1]), ("HELD", Set(held[0] + held[1]).sorted()),
      ("LOADED", forces.map(\.node)), ("SINGULAR", singularNodes),
    ] + regions
  }

  /// A number in at most twenty characters, to twelve digits after the point where all do not fit.
  static func field(_ value: Double) -> String {
    let exact = "\(value)"
    if exact.utf8.count <= 20 { return exact }
    let rounded = "\((value * 1e12).rounded() / 1e12)"
    return rounded.utf8.count <= 20 ? rounded : "\((value * 1e6).rounded() / 1e6)"
  }
}
