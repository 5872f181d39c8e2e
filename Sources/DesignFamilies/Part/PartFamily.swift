import DesignProblem

/// Brackets and beams in plane stress: stiff parts of a given volume.
public struct PartFamily: DesignFamily {
  /// `part`
  public let name = "part"
  /// 32×32, 64×64, 128×64.
  public let sizes = [
    GridSize(columns: 32, rows: 32), GridSize(columns: 64, rows: 64),
    GridSize(columns: 128, rows: 64),
  ]
  /// Cases of the catalogue, every tenth number one that training never sees; or any supports and loads.
  public let distributions = [
    TaskDistribution("catalogue", hasUnseen: true), TaskDistribution("random"),
  ]
  /// Energy, stress and displacement of the solid block under the loads, and where it is held and pulled.
  public let conditioning = ConditioningFields()
  /// Optimality criteria.
  public let search = ReferenceSearch()

  /// The family.
  public init() {}

  /// The task with a number, drawn by ``PartSampler``.
  public func task(_ number: Int, seed: UInt64, size: GridSize, from distribution: String?)
    throws(SamplerFault) -> DesignTask
  {
    let source: PartSampler.Source =
      switch distribution {
      case nil: .seen
      case "catalogue": number % 10 == 9 ? .unseen : .seen
      case "random": .random
      case let name?:
        throw SamplerFault(
          description: "the distribution '\(name)' is not known; there are catalogue, random")
      }
    return try PartSampler(size: size, source: source).problem(number, seed: seed)
  }

  /// Whether the task is held as no training task is.
  public func isUnseen(_ task: DesignTask) -> Bool {
    SupportCatalogue.unseen.contains { $0.name == task.caseName }
  }

  /// A tenth more strain energy than the reference has.
  public func limits(of task: DesignTask, by reference: ReferenceDesign) -> [DesignLimit] {
    [.stiffness(of: reference)]
  }

  /// Volumes, materials and loads that training has not seen.
  public func warnings(of task: DesignTask) -> [String] {
    var warnings: [String] = []
    let range = PartSampler(size: task.size).volumeFractions
    if !range.contains(task.volumeFraction) {
      warnings.append(
        "the volume fraction \(task.volumeFraction) lies outside the trained range, \(range.lowerBound) to \(range.upperBound)"
      )
    }
    let ratio = SolidPhase.aluminium6061.poissonsRatio
    if abs(task.material.poissonsRatio - ratio) > 0.05 {
      warnings.append(
        "Poisson's ratio of \(task.material.poissonsRatio) is not the \(ratio) that training has seen"
      )
    }
    if task.hasLongLoad {
      warnings.append(
        "a load acts on more than the \(DesignTask.longestTrainedLine) nodes in a row that training has seen: refine the design (gcgan-generate --refine 5)"
      )
    }
    if task.loads.count > 4 {
      warnings.append("\(task.loads.count) loads are more than the 4 that training has seen")
    }
    return warnings
  }
}
