internal import DesignProblem

/// A step of an exported deck.
enum DeckStep: Equatable {
  /// Steady heat conduction.
  case heat
  /// A load case, by its place in the task.
  case loadCase(Int)
  /// The temperatures alone, all forces off.
  case temperatures
}

extension DesignTask {
  /// The steps of the task's decks, in their order.
  ///
  /// Heat is first, for its temperatures act in the steps behind it, and no face has moved yet where a film cools it; then the load cases that are warm, the
  /// temperatures alone where a term is taken under them, and the cold cases.
  var deckSteps: [DeckStep] {
    let cases = stated.loadCases.indices
    guard stated.isWarmed || stated.heat != nil else { return cases.map { .loadCase($0) } }
    let isWarm = { (place: Int) in stated.loadCases[place].isWarm }
    let needsTemperatures = stated.terms.contains { $0.measure.row.isOfTemperaturesAlone }
    return (stated.heat == nil ? [] : [.heat])
      + cases.filter(isWarm).map { .loadCase($0) } + (needsTemperatures ? [.temperatures] : [])
      + cases.filter { !isWarm($0) }.map { .loadCase($0) }
  }

  /// The number of a step in the task's decks, from 1; `nil` where they have none.
  func number(of step: DeckStep) -> Int? { deckSteps.firstIndex(of: step).map { $0 + 1 } }

  /// Whether displacements are solved for.
  var isStructure: Bool { deckSteps.contains { $0 != .heat } }
}
