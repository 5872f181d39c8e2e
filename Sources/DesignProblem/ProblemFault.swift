/// What is wrong with a problem, and where.
package struct ProblemFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// The place, such as `supports[1].region`: names of properties and places in lists, from 0.
  package var place: String
  /// What is wrong.
  package var problem: String
  /// What to do about it; empty where the problem says it.
  package var remedy: String

  /// A fault.
  package init(_ place: String, _ problem: String, remedy: String = "") {
    self.place = place
    self.problem = problem
    self.remedy = remedy
  }

  /// Place, problem and remedy in a line.
  package var description: String { "\(place): \(problem)" + (remedy.isEmpty ? "" : "; \(remedy)") }
}

/// All that is wrong with a problem, told at once.
package struct ProblemFaults: Error, Sendable, Equatable, CustomStringConvertible {
  /// At least one.
  package let faults: [ProblemFault]

  /// Faults.
  package init(_ faults: [ProblemFault]) { self.faults = faults }

  /// A line per fault.
  package var description: String { faults.map(\.description).joined(separator: "\n") }
}
