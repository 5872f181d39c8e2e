/// A `problem.yml`: a problem, and how designs are looked for where it says so.
///
/// Numbers with units mean SI. Plain numbers are in the problem's own consistent units. A file has one or the other:
/// units are never guessed. `Docs/ProblemFile.md` has the keys.
public struct ProblemFile: Sendable, Equatable {
  /// The format that the first line names.
  public static let format = "problem/1"
  /// The problem.
  public var problem: ManufacturabilityProblem
  /// How designs are looked for; `nil` where the file does not say.
  public var optimisation: TopologyOptimisation.Options?

  /// A file.
  public init(problem: ManufacturabilityProblem, optimisation: TopologyOptimisation.Options? = nil)
  {
    self.problem = problem
    self.optimisation = optimisation
  }
}
