import DesignFamilies
import DesignProblem
import TestSupport

/// The part family as if it came from a file, and with periodic axes.
struct FiledPart: DesignFamily {
  private let part = PartProblems.family
  let text: String?
  let hash: String?
  let periodicAxes: Set<GridAxis>
  var name: String { part.name }
  var sizes: [GridSize] { part.sizes }
  var distributions: [TaskDistribution] { part.distributions }
  var search: ReferenceSearch { part.search }
  var conditioning: ConditioningFields { part.conditioning }

  init(_ text: String? = nil, _ hash: String? = nil, periodicAxes: Set<GridAxis> = []) {
    (self.text, self.hash, self.periodicAxes) = (text, hash, periodicAxes)
  }

  func task(_ number: Int, seed: UInt64, size: GridSize, from distribution: String?)
    throws(SamplerFault) -> DesignTask
  {
    try part.task(number, seed: seed, size: size, from: distribution)
  }
}
