internal import DesignProblem
internal import StrictYAML
internal import Synchronization

/// What the tasks of a family are like: what training has seen.
struct FamilyRange: Sendable {
  /// Volume fractions.
  var volumeFractions: ClosedRange<Double>
  /// Poisson's ratios of solids.
  var poissonsRatios: ClosedRange<Double>
  /// The most forces in a load case, load cases, and nodes side by side with forces in one direction.
  var loadCount = 0, caseCount = 0, lineLength = 0

  /// Tasks that are drawn to see what a family's are like.
  private static let taskCount = 200

  /// What tasks of the family's own sample are like; `nil` where none can be drawn.
  init?(of family: FamilyFile, size: GridSize) {
    let tasks = (0..<Self.taskCount).compactMap {
      try? family.task($0, seed: 1, size: size, from: nil)
    }
    guard let first = tasks.first else { return nil }
    volumeFractions = first.volumeFraction...first.volumeFraction
    poissonsRatios = first.material.poissonsRatio...first.material.poissonsRatio
    for task in tasks {
      volumeFractions = volumeFractions.with(task.volumeFraction)
      poissonsRatios = poissonsRatios.with(task.material.poissonsRatio)
      caseCount = max(caseCount, task.stated.loadCases.count)
      for loadCase in task.stated.loadCases { loadCount = max(loadCount, loadCase.loads.count) }
      lineLength = max(lineLength, task.longestLine)
    }
    if let stated = family.statedVolumeFractions { volumeFractions = stated }
  }

  /// What of a task lies outside.
  func warnings(of task: DesignTask) -> [String] {
    var warnings: [String] = []
    let volumes = volumeFractions
    if !volumes.contains(task.volumeFraction) {
      warnings.append(
        "the volume fraction \(task.volumeFraction) lies outside the trained range, \(volumes.lowerBound) to \(volumes.upperBound)"
      )
    }
    let (ratio, ratios) = (task.material.poissonsRatio, poissonsRatios)
    if ratio < ratios.lowerBound - 0.05 || ratio > ratios.upperBound + 0.05 {
      warnings.append(
        "Poisson's ratio of \(ratio) is not the \(ratios.upperBound) that training has seen")
    }
    if task.longestLine > lineLength {
      warnings.append(
        "a load acts on more than the \(lineLength) nodes in a row that training has seen: refine the design (gcgan-generate --refine 5)"
      )
    }
    let most = task.stated.loadCases.map(\.loads.count).max() ?? 0
    if most > loadCount {
      warnings.append("\(most) loads are more than the \(loadCount) that training has seen")
    }
    if task.stated.loadCases.count > caseCount {
      warnings.append(
        "\(task.stated.loadCases.count) load cases are more than the \(caseCount) that training has seen"
      )
    }
    return warnings
  }
}

/// The ranges of a family by size, each found once.
final class FamilyRanges: Sendable {
  private let ranges = Mutex<[GridSize: FamilyRange?]>([:])

  func range(of family: FamilyFile, size: GridSize) -> FamilyRange? {
    ranges.withLock { ranges in
      if let range = ranges[size] { return range }
      let range = FamilyRange(of: family, size: size)
      ranges.updateValue(range, forKey: size)
      return range
    }
  }
}

extension FamilyFile {
  /// What of a task lies outside of what the family draws.
  package func warnings(of task: DesignTask) -> [String] {
    let size = sizes.contains(task.size) ? task.size : sizes[0]
    return ranges.range(of: self, size: size)?.warnings(of: task) ?? []
  }

  /// The ends of the volume fraction where it is uniform between two numbers.
  fileprivate var statedVolumeFractions: ClosedRange<Double>? {
    guard case .name(let path) = volumeFraction.content, path.path.isEmpty,
      let entry = samples[0].names.first(where: { $0.key == path.name }),
      case .distribution(.uniform(let least, let most, _)) = entry.template.content,
      case .constant(.text(let a)) = least.content, case .constant(.text(let b)) = most.content,
      let lower = Scalar(a)?.value, let upper = Scalar(b)?.value, lower <= upper
    else { return nil }
    return lower...upper
  }
}

extension DesignTask {
  /// Nodes of the longest line of forces in one direction, in any load case.
  fileprivate var longestLine: Int {
    stated.loadCases.reduce(0) { longest, loadCase in
      var task = self
      task.stated.loadCases = [loadCase]
      return NodalLoads(of: task).groups.reduce(longest) { max($0, $1.nodes.count) }
    }
  }
}

extension ClosedRange<Double> {
  /// The range and a number.
  fileprivate func with(_ number: Double) -> Self {
    Swift.min(lowerBound, number)...Swift.max(upperBound, number)
  }
}
