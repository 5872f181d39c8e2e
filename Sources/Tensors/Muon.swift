/// The optimizer Muon: momentum whose singular values are all brought near one, so that no direction of a weight matrix waits for the others.
///
/// M ← μ M + (1 − μ) G; with Nesterov's look ahead N = μ M + (1 − μ) G and its polar factor O, N = U Σ Vᵀ ⟶ O ≈ U Vᵀ:
/// W ← W − η √max(rows, columns) O
///
/// The factor makes the root mean square of a step η, as Adam's steps are at most; so one η serves both. What is no matrix (biases,
/// a single row) takes Adam's steps. A convolution's weight is a matrix with a row per output.
///
/// A value: a copy goes on from the same state by itself.
///
/// - Source: K. Jordan and others, *Muon: An optimizer for hidden layers in neural networks* (2024); the factor after J. Liu and others,
///   *Muon is Scalable for LLM Training* (arXiv 2502.16982), 2.2.
package struct Muon: Sendable {
  /// η
  package var learningRate: Double
  /// μ
  package var momentum: Double
  /// M of every matrix, in their order; empty before the first step.
  var momenta: [Tensor] = []
  /// What steps with the rest.
  var adam: Adam
  /// The steps made.
  package var stepCount: Int { adam.stepCount }

  /// An optimizer that has made no step.
  ///
  /// - Parameters:
  ///   - firstDecay: Adam's β₁, for what is no matrix.
  ///   - secondDecay: Adam's β₂, for what is no matrix.
  package init(
    learningRate: Double, momentum: Double = 0.9, firstDecay: Double = 0.9,
    secondDecay: Double = 0.999
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    adam = Adam(learningRate: learningRate, firstDecay: firstDecay, secondDecay: secondDecay)
  }

  /// Whether a tensor of a shape is stepped as a matrix.
  package static func isMatrix(_ shape: [Int]) -> Bool { shape.count > 1 && shape[0] > 1 }

  /// Makes a step.
  ///
  /// - Parameters:
  ///   - parameters: The same number and shapes in every step; those with `requiresGradient` keep it.
  ///   - gradients: One for each parameter, of its shape.
  /// - Complexity: O(s² l) for each matrix of sides s ≤ l, ten to fifteen products of that size.
  package mutating func step(_ parameters: inout [Tensor], gradients: [Tensor]) {
    precondition(
      parameters.count == gradients.count,
      "\(parameters.count) parameters and \(gradients.count) gradients")
    let matrices = parameters.indices.filter { Self.isMatrix(parameters[$0].shape) }
    if momenta.isEmpty { momenta = matrices.map { parameters[$0] }.zeros }
    precondition(
      momenta.count == matrices.count,
      "\(matrices.count) matrices, and \(momenta.count) in the steps before")
    let slopes = matrices.map { gradients[$0].detached() }
    momenta.accumulate(slopes, scale: 1 - momentum, keeping: momentum)
    Tensor.withoutGradient {
      for ((place, slope), momentum) in zip(zip(matrices, slopes), momenta) {
        let shape = slope.shape
        let (rows, columns) = (shape[0], slope.count / shape[0])
        let ahead = momentum * self.momentum + slope * (1 - self.momentum)
        let polar = Self.polarFactor(ahead.reshaped([rows, columns]))
        let length = learningRate * Double(max(rows, columns)).squareRoot()
        let isTrained = parameters[place].requiresGradient
        parameters[place] = (parameters[place] - polar.reshaped(shape) * length)
          .detached(requiresGradient: isTrained)
      }
    }
    let others = parameters.indices.filter { !Self.isMatrix(parameters[$0].shape) }
    var vectors = others.map { parameters[$0] }
    adam.learningRate = learningRate
    adam.step(&vectors, gradients: others.map { gradients[$0] })
    for (place, vector) in zip(others, vectors) { parameters[place] = vector }
  }

  /// U S Vᵀ of a matrix U Σ Vᵀ, the singular values S between 0.68 and 1.14 where Σ is above a hundredth of its norm.
  ///
  /// Five steps of X ← a X + (b X Xᵀ + c (X Xᵀ)²) X from X / ‖X‖, whose slope at nought is as great as it can be made.
  static func polarFactor(_ matrix: Tensor) -> Tensor {
    let (a, b, c) = (3.4445, -4.7750, 2.0315)
    let isTall = matrix.shape[0] > matrix.shape[1]
    var x = isTall ? matrix.permuted([1, 0]) : matrix
    // Kept off nought: a gradient of noughts stays one.
    x = x / (x.square().sum().sqrt() + 1e-30)
    for _ in 0..<5 {
      let square = x.matmul(x.permuted([1, 0]))
      x = x * a + (square * b + square.matmul(square) * c).matmul(x)
    }
    return isTall ? x.permuted([1, 0]) : x
  }
}
