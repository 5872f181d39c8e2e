package import Files
package import Quantities

/// What a `part.yml` says: models to solve, figures to read from them, and what those are judged by.
package struct PartFile: Sendable {
  /// The format this reader knows, the value of the key `gcgan`.
  package static let format = "part/1"

  /// What a part is a design of, by the name of its design family.
  package struct Family: RawRepresentable, Codable, Sendable, Hashable {
    /// The name.
    package let rawValue: String
    /// A bracket, a beam, or a part of no family in particular.
    package static let part = Self(unchecked: "part")

    /// A family; `nil` where the text is no name: lower-case letters, digits and hyphens, a letter first, 40 characters at most.
    package init?(rawValue: String) {
      let letters = UnicodeScalar("a")...UnicodeScalar("z")
      let isName = rawValue.unicodeScalars.allSatisfy {
        letters.contains($0) || ("0"..."9").contains($0) || $0 == "-"
      }
      guard isName, rawValue.unicodeScalars.first.map(letters.contains) == true,
        rawValue.utf8.count <= 40
      else { return nil }
      self.init(unchecked: rawValue)
    }

    private init(unchecked name: String) { rawValue = name }
  }

  /// One line for reports.
  package var title: String
  /// What the part is a design of.
  package var family: Family
  /// Context of use: what the answer is for.
  package var context: String
  /// The consistent units of the decks.
  package var units: UnitSystem
  /// The decks to solve, at least one unless the part is not judged.
  package var models: [PartModel]
  /// What is read and compared with a reference.
  package var quantities: [PartQuantity]
  /// What is read and compared with a limit of the design.
  package var limits: [PartLimit]
  /// Where a generated design comes from; `nil` where not said.
  package var provenance: DesignProvenance?
  /// What whoever made the part wants its readers to know, such as a problem outside the range that a network was trained on.
  package var warnings: [String]
  /// Answers to questions that would leave the part undecided.
  package var confirmed: [PartConfirmation]
  /// Why there is nothing to judge; such a part has no models. `nil` for all others.
  package var notJudged: String? = nil
}

/// One deck of a part.
package struct PartModel: Sendable, Hashable {
  /// The name other keys refer to.
  package var name: String
  /// The deck's path inside the part's folder.
  package var deck: String
  /// Whether the tolerances are stated at this model, so that it decides the verdict.
  package var isStated: Bool
}

/// A figure that is read from the models and compared with a reference.
package struct PartQuantity: Sendable {
  /// Its name in reports, unique in the part.
  package var name: String
  /// What is read, and where.
  package var reading: PartReading
  /// Models it is read from, by name; `nil` for all.
  package var models: [String]?
  /// What it is compared with.
  package var reference: Reference
  /// How far it may be off.
  package var tolerance: Tolerance
  /// One standard deviation that the scatter of the inputs makes of it; `nil` where not stated.
  package var inputUncertainty: Spread?
}

/// A limit of the design.
package struct PartLimit: Sendable {
  /// The side on which the figure has to stay.
  package enum Bound: String, Codable, Sendable { case below, above }
  /// Its name in reports, unique in the part.
  package var name: String
  /// What is read, and where.
  package var reading: PartReading
  /// Models it is read from, by name; `nil` for all.
  package var models: [String]?
  /// The side on which the figure has to stay.
  package var bound: Bound
  /// The limit; its unit is the one that reports use.
  package var limit: Quantity
  /// Where the limit comes from.
  package var source: String
}

/// What is read from a solved model, and where.
package struct PartReading: Sendable {
  /// What is read.
  package var observable: Observable
  /// `nil` for figures of the whole part.
  package var place: Place?
  /// A place whose reading is subtracted.
  package var minus: Place?
  /// A constant by which the reading is divided.
  package var over: Quantity?
  /// What counts as zero of the figure: subtracted from every value that is read. `nil` for nothing.
  package var zero: Quantity?
  /// The step, from 1; `nil` for the last.
  package var step: Int?
  /// Steps that are read together, in the place of ``step``.
  package var steps: PartSteps?
  /// Places near which an extreme value is not looked for; only limits have them.
  package var awayFrom: SingularPlaces?

  /// Whether sizes over a set become one number.
  var isNorm: Bool { if case .norm = place { true } else { false } }

  /// What the reading measures after division.
  package var dimension: PhysicalDimension {
    over.map { observable.dimension / $0.dimension } ?? observable.dimension
  }
}

/// A standard deviation, relative or in a unit.
package enum Spread: Sendable, Hashable {
  /// A share of the value: 0.01 is one per cent.
  case relative(Double)
  /// A difference in a unit.
  case absolute(Quantity)
}

/// How far a result may be off its reference, and why.
package struct Tolerance: Sendable, Hashable {
  /// How far.
  package var size: Spread
  /// Why this much and not more.
  package var reason: String
}

/// What a result is compared with.
package struct Reference: Sendable {
  /// Where a reference comes from; only `physical` is a simulation against a physical test.
  package enum Kind: String, CaseIterable, Codable, Sendable {
    case analytic, benchmark
    case otherSolver = "other-solver"
    case physical, synthetic
  }
  /// What a measurement was used for; data of one role are never used in the other.
  package enum Role: String, CaseIterable, Codable, Sendable { case calibration, validation }

  /// The value; its unit is the one that reports use.
  package var value: Quantity
  /// One standard deviation.
  package var uncertainty: Spread
  /// Where it comes from.
  package var kind: Kind
  /// Where it is published.
  package var source: String
  /// Only for `physical`.
  package var role: Role?
}
