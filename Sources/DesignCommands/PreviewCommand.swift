import ArrayFiles
package import DesignFamilies
import Parallelism
package import ProgramSupport

/// `gcgan-dataset --preview`: problems of a family with their reference designs on one picture.
package struct PreviewCommand: Sendable {
  /// The family that problems are of.
  package var family: any DesignFamily
  /// Problems on the sheet.
  package var count: Int
  /// What problems are drawn from.
  package var seed: UInt64
  /// Elements of the images.
  package var size: GridSize
  /// The name of one of the family's distributions; its first where there is none.
  package var distribution: String?
  /// The picture, or the folder that it goes to as `preview.png`.
  package var output: String
  /// Threads; all processors where there is none.
  package var threadCount: Int?

  /// A command.
  package init(
    family: any DesignFamily, count: Int, seed: UInt64, size: GridSize, distribution: String?,
    output: String, threadCount: Int?
  ) {
    self.family = family
    self.count = count
    self.seed = seed
    self.size = size
    self.distribution = distribution
    self.output = output
    self.threadCount = threadCount
  }

  /// Runs the command.
  package func run() -> ProgramStatus {
    ProgramStatus.of(output) {
      if let threadCount { WorkerPool.threadCount = threadCount }
      if let refusal = family.refusal(of: size) {
        StandardError.say(refusal)
        return .badData
      }
      var path = output
      if !output.hasSuffix(".png") {
        try OutputFolder(path: output).check()
        try OutputFolder(path: output).make()
        path += "/preview.png"
      }
      let name = distribution ?? family.distributions[0].name
      let tasks = try (0..<count).map {
        try family.task($0, seed: seed, size: size, from: name)
      }
      let references = try family.search.references(for: tasks)
      try DesignSheet.picture(of: tasks, named: tasks.indices.map { "\($0)" }, references)
        .write(to: path)
      print("\(count) problems of '\(family.name)' in \(path)")
      return .success
    }
  }
}

extension DesignFamily {
  /// Why a size is none of the family's; `nil` where it is.
  func refusal(of size: GridSize) -> String? {
    sizes.contains(size)
      ? nil
      : "the size \(size) is not supported; the family '\(name)' has \(sizes.map(\.description).joined(separator: ", "))"
  }
}
