import DeckAnalysis
internal import FiniteElements
package import ProgramSupport

extension ProgramVersion: CustomStringConvertible {
  /// This program.
  package static var current: Self {
    let libraries = (NumericalLibraries.versions + [Versions.argumentParser, Versions.yams])
      .map { ($0.name, $0.version) }
    return Self(
      version: Versions.gcgan, commit: Versions.commit,
      libraries: Dictionary(libraries, uniquingKeysWith: { $1 }))
  }

  /// The versions, a line each.
  package var description: String { text(with: []) }

  /// The versions, a line each.
  ///
  /// - Parameter others: Libraries that no figure depends on, which the record of a run therefore does not name.
  package func text(with others: [Versions.Entry]) -> String {
    let program = "gcgan \(version)" + (commit.map { " (commit \($0))" } ?? "")
    let all = libraries.map { ($0.key, $0.value) } + others.map { ($0.name, $0.version) }
    return ([program] + all.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" })
      .joined(separator: "\n")
  }
}
