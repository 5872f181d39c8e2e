public import Tensors

/// The dynamic cache pool: micro-gradients added up until there are enough of them for one update, with what they tell about their noise.
///
/// Of *N* micro-gradients gᵢ with mean ḡ it keeps Σ gᵢ, the last one, and numbers; memory does not depend on *N*. With
/// A = mean ‖gᵢ‖² and B = ‖ḡ‖², unbiased estimates of the squared length of the true gradient and of the variance of one micro-gradient are
/// |G|² = (N B − A) / (N − 1) and tr Σ = N (A − B) / (N − 1).
///
/// - Source: McCandlish and others, *An Empirical Model of Large-Batch Training* (2018), appendix A.1.
public struct GradientPool: Sendable {
  /// What the micro-gradients of one update tell.
  public struct Statistics: Codable, Sendable, Equatable {
    /// Micro-gradients.
    public var count = 0
    /// The estimate of tr Σ, the variance of one micro-gradient.
    public var variance = 0.0
    /// The estimate of |G|², which noise can make negative.
    public var squaredLength = 0.0
    /// ‖ḡ‖.
    public var norm = 0.0
    /// The mean cosine between successive micro-gradients.
    public var cosine = 0.0

    /// Of nothing.
    public init() {}

    /// The gradient noise scale tr Σ / |G|², in micro-gradients: with fewer, an update is mostly noise; with many more, samples are wasted.
    public var noiseScale: Double {
      squaredLength > 0 ? variance / squaredLength : .infinity
    }
  }

  private var sum: [Tensor] = []
  private var last: [Tensor] = []
  private var squaredNorms = 0.0
  private var lastNorm = 0.0
  private var cosines = 0.0
  /// Micro-gradients so far.
  public private(set) var count = 0

  /// An empty pool.
  public init() {}

  /// Adds a micro-gradient, one tensor per parameter.
  public mutating func add(_ gradient: [Tensor]) {
    let squared = gradient.squaredNorm
    if count == 0 {
      sum = gradient.zeros
    } else {
      let product = last.dot(gradient)
      let scale = lastNorm * squared.squareRoot()
      cosines += scale > 0 ? product / scale : 0
    }
    sum.accumulate(gradient)
    last = gradient
    lastNorm = squared.squareRoot()
    squaredNorms += squared
    count += 1
  }

  /// ḡ, one tensor per parameter.
  public var mean: [Tensor] {
    var result = sum.zeros
    result.accumulate(sum, scale: 1 / Double(max(1, count)))
    return result
  }

  /// What the micro-gradients tell; variance and length need two.
  public var statistics: Statistics {
    guard count > 0 else { return Statistics() }
    let n = Double(count)
    let (a, b) = (squaredNorms / n, sum.squaredNorm / (n * n))
    var result = Statistics()
    result.count = count
    result.norm = b.squareRoot()
    guard count > 1 else { return result }
    result.variance = n * (a - b) / (n - 1)
    result.squaredLength = (n * b - a) / (n - 1)
    result.cosine = cosines / (n - 1)
    return result
  }

  /// Forgets all.
  public mutating func empty() { self = GradientPool() }
}
