import DesignFamilies
import Manufacturability
import Tensors
import Testing

@testable import DesignNetworks
@testable import DesignProblem

@Suite("Micro-steps") struct MicroStepTests {
  /// With penalties, physics with limits, twins, and verdicts for the sign-off network, of which some designs have none.
  @Test func `micro-batches of unequal sizes have, weighted, the gradients of one batch of all`()
    throws
  {
    let data = try SmallRun.data.get()
    var config = SmallRun.config
    (config.physics.start, config.physics.ramp, config.losses.penaltyInterval) = (0, 0, 1)
    var networks = NetworkSet(config, of: data.family, asksLimits: true)
    networks.generatorParameters = networks.generatorParameters.converted(to: .double)
    networks.discriminatorParameters = networks.discriminatorParameters.converted(to: .double)
    networks.signOffParameters = networks.signOffParameters.converted(to: .double)
    let step = MicroStep(networks: networks, config: config, data: data, step: 0)
    let batches = try [5, 3, 9].map { size in
      config.microBatch = size
      var random = SeededGenerator(seed: 3, stream: UInt64(size))
      return try limited(
        MicroStep(networks: networks, config: config, data: data, step: 0).drawBatch(&random))
    }
    var pools = [GradientPool](repeating: GradientPool(), count: 3)
    for batch in batches {
      let part = try step.gradients(of: batch)
      #expect(part.losses.contains { $0.name == "limit stress" })
      #expect(part.losses.contains { $0.name == "penalty" })
      pools[0].add(part.generator, size: part.designCount)
      pools[1].add(part.discriminators, size: part.designCount)
      pools[2].add(part.signOff, size: part.verdictCount)
    }
    let whole = try step.gradients(of: joined(batches))
    #expect(whole.designCount == 17)
    for (pool, gradient) in zip(pools, [whole.generator, whole.discriminators, whole.signOff]) {
      var difference = pool.mean
      difference.accumulate(gradient, scale: -1)
      let length = gradient.squaredNorm.squareRoot()
      #expect(length > 0)
      // The figure of the promise; round-off is far below it.
      #expect(difference.squaredNorm.squareRoot() <= 1e-6 * length)
    }
  }

  /// A batch in double precision whose tasks are heated and limited: some of the limits are broken.
  private func limited(_ batch: MicroStep.Batch) throws -> MicroStep.Batch {
    var batch = batch
    for place in batch.problems.indices {
      var task = batch.problems[place]
      task.stated.temperatureChange = 10
      task.stated.terms += [
        Term(.stress(Aggregate(away: 2)), weight: 0),
        Term(.thermalDistortion(region: .edge(side: .right)), weight: 0),
      ]
      let values = try ManufacturabilityLoss(of: task.manufacturability()).evaluate(
        [Array(repeating: task.volumeFraction, count: task.size.elementCount)],
        .init(gradient: .none))[0].get().terms.map(\.value)
      task.limits = [
        TaskLimit("stress", .value(0.5 * values[1]), reason: "yield"),
        TaskLimit(
          "thermal-distortion", .value((1 + 0.2 * Double(place)) * values[2]), reason: "fit"),
      ]
      batch.problems[place] = task
    }
    batch.fields = batch.fields.converted(to: .double)
    batch.real = batch.real.converted(to: .double)
    batch.globalCode = batch.globalCode.converted(to: .double)
    batch.localCode = batch.localCode.converted(to: .double)
    return batch
  }

  /// The designs of several batches in the order of one: those with twins first, the twins last.
  private func joined(_ batches: [MicroStep.Batch]) -> MicroStep.Batch {
    func joined<Item>(_ items: (MicroStep.Batch) -> [Item]) -> [Item] {
      batches.flatMap { Array(items($0).prefix($0.twinCount)) }
        + batches.flatMap { Array(items($0).dropFirst($0.twinCount).dropLast($0.twinCount)) }
        + batches.flatMap { Array(items($0).suffix($0.twinCount)) }
    }
    func joined(_ tensor: (MicroStep.Batch) -> Tensor) -> Tensor {
      Tensor.concatenated(
        joined { batch in
          (0..<batch.problems.count).map { tensor(batch).sliced(along: 0, $0..<($0 + 1)) }
        }, along: 0)
    }
    return MicroStep.Batch(
      problems: joined(\.problems), objectives: joined(\.objectives), fields: joined(\.fields),
      real: joined(\.real), globalCode: joined(\.globalCode), localCode: joined(\.localCode),
      twinCount: batches.reduce(0) { $0 + $1.twinCount }, codeTwins: 0..<0,
      referenceCount: batches.reduce(0) { $0 + $1.referenceCount })
  }
}
