import DeckLanguage
import NumericalMethods
import ThermoElasticity

extension SolvedDeck {
  /// Whether nothing acts on the structure in any step: no force, no temperature change and no prescribed motion, so that the answer is
  /// zero everywhere, or the initial temperature.
  ///
  /// - Complexity: one look at the first value that is not zero.
  package var isAtRest: Bool {
    !states.isEmpty && states.allSatisfy { $0.isAtRest(from: deck.initialTemperature) }
  }

  /// What the user is told of a deck in which nothing acts.
  static let restWarning =
    "nothing acts in any step: no force, no temperature change and no prescribed motion, so the answer is zero everywhere; "
    + "check the loads of the deck and their amplitudes"
}

extension DeckState {
  /// Whether the state is the initial one: no displacement, stress or reaction, or one temperature that has not changed.
  func isAtRest(from initial: [Double?]) -> Bool {
    if let elastic {
      return elastic.displacement.allSatisfy { $0 == .zero }
        && elastic.reaction.allSatisfy { $0 == .zero }
        && elastic.stress.blocks.allSatisfy { $0.values.allSatisfy { $0 == .zero } }
    }
    guard let temperature = heat?.temperature, let low = temperature.min(),
      let high = temperature.max()
    else { return false }
    // A body without heat flow is as even as the solution of its equations.
    let noise = 1e-9 * max(abs(low), abs(high))
    return high - low <= noise
      && zip(temperature, initial).allSatisfy { abs($0 - ($1 ?? 0)) <= noise }
  }
}
