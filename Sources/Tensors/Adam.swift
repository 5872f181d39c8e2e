internal import CTorch

/// The optimizer Adam, with weight decay apart from the gradient if wanted (AdamW).
///
/// m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², p ← p − η λ p − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
///
/// A value: a copy goes on from the same state by itself.
///
/// - Source: Kingma and Ba, *Adam* (2015), algorithm 1; Loshchilov and Hutter, *Decoupled Weight Decay Regularization* (2019).
package struct Adam: Sendable {
  /// η
  package var learningRate: Double
  /// β₁
  package var firstDecay: Double
  /// β₂
  package var secondDecay: Double
  /// ε
  package var epsilon: Double
  /// λ
  package var weightDecay: Double

  /// t, the steps made.
  package internal(set) var stepCount = 0
  var firstMoments: [Tensor] = []
  var secondMoments: [Tensor] = []

  /// An optimizer that has made no step.
  package init(
    learningRate: Double, firstDecay: Double = 0.9, secondDecay: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.firstDecay = firstDecay
    self.secondDecay = secondDecay
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// Makes a step: all parameters in one crossing, in place where nobody else holds them.
  ///
  /// - Parameters:
  ///   - parameters: The same number and shapes in every step; those with `requiresGradient` keep it.
  ///   - gradients: One for each parameter, of its shape.
  package mutating func step(_ parameters: inout [Tensor], gradients: [Tensor]) {
    precondition(
      parameters.count == gradients.count,
      "\(parameters.count) parameters and \(gradients.count) gradients")
    if stepCount == 0, firstMoments.isEmpty {
      firstMoments = parameters.zeros
      secondMoments = parameters.zeros
    }
    precondition(
      parameters.count == firstMoments.count,
      "\(parameters.count) parameters, and \(firstMoments.count) in the steps before")
    stepCount += 1
    let adam = gct_adam(
      learning_rate: learningRate, first_decay: firstDecay, second_decay: secondDecay,
      epsilon: epsilon, weight_decay: weightDecay, step: Int64(stepCount))
    Tensor.changingInPlace(&firstMoments) { first, count in
      var status = gct_status.ok
      Tensor.changingInPlace(&secondMoments) { second, _ in
        Tensor.changingInPlace(&parameters) { parameters, _ in
          status = Crossing.lend(gradients) { gradients, _ in
            gct_adam_step(adam, parameters, first, second, gradients, count)
          }
          return status
        }
        return status
      }
      return status
    }
  }
}
