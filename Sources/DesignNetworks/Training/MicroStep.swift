internal import DesignFamilies
internal import Manufacturability
internal import Tensors

/// One micro-batch: what the networks make of it, all terms, and the gradients of all weights.
///
/// Everything random comes from one stream, so a micro-step has the same bits wherever and whenever it runs.
struct MicroStep {
  /// The gradients of all weights, and the values of the terms.
  struct Gradients: Sendable {
    var generator: [Tensor]
    var discriminators: [Tensor]
    var signOff: [Tensor]
    /// Designs that the gradients of generator and discriminators are the means of.
    var designCount: Int
    /// Verdicts that the sign-off network's gradient is the mean of.
    var verdictCount: Int
    /// Terms by name, unweighted.
    var losses: [(name: String, value: Double)]
    /// Seconds in the solver.
    var physicsSeconds: Double
  }

  let networks: NetworkSet
  let config: TrainingConfig
  let data: TrainingData
  let step: Int

  func run(_ random: SeededGenerator) throws -> Gradients {
    var random = random
    return try gradients(of: drawBatch(&random))
  }

  /// What the designs of one batch teach: means over its designs, so that those of several batches, weighted by their sizes, have the mean of one batch of all.
  func gradients(of batch: Batch) throws -> Gradients {
    let drawn = networks.generator(
      batch.fields, globalCode: batch.globalCode, localCode: batch.localCode,
      networks.generatorParameters)
    let discriminators = try discriminatorSide(drawn, batch)
    // Terms are taken by the designs; the generator follows at the end, once.
    let designs = drawn.detached(requiresGradient: true)
    let image = try imageLoss(designs, batch, realVerdicts: discriminators.realVerdicts)
    let physics = try physics(designs, batch, beside: image.gradient)
    var byDesigns = [image.gradient]
    if let gradient = physics.gradient {
      byDesigns.accumulate([gradient])
    }
    let diversity = try diversity(designs, batch, besideObjective: physics.gradient)
    if let gradient = diversity.gradient, let weight = config.losses.diversity {
      byDesigns.accumulate([gradient], scale: weight)
    }
    let generatorGradient = try Tensor.gradient(
      of: drawn, withRespectTo: networks.generatorParameters.tensors, outputGradient: byDesigns[0])
    let signOff = try signOff(drawn.detached(), batch)
    return Gradients(
      generator: generatorGradient, discriminators: discriminators.gradient,
      signOff: signOff.gradient, designCount: batch.problems.count,
      verdictCount: signOff.verdictCount,
      losses: discriminators.losses + image.losses + physics.losses + diversity.losses
        + signOff.losses,
      physicsSeconds: physics.seconds + signOff.seconds)
  }

  /// Terms by name, unweighted.
  private typealias Losses = [(name: String, value: Double)]

  /// Teaches the discriminators to tell what is drawn from references, every few updates with the penalties of their slopes.
  private func discriminatorSide(_ drawn: Tensor, _ batch: Batch) throws -> (
    gradient: [Tensor], realVerdicts: [Tensor], losses: Losses
  ) {
    let weights = config.losses
    let isPenalised = step % weights.penaltyInterval == 0
    let real = batch.real.detached(requiresGradient: isPenalised)
    let shown = drawn.detached(requiresGradient: isPenalised)
    let parameters = networks.discriminatorParameters
    let realVerdicts = networks.discriminators(real, fields: batch.fields, parameters)
    let shownVerdicts = networks.discriminators(shown, fields: batch.fields, parameters)
    var loss = AdversarialLoss.discriminators(real: realVerdicts, generated: shownVerdicts)
    var losses = [("discriminators", loss.item)]
    if isPenalised {
      let penalty =
        try AdversarialLoss.penalty(realVerdicts, by: real)
        + AdversarialLoss.penalty(shownVerdicts, by: shown)
      losses.append(("penalty", penalty.item))
      loss = loss + penalty * (weights.penalty * Double(weights.penaltyInterval))
    }
    let gradient = try Tensor.gradient(of: loss, withRespectTo: parameters.tensors)
    return (gradient, realVerdicts.map { $0.detached() }, losses)
  }

  /// How like the references designs are, to the eye and to the discriminators, and how little local codes change: all terms but physics.
  private func imageLoss(_ designs: Tensor, _ batch: Batch, realVerdicts: [Tensor]) throws -> (
    gradient: Tensor, losses: Losses
  ) {
    let weights = config.losses
    let reconstruction =
      batch.codeTwins.isEmpty
      ? Self.crossEntropy(designs, batch.real).mean()
      : freeOfTwins(Self.crossEntropy(designs, batch.real).mean(along: [1, 2, 3]), batch)
    var losses = [("reconstruction", reconstruction.item)]
    var total = reconstruction * weights.reconstruction
    if weights.adversarial > 0 {
      let verdicts = networks.discriminators(
        designs, fields: batch.fields, networks.discriminatorParameters.detached())
      let adversarial = AdversarialLoss.generator(real: realVerdicts, generated: verdicts)
      losses.append(("adversarial", adversarial.item))
      total = total + adversarial * weights.adversarial
    }
    if batch.twinCount > 0 {
      let disentanglement = Self.silhouetteChange(designs, batch.twinCount)
      losses.append(("disentanglement", disentanglement.item))
      // For one twin in eight designs; other shares weigh as many times as much, so that twins count alike in batches of any size.
      let share = Double(Self.designsPerTwin * batch.twinCount) / Double(batch.problems.count)
      total = total + disentanglement * (weights.disentanglement * share)
    }
    return (try Tensor.gradient(of: total, withRespectTo: [designs])[0], losses)
  }

  /// The mean over the designs, of two of one problem only the smaller.
  private func freeOfTwins(_ errors: Tensor, _ batch: Batch) -> Tensor {
    let weights = DiversityTerm.weights(of: errors.detached().doubles, twins: batch.codeTwins)
    let count = Double(batch.problems.count - batch.codeTwins.count)
    return (errors * Tensor(weights, shape: [weights.count])).sum() * (1 / count)
  }

  /// How much designs differ where their codes do, as far as the objective is not raised by it.
  private func diversity(_ designs: Tensor, _ batch: Batch, besideObjective objective: Tensor?)
    throws -> (gradient: Tensor?, losses: Losses)
  {
    let codeTwins = batch.codeTwins
    guard !codeTwins.isEmpty else { return (nil, []) }
    let (loss, difference) = DiversityTerm.loss(
      designs.sliced(along: 0, 0..<codeTwins.count), designs.sliced(along: 0, codeTwins))
    let gradient = try Tensor.gradient(of: loss, withRespectTo: [designs])[0]
    return (
      objective.map {
        DiversityTerm.withoutConflict(gradient, objective: $0) { byLogits($0, designs) }
      } ?? gradient, [("diversity", loss.item), ("twin-difference", difference)]
    )
  }

  /// What the solver says of designs, and its gradient made as long beside that of the other terms as the share says, whatever its unit: commensurate by
  /// construction, design by design, so that it does not matter which designs share a micro-step.
  private func physics(_ designs: Tensor, _ batch: Batch, beside other: Tensor) throws -> (
    gradient: Tensor?, losses: Losses, seconds: Double
  ) {
    let share = config.physics.share(at: step)
    guard share > 0 else { return (nil, [], 0) }
    let clock = ContinuousClock()
    let start = clock.now
    let term = config.physics.term
    let losses = try zip(batch.problems, batch.objectives).map {
      try term.loss(of: $0, reference: $1)
    }
    let (cost, parts) = try term(designs, losses)
    let gradient = try Tensor.gradient(of: cost, withRespectTo: [designs])[0]
    let seconds = (clock.now - start) / .seconds(1)
    let squares = squaredLengths(gradient, designs)
    let scales = zip(squares, squaredLengths(other, designs)).map { physics, others in
      physics > 0 ? share * (others / physics).squareRoot() : 0
    }
    let scale = Tensor(scales, shape: [scales.count, 1, 1, 1]).converted(to: gradient.precision)
    let length = squares.reduce(0, +).squareRoot()
    return (
      gradient * scale, [("physics", cost.item), ("physics-gradient", length)] + parts, seconds
    )
  }

  /// The squared length of each design's gradient by the logits.
  private func squaredLengths(_ gradient: Tensor, _ designs: Tensor) -> [Double] {
    byLogits(gradient, designs).converted(to: .double).square().sum(along: [1, 2, 3]).doubles
  }

  /// A gradient by the logits that the generator gives each design a shift of its own to, so that its mean stays what it is: with s = ρ (1 − ρ) what is
  /// left of g s when its mean over the design is taken out along s. By the densities, cross entropy is without bound where a density is wrong
  /// and saturated. Where the shift holds the volume through a cut, the mean is taken out along the slope of the cut.
  ///
  /// The shares of a second solid have no shift.
  private func byLogits(_ gradient: Tensor, _ designs: Tensor) -> Tensor {
    if designs.shape[1] == 2 {
      let shares = designs.detached().sliced(along: 1, 1..<2)
      return Tensor.concatenated(
        [
          byLogits(gradient.sliced(along: 1, 0..<1), designs.sliced(along: 1, 0..<1)),
          gradient.sliced(along: 1, 1..<2) * shares * (1 - shares),
        ], along: 1)
    }
    func mean(_ image: Tensor) -> Tensor { image.mean(along: [1, 2, 3], keepingDimensions: true) }
    let designs = designs.detached()
    let steepness = designs * (1 - designs)
    guard let k = config.generator.cut else {
      let shift = mean(gradient * steepness) / (mean(steepness) + 1e-12)
      return (gradient - shift) * steepness
    }
    let (solid, void) = (designs.pow(k), (1 - designs).pow(k))
    // σ′(k x) with x the logit of ρ.
    let slope = solid * void / (solid + void).square()
    return gradient * steepness - slope * (mean(gradient * steepness) / (mean(slope) + 1e-12))
  }

  /// −t ln ρ − (1 − t) ln(1 − ρ) of every pixel.
  private static func crossEntropy(_ designs: Tensor, _ targets: Tensor) -> Tensor {
    // Kept off 0 and 1 by what single precision tells apart.
    let ρ = designs * (1 - 2e-6) + 1e-6
    return -(targets * ρ.log() + (1 - targets) * (1 - ρ).log())
  }

  /// The mean squared difference of the silhouettes at 32 rows of designs that differ in their local codes alone.
  private static func silhouetteChange(_ designs: Tensor, _ count: Int) -> Tensor {
    let batch = designs.shape[0]
    let factor = max(1, designs.shape[2] / 32)
    let difference =
      designs.sliced(along: 0, 0..<count) - designs.sliced(along: 0, (batch - count)..<batch)
    return (factor == 1 ? difference : difference.averagePooled(factor)).square().mean()
  }

  /// Teaches the sign-off network how soft the solver finds what the generator draws now, and that references are not. Drawings whose loads nothing
  /// carries have no compliance, and teach nothing.
  private func signOff(_ drawn: Tensor, _ batch: Batch) throws -> (
    gradient: [Tensor], verdictCount: Int, losses: Losses, seconds: Double
  ) {
    var weighted = networks.signOffParameters.tensors.zeros
    guard config.losses.signOff > 0 else { return (weighted, 1, [], 0) }
    let clock = ContinuousClock()
    let start = clock.now
    let size = data.size
    let imageCount = networks.generator.shape.imageCount
    let count = imageCount * size.elementCount
    func cut(_ images: Tensor, _ places: Range<Int>) -> [SolidDesign] {
      let values = images.doubles
      return places.map { place in
        SolidDesign(
          size: size, thresholding: Array(values[(place * count)..<((place + 1) * count)]))
      }
    }
    let designs = cut(drawn, batch.problems.indices)
    // References at the end of the batch's own designs: what is drawn well passes, too. What they keep of their tasks' limits the solver says.
    let references = 0..<batch.referenceCount
    let asksLimits = networks.signOff.asksLimits
    let judged = try DesignQuality.strictly(
      designs + (asksLimits ? cut(batch.real, references) : []),
      for: batch.problems + (asksLimits ? references.map { batch.problems[$0] } : []),
      references: batch.objectives + (asksLimits ? references.map { batch.objectives[$0] } : []))
    let qualities = Array(judged.prefix(designs.count))
    let asked = designs.indices.filter { qualities[$0].objectiveError.isFinite }
    let images = asked.map { place in
      Tensor(designs[place].density.map(Float.init), shape: [1] + drawn.shape.dropFirst())
        .converted(to: drawn.precision)
    }
    let logits = networks.signOff(
      Tensor.concatenated(images + [batch.real.sliced(along: 0, references)], along: 0),
      fields: Tensor.concatenated(
        asked.map { batch.fields.sliced(along: 0, $0..<($0 + 1)) }
          + [batch.fields.sliced(along: 0, references)], along: 0),
      networks.signOffParameters)
    let answers =
      asked.map { networks.signOff.answers(to: qualities[$0]) }
      + references.map { place in
        networks.signOff.answers(
          objectiveError: 0,
          keepsLimits: !asksLimits || !judged[designs.count + place].breaksLimit)
      }
    let loss = logits.binaryCrossEntropy(
      targets: Tensor(answers.flatMap { $0 }, shape: [answers.count, answers[0].count])
        .converted(to: drawn.precision))
    let gradient = try Tensor.gradient(
      of: loss, withRespectTo: networks.signOffParameters.tensors)
    weighted.accumulate(gradient, scale: config.losses.signOff)
    let limits = SignOffLimits()
    func share(_ predicate: (DesignQuality) -> Bool) -> Double {
      Double(qualities.lazy.filter(predicate).count) / Double(qualities.count)
    }
    return (
      weighted, answers.count,
      [
        ("sign-off", loss.item),
        ("signed-off-share", share { $0.isSignedOff(limits) }),
        ("failure-share", share(\.isFailure)),
        ("floating-share", share(\.isFloating)),
      ] + (asksLimits ? [("limits-broken-share", share(\.breaksLimit))] : []),
      (clock.now - start) / .seconds(1)
    )
  }

  /// What one micro-step learns from.
  struct Batch {
    var problems: [DesignTask]
    var objectives: [Double]
    var fields: Tensor
    var real: Tensor
    var globalCode: Tensor
    var localCode: Tensor
    /// Designs at the end that repeat the first ones with another local code.
    var twinCount: Int
    /// The places before them of designs that repeat the first ones with other codes, where differences are rewarded.
    var codeTwins: Range<Int>
    /// How many of the first designs' references are shown to the sign-off network.
    var referenceCount: Int
  }

  /// Designs of a micro-batch for each that has a twin, and for each reference that the sign-off network is shown.
  private static let designsPerTwin = 8

  func drawBatch(_ random: inout SeededGenerator) -> Batch {
    let count = config.microBatch
    let referenceCount = max(1, count / Self.designsPerTwin)
    let twinCount = config.losses.disentanglement > 0 ? referenceCount : 0
    let end = count - twinCount
    let codeTwins = (config.losses.diversity == nil ? end : end - max(1, count / 4))..<end
    let shape = networks.generator.shape
    var samples = (0..<codeTwins.lowerBound).map { _ in
      data.augmented(data.train[random.nextIndex(below: data.train.count)], &random)
    }
    samples += samples.prefix(codeTwins.count)
    samples += samples.prefix(twinCount)
    var globalCode = (0..<((count - twinCount) * shape.globalCodeLength)).map { _ in
      Float(random.nextNormal())
    }
    globalCode += globalCode.prefix(twinCount * shape.globalCodeLength)
    let (rows, columns) = (data.size.rows, data.size.columns)
    let localCode = (0..<(count * shape.localCodeChannels * rows / 2 * columns / 2)).map { _ in
      Float(random.nextNormal())
    }
    return Batch(
      problems: samples.map(\.problem), objectives: samples.map(\.objective),
      fields: Tensor(
        samples.flatMap(\.fields), shape: [count, shape.fieldCount, rows, columns]),
      real: Tensor(samples.flatMap(\.design), shape: [count, shape.imageCount, rows, columns]),
      globalCode: Tensor(globalCode, shape: [count, shape.globalCodeLength]),
      localCode: Tensor(
        localCode, shape: [count, shape.localCodeChannels, rows / 2, columns / 2]),
      twinCount: twinCount, codeTwins: codeTwins, referenceCount: referenceCount)
  }
}
