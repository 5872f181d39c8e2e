public import Manufacturability
public import Tensors

/// Draws a design from the physical fields of a problem and two codes.
///
/// A U-shaped network: fields at half resolution go down to an eighth of that, where the *global code* sets what kind of design it becomes
/// (silhouette, load path), and come up again beside what they were on the way down; at the finest level the *local code*, an image of noise,
/// sets edges and thin members. The mean density is the problem's volume fraction by construction: logits are shifted by one number per design.
///
/// Fields are `[batch][field][row][column]`; sides are multiples of 16.
public struct Generator: Sendable {
  /// What the network is made of.
  public struct Shape: Codable, Sendable, Equatable {
    /// Channels of the conditioning fields.
    public var fieldCount: Int
    /// Channels at half resolution; 2, 3 and 4 times as many on the coarser levels.
    public var width: Int
    /// Residual blocks per level.
    public var blockCount: Int
    /// The length of the global code.
    public var globalCodeLength: Int
    /// Channels of the local code, an image of half the design's resolution.
    public var localCodeChannels: Int

    /// A shape.
    public init(
      fieldCount: Int, width: Int = 32, blockCount: Int = 2, globalCodeLength: Int = 16,
      localCodeChannels: Int = 4
    ) {
      self.fieldCount = fieldCount
      self.width = width
      self.blockCount = blockCount
      self.globalCodeLength = globalCodeLength
      self.localCodeChannels = localCodeChannels
    }
  }

  /// What the network is made of.
  public let shape: Shape
  private let stem: Convolution
  private var down: [[ResidualBlock]] = []
  private var shrink: [Convolution] = []
  private var middle: [ResidualBlock] = []
  private var grow: [Convolution] = []
  private var up: [[ResidualBlock]] = []
  private let local: Convolution
  private let spread: Convolution
  private let fine: Convolution
  private let head: Convolution

  /// Channels at full resolution.
  private var fineWidth: Int { shape.width / 2 }

  /// A network whose weights, drawn from a seed, are added to a list.
  public init(_ shape: Shape, in parameters: inout Parameters, random: inout SeededGenerator) {
    self.shape = shape
    let widths = [1, 2, 3, 4].map { $0 * shape.width }
    stem = Convolution(
      "generator.stem", shape.fieldCount, widths[0], kernel: 4, stride: 2, in: &parameters,
      random: &random)
    for level in 0..<3 {
      down.append(
        (0..<shape.blockCount).map {
          ResidualBlock(
            "generator.down.\(level).\($0)", widths[level], in: &parameters, random: &random)
        })
      shrink.append(
        Convolution(
          "generator.shrink.\(level)", widths[level], widths[level + 1], kernel: 4, stride: 2,
          in: &parameters, random: &random))
    }
    middle = (0..<shape.blockCount).map {
      ResidualBlock(
        "generator.middle.\($0)", widths[3], codeLength: shape.globalCodeLength, in: &parameters,
        random: &random)
    }
    for level in [2, 1, 0] {
      grow.append(
        Convolution(
          "generator.grow.\(level)", widths[level + 1] + widths[level], widths[level],
          in: &parameters, random: &random))
      up.append(
        (0..<shape.blockCount).map {
          ResidualBlock(
            "generator.up.\(level).\($0)", widths[level],
            codeLength: level == 0 ? 0 : shape.globalCodeLength, in: &parameters, random: &random)
        })
    }
    local = Convolution(
      "generator.local", shape.localCodeChannels, widths[0], kernel: 1, gain: 0.1, in: &parameters,
      random: &random)
    spread = Convolution(
      "generator.spread", widths[0], 2 * widths[0], in: &parameters, random: &random)
    fine = Convolution(
      "generator.fine", widths[0] / 2 + shape.fieldCount, widths[0] / 2, in: &parameters,
      random: &random)
    head = Convolution(
      "generator.head", widths[0] / 2, 1, gain: 0.3, in: &parameters, random: &random)
  }

  /// Densities, `[batch][1][row][column]`, of the mean that the fields' first channel asks for.
  ///
  /// - Parameters:
  ///   - fields: `[batch][field][row][column]`.
  ///   - globalCode: `[batch][length]`.
  ///   - localCode: `[batch][channel][row / 2][column / 2]`.
  public func callAsFunction(
    _ fields: Tensor, globalCode: Tensor, localCode: Tensor, _ parameters: Parameters
  ) -> Tensor {
    var x = stem(fields, parameters).leakyReLU(slope: leak)
    var passed: [Tensor] = []
    for level in 0..<3 {
      for block in down[level] { x = block(x, parameters) }
      passed.append(x)
      x = shrink[level](x, parameters).leakyReLU(slope: leak)
    }
    for block in middle { x = block(x, code: globalCode, parameters) }
    for (place, level) in [2, 1, 0].enumerated() {
      x = Tensor.concatenated([x.upsampledNearest(2), passed[level]], along: 1)
      x = grow[place](x, parameters).leakyReLU(slope: leak)
      if level == 0 { x = x + local(localCode, parameters) }
      for block in up[place] { x = block(x, code: level == 0 ? nil : globalCode, parameters) }
    }
    // Four channels become a square of four pixels (Shi and others 2016).
    let (batch, rows, columns) = (x.shape[0], x.shape[2], x.shape[3])
    x = spread(x, parameters).leakyReLU(slope: leak)
      .reshaped([batch, fineWidth, 2, 2, rows, columns]).permuted([0, 1, 4, 2, 5, 3])
      .reshaped([batch, fineWidth, 2 * rows, 2 * columns])
    x = fine(Tensor.concatenated([x, fields], along: 1), parameters).leakyReLU(slope: leak)
    return Self.density(of: head(x, parameters), volume: fields)
  }

  /// σ(x + s) with one s per design, so that the mean is the volume fraction in the fields' first channel.
  ///
  /// s is found by bisection, beyond gradients; one step of Newton's method from there changes nothing but carries the derivative of s, by the
  /// theorem of the implicit function.
  static func density(of logits: Tensor, volume fields: Tensor) -> Tensor {
    let batch = logits.shape[0]
    let target = fields.sliced(along: 1, 0..<1).mean(along: [1, 2, 3], keepingDimensions: true)
    let shift = Tensor.withoutGradient { () -> Tensor in
      let plain = logits.detached()
      let values = plain.doubles
      let count = values.count / batch
      let shifts = target.detached().doubles.enumerated().map { design, fraction in
        Self.shift(values[(design * count)..<((design + 1) * count)], mean: fraction)
      }
      return Tensor(shifts, shape: [batch, 1, 1, 1]).converted(to: logits.precision)
    }
    let design = (logits + shift).sigmoid()
    let excess = design.mean(along: [1, 2, 3], keepingDimensions: true) - target.detached()
    let slope = (design * (1 - design)).mean(along: [1, 2, 3], keepingDimensions: true).detached()
    return (logits + shift - excess / (slope + 1e-12)).sigmoid()
  }

  /// The s for which the mean of σ(x + s) is given.
  private static func shift(_ logits: ArraySlice<Double>, mean: Double) -> Double {
    var (low, high) = (-60.0, 60.0)
    for _ in 0..<40 {
      let middle = 0.5 * (low + high)
      var sum = 0.0
      for value in logits { sum += sigmoid(value + middle) }
      if sum < mean * Double(logits.count) { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
