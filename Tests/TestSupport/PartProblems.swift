package import DesignFamilies

/// Problems of the shipped family of parts, under one load case, for tests that need some.
package struct PartProblems: Sendable {
  /// Where supports and loads come from.
  package enum Source: String, Sendable, CaseIterable {
    /// The cases of the catalogue that training sees.
    case seen
    /// Those that are left out of training.
    case unseen
    /// Any numbers, kinds and places of supports and loads.
    case random
  }

  /// The family.
  package static let family: FamilyFile = {
    guard let family = Families.known.all.first(where: { $0.name == "part" }) as? FamilyFile
    else { preconditionFailure("there is no family 'part'") }
    return family
  }()
  /// The largest force of a problem, in newtons.
  package static let largestForce = 1000.0

  private let size: GridSize
  private let source: Source
  /// Volume fractions lie in this range.
  package let volumeFractions: ClosedRange<Double>

  /// Problems of a size.
  package init(
    size: GridSize, source: Source = .seen, volumeFractions: ClosedRange<Double> = 0.15...0.75
  ) {
    (self.size, self.source, self.volumeFractions) = (size, source, volumeFractions)
  }

  /// The problem with a number, without limits.
  package func problem(_ number: Int, seed: UInt64) throws -> DesignTask {
    var task = try Self.family.task(
      number, seed: seed, size: size, from: source == .random ? "random" : "catalogue",
      isUnseen: source == .unseen)
    task.limits = []
    guard volumeFractions != 0.15...0.75 else { return task }
    let share = (task.volumeFraction - 0.15) / 0.6
    task.volumeFraction =
      volumeFractions.lowerBound + (volumeFractions.upperBound - volumeFractions.lowerBound) * share
    return task
  }
}
