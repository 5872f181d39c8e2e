/// Solves decks with gcgan's own solver.
public struct DeckModelSolver: ModelSolver {
  /// A solver without options.
  public init() {}

  public func solve(deckAt path: String) throws -> SolvedModel {
    throw ReadingFault("this version cannot solve decks yet")
  }
}
