/// The cube of Docs/Design.md §8: *n*³ C3D8, one face clamped, heated by 100 K, a shear force on the other face.
struct CubeDeck {
  let divisions: Int

  /// The deck, with the displacements of the loaded face printed so that the answers can be compared.
  var text: String {
    var text = meshText(sets: [("FIX", 0), ("TIP", divisions)])
    text += """
      *MATERIAL, NAME=M
      *ELASTIC
      210000., 0.3
      *EXPANSION
      1.2E-5
      *SOLID SECTION, ELSET=EALL, MATERIAL=M
      *BOUNDARY
      FIX, 1, 3
      *INITIAL CONDITIONS, TYPE=TEMPERATURE
      NALL, 0.
      *STEP
      *STATIC
      *TEMPERATURE
      NALL, 100.
      *CLOAD
      TIP, 3, -1.0
      *NODE PRINT, NSET=TIP
      U
      *NODE FILE
      U
      *EL FILE
      S
      *END STEP

      """
    return text
  }

  /// The number of a node.
  func node(_ i: Int, _ j: Int, _ k: Int) -> Int {
    (k * (divisions + 1) + j) * (divisions + 1) + i + 1
  }

  /// Nodes, cells (their last one of every *n* is at x = 1) and sets of the nodes on planes x = constant.
  func meshText(sets: [(name: String, plane: Int)]) -> String {
    let n = divisions
    let step = 1 / Double(n)
    var text = "*NODE, NSET=NALL\n"
    for k in 0...n {
      for j in 0...n {
        for i in 0...n {
          text += "\(node(i, j, k)),\(Double(i) * step),\(Double(j) * step),\(Double(k) * step)\n"
        }
      }
    }
    text += "*ELEMENT, TYPE=C3D8, ELSET=EALL\n"
    var element = 0
    for k in 0..<n {
      for j in 0..<n {
        for i in 0..<n {
          element += 1
          let corners = [
            node(i, j, k), node(i + 1, j, k), node(i + 1, j + 1, k), node(i, j + 1, k),
            node(i, j, k + 1), node(i + 1, j, k + 1), node(i + 1, j + 1, k + 1),
            node(i, j + 1, k + 1),
          ]
          text += "\(element)," + corners.map(String.init).joined(separator: ",") + "\n"
        }
      }
    }
    for (name, plane) in sets {
      text += "*NSET, NSET=\(name)\n"
      for k in 0...n { for j in 0...n { text += "\(node(plane, j, k))\n" } }
    }
    return text
  }
}
