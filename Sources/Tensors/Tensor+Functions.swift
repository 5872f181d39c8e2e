internal import CTorch

/// Functions of each element.
extension Tensor {
  /// eˣ
  package func exp() -> Tensor { applied(.exp) }
  /// The natural logarithm.
  package func log() -> Tensor { applied(.log) }
  /// The hyperbolic tangent.
  package func tanh() -> Tensor { applied(.tanh) }
  /// 1 / (1 + e⁻ˣ)
  package func sigmoid() -> Tensor { applied(.sigmoid) }
  /// x above zero, zero below.
  package func relu() -> Tensor { applied(.relu) }
  /// x above zero, `slope` x below.
  package func leakyReLU(slope: Double) -> Tensor { making { gct_leaky_relu($0, slope, $1) } }
  /// x / (1 + e⁻ˣ)
  package func silu() -> Tensor { applied(.silu) }
  /// log(1 + eˣ), and x itself above 20, where the two are the same to 2e-9.
  package func softplus() -> Tensor { applied(.softplus) }
  /// The magnitude; its derivative at zero is taken to be zero.
  package func abs() -> Tensor { applied(.abs) }
  /// The square root.
  package func sqrt() -> Tensor { applied(.sqrt) }
  /// x²
  package func square() -> Tensor { applied(.square) }

  /// The nearest number in a range; the derivative outside is zero.
  package func clamp(_ range: ClosedRange<Double>) -> Tensor {
    making { gct_clamped($0, range.lowerBound, range.upperBound, $1) }
  }
}
