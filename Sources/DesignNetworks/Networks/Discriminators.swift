package import DesignProblem
package import Manufacturability
package import Tensors

/// Judges a design at up to three scales: at 32×32, at its own 64 rows, and with its width doubled.
///
/// A cascade: each network sees the design and the problem's fields at its own scale and, at 16×16, what the coarser one has found there. Their
/// judgements are numbers without a scale of their own; only differences between real and generated designs count.
package struct Discriminators: Sendable {
  /// What the networks are made of.
  package struct Shape: Codable, Sendable, Equatable {
    /// Channels of the conditioning fields.
    package var fieldCount: Int
    /// Channels at 16×16.
    package var width: Int
    /// How many of the three scales judge, from the coarsest.
    package var scaleCount: Int
    /// Images of a design: density, and with two solids the share of the second.
    package var imageCount: Int
    /// The axes along which designs are periodic.
    package var periodic: Set<GridAxis>

    /// A shape.
    package init(
      fieldCount: Int, width: Int = 32, scaleCount: Int = 3, imageCount: Int = 1,
      periodic: Set<GridAxis> = []
    ) {
      self.fieldCount = fieldCount
      self.width = width
      self.scaleCount = scaleCount
      (self.imageCount, self.periodic) = (imageCount, periodic)
    }
  }

  /// One scale.
  private struct Judge: Sendable {
    /// From the scale's image to 16 rows.
    var shrink: [Convolution] = []
    /// Takes in what the coarser scale found.
    var join: Convolution
    var deep: [Convolution] = []
    var verdict: Linear
  }

  /// What the networks are made of.
  package let shape: Shape
  private var judges: [Judge] = []

  /// Networks whose weights, drawn from a seed, are added to a list.
  package init(_ shape: Shape, in parameters: inout Parameters, random: inout SeededGenerator) {
    precondition((1...3).contains(shape.scaleCount), "there are three scales")
    self.shape = shape
    let width = shape.width
    for scale in 0..<shape.scaleCount {
      let name = "discriminator.\(scale)"
      // 32 rows halve once, 64 rows twice; the doubled width is averaged away before the join.
      let halvings = scale == 0 ? 1 : 2
      judges.append(
        Judge(
          shrink: (0..<halvings).map { step in
            Convolution(
              "\(name).shrink.\(step)", step == 0 ? shape.fieldCount + shape.imageCount : width / 2,
              step == halvings - 1 ? width : width / 2, kernel: 4, stride: 2,
              periodic: shape.periodic, in: &parameters,
              random: &random)
          },
          join: Convolution(
            "\(name).join", scale == 0 ? width : 2 * width, width, periodic: shape.periodic,
            in: &parameters,
            random: &random),
          deep: [(width, 2 * width), (2 * width, 3 * width)].enumerated().map { step, widths in
            Convolution(
              "\(name).deep.\(step)", widths.0, widths.1, kernel: 4, stride: 2,
              periodic: shape.periodic, in: &parameters,
              random: &random)
          }, verdict: Linear("\(name).verdict", 3 * width, 1, in: &parameters, random: &random)))
    }
  }

  /// The judgements of all scales.
  ///
  /// - Parameters:
  ///   - designs: `[batch][image][row][column]`.
  ///   - fields: `[batch][field][row][column]`.
  /// - Returns: One tensor `[batch][1]` per scale.
  package func callAsFunction(_ designs: Tensor, fields: Tensor, _ parameters: Parameters)
    -> [Tensor]
  {
    let rows = designs.shape[2]
    let full = Tensor.concatenated([designs, fields], along: 1)
    var coarser: Tensor?
    var verdicts: [Tensor] = []
    for (scale, judge) in judges.enumerated() {
      var x: Tensor
      switch scale {
      case 0: x = rows > 32 ? full.averagePooled(rows / 32) : full
      case 1: x = rows < 64 ? full.upsampledNearest(64 / rows) : full
      default: x = (rows < 64 ? full.upsampledNearest(64 / rows) : full).doubledInWidth
      }
      for layer in judge.shrink { x = layer(x, parameters).leakyReLU(slope: leak) }
      if let coarser {
        if x.shape[3] != coarser.shape[3] {
          x = x.averagePooled(toHeight: coarser.shape[2], width: coarser.shape[3])
        }
        x = Tensor.concatenated([x, coarser], along: 1)
      }
      x = judge.join(x, parameters).leakyReLU(slope: leak)
      coarser = x
      for layer in judge.deep { x = layer(x, parameters).leakyReLU(slope: leak) }
      verdicts.append(judge.verdict(x.mean(along: [2, 3]), parameters))
    }
    return verdicts
  }
}

extension Tensor {
  /// Every pixel twice along the rows.
  var doubledInWidth: Tensor {
    let shape = shape
    return reshaped(shape + [1]).expanded(shape + [2])
      .reshaped(shape.dropLast() + [2 * shape[shape.count - 1]])
  }
}
