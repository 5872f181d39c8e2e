import Tensors
import Testing

@Suite("Adam") struct AdamTests {
  @Test func `makes the steps of the published algorithm`() {
    // Double precision; the sequence of operations differs from libtorch's, so a few units of the last place: 1e-14.
    var p = 1.5
    var m = 0.0
    var v = 0.0
    var (firstPower, secondPower) = (1.0, 1.0)
    var adam = Adam(
      learningRate: 0.1, firstDecay: 0.8, secondDecay: 0.9, epsilon: 1e-3, weightDecay: 0.02)
    var parameters = [
      Tensor([p], shape: [1]).detached(requiresGradient: true), Tensor.zeros([2, 2]),
    ]
    for step in 1...20 {
      let g = Double(step % 3) - 0.7
      m = 0.8 * m + 0.2 * g
      v = 0.9 * v + 0.1 * g * g
      p -= 0.1 * 0.02 * p
      firstPower *= 0.8
      secondPower *= 0.9
      p -= 0.1 * m / (1 - firstPower) / ((v / (1 - secondPower)).squareRoot() + 1e-3)
      adam.step(&parameters, gradients: [Tensor([g], shape: [1]), Tensor.zeros([2, 2])])
      #expect(abs(parameters[0].item - p) < 1e-14)
    }
    #expect(adam.stepCount == 20)
    #expect(parameters[0].requiresGradient)
    #expect(!parameters[1].requiresGradient)
    #expect(parameters[1].scalars == [0, 0, 0, 0])
  }

  @Test func `goes on in the same bits from a state that was kept, and from a copy`() throws {
    var numbers = Numbers(seed: 9)
    let gradients = (0..<6).map { _ in
      [numbers.tensor([3, 4]).converted(to: .single), numbers.tensor([5])]
    }
    var parameters = [numbers.tensor([3, 4]).converted(to: .single), numbers.tensor([5])]
    var adam = Adam(learningRate: 0.01)
    for gradient in gradients[..<3] { adam.step(&parameters, gradients: gradient) }

    let kept = adam.state
    let bytes = kept.firstMoments.map(\.doubles) + kept.secondMoments.map(\.doubles)
    #expect(
      kept.named(["a", "b"]).map(\.name) == ["a.first", "a.second", "b.first", "b.second"])
    var second = Adam(learningRate: 0.01)
    second.state = kept
    var third = adam
    var (copies, more) = (parameters, parameters)
    for gradient in gradients[3...] {
      adam.step(&parameters, gradients: gradient)
    }
    for gradient in gradients[3...] {
      second.step(&copies, gradients: gradient)
      third.step(&more, gradients: gradient)
    }
    #expect(parameters.map(\.doubles) == copies.map(\.doubles))
    #expect(parameters.map(\.doubles) == more.map(\.doubles))
    #expect(kept.firstMoments.map(\.doubles) + kept.secondMoments.map(\.doubles) == bytes)
  }

  @Test func `leaves what was recorded with the old parameters as it was`() throws {
    var parameters = [Tensor([3.0], shape: [1]).detached(requiresGradient: true)]
    var adam = Adam(learningRate: 1)
    let loss = (parameters[0] * parameters[0] * parameters[0]).sum()
    let old = parameters
    adam.step(&parameters, gradients: [Tensor([1.0], shape: [1])])
    #expect(try Tensor.gradient(of: loss, withRespectTo: old)[0].item == 27)
  }
}
