public import Files
public import ThermoElasticity

/// What became of one part.
public struct PartResult: Codable, Sendable, Equatable {
  /// Why a part has no verdict of its own.
  public struct Failure: Codable, Sendable, Equatable {
    /// What happened.
    public enum Kind: String, Codable, Sendable {
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
    }
    /// What kept the part from being evaluated.
    public var kind: Kind
    /// One line.
    public var summary: String
    /// More lines, such as one per fault of a file.
    public var details: [String]

    /// A failure.
    public init(_ kind: Kind, _ summary: String, details: [String] = []) {
      (self.kind, self.summary, self.details) = (kind, summary, details)
    }
  }

  /// The folder's name, or the deck's.
  public var name: String
  /// Where it is, as the user would write it.
  public var path: String
  /// One line for reports; the name where there is no part file.
  public var title: String
  /// The family; `nil` for bare decks.
  public var family: PartFile.Family?
  /// Context of use.
  public var context: String?
  /// Where a generated design comes from, as its part file says.
  public var provenance: DesignProvenance?
  /// Warnings of the part file; `nil` where it has none.
  public var warnings: [String]?
  /// The worst of what its quantities and limits say, and undecided where ``questions`` are open.
  public var verdict: Verdict
  /// What keeps the part from passing although none of its checks fails, a sentence each; `nil` where there is nothing.
  public var questions: [String]?
  /// Questions that the part file answers; `nil` where there are none.
  public var answers: [AnsweredQuestion]?
  /// `nil` where the part was evaluated.
  public var failure: Failure?
  /// What became of its decks, in the order of the part file.
  public var models: [ModelResult]
  /// What was compared with references, in the order of the part file.
  public var quantities: [QuantityResult]
  /// What was compared with limits of the design, in the order of the part file.
  public var limits: [LimitResult]

  /// A part of which nothing is known yet.
  public init(_ part: PartFolder) {
    (name, path, title) = (part.name, part.path, part.name)
    (models, quantities, limits) = ([], [], [])
    verdict = .pass
  }

  /// A part that could not be evaluated.
  public init(_ part: PartFolder, failure: Failure) {
    self.init(part)
    self.failure = failure
    verdict = .notEvaluable
  }
}

/// A question about a part, and what its part file answers.
public struct AnsweredQuestion: Codable, Sendable, Equatable {
  /// The question, a sentence.
  public var question: String
  /// The reason that the part file gives.
  public var answer: String
}

/// What became of one deck.
public struct ModelResult: Codable, Sendable, Equatable {
  /// The soundness of one step.
  public struct Step: Codable, Sendable, Equatable {
    /// What the checks after the solve found; `nil` for a step that solves no system.
    public var soundness: Soundness?
    /// Error in the energy norm over the norm, estimated.
    public var energyErrorEstimate: Double?
  }
  /// The name that readings refer to.
  public var name: String
  /// The deck's path inside the part's folder.
  public var deck: String
  /// Whether the tolerances are stated at this model, so that it decides the verdict.
  public var isStated: Bool
  /// Joined by `+`; empty where the deck could not be solved.
  public var elementTypes: String
  /// Nodes of the mesh.
  public var nodeCount: Int
  /// Cells of the mesh, of all shapes.
  public var cellCount: Int
  /// The deck's steps, in order; empty where it could not be solved.
  public var steps: [Step]
  /// One line per fault; `nil` where the deck was solved.
  public var failure: [String]?

  /// Unknowns of the largest system of the deck.
  public var unknownCount: Int? { steps.compactMap { $0.soundness?.unknownCount }.max() }
}

/// What an extreme value leaves out, and what it would have been with it.
public struct ExclusionResult: Codable, Sendable, Equatable {
  /// Nodes as near as this to a singular place are left out, in the deck's length unit.
  public var distance: Double
  /// Nodes that are left out.
  public var nodeCount: Int
  /// The largest value among them, in the unit of the reading: it depends on the mesh; `nil` where none is left out.
  public var largest: Double?
  /// Where that is, in words.
  public var location: String?
}

/// A figure of one model, in the unit of its reference or limit.
public struct ReadingResult: Codable, Sendable, Equatable {
  /// The name of the model it was read from.
  public var model: String
  /// Whether the tolerances are stated at that model, so that it decides the verdict.
  public var isStated: Bool
  /// `nil` where it could not be read.
  public var value: Double?
  /// Where it was read, in words.
  public var location: String?
  /// The number of the node, where it is one.
  public var node: Int?
  /// The place in the deck's length unit, where it is one.
  public var position: [Double]?
  /// What a value at a node is: `node-average` where stresses or strains of the integration points were extended to the nodes and averaged
  /// over the cells that meet there; `nil` for fields that nodes have themselves.
  public var basis: String?
  /// What the reading leaves out; `nil` where it looks everywhere.
  public var leftOut: ExclusionResult?
  /// Result less reference.
  public var difference: Double?
  /// Result less reference, over the reference; `nil` for a reference of zero.
  public var relativeDifference: Double?
  /// One standard deviation of the discretisation error, in the unit; `nil` where not known.
  public var numericalUncertainty: Double?
  /// For a model that is not stated: what it would be if it were.
  public var verdict: Verdict
  /// Why there is no value.
  public var failure: String?
}

/// A figure compared with its reference.
public struct QuantityResult: Codable, Sendable, Equatable {
  /// The question a comparison answers; they are never mixed.
  public enum Question: String, Codable, Sendable {
    /// Are the equations solved right?
    case verification
    /// Does the simulation agree with a physical test?
    case validation
    /// Does the simulation agree with the test its inputs were fitted to? No validation.
    case calibration
  }
  /// The reference as given.
  public struct ReferenceResult: Codable, Sendable, Equatable {
    /// The value, in the unit of the quantity.
    public var value: Double
    /// One standard deviation, in the unit.
    public var uncertainty: Double
    /// Where it comes from.
    public var kind: Reference.Kind
    /// What a measurement was used for; `nil` for what was not measured.
    public var role: Reference.Role?
    /// Where it is published.
    public var source: String
  }
  /// The tolerance as given.
  public struct ToleranceResult: Codable, Sendable, Equatable {
    /// The largest difference allowed, in the unit.
    public var absolute: Double
    /// Over the reference, where it was given so.
    public var relative: Double?
    /// Why this much, in the words of the part file.
    public var reason: String
  }
  /// Its name in the part file.
  public var name: String
  /// What the comparison answers.
  public var question: Question
  /// What is read, as in the part file.
  public var read: String
  /// The unit of every figure here; `1` without dimension.
  public var unit: String
  /// What it is compared with.
  public var reference: ReferenceResult
  /// How far it may be off.
  public var tolerance: ToleranceResult
  /// What the models say, in their order.
  public var readings: [ReadingResult]
  /// How the readings change with the mesh, for each element type with three meshes.
  public var convergence: [MeshConvergence]
  /// Only for validation.
  public var uncertainty: ValidationUncertainty?
  /// Only for validation: how likely the error lies inside the tolerance.
  public var passProbability: Double?
  /// The worst of the stated models.
  public var verdict: Verdict
  /// What would help, where the verdict is not a plain one.
  public var advice: String?
}

/// A figure compared with a limit of the design.
public struct LimitResult: Codable, Sendable, Equatable {
  /// Its name in the part file.
  public var name: String
  /// What is read, as in the part file.
  public var read: String
  /// The side on which the figure has to stay.
  public var bound: PartLimit.Bound
  /// The limit, in the unit.
  public var limit: Double
  /// The unit of every figure here; `1` without dimension.
  public var unit: String
  /// Where the limit comes from.
  public var source: String
  /// What the models say, in their order.
  public var readings: [ReadingResult]
  /// The worst of the stated models.
  public var verdict: Verdict
}
