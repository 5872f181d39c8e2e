internal import CTorch

/// Functions of each element.
extension Tensor {
  /// eˣ
  public func exp() -> Tensor { applied(.exp) }
  /// The natural logarithm.
  public func log() -> Tensor { applied(.log) }
  /// The hyperbolic tangent.
  public func tanh() -> Tensor { applied(.tanh) }
  /// 1 / (1 + e⁻ˣ)
  public func sigmoid() -> Tensor { applied(.sigmoid) }
  /// x above zero, zero below.
  public func relu() -> Tensor { applied(.relu) }
  /// x above zero, `slope` x below.
  public func leakyReLU(slope: Double) -> Tensor { making { gct_leaky_relu($0, slope, $1) } }
  /// x / (1 + e⁻ˣ)
  public func silu() -> Tensor { applied(.silu) }
  /// log(1 + eˣ), and x itself above 20, where the two are the same to 2e-9.
  public func softplus() -> Tensor { applied(.softplus) }
  /// The magnitude; its derivative at zero is taken to be zero.
  public func abs() -> Tensor { applied(.abs) }
  /// The square root.
  public func sqrt() -> Tensor { applied(.sqrt) }
  /// x²
  public func square() -> Tensor { applied(.square) }

  /// The nearest number in a range; the derivative outside is zero.
  public func clamp(_ range: ClosedRange<Double>) -> Tensor {
    making { gct_clamped($0, range.lowerBound, range.upperBound, $1) }
  }
}
