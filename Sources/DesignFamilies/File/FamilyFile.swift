package import DesignProblem

/// A design family that is a file, `family.yml`: a problem file whose numbers are drawn, how references are found, and the limits designs are
/// judged by. What a family file says is in Docs/FamilyFile.md.
///
/// ```swift
/// let family = try FamilyFile(contentsOf: "brackets.yml")
/// let task = try family.task(7, seed: 1, size: family.sizes[0], from: nil)
/// ```
package struct FamilyFile: Sendable {
  /// The format this reader knows, the value of the key `gcgan`.
  package static let format = "family/1"
  /// The largest file that is read, in bytes.
  package static let largestSize = 1 << 20
  /// The name of the distribution that the file's own `sample` is.
  package static let mainDistribution = "main"

  /// The name on command lines and in data sets, models and part files.
  package let name: String
  /// One line for reports; `nil` where the file has none.
  package let title: String?
  /// The grids that the family is for.
  package let sizes: [GridSize]
  /// The file's text, whole.
  package let text: String?
  /// How reference designs are found.
  package let search: ReferenceSearch
  /// What a generator is told about a task.
  package var conditioning: ConditioningFields
  /// Directions in which designs repeat.
  package let periodicAxes: Set<GridAxis>
  /// The JSON Schema (draft 2020-12) of a family file.
  package static var schema: String {
    String(decoding: PackageResources.family_schema_json, as: UTF8.self)
  }

  /// What the file calls itself in error texts.
  let file: String
  /// What is drawn anew wherever its name stands.
  let definitions: [String: Template]
  /// The file's own sample, and the others that it names.
  let samples: [FamilySample]
  /// A problem file in which names stand.
  let problem: Template
  /// The share of the grid to be filled.
  let volumeFraction: Template
  /// A list of limits in which names may stand.
  let limits: Template?
  /// Values of sampled names that training never sees, by the names; `a` stands for `a/1`, `a/2` … too.
  let heldOut: [String: [String]]
  /// The length of the largest force, in newtons; `nil` where forces stay as they are drawn.
  let largestForce: Double?
  /// Which mirrored and turned images of a problem are problems of the family too.
  let symmetry: FamilySymmetry
  /// What its tasks are like, found when it is asked for.
  var ranges = FamilyRanges()
}

/// What problems are drawn from.
struct FamilySample: Sendable {
  /// The name on command lines.
  let name: String
  /// Names and what their values are drawn from, in the order they are drawn.
  let names: [Template.Entry]
  /// Shares of the longer side that loads keep from supports, and heat sources from sinks.
  let clearance: Double
  /// Whether some problems are of a kind that training never sees.
  var hasUnseen = false
}

/// Which symmetries of the grid lay every problem of a family onto another one.
enum FamilySymmetry: String, CaseIterable, Sendable {
  /// All that lay the grid onto itself.
  case all
  /// Mirrored left to right.
  case leftRight = "left-right"
  /// Mirrored upside down.
  case upsideDown = "upside-down"
  case none

  /// The symmetries of a grid; the identity first.
  func symmetries(of size: GridSize) -> [Symmetry] {
    Symmetry.all(of: size).filter {
      switch self {
      case .all: true
      case .leftRight: !$0.swapsAxes && !$0.mirrorsY
      case .upsideDown: !$0.swapsAxes && !$0.mirrorsX
      case .none: !$0.swapsAxes && !$0.mirrorsX && !$0.mirrorsY
      }
    }
  }
}
