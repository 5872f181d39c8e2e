internal import DesignProblem
internal import Manufacturability
internal import Tensors

/// The slope of all leaky rectifiers for negative arguments.
let leak = 0.2

/// A convolution with its own places in the list of weights.
struct Convolution: Sendable {
  let weight: Int
  let bias: Int
  let stride: Int
  let padding: Int
  /// The axes along which a picture goes on at its other end; along others there are zeros around it.
  let periodic: Set<GridAxis>

  /// Adds the weights of a convolution, He's deviation for a leaky rectifier behind it (He and others 2015).
  ///
  /// - Parameter gain: Multiplies the deviation; 0 starts a branch at nothing.
  init(
    _ name: String, _ inputs: Int, _ outputs: Int, kernel: Int = 3, stride: Int = 1,
    gain: Double = 1, periodic: Set<GridAxis>, in parameters: inout Parameters,
    random: inout SeededGenerator
  ) {
    self.periodic = periodic
    let deviation = gain * (2 / ((1 + leak * leak) * Double(inputs * kernel * kernel))).squareRoot()
    weight = parameters.addNormal(
      name + ".weight", [outputs, inputs, kernel, kernel], deviation: deviation, random: &random)
    bias = parameters.addConstant(name + ".bias", [outputs], 0)
    self.stride = stride
    // A stride of 2 goes with a kernel of 4, so that every pixel counts the same.
    padding = stride == 2 ? 1 : kernel / 2
  }

  func callAsFunction(_ input: Tensor, _ parameters: Parameters) -> Tensor {
    let isWrapped = padding > 0 && !periodic.isEmpty
    return (isWrapped ? input.padded(padding, around: periodic) : input).convolved(
      weight: parameters.tensors[weight], bias: parameters.tensors[bias], stride: stride,
      padding: isWrapped ? 0 : padding)
  }
}

/// A matrix and a shift.
struct Linear: Sendable {
  let weight: Int
  let bias: Int

  init(
    _ name: String, _ inputs: Int, _ outputs: Int, gain: Double = 1,
    in parameters: inout Parameters, random: inout SeededGenerator
  ) {
    weight = parameters.addNormal(
      name + ".weight", [outputs, inputs], deviation: gain / Double(inputs).squareRoot(),
      random: &random)
    bias = parameters.addConstant(name + ".bias", [outputs], 0)
  }

  func callAsFunction(_ input: Tensor, _ parameters: Parameters) -> Tensor {
    input.linear(weight: parameters.tensors[weight], bias: parameters.tensors[bias])
  }
}

/// x + f(x), f two convolutions; with a code, f's middle is scaled and shifted by it, channel by channel (Perez and others 2018).
///
/// No normalisation: the second convolution starts at nothing instead (Zhang, Dauphin and Ma, *Fixup Initialization*, 2019), which costs less
/// and leaves designs of a batch alone.
struct ResidualBlock: Sendable {
  let first: Convolution
  let second: Convolution
  let modulation: Linear?
  let width: Int

  init(
    _ name: String, _ width: Int, codeLength: Int = 0, periodic: Set<GridAxis>,
    in parameters: inout Parameters, random: inout SeededGenerator
  ) {
    self.width = width
    first = Convolution(
      name + ".first", width, width, periodic: periodic, in: &parameters, random: &random)
    second = Convolution(
      name + ".second", width, width, gain: 0.1, periodic: periodic, in: &parameters,
      random: &random)
    modulation =
      codeLength == 0
      ? nil
      : Linear(
        name + ".modulation", codeLength, 2 * width, gain: 0.2, in: &parameters, random: &random)
  }

  func callAsFunction(_ input: Tensor, code: Tensor? = nil, _ parameters: Parameters) -> Tensor {
    var middle = first(input, parameters)
    if let modulation, let code {
      let both = modulation(code, parameters).reshaped([-1, 2 * width, 1, 1])
      middle =
        middle * (both.sliced(along: 1, 0..<width) + 1)
        + both.sliced(along: 1, width..<(2 * width))
    }
    return input + second(middle.leakyReLU(slope: leak), parameters).leakyReLU(slope: leak)
  }
}
