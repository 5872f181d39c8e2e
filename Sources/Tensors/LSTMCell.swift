/// One step of a long short-term memory.
///
/// i, f, o = σ(·), g = tanh(·) of W x + U h + b, in the order i, f, g, o along the rows; c ← f c + i g, h ← o tanh c.
///
/// - Source: Hochreiter and Schmidhuber (1997), with the forget gate of Gers and others (2000).
package struct LSTMCell: Sendable {
  /// What the cell hands on from step to step.
  package struct State: Sendable {
    /// h, [batch, size]
    package var output: Tensor
    /// c, [batch, size]
    package var memory: Tensor

    /// A state.
    package init(output: Tensor, memory: Tensor) {
      self.output = output
      self.memory = memory
    }
  }

  /// W, [4 size, inputs]
  package var inputWeight: Tensor
  /// U, [4 size, size]
  package var outputWeight: Tensor
  /// b, [4 size]
  package var bias: Tensor

  /// A cell of given weights.
  package init(inputWeight: Tensor, outputWeight: Tensor, bias: Tensor) {
    self.inputWeight = inputWeight
    self.outputWeight = outputWeight
    self.bias = bias
  }

  /// h and c: how many each.
  package var size: Int { outputWeight.shape[1] }

  /// The state after one more input, [batch, inputs].
  package func callAsFunction(_ input: Tensor, after state: State) -> State {
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
