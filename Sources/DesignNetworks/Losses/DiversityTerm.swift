internal import Tensors

/// The reward of two designs of one problem that differ where their global codes do, up to a target: nothing else in the loss asks for it, and a
/// reference design for every problem asks for the opposite.
///
/// With δ = mean (a − b)² / (mean a + mean b) of the silhouettes at 16 rows the term is the mean over pairs of max(0, 1 − √(δ / δ*)): the root, so that
/// designs that are nearly the same are driven apart as strongly as others. Of two designs in black and white the intersection over the union
/// is (1 − δ) / (1 + δ).
///
/// - Source: Mao and others, *Mode Seeking Generative Adversarial Networks* (2019): the distance of images over that of their codes is raised.
enum DiversityTerm {
  /// δ*; an intersection over the union of 0.80.
  static let target = 0.11
  /// The rows of the silhouettes.
  static let rows = 16

  /// The term, and the mean of δ.
  ///
  /// - Parameters:
  ///   - first: `[pair][1][row][column]`.
  ///   - second: The same problems with other codes.
  static func loss(_ first: Tensor, _ second: Tensor) -> (loss: Tensor, difference: Double) {
    let factor = max(1, first.shape[2] / rows)
    func silhouette(_ image: Tensor) -> Tensor {
      factor == 1 ? image : image.averagePooled(factor)
    }
    func mean(_ image: Tensor) -> Tensor { image.mean(along: [1, 2, 3]) }
    let (a, b) = (silhouette(first), silhouette(second))
    let difference = mean((a - b).square()) / (mean(a) + mean(b)).detached()
    let root = (difference * (1 / target) + 1e-12).sqrt()
    return ((1 - root).relu().mean(), difference.detached().mean().item)
  }

  /// A gradient without what would raise the objective to first order: design by design the part along the objective's own gradient is left out
  /// where the two point against each other.
  ///
  /// - Parameters:
  ///   - gradient: Of the reward, `[design][1][row][column]`.
  ///   - objective: Of the objective.
  ///   - metric: Both as the generator's logits see them.
  /// - Source: Yu and others, *Gradient Surgery for Multi-Task Learning* (2020).
  static func withoutConflict(
    _ gradient: Tensor, objective: Tensor, metric: (Tensor) -> Tensor
  ) -> Tensor {
    func sum(_ image: Tensor) -> Tensor { image.sum(along: [1, 2, 3], keepingDimensions: true) }
    let (a, b) = (metric(gradient), metric(objective))
    let share = (-sum(a * b)).relu() / (sum(b * b) + 1e-30)
    return gradient + objective * share
  }

  /// The weight of each design's likeness to its reference: of a pair the more alike counts, the other one is free.
  ///
  /// - Parameters:
  ///   - errors: One per design; the designs in `twins` repeat the problems of the first ones.
  /// - Source: Guzmán-Rivera, Batra and Kohli, *Multiple Choice Learning* (2012): of several answers the best one is taught.
  static func weights(of errors: [Double], twins: Range<Int>) -> [Float] {
    var weights = [Float](repeating: 1, count: errors.count)
    for (first, second) in zip(errors.indices, twins) {
      weights[errors[first] <= errors[second] ? second : first] = 0
    }
    return weights
  }
}
