import DeckAnalysis
internal import FiniteElements
internal import ProgramSupport

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
  package var description: String {
    let program = "gcgan \(version)" + (commit.map { " (commit \($0))" } ?? "")
    return ([program] + libraries.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
      .joined(separator: "\n")
  }
}
