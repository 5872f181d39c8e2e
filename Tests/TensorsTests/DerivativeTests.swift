import Tensors
import Testing

/// A function and where it is differentiated.
struct Differentiable: Sendable, CustomTestStringConvertible {
  var name: String
  var inputs: @Sendable (inout Numbers) -> [Tensor]
  var function: @Sendable ([Tensor]) -> Tensor
  var testDescription: String { name }

  init(
    _ name: String, _ shapes: [[Int]], in range: ClosedRange<Double> = -1...1,
    _ function: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.name = name
    inputs = { numbers in shapes.map { numbers.tensor($0, in: range) } }
    self.function = function
  }

  init(
    kinked name: String, _ shapes: [[Int]],
    _ function: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.name = name
    inputs = { numbers in shapes.map { numbers.tensorOffZero($0) } }
    self.function = function
  }
}

@Suite("Derivatives, first and second, agree with central differences") struct DerivativeTests {
  static let elementwiseCases: [Differentiable] = [
    .init("sum of tensors", [[2, 3], [3]]) { $0[0] + $0[1] * $0[1] },
    .init("difference", [[2, 3], [2, 1]]) { $0[0].square() - $0[1].square() },
    .init("product", [[2, 3], [1, 3]]) { $0[0] * $0[1] },
    .init("quotient", [[2, 3], [3]], in: 0.5...1.5) { $0[0] / $0[1] },
    .init("power of tensors", [[3], [3]], in: 0.5...1.5) { $0[0].pow($0[1]) },
    .init("scalars on the right", [[3]]) { ($0[0] * 3 + 1 - 2).square() / 4 },
    .init("scalars on the left", [[3]], in: 0.5...1.5) { 2 / (1 + (3 - 2 * $0[0])).square() },
    .init("negative", [[3]]) { (-$0[0]).exp() },
    .init("power", [[4]], in: 0.5...1.5) { $0[0].pow(2.5) },
    .init("exp", [[4]]) { $0[0].exp() },
    .init("log", [[4]], in: 0.5...1.5) { $0[0].log() },
    .init("tanh", [[4]]) { $0[0].tanh() },
    .init("sigmoid", [[4]]) { $0[0].sigmoid() },
    .init("silu", [[4]]) { $0[0].silu() },
    .init("softplus", [[4]]) { $0[0].softplus() },
    .init("sqrt", [[4]], in: 0.5...1.5) { $0[0].sqrt() },
    .init("square", [[4]]) { $0[0].square() },
    .init(kinked: "relu", [[5]]) { $0[0].relu().square() },
    .init(kinked: "leaky relu", [[5]]) { $0[0].leakyReLU(slope: 0.2).square() },
    .init(kinked: "abs", [[5]]) { $0[0].abs() * $0[0] },
    .init(kinked: "clamp", [[5]]) { $0[0].clamp(0...2).exp() },
  ]

  static let shapeCases: [Differentiable] = [
    .init("sum", [[2, 3]]) { $0[0].square().sum() },
    .init("mean", [[2, 3]]) { $0[0].exp().mean() },
    .init("sum along axes", [[2, 3, 2]]) { $0[0].exp().sum(along: [0, 2]) },
    .init("mean along axes, kept", [[2, 3, 2]]) {
      $0[0].exp() / $0[0].exp().mean(along: [1], keepingDimensions: true)
    },
    .init("matmul", [[2, 3], [3, 4]]) { $0[0].matmul($0[1]) },
    .init("matmul of stacks", [[2, 2, 3], [3, 2]]) { $0[0].matmul($0[1]) },
    .init("reshaped", [[2, 3]]) { $0[0].reshaped([3, -1]).exp() },
    .init("permuted", [[2, 3, 2]]) { $0[0].permuted([2, 0, 1]).exp() },
    .init("sliced", [[4, 3]]) { $0[0].sliced(along: 0, 1..<3).exp() },
    .init("expanded", [[1, 3]]) { $0[0].expanded([2, -1]).exp() },
    .init("concatenated", [[2, 1], [2, 3]]) { Tensor.concatenated($0, along: 1).exp() },
    .init("flipped", [[2, 3]]) { $0[0].flipped(along: [1]).exp() },
    .init("padded with zeros", [[1, 1, 2, 3]]) {
      $0[0].padded(left: 1, right: 0, top: 2, bottom: 1).exp()
    },
    .init("padded by reflection", [[1, 1, 3, 3]]) { $0[0].padded(2, with: .reflect).exp() },
    .init("padded by replication", [[1, 1, 2, 2]]) { $0[0].padded(1, with: .replicate).exp() },
  ]

  static let layerCases: [Differentiable] = [
    .init("linear", [[2, 3], [4, 3], [4]]) { $0[0].linear(weight: $0[1], bias: $0[2]).exp() },
    .init("convolution", [[2, 2, 4, 5], [3, 2, 3, 3], [3]]) {
      $0[0].convolved(weight: $0[1], bias: $0[2], padding: 1)
    },
    .init("convolution with stride", [[1, 2, 5, 5], [2, 2, 3, 3]]) {
      $0[0].convolved(weight: $0[1], stride: 2, padding: 1)
    },
    .init("convolution with dilation", [[1, 1, 5, 6], [2, 1, 3, 3]]) {
      $0[0].convolved(weight: $0[1], padding: 2, dilation: 2)
    },
    .init("convolution in groups", [[1, 4, 3, 3], [4, 2, 3, 3], [4]]) {
      $0[0].convolved(weight: $0[1], bias: $0[2], padding: 1, groups: 2)
    },
    .init("convolution behind leaky relu", [[1, 2, 4, 4], [2, 2, 3, 3], [1, 2, 3, 3]]) {
      $0[0].convolved(weight: $0[1], padding: 1).leakyReLU(slope: 0.2)
        .convolved(weight: $0[2], padding: 1)
    },
    .init("average pooling", [[1, 2, 4, 5]]) { $0[0].averagePooled(2).exp() },
    .init("average pooling to a size", [[1, 2, 5, 4]]) {
      $0[0].averagePooled(toHeight: 3, width: 2).exp()
    },
    .init("nearest upsampling", [[1, 2, 2, 3]]) { $0[0].upsampledNearest(2).exp() },
    .init("binary cross-entropy", [[2, 3]]) {
      $0[0].binaryCrossEntropy(
        targets: Tensor([0.0, 1, 0.5, 0.2, 1, 0], shape: [2, 3]))
    },
    .init("LSTM cell", [[2, 3], [2, 2], [2, 2], [8, 3], [8, 2], [8]]) {
      let cell = LSTMCell(inputWeight: $0[3], outputWeight: $0[4], bias: $0[5])
      let state = cell($0[0], after: .init(output: $0[1], memory: $0[2]))
      return cell($0[0], after: state).output
    },
  ]

  @Test("of functions element by element", arguments: elementwiseCases)
  func elementwise(_ function: Differentiable) throws { try check(function) }

  @Test("of sums, products and shapes", arguments: shapeCases)
  func shapes(_ function: Differentiable) throws { try check(function) }

  @Test("of layers", arguments: layerCases)
  func layers(_ function: Differentiable) throws { try check(function) }

  func check(_ function: Differentiable) throws {
    var numbers = Numbers(seed: 5)
    try checkDerivatives(
      of: function.function, at: function.inputs(&numbers), function.name)
  }
}
