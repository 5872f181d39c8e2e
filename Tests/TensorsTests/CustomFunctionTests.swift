import Foundation
import Synchronization
import Tensors
import Testing

@Suite("Custom functions") struct CustomFunctionTests {
  struct Refusal: Error, Equatable { var number: Int }

  /// What a pullback holds, counted.
  final class Held: Sendable {
    static let alive = Mutex(0)
    init() { Self.alive.withLock { $0 += 1 } }
    deinit { Self.alive.withLock { $0 -= 1 } }
  }

  /// x³, by hand.
  static func cube(_ x: Tensor) -> Tensor {
    Tensor.custom(of: x) { x in
      let values = x.doubles
      let cubes = Tensor(values.map { $0 * $0 * $0 }, shape: x.shape)
      let slopes = Tensor(values.map { 3 * $0 * $0 }, shape: x.shape)
      return (cubes, { $0 * slopes })
    }
  }

  @Test func `give the derivative that they are given`() throws {
    var numbers = Numbers(seed: 1)
    try checkDerivatives(
      of: { Self.cube($0[0].sigmoid()).exp() }, at: [numbers.tensor([2, 3])],
      areDifferentiableTwice: false, "cube")
  }

  @Test func `of several inputs give a derivative to each`() throws {
    var numbers = Numbers(seed: 2)
    try checkDerivatives(
      of: { inputs in
        Tensor.custom(of: inputs) { inputs in
          let (x, y) = (inputs[0], inputs[1])
          return (x * x * y, { [2 * x * y * $0, x * x * $0] })
        }
      }, at: [numbers.tensor([3]), numbers.tensor([3])], areDifferentiableTwice: false, "x² y")
  }

  @Test func `leave a Taylor remainder of second order in a network around them`() throws {
    // A convolution, the function, a layer of products: as physics stands between a generator and its loss.
    var numbers = Numbers(seed: 8)
    let picture = numbers.tensor([1, 1, 6, 6])
    let weights = [[2, 1, 3, 3], [3, 72]].map { numbers.tensor($0) }
    let directions = weights.map { numbers.tensor($0.shape) }
    func loss(_ weights: [Tensor]) -> Tensor {
      let field = picture.convolved(weight: weights[0], padding: 1).sigmoid()
      return Self.cube(field).reshaped([1, 72]).linear(weight: weights[1]).softplus().sum()
    }
    let leaves = weights.map { $0.detached(requiresGradient: true) }
    let value = loss(leaves)
    let slope = try Tensor.gradient(of: value, withRespectTo: leaves).dot(directions)
    let remainders = [1e-2, 5e-3, 2.5e-3].map { step in
      let moved = zip(weights, directions).map { $0 + step * $1 }
      return abs(loss(moved).item - value.item - step * slope)
    }
    // The remainder is a h² + b h³: halving h changes the order by b/a h, here below 0.05.
    for (coarse, fine) in zip(remainders, remainders.dropFirst()) {
      #expect(abs(log2(coarse / fine) - 2) < 0.05)
    }
  }

  @Test func `hand on what their pullback throws, and what their value throws`() throws {
    let x = Tensor([1.0, 2], shape: [2]).detached(requiresGradient: true)
    let y = Tensor.custom(of: x) { x in (x, { _ in throw Refusal(number: 7) }) }
    #expect(throws: Refusal(number: 7)) {
      try Tensor.gradient(of: y.sum(), withRespectTo: [x])
    }
    #expect(throws: Refusal(number: 3)) {
      try Tensor.custom(of: x) {
        x -> (value: Tensor, pullback: @Sendable (Tensor) throws -> Tensor) in
        throw Refusal(number: 3)
      }
    }
    // Nothing is left over for whoever comes next.
    #expect(try Tensor.gradient(of: x.square().sum(), withRespectTo: [x])[0].doubles == [2, 4])
  }

  @Test func `refuse gradients of another shape`() throws {
    let x = Tensor.zeros([2]).detached(requiresGradient: true)
    let y = Tensor.custom(of: x) { x in (x.sum(), { $0 }) }
    let error = #expect(throws: TensorError.self) {
      try Tensor.gradient(of: y, withRespectTo: [x])
    }
    #expect(error?.reason.contains("shapes [[]] for inputs of shapes [[2]]") == true)
  }

  @Test func `free what they hold once, in every course of events`() throws {
    let x = Tensor.zeros([2], precision: .double).detached(requiresGradient: true)
    func function(_ x: Tensor, fails: Bool = false) -> Tensor {
      let held = Held()
      return Tensor.custom(of: x) { x in
        (
          x,
          { gradient in
            withExtendedLifetime(held) {}
            if fails { throw Refusal(number: 1) }
            return gradient
          }
        )
      }
    }
    func alive() -> Int { Held.alive.withLock { $0 } }
    #expect(alive() == 0)
    // Never asked for.
    do {
      let y = function(x)
      #expect(alive() == 1)
      withExtendedLifetime(y) {}
    }
    #expect(alive() == 0)
    // Nobody can ask: the input has no gradient, or nothing is recorded.
    do {
      let y = function(x.detached())
      let z = Tensor.withoutGradient { function(x) }
      #expect(alive() == 0)
      withExtendedLifetime((y, z)) {}
    }
    // Asked for once; the graph goes at once although its end is still held.
    do {
      let y = function(x).sum()
      _ = try Tensor.gradient(of: y, withRespectTo: [x])
      #expect(alive() == 0)
      #expect(throws: TensorError.self) { try Tensor.gradient(of: y, withRespectTo: [x]) }
    }
    // Kept, asked for twice.
    do {
      let y = function(x).sum()
      for _ in 0..<2 { _ = try Tensor.gradient(of: y, withRespectTo: [x], keepsGraph: true) }
      #expect(alive() == 1)
      withExtendedLifetime(y) {}
    }
    #expect(alive() == 0)
    // Failed.
    do {
      let y = function(x, fails: true).sum()
      #expect(throws: Refusal.self) { try Tensor.gradient(of: y, withRespectTo: [x]) }
      withExtendedLifetime(y) {}
    }
    #expect(alive() == 0)
  }

  @Test func `are not differentiated twice: an error, never a wrong zero`() throws {
    let x = Tensor([1.0, 2], shape: [2]).detached(requiresGradient: true)
    let first = try Tensor.gradient(
      of: Self.cube(x).sum(), withRespectTo: [x], createsGraph: true)
    #expect(first[0].doubles == [3, 12])
    let error = #expect(throws: TensorError.self) {
      try Tensor.gradient(of: first[0].sum(), withRespectTo: [x])
    }
    #expect(error?.reason.contains("differentiated twice") == true)
  }
}
