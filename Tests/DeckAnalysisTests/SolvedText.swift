import DeckLanguage
import TestSupport
import ThermoElasticity

@testable import DeckAnalysis

/// A deck in a test's own words, solved.
enum SolvedText {
  /// What came of a deck.
  static func solved(
    _ text: String, planeStress: PlaneStressTheory = .twoDimensional
  ) throws -> SolvedDeck {
    let deck = try Deck(bytes: Array(text.utf8), name: "a.inp")
    return try SolvedDeck(solving: deck, name: "a.inp", options: .init(planeStress: planeStress))
  }

  /// The rows of the last block whose header begins so.
  static func rows(_ header: String, of solved: SolvedDeck) -> [DatFile.Row] {
    let file = DatFile(String(decoding: solved.dat, as: UTF8.self))
    return file.blocks.last { $0.title.hasPrefix(header) }?.rows ?? []
  }

  /// The number of the last row of the last block whose header begins so.
  static func total(_ header: String, of solved: SolvedDeck) -> Double? {
    rows(header, of: solved).last?.values.first
  }
}
