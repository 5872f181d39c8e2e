internal import CTorch

/// The layers of networks. Pictures are [batch, channels, height, width].
extension Tensor {
  /// y = x Wᵀ + b
  ///
  /// - Parameters:
  ///   - weight: [outputs, inputs]
  ///   - bias: [outputs]
  /// - Returns: [… outputs] for an input of shape [… inputs].
  package func linear(weight: Tensor, bias: Tensor? = nil) -> Tensor {
    bias.lend { bias in making(with: weight) { gct_linear($0, $1, bias, $2) } }
  }

  /// Every picture correlated with the filters.
  ///
  /// - Parameters:
  ///   - weight: [outputs, inputs / `groups`, height, width]
  ///   - bias: [outputs]
  ///   - stride: Pixels from one place of a filter to the next.
  ///   - padding: Zeros around the picture.
  ///   - dilation: Pixels from one element of a filter to the next.
  ///   - groups: Into how many parts the channels fall that do not see each other.
  /// - Returns: Lengths of ⌊(length + 2 `padding` − `dilation` (filter − 1) − 1) / `stride`⌋ + 1.
  package func convolved(
    weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
    groups: Int = 1
  ) -> Tensor {
    let convolution = gct_convolution(
      stride: pair(stride), padding: pair(padding), dilation: pair(dilation), groups: Int64(groups))
    return bias.lend { bias in
      making(with: weight) { gct_convolved($0, $1, bias, convolution, $2) }
    }
  }

  private func pair(_ number: Int) -> (Int64, Int64) { (Int64(number), Int64(number)) }

  /// The means of squares of pixels that do not overlap; what is left over at the end is dropped.
  package func averagePooled(_ window: Int) -> Tensor {
    let pair = [Int64(window), Int64(window)]
    return making { gct_average_pooled($0, pair, $1) }
  }

  /// The means of as many rectangles as the result has pixels, which cover the picture.
  package func averagePooled(toHeight height: Int, width: Int) -> Tensor {
    let pair = [Int64(height), Int64(width)]
    return making { gct_adaptive_average_pooled($0, pair, $1) }
  }

  /// Every pixel repeated in a square of `scale` × `scale`.
  package func upsampledNearest(_ scale: Int) -> Tensor {
    let shape = shape
    precondition(shape.count == 4, "pictures have four axes, found \(shape)")
    let size = [Int64(shape[2] * scale), Int64(shape[3] * scale)]
    return making { gct_upsampled($0, size, $1) }
  }

  /// The mean of −t log σ(x) − (1 − t) log(1 − σ(x)) over all elements x, without overflow for large x.
  ///
  /// - Parameter targets: What the probabilities should be, 0 to 1, of the same shape.
  package func binaryCrossEntropy(targets: Tensor) -> Tensor {
    making(with: targets) { gct_binary_cross_entropy($0, $1, $2) }
  }
}
