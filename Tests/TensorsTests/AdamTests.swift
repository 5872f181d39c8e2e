import Tensors
import Testing

@Suite("Adam") struct AdamTests {
  /// What `torch.optim.AdamW` of PyTorch 1.13.1 gives in double precision for p = 1.5 with η = 0.1, β = (0.8, 0.9), ε = 1e-3, λ = 0.02 and the slopes
  /// (step mod 3) − 0.7: `Validation/Generators/optimizer_steps.py` prints them.
  private static let steps = [
    1.3973322259136212, 1.3060125208065148, 1.2785649882441645, 1.2435376334500916,
    1.180249667202379, 1.153053660347237, 1.12091032629391, 1.0643087926141914,
    1.0373446675082258, 1.0063104361607023, 0.9523648840889366, 0.9256246468000215,
    0.8952205192603186, 0.8425602227121727, 0.8160395947460112, 0.7860729372307034,
    0.7341231971796919, 0.7078194432645953, 0.6781968214608436, 0.6266937248951007,
  ]

  @Test func `makes the steps of PyTorch's AdamW`() {
    var adam = Adam(
      learningRate: 0.1, firstDecay: 0.8, secondDecay: 0.9, epsilon: 1e-3, weightDecay: 0.02)
    var parameters = [
      Tensor([1.5], shape: [1]).detached(requiresGradient: true), Tensor.zeros([2, 2]),
    ]
    for (place, expected) in Self.steps.enumerated() {
      let slope = Double((place + 1) % 3) - 0.7
      adam.step(&parameters, gradients: [Tensor([slope], shape: [1]), Tensor.zeros([2, 2])])
      // The order of operations may differ: a few units of the last place.
      #expect(abs(parameters[0].item - expected) < 1e-14, "step \(place + 1)")
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
