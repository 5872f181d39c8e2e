import Foundation

@testable import DesignValidation

/// Three small parts whose every input can be changed: a cantilever with a part file and two meshes, a wall that conducts heat, and a bar that is a
/// bare deck.
struct RegressionSample {
  /// A rectangle of plane cells, or a bar of solids.
  struct Deck {
    var (columns, rows) = (20, 4)
    var length = 10.0
    var height = 2.0
    var type = "CPS4"
    var young = 200_000.0
    var poisson = 0.3
    var thickness = 1.0
    var force = SIMD3<Double>(0, -40, 0)
    var releasedNode: Int?
    /// Corner nodes, by column and row, and what is added to their places.
    var moved: [SIMD2<Int>: SIMD3<Double>] = [:]
    var extra = ""
    var staticCard = "*STATIC"
    var forceOptions = ""
    /// The number of a node or cell in the file, and the order of the lines.
    var numbering: (Int) -> Int = { $0 }
    var isReversed = false
    var comment = ""

    func node(_ column: Int, _ row: Int) -> Int { 1 + column + (columns + 1) * row }

    var text: String {
      var nodes: [String] = []
      for row in 0...rows {
        for column in 0...columns {
          var place = SIMD3(
            length * Double(column) / Double(columns), height * Double(row) / Double(rows), 0)
          place += moved[[column, row]] ?? .zero
          nodes.append("\(numbering(node(column, row))), \(place.x), \(place.y)")
        }
      }
      var cells: [String] = []
      for row in 0..<rows {
        for column in 0..<columns {
          let corners = [
            node(column, row), node(column + 1, row), node(column + 1, row + 1),
            node(column, row + 1),
          ].map { "\(numbering($0))" }
          cells.append("\(numbering(cells.count + 1)), " + corners.joined(separator: ", "))
        }
      }
      if isReversed { (nodes, cells) = (nodes.reversed(), cells.reversed()) }
      let left = (0...rows).map { numbering(node(0, $0)) }
      let right = (0...rows).map { numbering(node(columns, $0)) }
      func list(_ nodes: [Int]) -> String { nodes.map { "\($0)" }.joined(separator: ",\n") }
      let held = left.filter { $0 != releasedNode.map(numbering) }
      let share = force / Double(right.count)
      return """
        *HEADING
        \(comment)
        *NODE
        \(nodes.joined(separator: "\n"))
        *ELEMENT, TYPE=\(type), ELSET=BODY
        \(cells.joined(separator: "\n"))
        *NSET, NSET=HELD
        \(list(held))
        *NSET, NSET=LEFT
        \(list(left))
        *NSET, NSET=RIGHT
        \(list(right))
        *MATERIAL, NAME=M
        *ELASTIC
        \(young), \(poisson)
        *DENSITY
        7.8e-9
        *EXPANSION
        1.2e-5
        *SOLID SECTION, ELSET=BODY, MATERIAL=M
        \(thickness)
        *AMPLITUDE, NAME=RAMP
        0, 0, 1, 1
        *BOUNDARY
        HELD, 1, 2
        *STEP
        \(staticCard)
        *CLOAD\(forceOptions)
        RIGHT, 1, \(share.x)
        RIGHT, 2, \(share.y)
        \(extra)*END STEP

        """.split(separator: "\n").filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
    }
  }

  /// A wall of 8 by 2 cells: a temperature on the left, a heat flow into the right.
  struct Wall {
    var conductivity = 0.05
    var temperature = 100.0
    var flow = 0.02
    var moved = 0.0
    var numbering: (Int) -> Int = { $0 }
    var isReversed = false

    var text: String {
      var nodes: [String] = []
      for row in 0...2 {
        for column in 0...8 {
          let shift = column == 4 && row == 1 ? moved : 0
          nodes.append(
            "\(numbering(1 + column + 9 * row)), \(Double(column) + shift), \(Double(row))")
        }
      }
      var cells: [String] = []
      for row in 0..<2 {
        for column in 0..<8 {
          let first = 1 + column + 9 * row
          let corners = [first, first + 1, first + 10, first + 9].map { "\(numbering($0))" }
          cells.append("\(numbering(cells.count + 1)), " + corners.joined(separator: ", "))
        }
      }
      if isReversed { (nodes, cells) = (nodes.reversed(), cells.reversed()) }
      func list(_ column: Int) -> String {
        (0...2).map { "\(numbering(1 + column + 9 * $0))" }.joined(separator: ",\n")
      }
      return """
        *NODE
        \(nodes.joined(separator: "\n"))
        *ELEMENT, TYPE=CPS4, ELSET=BODY
        \(cells.joined(separator: "\n"))
        *NSET, NSET=LEFT
        \(list(0))
        *NSET, NSET=RIGHT
        \(list(8))
        *MATERIAL, NAME=M
        *CONDUCTIVITY
        \(conductivity)
        *SOLID SECTION, ELSET=BODY, MATERIAL=M
        1.
        *BOUNDARY
        LEFT, 11, 11, \(temperature)
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *CFLUX
        RIGHT, 11, \(flow)
        *END STEP

        """
    }
  }

  var coarse = Deck(columns: 10, rows: 2)
  var fine = Deck()
  var wall = Wall()
  var bar = Deck(columns: 6, rows: 2, force: [100, 0, 0])
  var deflection = "-0.1"
  var deflectionUnit = "mm"
  var tolerance = "10 %"
  var tipPlace = "RIGHT"
  var limit = "below: 900 MPa"
  var hasEnergy = true
  /// Parts that are written.
  var parts = ["bar", "cantilever", "wall"]

  /// Writes the parts; `prefix` is the folder's name.
  func write(to folder: PartsFolder, as prefix: String) throws {
    if parts.contains("cantilever") {
      try folder.write(coarse.text, to: prefix + "/cantilever/coarse.inp")
      try folder.write(fine.text, to: prefix + "/cantilever/fine.inp")
      let energy = """
          - name: energy
            read: strain-energy
            reference: {value: 2 mJ, kind: synthetic, source: a test}
            tolerance: {relative: 20 %, reason: a test}

        """
      try folder.write(
        """
        gcgan: part/1
        title: A cantilever
        family: part
        context: A test
        units: {length: mm, force: N, temperature: degC, power: W}
        models:
          - {name: coarse, deck: coarse.inp}
          - {name: fine, deck: fine.inp, stated: true}
        quantities:
          - name: tip deflection
            read: displacement y
            at: {set: \(tipPlace)}
            reference: {value: \(deflection) \(deflectionUnit), kind: synthetic, source: a test}
            tolerance: {relative: \(tolerance), reason: a test}
        \(hasEnergy ? energy : "")limits:
          - {name: below yield, read: stress von-mises, at: max, \(limit), source: a test}

        """, to: prefix + "/cantilever/part.yml")
    }
    if parts.contains("wall") {
      try folder.write(wall.text, to: prefix + "/wall/wall.inp")
      try folder.write(
        """
        gcgan: part/1
        title: A wall
        family: part
        context: A test
        units: {length: mm, force: N, temperature: degC, power: W}
        models:
          - {name: wall, deck: wall.inp, stated: true}
        quantities:
          - name: temperature of the right side
            read: temperature
            at: {set: RIGHT}
            reference: {value: 104.8 degC, kind: synthetic, source: a test}
            tolerance: {relative: 5 %, reason: a test}

        """, to: prefix + "/wall/part.yml")
    }
    if parts.contains("bar") { try folder.write(bar.text, to: prefix + "/bar.inp") }
  }

  /// Evaluates the parts as a run does, and keeps the run in a folder.
  ///
  /// - Parameter isReversed: Whether the last part is evaluated first.
  @discardableResult
  func run(
    in folder: PartsFolder, as prefix: String, isReversed: Bool = false
  ) throws -> SavedRunFolder {
    try write(to: folder, as: prefix)
    return try Self.run(
      partsIn: folder.path + "/" + prefix, to: "\(folder.path)/\(prefix)-run",
      isReversed: isReversed)
  }

  static func run(
    partsIn directory: String, to path: String, isReversed: Bool = false
  ) throws -> SavedRunFolder {
    let begun = try RunFolder(beginningAt: path)
    let found = try PartSearch(in: [directory]).parts
    let results = (isReversed ? found.reversed() : found).map { part in
      PartEvaluator(
        solver: DeckModelSolver(), fieldsPath: begun.fieldsPath + "/" + FieldsName.text(part.name)
      ).evaluate(part)
    }
    try begun.finish(
      RunRecord(
        RunResult(program: .current, directory: directory, parts: results),
        directories: [directory]), RunTimings())
    return try SavedRunFolder(path)
  }
}
