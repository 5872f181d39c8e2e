internal import Tensors

/// The game of generator and discriminators: relativistic pairing with gradient penalties on both sides.
///
/// With Δ = D(real) − D(generated) for pairs of one problem: the discriminators lower softplus(−Δ) + γ/2 (‖∇D(real)‖² + ‖∇D(generated)‖²), the
/// generator lowers softplus(Δ); means over pairs and scales.
///
/// - Source: Huang and others, *The GAN is dead; long live the GAN!* (R3GAN, 2024).
enum AdversarialLoss {
  /// What the generator lowers.
  static func generator(real: [Tensor], generated: [Tensor]) -> Tensor {
    mean(zip(real, generated).map { ($0 - $1).softplus().mean() })
  }

  /// What the discriminators lower, without penalties.
  static func discriminators(real: [Tensor], generated: [Tensor]) -> Tensor {
    mean(zip(real, generated).map { ($1 - $0).softplus().mean() })
  }

  /// ½ ‖∇D‖² by the designs, the mean over the batch, the sum over scales: recorded, so that it can be lowered.
  static func penalty(_ verdicts: [Tensor], by designs: Tensor) throws -> Tensor {
    let sum = verdicts.dropFirst().reduce(verdicts[0].sum()) { $0 + $1.sum() }
    let gradient = try Tensor.gradient(of: sum, withRespectTo: [designs], createsGraph: true)[0]
    return gradient.square().sum() * (0.5 / Double(designs.shape[0]))
  }

  private static func mean(_ tensors: [Tensor]) -> Tensor {
    tensors.dropFirst().reduce(tensors[0]) { $0 + $1 } * (1 / Double(tensors.count))
  }
}
