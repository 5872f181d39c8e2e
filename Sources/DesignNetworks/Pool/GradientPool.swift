package import Tensors

/// The dynamic cache pool: micro-gradients added up until there are enough of them for one update, with what they tell about their noise.
///
/// Of *N* micro-gradients gᵢ, each the mean over wᵢ items, with the mean over all items ḡ = Σ wᵢ gᵢ / W, W = Σ wᵢ, it keeps Σ wᵢ gᵢ, the last one, and
/// numbers; memory does not depend on *N*. With A = Σ wᵢ ‖gᵢ‖² / W and B = ‖ḡ‖², unbiased estimates of the squared length of the true gradient and of the
/// variance of a micro-gradient as large as the first, w₁ = 1, are |G|² = (N B − A) / (N − 1) and tr Σ = W (A − B) / (N − 1).
///
/// - Source: McCandlish and others, *An Empirical Model of Large-Batch Training* (2018), appendix A.1, for sizes that are all alike; else
///   E ‖gᵢ‖² = |G|² + tr Σ / wᵢ and E B = |G|² + tr Σ / W.
package struct GradientPool: Sendable {
  /// What the micro-gradients of one update tell.
  package struct Statistics: Codable, Sendable, Equatable {
    /// Micro-gradients.
    package var count = 0
    /// The estimate of tr Σ, the variance of one micro-gradient.
    package var variance = 0.0
    /// The estimate of |G|², which noise can make negative.
    package var squaredLength = 0.0
    /// ‖ḡ‖.
    package var norm = 0.0
    /// The mean cosine between successive micro-gradients.
    package var cosine = 0.0

    /// Of nothing.
    package init() {}

    /// The gradient noise scale tr Σ / |G|², in micro-gradients: with fewer, an update is mostly noise; with many more, samples are wasted.
    package var noiseScale: Double {
      squaredLength > 0 ? variance / squaredLength : .infinity
    }
  }

  private var sum: [Tensor] = []
  private var last: [Tensor] = []
  private var squaredNorms = 0.0
  private var lastNorm = 0.0
  private var cosines = 0.0
  /// The items of the first micro-gradient.
  private var firstSize = 1.0
  /// W
  private var weight = 0.0
  /// Micro-gradients so far.
  package private(set) var count = 0

  /// An empty pool.
  package init() {}

  /// Adds a micro-gradient, one tensor per parameter.
  ///
  /// - Parameter size: The items that it is the mean of, above 0.
  package mutating func add(_ gradient: [Tensor], size: Int = 1) {
    precondition(size > 0, "a gradient of \(size) items")
    let squared = gradient.squaredNorm
    if count == 0 {
      sum = gradient.zeros
      firstSize = Double(size)
    } else {
      let product = last.dot(gradient)
      let scale = lastNorm * squared.squareRoot()
      cosines += scale > 0 ? product / scale : 0
    }
    let share = Double(size) / firstSize
    sum.accumulate(gradient, scale: share)
    last = gradient
    lastNorm = squared.squareRoot()
    squaredNorms += share * squared
    weight += share
    count += 1
  }

  /// ḡ, one tensor per parameter.
  package var mean: [Tensor] {
    var result = sum.zeros
    result.accumulate(sum, scale: count > 0 ? 1 / weight : 1)
    return result
  }

  /// What the micro-gradients tell; variance and length need two.
  package var statistics: Statistics {
    guard count > 0 else { return Statistics() }
    let n = Double(count)
    let (a, b) = (squaredNorms / weight, sum.squaredNorm / (weight * weight))
    var result = Statistics()
    result.count = count
    result.norm = b.squareRoot()
    guard count > 1 else { return result }
    result.variance = weight * (a - b) / (n - 1)
    result.squaredLength = (n * b - a) / (n - 1)
    result.cosine = cosines / (n - 1)
    return result
  }

  /// Forgets all.
  package mutating func empty() { self = GradientPool() }
}
