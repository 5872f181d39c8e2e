internal import Glibc
internal import Manufacturability
package import Tensors

/// The weights of a network: tensors with names, in a fixed order.
///
/// Networks are structs of layers that know places in this list, so that the weights can be handed to an optimizer, averaged, saved, and
/// read by several threads at once without asking a layer.
package struct Parameters: Sendable {
  /// What the tensors are called, such as `encoder.1.convolution.weight`.
  package private(set) var names: [String] = []
  /// The tensors.
  package var tensors: [Tensor] = []

  /// No weights yet.
  package init() {}

  /// Numbers in all tensors.
  package var count: Int { tensors.reduce(0) { $0 + $1.count } }

  /// Adds a tensor of normal numbers.
  ///
  /// - Returns: Its place.
  mutating func addNormal(
    _ name: String, _ shape: [Int], deviation: Double, random: inout SeededGenerator
  ) -> Int {
    var values = [Float](repeating: 0, count: shape.reduce(1, *))
    for place in values.indices { values[place] = Float(deviation * random.nextNormal()) }
    return add(name, Tensor(values, shape: shape))
  }

  /// Adds a tensor of one number all over.
  mutating func addConstant(_ name: String, _ shape: [Int], _ value: Double) -> Int {
    add(name, .full(shape, value))
  }

  private mutating func add(_ name: String, _ tensor: Tensor) -> Int {
    precondition(!names.contains(name), "two parameters are called \(name)")
    names.append(name)
    tensors.append(tensor.detached(requiresGradient: true))
    return names.count - 1
  }

  /// The same weights in another precision, recorded for gradients.
  package func converted(to precision: TensorPrecision) -> Parameters {
    var result = self
    result.tensors = tensors.map {
      $0.detached().converted(to: precision).detached(requiresGradient: true)
    }
    return result
  }

  /// The same weights, cut off from gradients.
  package func detached() -> Parameters {
    var result = self
    result.tensors = tensors.map { $0.detached() }
    return result
  }
}

extension SeededGenerator {
  /// Normal with mean 0 and deviation 1.
  ///
  /// - Source: Box and Muller (1958).
  mutating func nextNormal() -> Double {
    let (a, b) = (1 - nextUnit(), nextUnit())
    return (-2 * log(a)).squareRoot() * cos(2 * Double.pi * b)
  }
}
