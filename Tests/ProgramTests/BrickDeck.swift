/// Decks of one brick that is pulled, whole or with one passage replaced.
enum BrickDeck {
  /// A sound deck; its lines are counted on by the tests.
  static let sound = """
    *NODE, NSET=ALL
    1, 0., 0., 0.
    2, 1., 0., 0.
    3, 1., 1., 0.
    4, 0., 1., 0.
    5, 0., 0., 1.
    6, 1., 0., 1.
    7, 1., 1., 1.
    8, 0., 1., 1.
    *ELEMENT, TYPE=C3D8, ELSET=BODY
    1, 1, 2, 3, 4, 5, 6, 7, 8
    *MATERIAL, NAME=STEEL
    *ELASTIC
    1000., 0.3
    *SOLID SECTION, ELSET=BODY, MATERIAL=STEEL
    *NSET, NSET=ROOT
    1, 4, 5, 8
    *NSET, NSET=TIP
    2, 3, 6, 7
    *BOUNDARY
    ROOT, 1, 3
    *STEP
    *STATIC
    *CLOAD
    TIP, 1, 2.5
    *NODE PRINT, NSET=ALL
    U
    *END STEP

    """

  /// The sound deck with a passage replaced.
  static func with(_ passage: String, _ replacement: String) -> String {
    precondition(sound.contains(passage), "the deck has no '\(passage)'")
    return sound.replacing(passage, with: replacement)
  }

  /// The sound deck with cards before its step.
  static func adding(_ cards: String) -> String { with("*BOUNDARY\n", cards + "*BOUNDARY\n") }

  /// A second brick, apart from the first.
  static let secondBody = """
    *NODE
    11, 5., 0., 0.
    12, 6., 0., 0.
    13, 6., 1., 0.
    14, 5., 1., 0.
    15, 5., 0., 1.
    16, 6., 0., 1.
    17, 6., 1., 1.
    18, 5., 1., 1.
    *ELEMENT, TYPE=C3D8, ELSET=BODY
    2, 11, 12, 13, 14, 15, 16, 17, 18

    """

  /// A cube of bricks, clamped at x = 0 and pulled at x = 1.
  static func cube(edge: Int) -> String {
    let side = edge + 1
    func label(_ i: Int, _ j: Int, _ k: Int) -> Int { 1 + i + side * (j + side * k) }
    var lines = ["*NODE, NSET=ALL"]
    for k in 0...edge {
      for j in 0...edge {
        for i in 0...edge { lines.append("\(label(i, j, k)), \(i)., \(j)., \(k).") }
      }
    }
    lines.append("*ELEMENT, TYPE=C3D8, ELSET=BODY")
    for k in 0..<edge {
      for j in 0..<edge {
        for i in 0..<edge {
          let corners = [0, 1].flatMap { up in
            [
              label(i, j, k + up), label(i + 1, j, k + up), label(i + 1, j + 1, k + up),
              label(i, j + 1, k + up),
            ]
          }
          let nodes = corners.map(String.init).joined(separator: ", ")
          lines.append("\(1 + i + edge * (j + edge * k)), \(nodes)")
        }
      }
    }
    lines.append("*NSET, NSET=ROOT, GENERATE\n1, \(side * side * side), \(side)")
    lines.append("*NSET, NSET=TIP, GENERATE\n\(side), \(side * side * side), \(side)")
    let tail = sound[(sound.firstRange(of: "*MATERIAL")?.lowerBound ?? sound.startIndex)...]
      .replacing("*NSET, NSET=ROOT\n1, 4, 5, 8\n*NSET, NSET=TIP\n2, 3, 6, 7\n", with: "")
    return lines.joined(separator: "\n") + "\n" + tail
  }
}
