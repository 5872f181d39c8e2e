import Foundation
import Tensors
import Testing

@Suite("Layers") struct LayerTests {
  /// A picture of given numbers, one channel.
  static func picture(_ height: Int, _ width: Int, _ value: (Int, Int) -> Double) -> Tensor {
    Tensor(
      (0..<height * width).map { value($0 / width, $0 % width) }, shape: [1, 1, height, width])
  }

  @Test func `of products and sums: y = x Wᵀ + b`() {
    let x = Tensor([1.0, 2, 3, 4], shape: [2, 2])
    let weight = Tensor([1.0, 0, 0, 1, 1, 1], shape: [3, 2])
    expectEqual(x.linear(weight: weight), [1, 2, 3, 3, 4, 7])
    expectEqual(
      x.linear(weight: weight, bias: Tensor([1.0, 2, 3], shape: [3])), [2, 4, 6, 4, 6, 10])
  }

  @Test func `a convolution differentiates a parabola exactly`() {
    // The five-point star on r² + 3 c² is 2 + 6 everywhere, at every stride and dilation d times d².
    let star = Tensor([0.0, 1, 0, 1, -4, 1, 0, 1, 0], shape: [1, 1, 3, 3])
    let bowl = Self.picture(7, 8) { Double($0 * $0 + 3 * $1 * $1) }
    let plain = bowl.convolved(weight: star)
    #expect(plain.shape == [1, 1, 5, 6])
    expectEqual(plain, [Double](repeating: 8, count: 30))
    let strided = bowl.convolved(
      weight: star, bias: Tensor([0.5], shape: [1]), stride: 2)
    #expect(strided.shape == [1, 1, 3, 3])
    expectEqual(strided, [Double](repeating: 8.5, count: 9))
    let dilated = bowl.convolved(weight: star, dilation: 2)
    #expect(dilated.shape == [1, 1, 3, 4])
    expectEqual(dilated, [Double](repeating: 32, count: 12))
  }

  @Test func `a convolution correlates, pads with zeros and keeps groups apart`() {
    let corner = Tensor([1.0, 0, 0, 0], shape: [1, 1, 2, 2])
    let x = Self.picture(2, 2) { Double(2 * $0 + $1 + 1) }
    // The first element of the filter lies at the upper left of its place.
    expectEqual(x.convolved(weight: corner, padding: 1), [0, 0, 0, 0, 1, 2, 0, 3, 4])
    let pair = Tensor.concatenated([x, 10 * x], along: 1)
    let weights = Tensor([1.0, -1], shape: [2, 1, 1, 1])
    let apart = pair.convolved(weight: weights, groups: 2)
    expectEqual(apart, [1, 2, 3, 4, -10, -20, -30, -40])
  }

  @Test func `pooling takes means`() {
    let ramp = Self.picture(4, 5) { Double(10 * $0 + $1) }
    // The fifth column is left over.
    expectEqual(ramp.averagePooled(2), [5.5, 7.5, 25.5, 27.5])
    // Rows 0–1 and 2–3; columns 0–1, 1–3 and 3–4.
    expectEqual(
      ramp.averagePooled(toHeight: 2, width: 3), [5.5, 7, 8.5, 25.5, 27, 28.5])
  }

  @Test func `upsampling repeats pixels`() {
    let ramp = Self.picture(2, 3) { Double(10 * $0 + $1) }
    let repeated = ramp.upsampledNearest(2)
    #expect(repeated.shape == [1, 1, 4, 6])
    expectEqual(repeated.averagePooled(2), ramp.doubles)
    expectEqual(repeated.sliced(along: 2, 0..<1), [0, 0, 1, 1, 2, 2])
  }

  @Test func `a memory cell without weights forgets by half`() {
    // All gates are σ(0) = ½ and what comes in is tanh 0 = 0.
    func cell(_ bias: [Double]) -> LSTMCell {
      LSTMCell(
        inputWeight: .zeros([8, 3], precision: .double),
        outputWeight: .zeros([8, 2], precision: .double), bias: Tensor(bias, shape: [8]))
    }
    let start = LSTMCell.State(
      output: .zeros([1, 2], precision: .double),
      memory: Tensor([2 * log(2.0), 0], shape: [1, 2]))
    let input = Tensor.ones([1, 3], precision: .double)
    let forgetful = cell([Double](repeating: 0, count: 8))
    #expect(forgetful.size == 2)
    let state = forgetful(input, after: start)
    expectEqual(state.memory, [log(2), 0])
    expectEqual(state.output, [0.3, 0])
    // Input gate shut, forget gate and output gate open to e⁻⁵⁰: the memory stays. Then the other way around: tanh(log 2) comes in.
    let keeping = cell([-50, -50, 50, 50, 0, 0, 50, 50])(input, after: start)
    expectEqual(keeping.memory, start.memory.doubles)
    let taking = cell([50, 50, -50, -50, log(2), log(2), 50, 50])(input, after: start)
    expectEqual(taking.memory, [0.6, 0.6])
  }

  @Test func `in single precision agree with double`() {
    // Single precision goes through oneDNN, double does not. 144 products of numbers below one: 144 × 6e-8 × ½, so 1e-5.
    var numbers = Numbers(seed: 6)
    let x = numbers.tensor([4, 16, 12, 12])
    let weight = numbers.tensor([8, 16, 3, 3])
    let exact = x.convolved(weight: weight, padding: 1).doubles
    let single = x.converted(to: .single)
    let found = single.convolved(weight: weight.converted(to: .single), padding: 1)
    #expect(found.precision == .single)
    #expect(zip(found.doubles, exact).allSatisfy { abs($0 - $1) < 1e-5 })
  }
}
