import Foundation
import Tensors
import Testing

/// Double precision: the functions are good to a unit of the last place or two, so 1e-15 times a few; taken 4e-15 of the largest.
func expectEqual(
  _ tensor: Tensor, _ expected: [Double], tolerance: Double = 4e-15,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let found = tensor.doubles
  let scale = max(1, expected.map(abs).filter(\.isFinite).max() ?? 1)
  let isClose =
    found.count == expected.count
    && zip(found, expected).allSatisfy { $0 == $1 || abs($0 - $1) <= tolerance * scale }
  #expect(isClose, "\(found), expected \(expected)", sourceLocation: sourceLocation)
}

@Suite("Functions of tensors") struct FunctionTests {
  static func vector(_ numbers: Double...) -> Tensor { Tensor(numbers, shape: [numbers.count]) }

  @Test func `element by element have their known values`() {
    let logs = Self.vector(0, log(2), log(3), -log(3))
    expectEqual(logs.exp(), [1, 2, 3, 1.0 / 3])
    expectEqual(logs.exp().log(), [0, log(2), log(3), -log(3)])
    // tanh log a = (a² − 1) / (a² + 1), σ(log a) = a / (1 + a), log(1 + e^log a) = log(1 + a)
    expectEqual(logs.tanh(), [0, 0.6, 0.8, -0.8])
    expectEqual(logs.sigmoid(), [0.5, 2.0 / 3, 0.75, 0.25])
    expectEqual(logs.silu(), [0, 2 * log(2) / 3, 0.75 * log(3), -0.25 * log(3)])
    expectEqual(logs.softplus(), [log(2), log(3), log(4), log(4) - log(3)])

    let numbers = Self.vector(-4, -0.0, 0.25, 9)
    expectEqual(numbers.relu(), [0, 0, 0.25, 9])
    expectEqual(numbers.leakyReLU(slope: 0.5), [-2, 0, 0.25, 9])
    expectEqual(numbers.abs(), [4, 0, 0.25, 9])
    expectEqual(numbers.square(), [16, 0, 0.0625, 81])
    expectEqual(numbers.abs().sqrt(), [2, 0, 0.5, 3])
    expectEqual(numbers.abs().pow(1.5), [8, 0, 0.125, 27])
    expectEqual(numbers.clamp(-1...1), [-1, 0, 0.25, 1])
    expectEqual(Self.vector(2, 3).pow(Self.vector(10, 4)), [1024, 81])
  }

  @Test func `do not overflow where the result is finite`() {
    let far = Self.vector(-1000, 1000)
    expectEqual(far.softplus(), [0, 1000])
    expectEqual(far.sigmoid(), [0, 1])
    expectEqual(far.silu(), [0, 1000])
    expectEqual(far.tanh(), [-1, 1])
    expectEqual(far.binaryCrossEntropy(targets: Self.vector(0, 1)), [0])
    expectEqual(far.binaryCrossEntropy(targets: Self.vector(1, 0)), [1000])
    expectEqual(Self.vector(0, 0).binaryCrossEntropy(targets: Self.vector(0.3, 1)), [log(2)])
  }

  @Test func `of numbers and tensors keep their order`() {
    let x = Self.vector(1, 2, 4)
    expectEqual(x + 1, [2, 3, 5])
    expectEqual(1 + x, [2, 3, 5])
    expectEqual(x - 1, [0, 1, 3])
    expectEqual(1 - x, [0, -1, -3])
    expectEqual(x * 3, [3, 6, 12])
    expectEqual(3 * x, [3, 6, 12])
    expectEqual(x / 2, [0.5, 1, 2])
    expectEqual(2 / x, [2, 1, 0.5])
    expectEqual(-x, [-1, -2, -4])
    var y = x
    y -= x * 2
    y *= 3
    expectEqual(y, [-3, -6, -12])
  }

  @Test func `repeat axes of length one`() {
    let column = Tensor([1.0, 2], shape: [2, 1])
    let row = Self.vector(10, 20, 30)
    #expect((column + row).shape == [2, 3])
    expectEqual(column + row, [11, 21, 31, 12, 22, 32])
    expectEqual(column * row, [10, 20, 30, 20, 40, 60])
    expectEqual(row / column, [10, 20, 30, 5, 10, 15])
    expectEqual(column - row, [-9, -19, -29, -8, -18, -28])
  }

  @Test func `refuse to mix precisions, which would cost or gain digits in silence`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2]) * Tensor.zeros([2], precision: .double)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("one tensor is in single precision and one in double"))
  }

  @Test func `add up along the axes that are named`() {
    let x = Tensor((1...24).map(Double.init), shape: [2, 3, 4])
    #expect(x.sum().shape == [])
    #expect(x.sum().item == 300)
    #expect(x.mean().item == 12.5)
    #expect(x.sum(along: [1]).shape == [2, 4])
    expectEqual(x.sum(along: [1]), [15, 18, 21, 24, 51, 54, 57, 60])
    #expect(x.mean(along: [0, -1], keepingDimensions: true).shape == [1, 3, 1])
    expectEqual(x.mean(along: [0, -1], keepingDimensions: true), [8.5, 12.5, 16.5])
  }

  @Test func `turn plane vectors as matrices do`() {
    let turn = Tensor([0.0, -1, 1, 0], shape: [2, 2])
    let vectors = Tensor([1.0, 0, 2, 3, 5, 7], shape: [2, 3])
    #expect(turn.matmul(vectors).shape == [2, 3])
    expectEqual(turn.matmul(vectors), [-3, -5, -7, 1, 0, 2])
    expectEqual(turn.matmul(turn).matmul(turn).matmul(turn), [1, 0, 0, 1])
    // A stack of two, each against the same right side.
    let stack = Tensor.concatenated(
      [turn.reshaped([1, 2, 2]), -turn.reshaped([1, 2, 2])], along: 0)
    #expect(stack.matmul(vectors).shape == [2, 2, 3])
    expectEqual(stack.matmul(vectors).sum(along: [0]), [0, 0, 0, 0, 0, 0])
  }

  @Test func `put numbers where they belong`() {
    let x = Tensor([0.0, 1, 2, 3, 4, 5], shape: [2, 3])
    expectEqual(x.reshaped([3, -1]), [0, 1, 2, 3, 4, 5])
    #expect(x.reshaped([3, -1]).shape == [3, 2])
    expectEqual(x.permuted([1, 0]), [0, 3, 1, 4, 2, 5])
    expectEqual(x.sliced(along: -1, 1..<3), [1, 2, 4, 5])
    expectEqual(x.sliced(along: 0, 1..<2).expanded([2, -1]), [3, 4, 5, 3, 4, 5])
    expectEqual(Tensor.concatenated([x, x], along: 1), [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5])
    expectEqual(x.flipped(along: [1]), [2, 1, 0, 5, 4, 3])

    let picture = Tensor([1.0, 2, 3, 4, 5, 6, 7, 8, 9], shape: [1, 1, 3, 3])
    let padded = picture.padded(left: 1, right: 0, top: 0, bottom: 1)
    #expect(padded.shape == [1, 1, 4, 4])
    expectEqual(padded, [0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0])
    expectEqual(
      picture.padded(left: 2, right: 0, top: 1, bottom: 0, with: .reflect),
      [6, 5, 4, 5, 6, 3, 2, 1, 2, 3, 6, 5, 4, 5, 6, 9, 8, 7, 8, 9])
    expectEqual(
      picture.padded(left: 1, right: 0, top: 1, bottom: 0, with: .replicate),
      [1, 1, 2, 3, 1, 1, 2, 3, 4, 4, 5, 6, 7, 7, 8, 9])
  }
}
