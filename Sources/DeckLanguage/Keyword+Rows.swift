// Every keyword of the deck language. A new one is a row here, and its reader in a file of its own.

import Meshing

extension Keyword {
  /// Every keyword, by groups.
  static let all: [Keyword] =
    mesh + model + material + DeckStep.Procedure.allCases.map(\.keyword) + step + output + others

  private static let mesh: [Keyword] = [
    .mesh("*ELEMENT", "cells of one element type", parameters: ["TYPE", "ELSET"]),
    .mesh(
      "*ELSET", "a set of cells", parameters: ["ELSET", "GENERATE", "UNSORTED", "INTERNAL"]),
    .mesh("*INCLUDE", "the cards of another file", parameters: ["INPUT"]),
    .mesh("*NODE", "nodes and their positions", parameters: ["NSET", "SYSTEM"]),
    .mesh(
      "*NSET", "a set of nodes",
      parameters: ["NSET", "GENERATE", "UNSORTED", "INTERNAL", "ELSET"]),
    .mesh(
      "*SURFACE", "sides of cells, or nodes", parameters: ["NAME", "TYPE", "INTERNAL"]),
  ]

  private static let model: [Keyword] = [
    Keyword(
      "*AMPLITUDE", .anywhere, pass: .amplitudes, "factors of loads against time",
      parameters: ["NAME", "TIME", "DEFINITION", "VALUE", "SHIFTX", "SHIFTY"],
      refused: ["USER", "SMOOTH", "INPUT", "BASELINE CORRECTION"]
    ) { $0.readAmplitude($1) },
    Keyword(
      "*BOUNDARY", .anywhere, "displacements and temperatures that are held",
      parameters: ["OP", "AMPLITUDE", "FIXED", "TYPE"],
      refused: [
        "USER", "SUBMODEL", "MASS FLOW", "TIME DELAY", "LOAD CASE", "STEP", "DATA SET",
      ]
    ) { $0.readBoundary($1) },
    Keyword(
      "*EQUATION", .model, "a linear equation between unknowns of nodes",
      refused: ["REMOVE", "REMOVE ALL", "INPUT"]
    ) { $0.readEquation($1) },
    Keyword("*HEADING", .anywhere, "lines that describe the deck", parameters: nil) {
      $0.readHeading($1)
    },
    Keyword(
      "*INITIAL CONDITIONS", .anywhere, pass: .initialConditions,
      "temperatures without thermal strain", parameters: ["TYPE"],
      refused: ["USER", "FILE", "INPUT", "STEP"]
    ) { $0.readInitialConditions($1) },
    .explained("*MPC") { $0.readMultiPointConstraint($1) },
    Keyword(
      "*ORIENTATION", .anywhere, pass: .orientations, "axes of a material",
      parameters: ["NAME", "SYSTEM", "DEFINITION"], refused: ["LOCAL DIRECTIONS"]
    ) { $0.readOrientation($1) },
    Keyword(
      "*SOLID SECTION", .model, "material, axes and thickness of a set of cells",
      parameters: ["ELSET", "MATERIAL", "ORIENTATION"],
      refused: ["NODAL THICKNESS", "COMPOSITE"]
    ) { $0.readSolidSection($1) },
    Keyword(
      "*TIME POINTS", .model, "times at which increments end and are printed",
      parameters: ["NAME", "TIME", "GENERATE"]
    ) { $0.readTimePoints($1) },
    Keyword(
      "*TRANSFORM", .anywhere, pass: .transforms, "axes of the nodes of a set",
      parameters: ["NSET", "TYPE"]
    ) { $0.readTransform($1) },
  ]

  private static let material: [Keyword] = [
    Keyword("*MATERIAL", .anywhere, pass: .materials, "begins a material", parameters: ["NAME"]) {
      $0.readMaterial($1)
    },
    Keyword(
      "*CONDUCTIVITY", .material, pass: .materials, "heat flux per temperature gradient",
      parameters: ["TYPE"], refused: ["DEPENDENCIES"]
    ) { $0.readConductivity($1) },
    Keyword(
      "*DENSITY", .material, pass: .materials, "mass per volume", refused: ["DEPENDENCIES"]
    ) { $0.readDensity($1) },
    Keyword(
      "*ELASTIC", .material, pass: .materials, "elastic constants", parameters: ["TYPE"],
      refused: ["MODULI", "COMPRESSION", "NO COMPRESSION", "DEPENDENCIES"]
    ) { $0.readElasticity($1) },
    Keyword(
      "*EXPANSION", .material, pass: .materials, "mean thermal expansion per kelvin",
      parameters: ["TYPE", "ZERO"], refused: ["USER", "DEPENDENCIES"]
    ) { $0.readExpansion($1) },
    Keyword(
      "*SPECIFIC HEAT", .material, pass: .materials, "heat capacity per mass",
      refused: ["DEPENDENCIES"]
    ) { $0.readSpecificHeat($1) },
  ]

  /// What no load card may have.
  private static let refusedOfLoads = [
    "USER", "SUBMODEL", "TIME DELAY", "FILM TIME DELAY", "LOAD CASE", "SECTOR", "STEP",
    "DATA SET", "OMEGA0", "FILE", "BSTEP", "ADD", "FOLLOWER", "CONSTANT RESULTANT",
  ]

  private static func load(
    _ name: String, _ meaning: String, parameters: [String] = [],
    read: @escaping @Sendable (inout DeckReader, DeckCard) -> Void
  ) -> Keyword {
    Keyword(
      name, .step, meaning, parameters: ["OP", "AMPLITUDE"] + parameters, refused: refusedOfLoads,
      read: read)
  }

  private static let step: [Keyword] = [
    Keyword(
      "*STEP", .anywhere, "begins a step", parameters: ["INC", "NLGEOM", "AMPLITUDE", "NAME"],
      refused: ["PERTURBATION"]
    ) { $0.readStep($1) },
    Keyword("*END STEP", .anywhere, "ends a step") { $0.readEndStep($1) },
    load("*CFLUX", "heat flows into nodes") { $0.readFlows($1) },
    load("*CLOAD", "forces on nodes") { $0.readForces($1) },
    load("*DFLUX", "heat into sides and volumes") { $0.readDistributedFluxes($1) },
    load("*DLOAD", "pressure on sides, gravity, rotation") { $0.readDistributedLoads($1) },
    load("*DSLOAD", "the same as *DLOAD") { $0.readDistributedLoads($1) },
    load("*FILM", "convection through sides", parameters: ["FILM AMPLITUDE"]) {
      $0.readFilms($1)
    },
    load("*TEMPERATURE", "temperatures of nodes that strain the material") {
      $0.readTemperatures($1)
    },
  ]

  /// Parameters of the cards that ask for rows of the `.dat`.
  private static let ofPrints = [
    "NAME", "FREQUENCYF", "TOTALS", "GLOBAL", "TIME POINTS", "SECTION FORCES",
  ]

  private static let output: [Keyword] = [
    Keyword(
      "*EL PRINT", .output, "rows of cells in the .dat",
      parameters: ["ELSET", "FREQUENCY"] + ofPrints
    ) { $0.readCellPrint($1) },
    Keyword(
      "*NODE PRINT", .output, "rows of nodes in the .dat",
      parameters: ["NSET", "FREQUENCY"] + ofPrints
    ) { $0.readNodePrint($1) },
    // ccx reads no FREQUENCY here.
    Keyword(
      "*SECTION PRINT", .output, "forces and heat through a surface in the .dat",
      parameters: ["SURFACE"] + ofPrints
    ) { $0.readSectionPrint($1) },
    fields("*EL FILE"), fields("*ELEMENT OUTPUT", alias: "*EL OUTPUT"), fields("*NODE FILE"),
    fields("*NODE OUTPUT"),
  ]

  private static func fields(_ name: String, alias: String? = nil) -> Keyword {
    Keyword(
      name, alias: alias, .output, "when results are written; the files hold all fields anyway",
      parameters: nil
    ) { $0.readFieldOutput($1) }
  }

  /// What sets something that a linear steady solve does not have.
  private static let others: [Keyword] = [
    .withoutEffect("*CONTROLS"), .withoutEffect("*DAMPING"), .withoutEffect("*FILE FORMAT"),
    .withoutEffect("*MONITOR"), .withoutEffect("*PHYSICAL CONSTANTS"),
    .withoutEffect("*PREPRINT"),
    .withoutEffect("*RESTART") { !$0.has("READ") },
    // Without data it goes back to global coordinates, which hold anyway.
    .withoutEffect("*SYSTEM") { Array($0.lines.prefix(1)).isEmpty },
  ]
}
