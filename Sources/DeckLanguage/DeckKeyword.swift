import Meshing

/// Which keywords a deck may have.
enum DeckKeyword {
  /// What is read and acted on, as a person writes it, for messages.
  static let supported = [
    "*AMPLITUDE", "*BOUNDARY", "*CFLUX", "*CLOAD", "*CONDUCTIVITY", "*DENSITY", "*DFLUX", "*DLOAD",
    "*DSLOAD", "*EL FILE", "*EL PRINT", "*ELASTIC", "*ELEMENT", "*ELEMENT OUTPUT", "*ELSET",
    "*END STEP", "*EQUATION", "*EXPANSION", "*FILM", "*HEADING", "*HEAT TRANSFER", "*INCLUDE",
    "*INITIAL CONDITIONS", "*MATERIAL", "*NODE", "*NODE FILE", "*NODE OUTPUT", "*NODE PRINT",
    "*NSET", "*ORIENTATION", "*SECTION PRINT", "*SOLID SECTION", "*SPECIFIC HEAT", "*STATIC",
    "*STEP", "*SURFACE", "*TEMPERATURE", "*TIME POINTS", "*TRANSFORM",
  ]

  /// What becomes of a card.
  enum Kind {
    /// It is read and acted on.
    case supported
    /// It changes no answer: a warning.
    case withoutEffect
    /// It would change the answers: a fault.
    case refused
  }

  /// What becomes of a card.
  static func kind(of card: DeckCard) -> Kind {
    let keyword = card.keyword
    if names.contains(keyword) || keyword == "MPC" { return .supported }
    if idle.contains(keyword) || keyword == "RESTART" && !card.has("READ") { return .withoutEffect }
    // Without data it goes back to global coordinates, which hold anyway.
    if keyword == "SYSTEM", Array(card.lines.prefix(1)).isEmpty { return .withoutEffect }
    // An output request never stops a run.
    let isOutput = ["PRINT", "FILE", "OUTPUT"].contains { keyword.hasSuffix($0) }
    return isOutput ? .withoutEffect : .refused
  }

  /// The supported keywords as cards have them.
  private static let names = Set(
    supported.map { String($0.uppercased().filter { $0 != "*" && $0 != " " }) } + ["ELOUTPUT"])

  /// What sets something that a linear steady solve does not have.
  private static let idle: Set<String> = [
    "FILEFORMAT", "PREPRINT", "MONITOR", "CONTROLS", "PHYSICALCONSTANTS", "DAMPING",
  ]
}
