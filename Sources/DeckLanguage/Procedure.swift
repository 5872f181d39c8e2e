import ThermoElasticity

extension DeckStep {
  /// What is solved in a step. All that is said of a procedure is its ``traits``.
  package enum Procedure: CaseIterable, Sendable {
    /// `*STATIC`
    case staticStress
    /// `*HEAT TRANSFER, STEADY STATE`
    case steadyHeat

    /// What a step can solve for.
    package enum Unknown: Sendable {
      /// The displacements of the nodes.
      case displacement
      /// The temperatures of the nodes.
      case temperature
    }
  }
}

extension DeckStep.Procedure {
  /// The row of the procedure.
  package var traits: ProcedureTraits {
    switch self {
    case .staticStress:
      ProcedureTraits(
        keyword: "*STATIC", meaning: "a static step",
        parameters: ["SOLVER", "DIRECT"],
        refused: ["TIME RESET", "TOTAL TIME AT START", "RIKS", "STABILIZE"],
        name: "static", step: "a static step", unknowns: [.displacement], balance: "forces",
        properties: [.elasticity], longestIncrementHoldsFirst: true)
    case .steadyHeat:
      ProcedureTraits(
        keyword: "*HEAT TRANSFER", meaning: "a step of steady heat conduction",
        parameters: ["SOLVER", "DIRECT", "STEADY STATE", "DELTMX"],
        refused: [
          "TIME RESET", "TOTAL TIME AT START", "MODAL DYNAMIC", "FREQUENCY", "STORAGE",
        ],
        need: .init(parameter: "STEADY STATE", otherwise: "*HEAT TRANSFER over time"),
        name: "steady heat", step: "a heat transfer step", unknowns: [.temperature],
        balance: "heat flows", properties: [.conductivity], longestIncrementHoldsFirst: false)
    }
  }

  /// Whether a step of this kind solves for an unknown.
  package func solves(_ unknown: Unknown) -> Bool { traits.unknowns.contains(unknown) }

  /// The row of its keyword.
  var keyword: Keyword {
    let traits = traits
    return Keyword(
      traits.keyword, .step, traits.meaning, parameters: traits.parameters,
      refused: traits.refused, need: traits.need
    ) { $0.begin(self, $1) }
  }
}

/// One procedure: its card, what it is called, and what it can do.
package struct ProcedureTraits: Sendable {
  /// A property that every material of the step needs.
  struct Property: Sendable {
    /// The keyword that gives it.
    let keyword: String
    /// Whether a material has it.
    let isGiven: @Sendable (Material) -> Bool

    static let elasticity = Self(keyword: "*ELASTIC") { $0.elasticity != nil }
    static let conductivity = Self(keyword: "*CONDUCTIVITY") { $0.conductivity != nil }
  }

  /// The keyword, as a person writes it.
  let keyword: String
  /// What the keyword says, in one line.
  let meaning: String
  /// Parameters that are read.
  let parameters: [String]
  /// Parameters that are refused.
  let refused: [String]
  /// A parameter without which the procedure is another one, which is not supported.
  var need: Keyword.Need?
  /// What reports call it: `static`.
  package let name: String
  /// What messages call a step: `a static step`.
  let step: String
  /// What is solved for.
  package let unknowns: Set<DeckStep.Procedure.Unknown>
  /// What supports and loads balance in: `forces`.
  package let balance: String
  /// What every material needs.
  let properties: [Property]
  /// Whether the largest increment on the card holds back the first one too, as CalculiX has it in static steps alone.
  package let longestIncrementHoldsFirst: Bool

  /// The card that messages tell to write.
  var usage: String { keyword + (need.map { ", " + $0.parameter } ?? "") }
}
