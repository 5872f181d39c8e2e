internal import DesignProblem

extension FamilyFile: DesignFamily {
  /// ``FamilyFile/mainDistribution``, and the file's variants.
  package var distributions: [TaskDistribution] {
    samples.map { TaskDistribution($0.name, hasUnseen: $0.hasUnseen) }
  }

  /// The task with a number.
  ///
  /// What is drawn may have no solution, or loads too near to supports; then it is drawn anew from the same stream of numbers. Of a
  /// distribution with values that are held out every tenth number has one of them; without a name of a distribution no number has.
  package func task(_ number: Int, seed: UInt64, size: GridSize, from distribution: String?)
    throws(SamplerFault) -> DesignTask
  {
    let isUnseen = distribution != nil && number % 10 == 9
    return try task(number, seed: seed, size: size, from: distribution, isUnseen: isUnseen)
  }

  /// The task with a number, with values that training never sees, or without, whatever the number; a distribution without such values gives the
  /// same tasks for both.
  package func task(
    _ number: Int, seed: UInt64, size: GridSize, from distribution: String?, isUnseen: Bool
  ) throws(SamplerFault) -> DesignTask {
    guard let sample = samples.first(where: { $0.name == distribution ?? samples[0].name }) else {
      throw SamplerFault(
        description:
          "the distribution '\(distribution ?? "")' is not known; there are \(samples.map(\.name).joined(separator: ", "))"
      )
    }
    guard (8...512).contains(size.columns), (8...512).contains(size.rows) else {
      throw SamplerFault(
        description: "a grid of \(size) elements: 8 to 512 in each direction are supported")
    }
    var sampler = FamilySampler(
      self, sample, size: size, isUnseen: isUnseen && sample.hasUnseen, seed: seed, number: number)
    return try sampler.task()
  }

  /// Whether a task has a value that training never sees.
  package func isUnseen(_ task: DesignTask) -> Bool {
    let names = task.caseName.split(separator: " ").map(String.init)
    return heldOut.values.contains { held in names.contains { $0.isAmong(held) } }
  }

  /// Which mirrored and turned images of a task are tasks of the family too.
  package func symmetries(of size: GridSize) -> [Symmetry] { symmetry.symmetries(of: size) }
}

extension String {
  /// Whether a value's name is one of some, or of a group of such: `cantilever/2` is of `cantilever`.
  func isAmong(_ names: [String]) -> Bool {
    names.contains(self)
      || (firstIndex(of: "/").map { names.contains(String(self[..<$0])) } ?? false)
  }
}
