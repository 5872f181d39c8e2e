/// What is wrong with a problem, and where.
public struct ProblemFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// The place, such as `supports[1].region`: names of properties and places in lists, from 0.
  public var place: String
  /// What is wrong.
  public var problem: String
  /// What to do about it; empty where the problem says it.
  public var remedy: String

  /// A fault.
  public init(_ place: String, _ problem: String, remedy: String = "") {
    self.place = place
    self.problem = problem
    self.remedy = remedy
  }

  /// Place, problem and remedy in a line.
  public var description: String { "\(place): \(problem)" + (remedy.isEmpty ? "" : "; \(remedy)") }
}

/// All that is wrong with a problem, told at once.
public struct ProblemFaults: Error, Sendable, Equatable, CustomStringConvertible {
  /// At least one.
  public let faults: [ProblemFault]

  /// Faults.
  public init(_ faults: [ProblemFault]) { self.faults = faults }

  /// A line per fault.
  public var description: String { faults.map(\.description).joined(separator: "\n") }
}
