public import DesignFamilies

/// Problems of the shipped family of parts, under one load case, for tests that need some.
public struct PartProblems: Sendable {
  /// Where supports and loads come from.
  public enum Source: String, Sendable, CaseIterable {
    /// The cases of the catalogue that training sees.
    case seen
    /// Those that are left out of training.
    case unseen
    /// Any numbers, kinds and places of supports and loads.
    case random
  }

  /// The family.
  public static let family: FamilyFile = {
    guard let family = Families.known.all.first(where: { $0.name == "part" }) as? FamilyFile
    else { preconditionFailure("there is no family 'part'") }
    return family
  }()
  /// The largest force of a problem, in newtons.
  public static let largestForce = 1000.0

  private let size: GridSize
  private let source: Source
  /// Volume fractions lie in this range.
  public let volumeFractions: ClosedRange<Double>

  /// Problems of a size.
  public init(
    size: GridSize, source: Source = .seen, volumeFractions: ClosedRange<Double> = 0.15...0.75
  ) {
    (self.size, self.source, self.volumeFractions) = (size, source, volumeFractions)
  }

  /// The problem with a number, without limits.
  public func problem(_ number: Int, seed: UInt64) throws -> DesignTask {
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
