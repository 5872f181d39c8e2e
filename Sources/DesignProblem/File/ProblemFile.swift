internal import Files

/// What a `problem.yml` says: a problem, and how a design for it is looked for.
package struct ProblemFile: Sendable, Equatable {
  /// The format this reader knows, the value of the key `gcgan`.
  package static let format = "problem/1"
  /// The largest file that is read, in bytes.
  package static let largestSize = 1 << 20
  /// Most elements of a grid that a file may ask for: 4096 × 4096.
  package static let mostElements = 1 << 24

  /// One line for reports; `nil` where the file has none.
  package var title: String?
  /// The problem; in SI units where ``hasUnits``, else in its own consistent units.
  package var problem: ManufacturabilityProblem
  /// How a design is looked for; `nil` where the file does not say.
  package var optimisation: OptimisationOptions?
  /// Whether values were written with their units.
  package var hasUnits: Bool

  /// What a file says.
  package init(
    title: String? = nil, problem: ManufacturabilityProblem,
    optimisation: OptimisationOptions? = nil, hasUnits: Bool = false
  ) {
    self.title = title
    self.problem = problem
    self.optimisation = optimisation
    self.hasUnits = hasUnits
  }

  /// The JSON Schema (draft 2020-12) of a problem file.
  ///
  /// What it says of terms comes from the rows of the measures.
  package static var schema: String {
    let parts = String(decoding: PackageResources.problem_schema_json, as: UTF8.self)
      .split(separator: "\"the measures\"", maxSplits: 1)
    return parts.joined(
      separator: JSONText.array(MeasureRow.all.map(\.schema)).text(indentedBy: "        "))
  }
}
