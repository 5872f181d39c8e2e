package import Files

/// Faults of one file, gathered so that all of them are told at once.
package final class YAMLFaults {
  /// The name for error texts.
  package let file: String
  /// What was found so far, in the order it was found.
  package private(set) var faults: [InputFault] = []

  /// No faults yet.
  package init(file: String) { self.file = file }

  /// Adds what is wrong in a line.
  package func add(_ line: Int, _ problem: String, remedy: String = "") {
    faults.append(InputFault(at: .init(file: file, line: line), problem, remedy: remedy))
  }

  /// Throws what was gathered, in the order of the lines.
  package func throwIfAny() throws(InputFaults) {
    guard !faults.isEmpty else { return }
    let ordered = faults.enumerated().sorted {
      ($0.element.location.line ?? 0, $0.offset) < ($1.element.location.line ?? 0, $1.offset)
    }
    throw InputFaults(ordered.map(\.element))
  }
}
