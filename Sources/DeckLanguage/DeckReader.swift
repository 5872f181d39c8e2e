import Meshing
import ThermoElasticity

/// Turns the cards of a deck into a ``Deck``, in the order in which ccx reads them.
struct DeckReader {
  var deck = Deck()
  var faults = FaultList()
  /// The mesh with its numbers.
  var mesh = AbaqusMesh()
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
    deck.initialTemperature = Array(repeating: nil, count: deck.mesh.nodes.count)
    isTied = Array(repeating: false, count: deck.mesh.nodes.count)
    for block in deck.mesh.blocks {
      for node in block.connectivity { isTied[Int(node)] = true }
    }
    hasRefused =
      !mesh.skippedCells.isEmpty || cards.contains { DeckKeyword.kind(of: $0) == .refused }
    findSurfaceCells()
    checkCells()
    for card in cards where card.keyword == "TRANSFORM" { readTransform(card) }
    for card in cards { readMaterialCard(card) }
    for card in cards where card.keyword == "ORIENTATION" { readOrientation(card) }
    for card in cards where card.keyword == "INITIALCONDITIONS" {
      hasInitialConditions = true
      readInitialConditions(card)
    }
    for card in cards where card.keyword == "AMPLITUDE" { readAmplitude(card) }
    for card in cards where !faults.isFull { readInOrder(card) }
    if !faults.isFull { finish(endsMidLine: endsMidLine) }
  }

  /// Names cells that are inside out or flat, each with its line.
  private mutating func checkCells() {
    var problems: [Int: MeshFinding] = [:]
    for finding in MeshCheck.invertedCells(in: deck.mesh) {
      guard case .inverted(let cell, _, _) = finding.kind else { continue }
      let place = deck.mesh.place(of: Int(cell))
      if surfaceBlocks.contains(place.block) { continue }
      problems[deck.mesh.blocks[place.block].labels[place.index]] = finding
    }
    guard !problems.isEmpty else { return }
    var found: [(InputFault.Location, MeshFinding)] = []
    AbaqusReader.forEachCell(of: cards) { label, location in
      if let finding = problems.removeValue(forKey: label) { found.append((location, finding)) }
    }
    for (location, finding) in found {
      faults.add(at: location, finding.problem, remedy: finding.remedy)
    }
  }

  /// Reads a card whose place in the deck matters.
  private mutating func readInOrder(_ card: DeckCard) {
    switch card.keyword {
    case "HEADING":
      if deck.heading.isEmpty {
        deck.heading = (card.heading.isEmpty ? [] : [card.heading]) + card.rawLines
      }
    case "SOLIDSECTION": readSolidSection(card)
    case "EQUATION": readEquation(card)
    case "MPC": readMultiPointConstraint(card)
    case "TIMEPOINTS": readTimePoints(card)
    case "STEP": readStep(card)
    case "STATIC": readStatic(card)
    case "HEATTRANSFER": readHeatTransfer(card)
    case "ENDSTEP": readEndStep(card)
    case "BOUNDARY": readBoundary(card)
    case "CLOAD": readForces(card)
    case "DLOAD", "DSLOAD": readDistributedLoads(card)
    case "TEMPERATURE": readTemperatures(card)
    case "CFLUX": readFlows(card)
    case "DFLUX": readDistributedFluxes(card)
    case "FILM": readFilms(card)
    case "NODEPRINT": readNodePrint(card)
    case "ELPRINT": readCellPrint(card)
    case "SECTIONPRINT": readSectionPrint(card)
    case "NODEFILE", "ELFILE", "NODEOUTPUT", "ELEMENTOUTPUT", "ELOUTPUT": readFieldOutput(card)
    default:
      switch DeckKeyword.kind(of: card) {
      case .supported: break  // read before
      case .withoutEffect: faults.warn(at: card.location, "\(card.title) has no effect")
      case .refused: refuse(card)
      }
    }
  }

  /// Says that a keyword is not supported; the first time, also which are.
  private mutating func refuse(_ card: DeckCard) {
    let list = "supported are " + DeckKeyword.supported.joined(separator: ", ")
    faults.add(
      at: card.location, "the keyword \(card.title) is not supported",
      remedy: hasListedKeywords ? "" : list)
    hasListedKeywords = true
  }

  /// Warns of parameters that have no effect, as ccx does, and refuses those that would have one.
  mutating func check(_ card: DeckCard, known: Set<String>, refused: Set<String> = []) {
    for parameter in card.parameters where !known.contains(parameter.key) {
      if refused.contains(parameter.key) {
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
