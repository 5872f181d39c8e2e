package import Files
package import ThermoElasticity

/// What became of one part.
package struct PartResult: Codable, Sendable, Equatable {
  /// Why a part has no verdict of its own.
  package struct Failure: Codable, Sendable, Equatable {
    /// What happened.
    package enum Kind: String, Codable, Sendable {
      /// Its files are wrong.
      case badInput = "bad-input"
      /// Its part file says that there is nothing to judge.
      case notJudged = "not-judged"
      /// A model has no trustworthy answer.
      case notSolved = "not-solved"
      /// Its process was ended by a signal.
      case crashed
      /// Its process took too long and was killed.
      case timedOut = "timed-out"
      /// Its process used more processor time than allowed and was killed.
      case processorLimit = "processor-limit"
      /// Its process needed more memory than allowed.
      case memoryLimit = "memory-limit"
      /// Its process answered something else than a result.
      case badAnswer = "bad-answer"
      /// The run was interrupted first.
      case interrupted
      /// The share of the run that it belongs to is missing.
      case lostShard = "lost-shard"
    }
    /// What kept the part from being evaluated.
    package var kind: Kind
    /// One line.
    package var summary: String
    /// More lines, such as one per fault of a file.
    package var details: [String]

    /// A failure.
    package init(_ kind: Kind, _ summary: String, details: [String] = []) {
      (self.kind, self.summary, self.details) = (kind, summary, details)
    }
  }

  /// The folder's name, or the deck's.
  package var name: String
  /// Where it is, as the user would write it.
  package var path: String
  /// One line for reports; the name where there is no part file.
  package var title: String
  /// The family; `nil` for bare decks.
  package var family: PartFile.Family?
  /// Context of use.
  package var context: String?
  /// Where a generated design comes from, as its part file says.
  package var provenance: DesignProvenance?
  /// Warnings of the part file; `nil` where it has none.
  package var warnings: [String]?
  /// The worst of what its quantities and limits say, and undecided where ``questions`` are open.
  package var verdict: Verdict
  /// What keeps the part from passing although none of its checks fails, a sentence each; `nil` where there is nothing.
  package var questions: [String]?
  /// Questions that the part file answers; `nil` where there are none.
  package var answers: [AnsweredQuestion]?
  /// `nil` where the part was evaluated.
  package var failure: Failure?
  /// The names of its decks' units by what they measure, `length`, `stress` and so on; `nil` for bare decks, and where no record was asked for.
  package var units: [String: String]?
  /// The SHA-256 of its part file; `nil` for bare decks, and where no record was asked for.
  package var partFileChecksum: String?
  /// What became of its decks, in the order of the part file.
  package var models: [ModelResult]
  /// What was compared with references, in the order of the part file.
  package var quantities: [QuantityResult]
  /// What was compared with limits of the design, in the order of the part file.
  package var limits: [LimitResult]
  /// What a bare deck has for a baseline to hold; `nil` for parts with a part file.
  package var figures: [FigureResult]?
  /// How the part compares with its baseline; `nil` where it has none and none is asked for.
  package var baseline: BaselineResult?

  /// A part of which nothing is known yet.
  package init(_ part: PartFolder) {
    (name, path, title) = (part.name, part.path, part.name)
    (models, quantities, limits) = ([], [], [])
    verdict = .pass
  }

  /// A part that could not be evaluated.
  package init(_ part: PartFolder, failure: Failure) {
    self.init(part)
    self.failure = failure
    verdict = .notEvaluable
  }
}

/// A question about a part, and what its part file answers.
package struct AnsweredQuestion: Codable, Sendable, Equatable {
  /// The question, a sentence.
  package var question: String
  /// The reason that the part file gives.
  package var answer: String
}

/// What became of one deck.
package struct ModelResult: Codable, Sendable, Equatable {
  /// The soundness of one step.
  package struct Step: Codable, Sendable, Equatable {
    /// What the checks after the solve found; `nil` for a step that solves no system.
    package var soundness: Soundness?
    /// Error in the energy norm over the norm, estimated.
    package var energyErrorEstimate: Double?
  }
  /// The name that readings refer to.
  package var name: String
  /// The deck's path inside the part's folder.
  package var deck: String
  /// Whether the tolerances are stated at this model, so that it decides the verdict.
  package var isStated: Bool
  /// Joined by `+`; empty where the deck could not be solved.
  package var elementTypes: String
  /// Nodes of the mesh.
  package var nodeCount: Int
  /// Cells of the mesh, of all shapes.
  package var cellCount: Int
  /// The deck's steps, in order; empty where it could not be solved.
  package var steps: [Step]
  /// One line per fault; `nil` where the deck was solved.
  package var failure: [String]?
  /// What it was solved from; `nil` where no record was asked for.
  package var checksums: ModelChecksums?
  /// The file of its ``ModelFields`` in the run's folder; `nil` where it could not be solved or no folder was asked for.
  package var fields: String?

  /// Unknowns of the largest system of the deck.
  package var unknownCount: Int? { steps.compactMap { $0.soundness?.unknownCount }.max() }
}

/// What an extreme value leaves out, and what it would have been with it.
package struct ExclusionResult: Codable, Sendable, Equatable {
  /// Nodes as near as this to a singular place are left out, in the deck's length unit.
  package var distance: Double
  /// Nodes that are left out.
  package var nodeCount: Int
  /// The largest value among them, in the unit of the reading: it depends on the mesh; `nil` where none is left out.
  package var largest: Double?
  /// Where that is, in words.
  package var location: String?
}

/// A figure of one model, in the unit of its reference or limit.
package struct ReadingResult: Codable, Sendable, Equatable {
  /// The name of the model it was read from.
  package var model: String
  /// Whether the tolerances are stated at that model, so that it decides the verdict.
  package var isStated: Bool
  /// `nil` where it could not be read.
  package var value: Double?
  /// Where it was read, in words.
  package var location: String?
  /// The number of the node, where it is one.
  package var node: Int?
  /// The place in the deck's length unit, where it is one.
  package var position: [Double]?
  /// What a value at a node is: `node-average` where stresses or strains of the integration points were extended to the nodes and averaged
  /// over the cells that meet there; `nil` for fields that nodes have themselves.
  package var basis: String?
  /// What the reading leaves out; `nil` where it looks everywhere.
  package var leftOut: ExclusionResult?
  /// Result less reference.
  package var difference: Double?
  /// Result less reference, over the reference; `nil` for a reference of zero.
  package var relativeDifference: Double?
  /// One standard deviation of the discretisation error, in the unit; `nil` where not known.
  package var numericalUncertainty: Double?
  /// For a model that is not stated: what it would be if it were.
  package var verdict: Verdict
  /// Why there is no value.
  package var failure: String?
  /// The largest size of the field that the value was read from, or of the terms of a sum, in the unit: what round-off is relative to.
  package var scale: Double?
}

/// A figure compared with its reference.
package struct QuantityResult: Codable, Sendable, Equatable {
  /// The question a comparison answers; they are never mixed.
  package enum Question: String, Codable, Sendable {
    /// Are the equations solved right?
    case verification
    /// Does the simulation agree with a physical test?
    case validation
    /// Does the simulation agree with the test its inputs were fitted to? No validation.
    case calibration
  }
  /// The reference as given.
  package struct ReferenceResult: Codable, Sendable, Equatable {
    /// The value, in the unit of the quantity.
    package var value: Double
    /// One standard deviation, in the unit.
    package var uncertainty: Double
    /// Where it comes from.
    package var kind: Reference.Kind
    /// What a measurement was used for; `nil` for what was not measured.
    package var role: Reference.Role?
    /// Where it is published.
    package var source: String
  }
  /// The tolerance as given.
  package struct ToleranceResult: Codable, Sendable, Equatable {
    /// The largest difference allowed, in the unit.
    package var absolute: Double
    /// Over the reference, where it was given so.
    package var relative: Double?
    /// Why this much, in the words of the part file.
    package var reason: String
  }
  /// Its name in the part file.
  package var name: String
  /// What the comparison answers.
  package var question: Question
  /// What is read, as in the part file.
  package var read: String
  /// The unit of every figure here; `1` without dimension.
  package var unit: String
  /// What it is compared with.
  package var reference: ReferenceResult
  /// How far it may be off.
  package var tolerance: ToleranceResult
  /// What the models say, in their order.
  package var readings: [ReadingResult]
  /// How the readings change with the mesh, for each element type with three meshes.
  package var convergence: [MeshConvergence]
  /// Only for validation.
  package var uncertainty: ValidationUncertainty?
  /// Only for validation: how likely the error lies inside the tolerance.
  package var passProbability: Double?
  /// The worst of the stated models.
  package var verdict: Verdict
  /// What would help, where the verdict is not a plain one.
  package var advice: String?
}

/// A figure compared with a limit of the design.
package struct LimitResult: Codable, Sendable, Equatable {
  /// Its name in the part file.
  package var name: String
  /// What is read, as in the part file.
  package var read: String
  /// The side on which the figure has to stay.
  package var bound: PartLimit.Bound
  /// The limit, in the unit.
  package var limit: Double
  /// The unit of every figure here; `1` without dimension.
  package var unit: String
  /// Where the limit comes from.
  package var source: String
  /// What the models say, in their order.
  package var readings: [ReadingResult]
  /// The worst of the stated models.
  package var verdict: Verdict
}
