package import DesignFamilies
import Parallelism
package import ProgramSupport

/// `gcgan-dataset --random`: how many random designs keep the limits of a family.
package struct RandomDesignsCommand: Sendable {
  /// The family that problems are of.
  package var family: any DesignFamily
  /// Problems, one random design each.
  package var count: Int
  /// What problems are drawn from.
  package var seed: UInt64
  /// Elements of the images.
  package var size: GridSize
  /// The name of one of the family's distributions; its first where there is none.
  package var distribution: String?
  /// Threads; all processors where there is none.
  package var threadCount: Int?

  /// A command.
  package init(
    family: any DesignFamily, count: Int, seed: UInt64, size: GridSize, distribution: String?,
    threadCount: Int?
  ) {
    self.family = family
    self.count = count
    self.seed = seed
    self.size = size
    self.distribution = distribution
    self.threadCount = threadCount
  }

  /// Runs the command.
  package func run() -> ProgramStatus {
    ProgramStatus.of(family.name) {
      if let threadCount { WorkerPool.threadCount = threadCount }
      if let refusal = family.refusal(of: size) {
        StandardError.say(refusal)
        return .badData
      }
      let name = distribution ?? family.distributions[0].name
      let tasks = try (0..<count).map {
        try family.task($0, seed: seed, size: size, from: name)
      }
      let random = try RandomDesigns(for: tasks, search: family.search)
      print("\(random.signedOffCount) of \(random.count) random designs are signed off")
      for limit in random.limits {
        let share = (1000 * limit.medianShare).rounded() / 1000
        print(
          "\(limit.term): \(limit.brokenCount) of \(limit.count) break the limit; median of value over bound \(share)"
        )
      }
      return .success
    }
  }
}
