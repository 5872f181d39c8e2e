import DeckAnalysis
import DeckLanguage
import Foundation
import Meshing
import TestSupport
import ThermoElasticity

/// How the two programs' answers to a deck stand to one another.
enum RandomDeckVerdict: CustomStringConvertible {
  /// Every block agrees.
  case equal
  /// Neither solves the deck.
  case refusedByBoth
  /// We refuse, by name, a card that CalculiX ignores.
  case refusedByName(String)
  /// They differ as one of the named differences says.
  case named([NamedDifference])
  /// They differ, and nothing says why.
  case unexplained(String)

  /// The class, for a count.
  var label: String {
    switch self {
    case .equal: "equal"
    case .refusedByBoth: "refused by both"
    case .refusedByName: "refused by us by name"
    case .named(let reasons):
      "named: " + reasons.map(\.rawValue).joined(separator: ", ")
    case .unexplained: "unexplained"
    }
  }

  var description: String {
    switch self {
    case .refusedByName(let text), .unexplained(let text): "\(label): \(text)"
    default: label
    }
  }

  /// A difference allowed, over the largest number of a block.
  static let tolerance = 1e-5

  /// Solves a deck with both programs and compares.
  ///
  /// Sheets are solved as CalculiX solves them.
  init(_ text: String) throws {
    let run = try CalculiXRun(text)
    let deck: Deck
    do {
      deck = try Deck(bytes: Array(text.utf8), name: "deck.inp")
    } catch let faults {
      self = Self.refused(text, "\(faults)", run)
      return
    }
    let dat: String
    do {
      let solved = try SolvedDeck(
        solving: deck, name: "deck.inp", options: .init(planeStress: .calculiX))
      dat = String(decoding: solved.dat, as: UTF8.self)
    } catch {
      let reasons = NamedDifference.allCases.filter { $0.explainsRefusal(deck, "\(error)", run) }
      if run.hasRefused {
        self = .refusedByBoth
      } else if let reason = reasons.first {
        self = .named([reason])
      } else {
        self = .unexplained("we alone refuse: \(error)")
      }
      return
    }
    if run.hasRefused || run.status != 0 {
      let reasons = NamedDifference.allCases.filter { $0.explainsStop(deck, run) }
      self =
        reasons.isEmpty
        ? .unexplained("CalculiX alone stops (\(run.status)): \(run.complaint)")
        : .named([reasons[0]])
      return
    }
    self = Self.compared(deck, DatFile(run.dat), DatFile(dat))
  }

  /// A deck our reader refuses.
  private static func refused(_ text: String, _ faults: String, _ run: CalculiXRun) -> Self {
    if run.hasRefused || run.status != 0 { return .refusedByBoth }
    if let reason = NamedDifference.allCases.first(where: { $0.explainsFaults(text, faults) }) {
      return .named([reason])
    }
    let name = faults.contains("is not supported") || faults.contains("stands outside")
    return name ? .refusedByName(faults) : .unexplained("we alone refuse: \(faults)")
  }

  private static func compared(_ deck: Deck, _ expected: DatFile, _ found: DatFile) -> Self {
    let noise = DatNoise(expected, deck)
    let comparison = DatComparison(
      expected: expected, found: found, tolerance: tolerance, noiseOf: noise.level)
    if comparison.agrees {
      return expected.blocks.isEmpty ? .unexplained("nothing is printed") : .equal
    }
    let facts = DeckFacts(deck)
    var reasons: [NamedDifference] = []
    var open: [DatComparison.Difference] = []
    // Blocks of a section print have no time but the first of them.
    var time: Double?
    var times: [Int: Double] = [:]
    for (index, block) in expected.blocks.enumerated() {
      time = block.time ?? time
      times[index + 1] = time
    }
    for difference in comparison.differences {
      let moment = difference.time ?? times[difference.block] ?? 0
      let names = NamedDifference.allCases.filter {
        $0.explains(difference, at: moment, facts)
      }
      if let first = names.first {
        if !reasons.contains(first) { reasons.append(first) }
      } else {
        open.append(difference)
      }
    }
    if open.isEmpty { return .named(reasons) }
    return .unexplained(
      "\(open.count) of \(expected.blocks.count) blocks\n"
        + open.prefix(3).map { "  " + $0.description }.joined(separator: "\n"))
  }
}
