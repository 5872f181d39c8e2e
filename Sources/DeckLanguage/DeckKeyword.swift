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

  /// What is read before the cards whose order matters.
  static let readBefore: Set<String> = [
    "NODE", "ELEMENT", "NSET", "ELSET", "SURFACE", "TRANSFORM", "MATERIAL", "ELASTIC", "EXPANSION",
    "CONDUCTIVITY", "DENSITY", "SPECIFICHEAT", "ORIENTATION", "INITIALCONDITIONS", "AMPLITUDE",
  ]

  /// What asks for output of another kind, or sets what a linear steady solve does not have.
  static let withoutEffect: Set<String> = [
    "CONTACTFILE", "CONTACTOUTPUT", "CONTACTPRINT", "OUTPUT", "FILEFORMAT", "PREPRINT", "MONITOR",
    "ENERGYPRINT", "ENERGYFILE", "ENERGYOUTPUT", "CONTROLS", "PHYSICALCONSTANTS", "DAMPING",
    "USEROUTPUT",
  ]
}
