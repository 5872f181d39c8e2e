internal import Files
import Meshing
import ThermoElasticity

/// Turns the cards of a deck into a ``Deck``, in the order in which ccx reads them.
struct DeckReader {
  var deck = Deck()
  var faults = FaultList()
  /// The mesh with its numbers.
  var mesh = AbaqusMesh()
  /// Finds the block of a cell.
  var blocks = BlockIndex([])
  /// The cards of the deck.
  let cards: [DeckCard]
  /// The deck as messages name it.
  let fileName: String

  /// Where names were given, to tell of a second time.
  var places: [String: InputFault.Location] = [:]
  /// `*ORIENTATION` by name.
  var orientations: [String: CoordinateSystem] = [:]
  /// The material that property cards describe.
  var material: Int?
  /// Whether a node belongs to a cell or an equation.
  var isTied: [Bool] = []
  /// Unknowns that an equation eliminates, and where.
  var eliminated: [Unknown: InputFault.Location] = [:]
  /// The step that is being read, and whether it has a procedure.
  var step: DeckStep?
  var hasProcedure = false
  /// `*BOUNDARY` cards between two steps: they act in the next.
  var waiting: [StepCard] = []
  /// Where the list of supported keywords was given.
  var hasListedKeywords = false
  /// Whether the deck has keywords or cells that are refused: what hangs on them is not said as well.
  var hasRefused = false
  /// Whether the deck has `*INITIAL CONDITIONS`, good or not.
  var hasInitialConditions = false
  /// Blocks of plane cells on the faces of solids: refused once, as a whole.
  var surfaceBlocks: Set<Int> = []
  /// Sides that loads name, all together.
  var sideCount = 0
  /// Gravity and rotation: cells that need a density.
  var heavyCells: [(cells: [Int32], location: InputFault.Location)] = []

  /// A node and a component.
  struct Unknown: Hashable {
    let node: Int32
    let component: Int
  }

  /// Reads a deck from its first file.
  static func deck(_ file: DeckFile, folder: DeckFolder) throws(InputFaults) -> Deck {
    var faults = FaultList()
    let scanner: DeckScanner
    do {
      scanner = try DeckScanner(file, folder: folder, faults: &faults)
    } catch {
      faults.add(error)
      try faults.throwIfAny(files: [file.name])
      throw InputFaults([error])
    }
    var reader = DeckReader(cards: scanner.cards, fileName: file.name, faults: faults)
    reader.read(endsMidLine: scanner.endsMidLine)
    try reader.faults.throwIfAny(files: scanner.files)
    reader.deck.warnings = reader.faults.warnings
    if reader.faults.omittedWarningCount > 0 {
      reader.deck.warnings.append(
        InputFault(
          at: InputFault.Location(file: file.name),
          "\(reader.faults.omittedWarningCount) more warnings are not listed"))
    }
    return reader.deck
  }

  private init(cards: [DeckCard], fileName: String, faults: FaultList) {
    self.cards = cards
    self.fileName = fileName
    self.faults = faults
  }

  /// Reads all cards: what has no order first, kind by kind, then the rest from top to bottom.
  private mutating func read(endsMidLine: Bool) {
    mesh = AbaqusReader.mesh(from: cards, faults: &faults)
    deck.mesh = mesh.mesh
    blocks = BlockIndex(deck.mesh.blocks)
    deck.initialTemperature = Array(repeating: nil, count: deck.mesh.nodes.count)
    isTied = Array(repeating: false, count: deck.mesh.nodes.count)
    for block in deck.mesh.blocks {
      for node in block.connectivity { isTied[Int(node)] = true }
    }
    let rows = cards.map { Keyword.row(of: $0) }
    hasRefused = !mesh.skippedCells.isEmpty || rows.contains { $0 == nil }
    findSurfaceCells()
    checkCells()
    for pass in Keyword.Pass.allCases where pass != .mesh {
      for (card, row) in zip(cards, rows) where pass != .inOrder || !faults.isFull {
        if let row {
          if row.pass == pass { read(card, as: row) }
        } else if pass == .inOrder {
          refuse(card)
        }
      }
    }
    if !faults.isFull { finish(endsMidLine: endsMidLine) }
  }

  /// Names cells that are inside out or flat, each with its line.
  private mutating func checkCells() {
    var problems: [Int: MeshFinding] = [:]
    for finding in MeshCheck.invertedCells(in: deck.mesh) {
      guard case .inverted(let cell, _, _) = finding.kind else { continue }
      let place = blocks.place(of: Int(cell))
      if surfaceBlocks.contains(place.block) { continue }
      problems[deck.mesh.blocks[place.block].labels[place.index]] = finding
    }
    guard !problems.isEmpty else { return }
    var findings: [(InputFault.Location, MeshFinding)] = []
    AbaqusReader.forEachCell(of: cards) { label, location in
      if let finding = problems.removeValue(forKey: label) { findings.append((location, finding)) }
    }
    for (location, finding) in findings {
      faults.add(at: location, finding.problem, remedy: finding.remedy)
    }
  }

  /// Reads a card, where it stands where its keyword may.
  private mutating func read(_ card: DeckCard, as keyword: Keyword) {
    check(card, as: keyword)
    guard stands(card, in: keyword.scope) else { return }
    keyword.read(&self, card)
  }

  /// Whether a card stands where it may; a fault or a warning where it does not.
  private mutating func stands(_ card: DeckCard, in scope: Keyword.Scope) -> Bool {
    switch scope {
    case .anywhere: return true
    case .model:
      if step == nil, deck.steps.isEmpty { return true }
      faults.add(
        at: card.location, "\(card.title) stands inside or after a step",
        remedy: "move it before the first *STEP")
    case .material:
      if material != nil { return true }
      // After a *MATERIAL that was refused this says nothing new.
      if deck.materials.isEmpty, !cards.contains(where: { $0.keyword == "MATERIAL" }) {
        faults.add(
          at: card.location, "\(card.title) belongs to no material",
          remedy: "write *MATERIAL, NAME=name before it")
      }
    case .step:
      if step != nil { return true }
      faults.add(
        at: card.location, "\(card.title) stands outside a step",
        remedy: "move it between *STEP and *END STEP")
    case .output:
      if step != nil { return true }
      let loss = card.keyword.hasSuffix("PRINT") ? "nothing is printed for it" : "it has no effect"
      faults.warn(at: card.location, "\(card.title) stands outside a step; \(loss)")
    }
    return false
  }

  /// Says that a keyword is not supported; the first time, also which are.
  ///
  /// No near match is offered: `*PLASTIC` is one letter from `*ELASTIC`.
  private mutating func refuse(_ card: DeckCard) {
    let list = "supported are " + Keyword.supported.map(\.name).joined(separator: ", ")
    faults.add(
      at: card.location, "the keyword \(card.title) is not supported",
      remedy: hasListedKeywords ? "" : list)
    hasListedKeywords = true
  }

  /// Warns of parameters that have no effect, as ccx does; refuses those that would have one, and a card without the one it needs.
  private mutating func check(_ card: DeckCard, as keyword: Keyword) {
    if let need = keyword.need, !card.has(Keyword.key(need.parameter)) {
      faults.add(
        at: card.location, "\(need.otherwise) is not supported",
        remedy: "write \(keyword.name), \(need.parameter)")
    }
    guard let known = keyword.parameters else { return }
    for parameter in card.parameters where !keyword.reads(parameter) {
      if keyword.refuses(parameter) {
        faults.add(
          at: card.location, "\(card.title), \(parameter.key) is not supported",
          remedy: "supported are \(known.sorted().joined(separator: ", "))")
      } else {
        faults.warn(
          at: card.location, "\(card.title) has no parameter '\(parameter.key)'; it is ignored")
      }
    }
  }

  /// The name a card must have; `nil` and a fault where it has none or one that is taken.
  mutating func newName(of card: DeckCard, kind: String, label: String = "NAME") -> String? {
    guard let name = card.value(of: label), !name.isEmpty else {
      faults.add(
        at: card.location, "\(card.title) has no name", remedy: "write \(card.title), \(label)=name"
      )
      return nil
    }
    if let first = places[kind + " " + name] {
      faults.add(
        at: card.location,
        "the \(kind) \(name) is defined again; it is at \(first.file):\(first.line ?? 0) first",
        remedy: "remove or rename one of them")
      return nil
    }
    places[kind + " " + name] = card.location
    return name
  }
}
