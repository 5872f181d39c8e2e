package import DesignFamilies
internal import Files
internal import Manufacturability
internal import Parallelism
internal import Synchronization
internal import Tensors

/// A training run between two updates: weights, optimizers, the pool's averages and the gate.
///
/// ```swift
/// var trainer = try Trainer(config, data)
/// while !trainer.isFinished { log(try trainer.makeStep()) }
/// ```
///
/// The same config and data give the same bits, step after step, on any number of threads.
package struct Trainer: Sendable {
  /// What one update did.
  package struct StepRecord: Codable, Sendable, Equatable {
    /// The update's number, from 1.
    package var step: Int
    /// Micro-steps that made it.
    package var microSteps: Int
    /// Designs seen since the start.
    package var samples: Int
    /// Terms, the means over the micro-steps, unweighted.
    package var losses: [String: Double]
    /// What the generator's micro-gradients tell.
    package var statistics: GradientPool.Statistics
    /// The running gradient noise scale in micro-gradients, where it is known and finite.
    package var noiseScale: Double?
    /// The gate's forecast for this update, in micro-gradients.
    package var forecast: Double?
    /// The mean squared error of the gate's forecasts in ln.
    package var gateError: Double?
    /// Seconds of the update.
    package var seconds: Double
    /// Seconds of them in the solver, both threads' together halved.
    package var physicsSeconds: Double

    /// A record.
    package init(
      step: Int, microSteps: Int, samples: Int, losses: [String: Double],
      statistics: GradientPool.Statistics, noiseScale: Double?, forecast: Double?,
      gateError: Double?, seconds: Double, physicsSeconds: Double
    ) {
      self.step = step
      self.microSteps = microSteps
      self.samples = samples
      self.losses = losses
      self.statistics = statistics
      self.noiseScale = noiseScale
      self.forecast = forecast
      self.gateError = gateError
      self.seconds = seconds
      self.physicsSeconds = physicsSeconds
    }
  }

  /// How the run is made.
  package let config: TrainingConfig
  /// Updates made.
  package internal(set) var step = 0
  /// Designs seen.
  package internal(set) var samples = 0
  let data: TrainingData
  var networks: NetworkSet
  /// The average of the generator's weights: what generates.
  var average: Parameters
  var generatorMuon: Muon
  var discriminatorAdam: Adam
  var signOffAdam: Adam
  var noise = NoiseAverage()
  var gate: AccumulationGate

  /// Weights drawn from the config's seed, nothing learned yet.
  package init(_ config: TrainingConfig, _ data: TrainingData) {
    self.config = config
    self.data = data
    networks = NetworkSet(config, of: data.family, asksLimits: data.hasLimits)
    average = networks.generatorParameters.detached()
    // Without momentum in the first moment a game of two does not swing (R3GAN has β₁ = 0).
    let secondDecay = config.learningRates.secondDecay ?? 0.99
    generatorMuon = Muon(
      learningRate: config.learningRates.generator, firstDecay: 0.5, secondDecay: secondDecay)
    discriminatorAdam = Adam(
      learningRate: config.learningRates.discriminators, firstDecay: 0, secondDecay: secondDecay)
    signOffAdam = Adam(learningRate: config.learningRates.signOff, secondDecay: secondDecay)
    var random = SeededGenerator(seed: config.seed, stream: 1)
    gate = AccumulationGate(random: &random)
  }

  /// The problems kept back from training, to see how it goes.
  package var validationProblems: [DesignTask] { data.validation.map(\.problem) }

  /// What a run ends with, and how far it is there.
  package struct Goal: Sendable, Equatable {
    /// `updates` or `designs`.
    package var unit: String
    /// Made or seen.
    package var done: Int
    /// Wanted.
    package var wanted: Int

    /// A goal.
    package init(unit: String, done: Int, wanted: Int) {
      self.unit = unit
      self.done = done
      self.wanted = wanted
    }

    /// 0 to 1, and more where the last update went beyond it.
    var share: Double { Double(done) / Double(max(1, wanted)) }
  }

  /// Updates or designs, whichever are nearer to what is wanted of them.
  package var goal: Goal { config.goal(step: step, samples: samples) }
  /// How much of the run is done, 0 to 1.
  package var progress: Double { goal.share }
  /// Whether all updates are made, or all designs seen.
  package var isFinished: Bool { progress >= 1 }

  /// Makes one update.
  ///
  /// - Throws: ``TrainingFault/notFinite(term:step:)`` where a term or gradient is no number; all weights are those of the update before then.
  package mutating func makeStep() throws -> StepRecord {
    let clock = ContinuousClock()
    let start = clock.now
    let forecast = config.accumulation.rule == .gate ? gate.forecast : nil
    var wanted = microStepCount(forecast)
    var generatorPool = GradientPool()
    var discriminatorPool = GradientPool()
    var signOffPool = GradientPool()
    var sums: [String: (sum: Double, count: Int)] = [:]
    var physicsSeconds = 0.0
    while generatorPool.count < wanted {
      let first = generatorPool.count
      // Two at a time whatever the machine, so that the memory is that of two.
      for microStep in try microSteps(first..<min(first + 2, wanted)) {
        for (name, value) in microStep.losses {
          guard value.isFinite else { throw TrainingFault.notFinite(term: name, step: step + 1) }
          sums[name, default: (0, 0)].sum += value
          sums[name, default: (0, 0)].count += 1
        }
        generatorPool.add(microStep.generator, size: microStep.designCount)
        discriminatorPool.add(microStep.discriminators, size: microStep.designCount)
        signOffPool.add(microStep.signOff, size: microStep.verdictCount)
        physicsSeconds += microStep.physicsSeconds / 2
      }
      let statistics = generatorPool.statistics
      if config.accumulation.rule == .gate, generatorPool.count == wanted,
        wanted < config.accumulation.largest, statistics.count > 1,
        statistics.noiseScale > config.accumulation.varianceThreshold * Double(wanted)
      {
        wanted = config.accumulation.largest
      }
    }
    let statistics = generatorPool.statistics
    for (name, pool) in [
      ("the generator's gradient", generatorPool),
      ("the discriminators' gradient", discriminatorPool),
      ("the sign-off network's gradient", signOffPool),
    ] {
      guard pool.statistics.norm.isFinite else {
        throw TrainingFault.notFinite(term: name, step: step + 1)
      }
    }
    update(generatorPool.mean, discriminatorPool.mean, signOffPool.mean)
    step += 1
    samples += generatorPool.count * config.microBatch
    noise.add(statistics)
    let losses = sums.mapValues { $0.sum / Double($0.count) }
    let gateError =
      config.accumulation.rule == .gate
      ? try gate.observe(
        statistics, generatorLoss: losses["adversarial"] ?? 0,
        discriminatorLoss: losses["discriminators"] ?? 0) : nil
    return StepRecord(
      step: step, microSteps: generatorPool.count, samples: samples, losses: losses,
      statistics: statistics, noiseScale: noise.noiseScale.flatMap { $0.isFinite ? $0 : nil },
      forecast: forecast, gateError: gateError, seconds: (clock.now - start) / .seconds(1),
      physicsSeconds: physicsSeconds)
  }

  /// How many micro-steps the rule wants for the next update.
  private func microStepCount(_ forecast: Double?) -> Int {
    let accumulation = config.accumulation
    let wanted: Double? =
      switch accumulation.rule {
      case .fixed: nil
      case .warmUp: nil
      case .noiseScale: noise.noiseScale
      case .gate: forecast ?? noise.noiseScale
      }
    guard let wanted else {
      return accumulation.rule == .warmUp
        ? config.warmUpCount(step: step, samples: samples) : accumulation.count
    }
    // One micro-gradient alone says nothing about its noise.
    return Int(min(Double(accumulation.largest), max(2, wanted)).rounded())
  }

  /// Runs micro-steps side by side; their gradients come in the order of the steps.
  private func microSteps(_ range: Range<Int>) throws -> [MicroStep.Gradients] {
    let results = Mutex(
      [Result<MicroStep.Gradients, any Error>?](repeating: nil, count: range.count))
    let work = MicroStep(networks: networks, config: config, data: data, step: step)
    let seed = config.seed
    let step = step
    WorkerPool.forEach(range.count) { place in
      let stream = UInt64(step) << 20 | UInt64(range.lowerBound + place + 2)
      let result = Result { try work.run(SeededGenerator(seed: seed, stream: stream)) }
      results.withLock { $0[place] = result }
    }
    return try results.withLock { try $0.compactMap { try $0?.get() } }
  }

  private mutating func update(
    _ generator: [Tensor], _ discriminators: [Tensor], _ signOff: [Tensor]
  ) {
    // Young moments know too little for whole steps.
    let factor = min(1, Double(step + 1) / 100) * config.rateFactor(step: step, samples: samples)
    generatorMuon.learningRate = factor * config.learningRates.generator
    discriminatorAdam.learningRate = factor * config.learningRates.discriminators
    signOffAdam.learningRate = factor * config.learningRates.signOff
    generatorMuon.step(&networks.generatorParameters.tensors, gradients: generator)
    discriminatorAdam.step(&networks.discriminatorParameters.tensors, gradients: discriminators)
    signOffAdam.step(&networks.signOffParameters.tensors, gradients: signOff)
    // Young averages forget faster, or the first weights would stay for long.
    let decay = min(config.averageDecay, Double(1 + step) / Double(10 + step))
    average.tensors.accumulate(
      networks.generatorParameters.tensors, scale: 1 - decay, keeping: decay)
  }
}

/// Why training stopped.
package enum TrainingFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// A term or a gradient is no number.
  case notFinite(term: String, step: Int)
  /// A checkpoint or a model cannot be taken up.
  case unusableCheckpoint(path: String, reason: String)
  /// A checkpoint or a model has other bytes than it was written with.
  case damaged(path: String, reason: String, remedy: String)
  /// A run's folder is not one, or has a run already.
  case folder(path: String, reason: String)

  /// What happened, and what to do about it.
  package var description: String {
    switch self {
    case .notFinite(let term, let step):
      "update \(step): '\(term)' is no number; the weights of the update before are kept; lower the learning rates or the term's weight"
    case .unusableCheckpoint(let path, let reason): "\(path) cannot be taken up: \(reason)"
    case .damaged(let path, let reason, let remedy): "\(path) is damaged: \(reason); \(remedy)"
    case .folder(let path, let reason): "\(path): \(reason)"
    }
  }
}
