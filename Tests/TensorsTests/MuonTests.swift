import Testing

@testable import Tensors

@Suite("Muon") struct MuonTests {
  @Test func `makes the steps of the published algorithm`() {
    // A diagonal matrix stays one, and the iteration goes on in each of its numbers by itself.
    var parameters = [Tensor([1.0, 0, 0, -2], shape: [2, 2]).detached(requiresGradient: true)]
    var p = [1.0, -2.0]
    var m = [0.0, 0.0]
    var muon = Muon(learningRate: 0.1, momentum: 0.8)
    for step in 1...4 {
      let g = [Double(step % 3) - 0.7, 0.3 * Double(step)]
      m = [0.8 * m[0] + 0.2 * g[0], 0.8 * m[1] + 0.2 * g[1]]
      var x = [0.8 * m[0] + 0.2 * g[0], 0.8 * m[1] + 0.2 * g[1]]
      let norm = (x[0] * x[0] + x[1] * x[1]).squareRoot()
      for place in 0..<2 {
        x[place] /= norm
        for _ in 0..<5 {
          let s = x[place]
          x[place] = 3.4445 * s - 4.775 * s * s * s + 2.0315 * s * s * s * s * s
        }
        p[place] -= 0.1 * 2.0.squareRoot() * x[place]
      }
      muon.step(&parameters, gradients: [Tensor([g[0], 0, 0, g[1]], shape: [2, 2])])
      let found = parameters[0].doubles
      #expect(abs(found[0] - p[0]) < 1e-13 && abs(found[3] - p[1]) < 1e-13)
      #expect(found[1] == 0 && found[2] == 0)
    }
    #expect(muon.stepCount == 4)
    #expect(parameters[0].requiresGradient)
  }

  @Test(arguments: [[6, 20], [20, 6], [7, 7]]) func `no direction of a step waits for the others`(
    shape: [Int]
  ) {
    var numbers = Numbers(seed: 4)
    // One direction a thirtieth of the rest.
    let weak = numbers.tensor([shape[0], 1]).matmul(numbers.tensor([1, shape[1]])) * 30
    let factor = Muon.polarFactor(numbers.tensor(shape) + weak)
    #expect(factor.shape == shape)
    let wide = shape[0] <= shape[1] ? factor : factor.permuted([1, 0])
    for _ in 0..<20 {
      let u = numbers.tensor([1, min(shape[0], shape[1])])
      let ratio = (u.matmul(wide).square().sum() / u.square().sum()).item.squareRoot()
      #expect((0.68...1.14).contains(ratio))
    }
  }

  @Test func `what is no matrix takes the steps of Adam, and a slope of noughts none`() {
    var numbers = Numbers(seed: 5)
    let start = [numbers.tensor([5]), numbers.tensor([1, 3]), numbers.tensor([2, 1, 2, 2])]
    var (parameters, vectors) = (start, Array(start[..<2]))
    var muon = Muon(learningRate: 0.01, firstDecay: 0.5, secondDecay: 0.99)
    var adam = Adam(learningRate: 0.01, firstDecay: 0.5, secondDecay: 0.99)
    for _ in 0..<3 {
      let slopes = [numbers.tensor([5]), numbers.tensor([1, 3])]
      muon.step(&parameters, gradients: slopes + [.zeros([2, 1, 2, 2], precision: .double)])
      adam.step(&vectors, gradients: slopes)
    }
    #expect(parameters[..<2].map(\.doubles) == vectors.map(\.doubles))
    #expect(parameters[2].doubles == start[2].doubles)
  }

  @Test func `goes on in the same bits from a state that was kept, and from a copy`() {
    var numbers = Numbers(seed: 9)
    let shapes = [[3, 2, 2, 2], [5]]
    let gradients = (0..<6).map { _ in shapes.map { numbers.tensor($0) } }
    var parameters = shapes.map { numbers.tensor($0) }
    var muon = Muon(learningRate: 0.01)
    for gradient in gradients[..<3] { muon.step(&parameters, gradients: gradient) }

    let kept = muon.state
    #expect(
      kept.named([("a", shapes[0]), ("b", shapes[1])]).map(\.name)
        == ["a.momentum", "b.first", "b.second"])
    var second = Muon(learningRate: 0.01)
    second.state = kept
    var third = muon
    var (copies, more) = (parameters, parameters)
    for gradient in gradients[3...] { muon.step(&parameters, gradients: gradient) }
    for gradient in gradients[3...] {
      second.step(&copies, gradients: gradient)
      third.step(&more, gradients: gradient)
    }
    #expect(parameters.map(\.doubles) == copies.map(\.doubles))
    #expect(parameters.map(\.doubles) == more.map(\.doubles))
  }
}
