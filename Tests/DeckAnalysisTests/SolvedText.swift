import DeckLanguage
import TestSupport
import ThermoElasticity

@testable import DeckAnalysis

/// A deck in a test's own words, solved.
enum SolvedText {
  /// What came of a deck.
  static func outcome(
    _ text: String, planeStress: PlaneStressTheory = .twoDimensional
  ) throws -> DeckSolve.Outcome {
    let deck = try Deck(bytes: Array(text.utf8), name: "a.inp")
    return try DeckSolve.outcome(of: deck, name: "a.inp", options: .init(planeStress: planeStress))
  }

  /// The rows of the last block whose header begins so.
  static func rows(_ header: String, of outcome: DeckSolve.Outcome) -> [DatFile.Row] {
    let file = DatFile(String(decoding: outcome.dat, as: UTF8.self))
    return file.blocks.last { $0.title.hasPrefix(header) }?.rows ?? []
  }

  /// The number of the last row of the last block whose header begins so.
  static func total(_ header: String, of outcome: DeckSolve.Outcome) -> Double? {
    rows(header, of: outcome).last?.values.first
  }
}
