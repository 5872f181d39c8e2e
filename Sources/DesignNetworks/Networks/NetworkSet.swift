internal import DesignFamilies
internal import Manufacturability
internal import Tensors

/// The three networks of a run and their weights.
struct NetworkSet: Sendable {
  let generator: Generator
  let discriminators: Discriminators
  let signOff: SignOffNetwork
  var generatorParameters = Parameters()
  var discriminatorParameters = Parameters()
  var signOffParameters = Parameters()

  /// Networks as a config describes them, their weights drawn from its seed.
  ///
  /// - Parameters:
  ///   - family: What it tells, how many images its designs have, and along which axes they are periodic.
  ///   - asksLimits: Whether the sign-off network is asked about the limits of the tasks.
  init(_ config: TrainingConfig, of family: any DesignFamily, asksLimits: Bool) {
    let (fieldCount, imageCount) = (family.fieldNames.count, family.conditioning.solidCount)
    let periodic = family.periodicAxes
    var random = SeededGenerator(seed: config.seed, stream: 0)
    let size = config.generator
    generator = Generator(
      .init(
        fieldCount: fieldCount, width: size.width, blockCount: size.blockCount,
        globalCodeLength: size.globalCodeLength, localCodeChannels: size.localCodeChannels,
        imageCount: imageCount, periodic: periodic, cut: size.cut ?? 1),
      in: &generatorParameters, random: &random)
    discriminators = Discriminators(
      .init(
        fieldCount: fieldCount, width: config.discriminators.width,
        scaleCount: config.discriminators.scaleCount, imageCount: imageCount, periodic: periodic),
      in: &discriminatorParameters, random: &random)
    signOff = SignOffNetwork(
      fieldCount: fieldCount, width: config.signOffWidth, imageCount: imageCount,
      periodic: periodic, asksLimits: asksLimits, in: &signOffParameters, random: &random)
  }
}
