import Tensors
import Testing

@Suite("Gradients") struct GradientTests {
  let x = Tensor([1.0, 2, 3], shape: [3]).detached(requiresGradient: true)

  @Test func `of what does not depend on a tensor are zero`() throws {
    let other = Tensor.ones([2], precision: .double).detached(requiresGradient: true)
    let gradients = try Tensor.gradient(of: x.square().sum(), withRespectTo: [x, other])
    #expect(gradients.map(\.doubles) == [[2, 4, 6], [0, 0]])
  }

  @Test func `of several outputs are weighted and added up`() throws {
    let gradients = try Tensor.gradient(
      of: [x, x.square()], withRespectTo: [x],
      outputGradients: [Tensor([1.0, 1, 1], shape: [3]), Tensor([1.0, 0, 10], shape: [3])])
    #expect(gradients[0].doubles == [3, 1, 61])
    #expect(!gradients[0].requiresGradient)
  }

  @Test func `of a gradient penalty are exact`() throws {
    // J = |∇ Σ x³|² = Σ 9 x⁴, ∂J/∂x = 36 x³
    let slope = try Tensor.gradient(of: (x * x * x).sum(), withRespectTo: [x], createsGraph: true)
    let penalty = slope[0].square().sum()
    #expect(try Tensor.gradient(of: penalty, withRespectTo: [x])[0].doubles == [36, 288, 972])
  }

  @Test func `are refused where nothing was recorded, or it is gone`() throws {
    #expect(throws: TensorError.self) {
      try Tensor.gradient(of: x.detached().sum(), withRespectTo: [x])
    }
    let silent = Tensor.withoutGradient { x.square().sum() }
    #expect(!silent.requiresGradient)
    #expect(x.square().requiresGradient)
    let y = x.square().sum()
    _ = try Tensor.gradient(of: y, withRespectTo: [x])
    #expect(throws: TensorError.self) { try Tensor.gradient(of: y, withRespectTo: [x]) }
  }
}
