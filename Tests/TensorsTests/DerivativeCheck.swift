import Tensors
import Testing

/// Fixed pseudorandom numbers (SplitMix64), for tests that need no particular ones.
struct Numbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number in a range.
  mutating func next(in range: ClosedRange<Double> = -1...1) -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    let unit = Double(bits >> 11) / Double(1 << 53)
    return range.lowerBound + unit * (range.upperBound - range.lowerBound)
  }

  /// A tensor in double precision.
  mutating func tensor(_ shape: [Int], in range: ClosedRange<Double> = -1...1) -> Tensor {
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { _ in next(in: range) }, shape: shape)
  }

  /// A tensor of numbers at least 0.1 away from zero, where |x| and its like have a kink.
  mutating func tensorOffZero(_ shape: [Int]) -> Tensor {
    let count = shape.reduce(1, *)
    return Tensor(
      (0..<count).map { _ in
        let number = next()
        return number < 0 ? number - 0.1 : number + 0.1
      }, shape: shape)
  }
}

/// Checks the derivatives of a function of some tensors in double precision.
///
/// The function's elements are weighted with fixed numbers and added up, J. Every ∂J/∂x is held against the central difference
/// with h = 1e-4; then, the gradient being weighted and added up likewise, every second derivative against the difference of the
/// first.
///
/// Tolerance: the difference is off by h²/6 of the third derivative, below 10 for all functions tested, so 2e-8, and by the
/// round-off of J over h, 1e-15 × 100 / 1e-4 = 1e-9. Taken: 1e-7 times the largest derivative or one.
func checkDerivatives(
  of function: ([Tensor]) -> Tensor, at inputs: [Tensor], areDifferentiableTwice: Bool = true,
  _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let h = 1e-4
  var numbers = Numbers(seed: 77)
  let weights = numbers.tensor(function(inputs).shape)
  let directions = inputs.map { numbers.tensor($0.shape) }
  func total(_ inputs: [Tensor]) -> Tensor { (function(inputs) * weights).sum() }
  func gradients(_ inputs: [Tensor], createsGraph: Bool = false) throws -> [Tensor] {
    let leaves = inputs.map { $0.requiresGradient ? $0 : $0.detached(requiresGradient: true) }
    return try Tensor.gradient(
      of: total(leaves), withRespectTo: leaves, createsGraph: createsGraph)
  }
  func along(_ gradients: [Tensor]) -> Tensor {
    zip(gradients, directions).map { ($0 * $1).sum() }.reduce(Tensor(0, precision: .double), +)
  }
  func differences(_ value: ([Tensor]) throws -> Double) rethrows -> [[Double]] {
    try inputs.indices.map { number in
      let values = inputs[number].doubles
      return try values.indices.map { place in
        func moved(_ step: Double) -> [Tensor] {
          var moved = values
          moved[place] += step
          var all = inputs
          all[number] = Tensor(moved, shape: inputs[number].shape)
          return all
        }
        return try (value(moved(h)) - value(moved(-h))) / (2 * h)
      }
    }
  }
  func compare(_ found: [Tensor], _ expected: [[Double]], _ what: String) {
    let largest = expected.joined().map(abs).max() ?? 0
    for (number, (found, expected)) in zip(found, expected).enumerated() {
      let error = zip(found.doubles, expected).map { abs($0 - $1) }.max() ?? 0
      #expect(
        error <= 1e-7 * max(1, largest), "\(name): \(what) of input \(number)",
        sourceLocation: sourceLocation)
    }
  }
  let first = try gradients(inputs)
  #expect(first.map(\.shape) == inputs.map(\.shape), sourceLocation: sourceLocation)
  compare(first, differences { total($0).item }, "derivative")

  guard areDifferentiableTwice else { return }
  let leaves = inputs.map { $0.detached(requiresGradient: true) }
  let again = try Tensor.gradient(
    of: along(try gradients(leaves, createsGraph: true)), withRespectTo: leaves)
  compare(again, try differences { along(try gradients($0)).item }, "second derivative")
}
