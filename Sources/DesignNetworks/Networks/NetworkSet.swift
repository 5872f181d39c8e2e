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
  /// - Parameter fieldCount: Channels of the conditioning fields of the family.
  init(_ config: TrainingConfig, fieldCount: Int) {
    var random = SeededGenerator(seed: config.seed, stream: 0)
    generator = Generator(
      config.generator.shape(fieldCount: fieldCount), in: &generatorParameters, random: &random)
    discriminators = Discriminators(
      .init(
        fieldCount: fieldCount, width: config.discriminators.width,
        scaleCount: config.discriminators.scaleCount), in: &discriminatorParameters,
      random: &random)
    signOff = SignOffNetwork(
      fieldCount: fieldCount, width: config.signOffWidth, in: &signOffParameters, random: &random)
  }
}

extension TrainingConfig.GeneratorSize {
  func shape(fieldCount: Int) -> Generator.Shape {
    .init(
      fieldCount: fieldCount, width: width, blockCount: blockCount,
      globalCodeLength: globalCodeLength, localCodeChannels: localCodeChannels)
  }
}
