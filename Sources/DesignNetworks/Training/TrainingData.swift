package import DesignFamilies
internal import DesignProblem
internal import Files
internal import Manufacturability

/// A data set made ready for training: problems, reference designs, and the conditioning fields, one solve per problem.
package struct TrainingData: Sendable {
  /// One problem with its reference design.
  struct Sample: Sendable {
    let problem: DesignTask
    /// `[image][row][column]`: what is solid, and with two solids what is the second.
    let design: [Float]
    let objective: Double
    let fields: [Float]
  }

  /// The family that problems are of.
  package let family: any DesignFamily
  /// Elements of the images.
  package let size: GridSize
  /// The data set's own words, and with them its hashes.
  package let manifest: DatasetManifest
  let train: [Sample]
  let validation: [Sample]
  /// Whether tasks limit their measures.
  var hasLimits: Bool { train.contains { !$0.problem.limits.isEmpty } }
  let symmetries: [(symmetry: Symmetry, sources: [Int])]

  /// Solves for the fields of the training and validation problems.
  ///
  /// - Parameters:
  ///   - families: Where the set's family is looked for.
  ///   - didSolve: Told how many of all problems are solved, now and then.
  /// - Throws: ``DatasetFault`` where there is nothing to train on, or the set's family is not known; a `DesignFault` of the solver.
  package init(
    _ dataset: Dataset, families: Families = .known,
    didSolve: (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws {
    let family = try dataset.manifest.family(in: families, folder: dataset.folder)
    self.family = family
    size = dataset.manifest.size
    for (axis, length) in [(GridAxis.x, size.columns), (.y, size.rows)]
    where family.periodicAxes.contains(axis) && !length.isMultiple(of: 16) {
      throw DatasetFault.mismatch(
        folder: dataset.folder,
        expected: "a multiple of 16 elements along the periodic axis \(axis.rawValue)",
        found: "\(length)")
    }
    guard size.columns.isMultiple(of: 16), size.rows.isMultiple(of: 16), size.rows >= 32 else {
      throw DatasetFault.mismatch(
        folder: dataset.folder, expected: "a size in multiples of 16, from 32 rows on",
        found: "\(size)")
    }
    manifest = dataset.manifest
    let (first, second) = (dataset.places(of: .train), dataset.places(of: .validation))
    let all = first.count + second.count
    train = try Self.samples(dataset, first, family) { didSolve($0, all) }
    validation = try Self.samples(dataset, second, family) { didSolve(first.count + $0, all) }
    guard !train.isEmpty else { throw DatasetFault.empty(folder: dataset.folder) }
    let size = size
    symmetries = family.symmetries(of: size).filter(family.keepsPeriodicAxes).map {
      ($0, $0.sources(on: size))
    }
  }

  private static func samples(
    _ dataset: Dataset, _ places: [Int], _ family: any DesignFamily,
    didSolve: (_ done: Int) -> Void
  ) throws -> [Sample] {
    var samples: [Sample] = []
    samples.reserveCapacity(places.count)
    for start in stride(from: 0, to: places.count, by: 256) {
      didSolve(start)
      let part = places[start..<min(start + 256, places.count)]
      let fields = try family.conditioning.fields(of: part.map { dataset.all.problems[$0] })
      for (place, fields) in zip(part, fields) {
        samples.append(
          Sample(
            problem: dataset.all.problems[place],
            design: dataset.all.designs[place].density.map(Float.init),
            objective: dataset.all.objectives[place], fields: try fields.get()))
      }
    }
    return samples
  }

  /// A sample as it is, mirrored or turned, with its loads or the opposite ones.
  func augmented(_ sample: Sample, _ random: inout SeededGenerator) -> Sample {
    let choice = Int(random.next() % UInt64(symmetries.count))
    let isNegated = random.next() & 1 == 1
    // Under the opposite loads all terms stay what they are but the mean displacement along a direction.
    let negates =
      isNegated
      && !sample.problem.stated.terms.contains {
        if case .displacement = $0.measure { true } else { false }
      }
    let (symmetry, sources) = symmetries[choice]
    let isOpposite = negates && sample.problem.isSameUnderOppositeLoads
    return Sample(
      problem: sample.problem.imaged(symmetry),
      design: stride(from: 0, to: sample.design.count, by: sources.count).flatMap { first in
        sources.map { sample.design[first + $0] }
      },
      objective: sample.objective,
      fields: family.conditioning.imaged(
        sample.fields, by: symmetry, negatesLoads: isOpposite, sources: sources))
  }
}

extension DesignFamily {
  /// Whether a symmetry lays periodic axes onto periodic axes.
  func keepsPeriodicAxes(_ symmetry: Symmetry) -> Bool {
    !symmetry.swapsAxes || periodicAxes.contains(.x) == periodicAxes.contains(.y)
  }
}
