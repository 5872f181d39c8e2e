internal import DesignFamilies
internal import DesignProblem

/// Parts that a change of temperature warms, with limits on their stress and on how far they are distorted: what limits cost a step of training.
struct LimitedParts: DesignFamily {
  private let parts = PartFamily()
  let name = "limited-part"
  var sizes: [GridSize] { parts.sizes }
  var distributions: [TaskDistribution] { parts.distributions }
  var conditioning: ConditioningFields { parts.conditioning }
  var search: ReferenceSearch { parts.search }

  func task(_ number: Int, seed: UInt64, size: GridSize, from distribution: String?)
    throws(SamplerFault) -> DesignTask
  {
    var task = try parts.task(number, seed: seed, size: size, from: distribution)
    task.stated.temperatureChange = 20
    // The objective stays that of forces alone.
    for place in task.stated.loadCases.indices { task.stated.loadCases[place].isWarm = false }
    task.stated.terms += [
      Term(.stress(Aggregate(away: 2)), weight: 0),
      // Of the whole part, as a side may be held.
      Term(
        .thermalDistortion(
          region: .box(lower: [0, 0], upper: [Double(size.columns), Double(size.rows)])),
        weight: 0),
    ]
    task.limits = ["stress", "thermal-distortion"].map {
      TaskLimit($0, .ofReference(1.2), reason: "a fifth more than the reference")
    }
    return task
  }

  func limits(of task: DesignTask, by reference: ReferenceDesign) -> [DesignLimit] {
    parts.limits(of: task, by: reference)
  }
}
