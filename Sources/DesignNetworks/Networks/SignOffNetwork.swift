internal import DesignFamilies
package import DesignProblem
package import Manufacturability
package import Tensors

/// Guesses how much softer than its reference the solver will find a design, without asking it: what else it would be refused for is seen
/// without a network (`DesignQuality.isWellFormed`).
///
/// It answers one question per limit of the objective's error, of which the sign-off's is one: how far a design is from that limit teaches more
/// than on which side it lies. Where tasks have limits of their own, one question more is whether the design keeps them all and the sign-off's on the
/// objective: what the sign-off says, as a task may have any of its family's limits.
package struct SignOffNetwork: Sendable {
  /// The limits of C / C_ref − 1 that are asked about.
  static let objectiveErrors = tighterLimits + [SignOffLimits().objectiveError] + looserLimits
  private static let (tighterLimits, looserLimits) = ([0.02, 0.05], [0.2, 0.5])
  private var layers: [Convolution] = []
  private var blocks: [ResidualBlock] = []
  /// Whether the limits of tasks are asked about.
  let asksLimits: Bool
  private let verdict: Linear
  private let hidden: Linear

  /// A network whose weights, drawn from a seed, are added to a list.
  ///
  /// - Parameters:
  ///   - fieldCount: Channels of the conditioning fields.
  ///   - width: Channels at half resolution.
  ///   - imageCount: Images of a design: density, and with two solids the share of the second.
  ///   - periodic: The axes along which designs are periodic.
  ///   - asksLimits: Whether tasks have limits that it is asked about.
  package init(
    fieldCount: Int, width: Int = 16, imageCount: Int = 1, periodic: Set<GridAxis> = [],
    asksLimits: Bool = false, in parameters: inout Parameters,
    random: inout SeededGenerator
  ) {
    for (step, widths) in [
      (fieldCount + imageCount, width), (width, 2 * width), (2 * width, 3 * width),
    ]
    .enumerated() {
      layers.append(
        Convolution(
          "sign-off.shrink.\(step)", widths.0, widths.1, kernel: 4, stride: 2, periodic: periodic,
          in: &parameters,
          random: &random))
      blocks.append(
        ResidualBlock(
          "sign-off.block.\(step)", widths.1, periodic: periodic, in: &parameters, random: &random))
    }
    self.asksLimits = asksLimits
    hidden = Linear("sign-off.hidden", 6 * width, 2 * width, in: &parameters, random: &random)
    verdict = Linear(
      "sign-off.verdict", 2 * width, Self.objectiveErrors.count + (asksLimits ? 1 : 0),
      in: &parameters, random: &random)
  }

  /// What is known once the solver has been asked: 1 for every limit that is kept.
  func answers(to quality: DesignQuality) -> [Float] {
    answers(
      objectiveError: quality.objectiveError,
      keepsLimits: !quality.breaksLimit
        && (quality.isObjectiveLimited
          || quality.objectiveError <= SignOffLimits().objectiveError)
    )
  }

  /// - Parameter keepsLimits: Not read where the limits of tasks are not asked about.
  func answers(objectiveError: Double, keepsLimits: Bool) -> [Float] {
    Self.objectiveErrors.map { objectiveError <= $0 ? 1 : 0 }
      + (asksLimits ? [keepsLimits ? 1 : 0] : [])
  }

  /// The chances that designs keep the sign-off's limits.
  func chances(_ designs: Tensor, fields: Tensor, _ parameters: Parameters) -> [Double] {
    let place = asksLimits ? Self.objectiveErrors.count : Self.tighterLimits.count
    return self(designs, fields: fields, parameters).sliced(along: 1, place..<(place + 1))
      .sigmoid().doubles
  }

  /// Logits, `[batch][limit]`, positive where the limit is kept.
  ///
  /// - Parameters:
  ///   - designs: Black and white, `[batch][image][row][column]`.
  ///   - fields: `[batch][field][row][column]`.
  package func callAsFunction(_ designs: Tensor, fields: Tensor, _ parameters: Parameters) -> Tensor
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
