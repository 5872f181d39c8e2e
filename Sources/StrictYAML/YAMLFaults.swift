public import Files

/// Faults of one file, gathered so that all of them are told at once.
public final class YAMLFaults {
  /// The name for error texts.
  public let file: String
  /// What was found so far, in the order it was found.
  public private(set) var faults: [InputFault] = []

  /// No faults yet.
  public init(file: String) { self.file = file }

  /// Adds what is wrong in a line.
  public func add(_ line: Int, _ problem: String, remedy: String = "") {
    faults.append(InputFault(at: .init(file: file, line: line), problem, remedy: remedy))
  }

  /// Throws what was gathered, in the order of the lines.
  public func throwIfAny() throws(InputFaults) {
    guard !faults.isEmpty else { return }
    let ordered = faults.enumerated().sorted {
      ($0.element.location.line ?? 0, $0.offset) < ($1.element.location.line ?? 0, $1.offset)
    }
    throw InputFaults(ordered.map(\.element))
  }
}
