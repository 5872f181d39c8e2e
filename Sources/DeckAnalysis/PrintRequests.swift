import DeckLanguage

/// What goes to the `.dat`, kept from step to step as CalculiX keeps it.
///
/// Requests of a step without any card of their kind are those of the step before. The first card of a
/// kind drops the requests of that kind.
struct PrintRequests {
  /// One output key of one card.
  struct Request {
    var key: OutputKey
    var card: PrintCard
  }

  /// Node and cell requests in the order they are printed.
  private(set) var requests: [Request] = []
  /// Section requests; they are printed after the others.
  private(set) var sections: [Request] = []
  /// Increments between prints.
  private(set) var frequency = 1
  /// The times at which increments end and are printed.
  private(set) var timePoints: String?

  /// No request.
  init() {}

  /// Takes the print cards of a step.
  ///
  /// - Parameter knowsTemperature: Whether this step or one before it has temperatures; without them CalculiX
  ///   prints none.
  mutating func apply(_ step: DeckStep, knowsTemperature: Bool = true) {
    var isFirst = (nodes: true, cells: true, sections: true)
    for case .print(let card) in step.cards {
      switch card.region {
      case .nodes:
        if isFirst.nodes { requests.removeAll { $0.card.isOfNodes } }
        isFirst.nodes = false
      case .cells:
        if isFirst.cells { requests.removeAll { !$0.card.isOfNodes } }
        isFirst.cells = false
      case .section:
        if isFirst.sections { sections = [] }
        isFirst.sections = false
      }
      if card.frequency == 0 { continue }
      add(
        card, findsTemperature: step.procedure.solves(.temperature),
        knowsTemperature: knowsTemperature)
    }
    // The last card that says when, of prints and files alike, says it for all, and for later steps.
    if let count = step.outputFrequency { (frequency, timePoints) = (count, step.outputTimePoints) }
  }

  /// Whether a block of cells is to be printed.
  func ask(for block: OutputKey.CellBlock) -> Bool {
    requests.contains { $0.key.block == .cells(block) }
  }

  private mutating func add(_ card: PrintCard, findsTemperature: Bool, knowsTemperature: Bool) {
    for key in card.keys {
      switch key.need {
      case .nothing: break
      case .temperature: if !knowsTemperature { continue }
      // Heat flows have no meaning, and no request, where no heat flows.
      case .heatFlow: if !findsTemperature { continue }
      }
      switch card.region {
      case .section(let surface, _, _): add(key, surface, card)
      case .nodes, .cells: requests.append(Request(key: key, card: card))
      }
    }
  }

  /// Forces, moments and areas of a surface come in one block; asked for twice it is printed once.
  private mutating func add(_ key: OutputKey, _ surface: String, _ card: PrintCard) {
    let hasBlock = sections.contains {
      guard $0.key.block == .section(.force), case .section(surface, _, _) = $0.card.region else {
        return false
      }
      return true
    }
    if hasBlock { return }
    sections.append(Request(key: key, card: card))
  }
}

extension PrintCard {
  /// Whether the card is a `*NODE PRINT`.
  var isOfNodes: Bool { if case .nodes = region { true } else { false } }
}
