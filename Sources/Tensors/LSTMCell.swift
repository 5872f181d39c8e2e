/// One step of a long short-term memory.
///
/// i, f, o = σ(·), g = tanh(·) of W x + U h + b, in the order i, f, g, o along the rows; c ← f c + i g, h ← o tanh c.
///
/// - Source: Hochreiter and Schmidhuber (1997), with the forget gate of Gers and others (2000).
public struct LSTMCell: Sendable {
  /// What the cell hands on from step to step.
  public struct State: Sendable {
    /// h, [batch, size]
    public var output: Tensor
    /// c, [batch, size]
    public var memory: Tensor

    /// A state.
    public init(output: Tensor, memory: Tensor) {
      self.output = output
      self.memory = memory
    }
  }

  /// W, [4 size, inputs]
  public var inputWeight: Tensor
  /// U, [4 size, size]
  public var outputWeight: Tensor
  /// b, [4 size]
  public var bias: Tensor

  /// A cell of given weights.
  public init(inputWeight: Tensor, outputWeight: Tensor, bias: Tensor) {
    self.inputWeight = inputWeight
    self.outputWeight = outputWeight
    self.bias = bias
  }

  /// h and c: how many each.
  public var size: Int { outputWeight.shape[1] }

  /// The state after one more input, [batch, inputs].
  public func callAsFunction(_ input: Tensor, after state: State) -> State {
    let gates =
      input.linear(weight: inputWeight, bias: bias) + state.output.linear(weight: outputWeight)
    let size = size
    func gate(_ place: Int) -> Tensor {
      gates.sliced(along: 1, place * size..<(place + 1) * size)
    }
    let memory = gate(1).sigmoid() * state.memory + gate(0).sigmoid() * gate(2).tanh()
    return State(output: gate(3).sigmoid() * memory.tanh(), memory: memory)
  }
}
