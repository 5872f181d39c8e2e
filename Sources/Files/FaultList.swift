/// Collects what is wrong with an input, up to a number that a person still reads.
package struct FaultList: Sendable {
  /// What is wrong, in the order it was found.
  package private(set) var faults: [InputFault] = []
  /// Things that have no effect, for the user to know.
  package private(set) var warnings: [InputFault] = []
  /// Faults that were not kept.
  private var omittedCount = 0
  /// Warnings that were not kept.
  package private(set) var omittedWarningCount = 0

  /// Faults kept; one more line says how many were not.
  package static let capacity = 100
  /// Warnings kept.
  static let warningCapacity = 1000

  /// Nothing wrong yet.
  package init() {}

  /// Whether nothing is wrong.
  package var isEmpty: Bool { faults.isEmpty }
  /// Whether further faults would only be counted.
  package var isFull: Bool { faults.count >= Self.capacity }

  /// Adds a fault.
  package mutating func add(_ fault: InputFault) {
    if isFull { omittedCount += 1 } else { faults.append(fault) }
  }

  /// Adds a fault.
  package mutating func add(
    at place: InputFault.Location, _ problem: String, remedy: String = ""
  ) {
    add(InputFault(at: place, problem, remedy: remedy))
  }

  /// Adds something that has no effect.
  package mutating func warn(
    at place: InputFault.Location, _ problem: String, remedy: String = ""
  ) {
    if warnings.count < Self.warningCapacity {
      warnings.append(InputFault(at: place, problem, remedy: remedy))
    } else {
      omittedWarningCount += 1
    }
  }

  /// Throws all faults in the order of their places, if there are any.
  ///
  /// - Parameter files: File names in the order they were read.
  package func throwIfAny(files: [String]) throws(InputFaults) {
    guard !faults.isEmpty else { return }
    func key(_ fault: InputFault) -> (Int, Int) {
      (files.firstIndex(of: fault.location.file) ?? -1, fault.location.line ?? Int.max)
    }
    var sorted = faults.enumerated().sorted { a, b in
      let (first, second) = (key(a.element), key(b.element))
      return first == second ? a.offset < b.offset : first < second
    }.map(\.element)
    if omittedCount > 0, let file = files.first {
      sorted.append(
        InputFault(
          at: InputFault.Location(file: file), "\(omittedCount) more faults are not listed"))
    }
    throw InputFaults(sorted)
  }
}
