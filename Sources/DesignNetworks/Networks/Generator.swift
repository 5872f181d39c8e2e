package import DesignProblem
package import Manufacturability
package import Tensors

/// Draws a design from the physical fields of a problem and two codes.
///
/// A U-shaped network: fields at half resolution go down to an eighth of that, where the *global code* sets what kind of design it becomes
/// (silhouette, load path), and come up again beside what they were on the way down; at the finest level the *local code*, an image of noise,
/// sets edges and thin members. The mean density is the problem's volume fraction by construction: logits are shifted by one number per design.
///
/// With two solids a second image is the share of the second one, which nothing holds. Along periodic axes all convolutions go on at the other end.
///
/// Fields are `[batch][field][row][column]`; sides are multiples of 16.
package struct Generator: Sendable {
  /// What the network is made of.
  package struct Shape: Codable, Sendable, Equatable {
    /// Channels of the conditioning fields.
    package var fieldCount: Int
    /// Channels at half resolution; 2, 3 and 4 times as many on the coarser levels.
    package var width: Int
    /// Residual blocks per level.
    package var blockCount: Int
    /// The length of the global code.
    package var globalCodeLength: Int
    /// Channels of the local code, an image of half the design's resolution.
    package var localCodeChannels: Int
    /// Images of a design: density, and with two solids the share of the second.
    package var imageCount: Int
    /// The axes along which designs are periodic.
    package var periodic: Set<GridAxis>
    /// The steepness *k* of the cut through which the volume is held; see ``Generator/density(of:volume:cut:)``.
    package var cut: Double

    /// A shape.
    package init(
      fieldCount: Int, width: Int = 32, blockCount: Int = 2, globalCodeLength: Int = 16,
      localCodeChannels: Int = 4, imageCount: Int = 1, periodic: Set<GridAxis> = [],
      cut: Double = 1
    ) {
      self.fieldCount = fieldCount
      self.width = width
      self.blockCount = blockCount
      self.globalCodeLength = globalCodeLength
      self.localCodeChannels = localCodeChannels
      (self.imageCount, self.periodic, self.cut) = (imageCount, periodic, cut)
    }
  }

  /// What the network is made of.
  package let shape: Shape
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
  package init(_ shape: Shape, in parameters: inout Parameters, random: inout SeededGenerator) {
    self.shape = shape
    let periodic = shape.periodic
    let widths = [1, 2, 3, 4].map { $0 * shape.width }
    stem = Convolution(
      "generator.stem", shape.fieldCount, widths[0], kernel: 4, stride: 2, periodic: periodic,
      in: &parameters,
      random: &random)
    for level in 0..<3 {
      down.append(
        (0..<shape.blockCount).map {
          ResidualBlock(
            "generator.down.\(level).\($0)", widths[level], periodic: periodic, in: &parameters,
            random: &random)
        })
      shrink.append(
        Convolution(
          "generator.shrink.\(level)", widths[level], widths[level + 1], kernel: 4, stride: 2,
          periodic: periodic,
          in: &parameters, random: &random))
    }
    middle = (0..<shape.blockCount).map {
      ResidualBlock(
        "generator.middle.\($0)", widths[3], codeLength: shape.globalCodeLength, periodic: periodic,
        in: &parameters,
        random: &random)
    }
    for level in [2, 1, 0] {
      grow.append(
        Convolution(
          "generator.grow.\(level)", widths[level + 1] + widths[level], widths[level],
          periodic: periodic,
          in: &parameters, random: &random))
      up.append(
        (0..<shape.blockCount).map {
          ResidualBlock(
            "generator.up.\(level).\($0)", widths[level],
            codeLength: level == 0 ? 0 : shape.globalCodeLength, periodic: periodic,
            in: &parameters, random: &random)
        })
    }
    local = Convolution(
      "generator.local", shape.localCodeChannels, widths[0], kernel: 1, gain: 0.1,
      periodic: periodic, in: &parameters,
      random: &random)
    spread = Convolution(
      "generator.spread", widths[0], 2 * widths[0], periodic: periodic, in: &parameters,
      random: &random)
    fine = Convolution(
      "generator.fine", widths[0] / 2 + shape.fieldCount, widths[0] / 2, periodic: periodic,
      in: &parameters,
      random: &random)
    head = Convolution(
      "generator.head", widths[0] / 2, shape.imageCount, gain: 0.3, periodic: periodic,
      in: &parameters, random: &random)
  }

  /// Designs, `[batch][image][row][column]`: densities of the mean that the fields' first channel asks for, and with two solids the share of the
  /// second.
  ///
  /// - Parameters:
  ///   - fields: `[batch][field][row][column]`.
  ///   - globalCode: `[batch][length]`.
  ///   - localCode: `[batch][channel][row / 2][column / 2]`.
  package func callAsFunction(
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
    let logits = head(x, parameters)
    guard shape.imageCount == 2 else {
      return Self.density(of: logits, volume: fields, cut: shape.cut)
    }
    return Tensor.concatenated(
      [
        Self.density(of: logits.sliced(along: 1, 0..<1), volume: fields, cut: shape.cut),
        logits.sliced(along: 1, 1..<2).sigmoid(),
      ], along: 1)
  }

  /// σ(x + s) with one s per design, so that the mean of σ(k (x + s)) is the volume fraction in the fields' first channel.
  ///
  /// With k = 1 that is the mean of the drawing itself; with a steep one nearly the volume of what is cut out of the drawing at one half, whose
  /// density is 1 where x + s > 0.
  ///
  /// s is found by bisection, beyond gradients; what is added to it has the value 0 (for k = 1 one step of Newton's method, next to nothing) and the
  /// derivative of s by the theorem of the implicit function: ∂s/∂x = −σ′(k (x + s)) / Σ σ′(k (x + s)).
  static func density(of logits: Tensor, volume fields: Tensor, cut steepness: Double = 1) -> Tensor
  {
    let batch = logits.shape[0]
    let target = fields.sliced(along: 1, 0..<1).mean(along: [1, 2, 3], keepingDimensions: true)
    let shift = Tensor.withoutGradient { () -> Tensor in
      let plain = logits.detached()
      let values = plain.doubles
      let count = values.count / batch
      let shifts = target.detached().doubles.enumerated().map { design, fraction in
        Self.shift(
          values[(design * count)..<((design + 1) * count)], mean: fraction, steepness)
      }
      return Tensor(shifts, shape: [batch, 1, 1, 1]).converted(to: logits.precision)
    }
    let shifted = logits + shift
    let found = (steepness == 1 ? shifted : shifted * steepness).sigmoid()
    var excess = found.mean(along: [1, 2, 3], keepingDimensions: true)
    // Where few pixels are near the cut its slope is next to nothing, and a step of Newton's method would be the round-off of a mean over it.
    excess = excess - (steepness == 1 ? target.detached() : excess.detached())
    let slope = (found * (1 - found)).mean(along: [1, 2, 3], keepingDimensions: true).detached()
    let divisor = steepness == 1 ? slope : slope * steepness
    return (logits + shift - excess / (divisor + 1e-12)).sigmoid()
  }

  /// The s for which the mean of σ(k (x + s)) is given.
  private static func shift(_ logits: ArraySlice<Double>, mean: Double, _ steepness: Double)
    -> Double
  {
    var (low, high) = (-60.0, 60.0)
    for _ in 0..<40 {
      let middle = 0.5 * (low + high)
      var sum = 0.0
      for value in logits { sum += sigmoid(steepness * (value + middle)) }
      if sum < mean * Double(logits.count) { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
