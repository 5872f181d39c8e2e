public import Manufacturability
public import Tensors

/// Guesses whether the solver will find a design stiff enough to sign it off, without asking it: what else it would be refused for is seen
/// without a network (`PartQuality.isWellFormed`).
///
/// - Returns: Logits: positive for yes.
public struct SignOffNetwork: Sendable {
  private var layers: [Convolution] = []
  private var blocks: [ResidualBlock] = []
  private let verdict: Linear
  private let hidden: Linear

  /// A network whose weights, drawn from a seed, are added to a list.
  ///
  /// - Parameter width: Channels at half resolution.
  public init(
    fieldCount: Int, width: Int = 16, in parameters: inout Parameters,
    random: inout SeededGenerator
  ) {
    for (step, widths) in [(fieldCount + 1, width), (width, 2 * width), (2 * width, 3 * width)]
      .enumerated()
    {
      layers.append(
        Convolution(
          "sign-off.shrink.\(step)", widths.0, widths.1, kernel: 4, stride: 2, in: &parameters,
          random: &random))
      blocks.append(
        ResidualBlock("sign-off.block.\(step)", widths.1, in: &parameters, random: &random))
    }
    hidden = Linear("sign-off.hidden", 6 * width, 2 * width, in: &parameters, random: &random)
    verdict = Linear("sign-off.verdict", 2 * width, 1, in: &parameters, random: &random)
  }

  /// Logits, `[batch][1]`.
  ///
  /// - Parameters:
  ///   - designs: Black and white, `[batch][1][row][column]`.
  ///   - fields: `[batch][field][row][column]`.
  public func callAsFunction(_ designs: Tensor, fields: Tensor, _ parameters: Parameters) -> Tensor
  {
    var x = Tensor.concatenated([designs, fields], along: 1)
    for (layer, block) in zip(layers, blocks) {
      x = block(layer(x, parameters).leakyReLU(slope: leak), parameters)
    }
    // The worst place decides as much as the mean: a norm near the largest goes along.
    let mean = x.mean(along: [2, 3])
    let worst = (x.square().square().mean(along: [2, 3]) + 1e-8).sqrt().sqrt()
    let both = Tensor.concatenated([mean, worst], along: 1)
    return verdict(hidden(both, parameters).leakyReLU(slope: leak), parameters)
  }
}
