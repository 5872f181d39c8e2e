import Testing

@testable import Tensors

@Suite("Muon") struct MuonTests {
  /// Weights after four steps from noughts, with η = 0.1 and μ = 0.8 and the slopes ((3 i + 5 j + 7 step) mod 11 − 5) / 4, by the published code (github.com/KellerJordan/Muon)
  /// in NumPy: `Validation/Generators/optimizer_steps.py` prints them, and names the two differences.
  struct Trace: Sendable, CustomTestStringConvertible {
    let shape: [Int]
    let weights: [Double]
    var testDescription: String { "\(shape)" }
  }

  private static let wide = [
    -0.25596165061848986, 0.3092534069065783, 0.0633519349018965, 0.11437832962185498,
    0.28311216987938054, -0.4131245299135845, 0.22268676264710585, -0.07167217830869327,
    -0.05487702461227237, 0.13774920340646213, -0.19489289980430496, -0.22136225007455207,
    0.19515236846974748, 0.027981576724949102, 0.1823631097085295,
  ]
  private static let tall = [
    -0.2677488417397235, 0.26379924723200293, 0.15805309184362215, -0.2793701478053592,
    0.15004286554042465, 0.08087857536856627, -0.11916918243136027, -0.20274790178839514,
    0.32156150035266684, -0.11377314132554417, -0.18795470094923034, 0.2223965764814745,
    0.01671614677661943, -0.026726400120878, -0.1422626018148206,
  ]
  private static let square = [
    0.06909024550673729, 0.33397109921152035, -0.1703282513102763, 0.2031174965501153,
  ]

  @Test(
    "makes the steps of the published code",
    arguments: [
      Trace(shape: [3, 5], weights: wide), Trace(shape: [5, 3], weights: tall),
      Trace(shape: [2, 2], weights: square),
      // A convolution's weight is a matrix with a row per output.
      Trace(shape: [3, 5, 1, 1], weights: wide),
    ])
  func steps(_ trace: Trace) {
    var parameters = [
      Tensor.zeros(trace.shape, precision: .double).detached(requiresGradient: true)
    ]
    var muon = Muon(learningRate: 0.1, momentum: 0.8)
    let columns = trace.shape[1]
    for step in 1...4 {
      let slopes = trace.weights.indices.map { place in
        Double((3 * (place / columns) + 5 * (place % columns) + 7 * step) % 11 - 5) / 4
      }
      muon.step(&parameters, gradients: [Tensor(slopes, shape: trace.shape)])
    }
    // Each of five steps of the iteration grows round-off at most 3.4 times, and there are four: 4 · 3.4⁵ · 2e-16 · some ten sums.
    for (found, expected) in zip(parameters[0].doubles, trace.weights) {
      #expect(abs(found - expected) < 1e-12)
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
