internal import CTorch

extension Tensor {
  /// The gradients of one number with respect to tensors that it was computed from.
  ///
  /// A tensor on which `output` does not depend has the gradient zero.
  ///
  /// - Parameters:
  ///   - output: One number, unless `outputGradient` says how much each of its elements counts.
  ///   - inputs: Tensors with ``requiresGradient``, or computed from such.
  ///   - outputGradient: The derivative of what is sought with respect to `output`, of its shape.
  ///   - keepsGraph: Whether more gradients of what was recorded will be asked for; otherwise it is freed.
  ///   - createsGraph: Whether the gradients themselves are recorded, to be differentiated again. Keeps the graph too.
  /// - Returns: One tensor for each input, of its shape and precision.
  /// - Throws: What the backward of a custom function threw, or ``TensorError`` where `output` was not recorded or what was
  ///   recorded has been freed.
  package static func gradient(
    of output: Tensor, withRespectTo inputs: [Tensor], outputGradient: Tensor? = nil,
    keepsGraph: Bool = false, createsGraph: Bool = false
  ) throws -> [Tensor] {
    try gradient(
      of: [output], withRespectTo: inputs, outputGradients: outputGradient.map { [$0] },
      keepsGraph: keepsGraph, createsGraph: createsGraph)
  }

  /// The gradients of the sum of several outputs, in one pass; see
  /// ``gradient(of:withRespectTo:outputGradient:keepsGraph:createsGraph:)``.
  package static func gradient(
    of outputs: [Tensor], withRespectTo inputs: [Tensor], outputGradients: [Tensor]? = nil,
    keepsGraph: Bool = false, createsGraph: Bool = false
  ) throws -> [Tensor] {
    precondition(!outputs.isEmpty && !inputs.isEmpty, "gradients of nothing, or to nothing")
    precondition(
      outputGradients == nil || outputGradients?.count == outputs.count,
      "\(outputs.count) outputs have \(outputGradients?.count ?? 0) gradients")
    return try Crossing.lend(outputs) { of, ofCount in
      try Crossing.lend(inputs) { with, withCount in
        try Crossing.lend(outputGradients ?? []) { weights, weightCount in
          try Crossing.makeThrowing(inputs.count) {
            gct_gradient(
              of, ofCount, weightCount > 0 ? weights : nil, with, withCount, keepsGraph,
              createsGraph, $0)
          }
        }
      }
    }
  }

  /// Computes without recording for gradients, on this thread, while `body` runs.
  package static func withoutGradient<Answer, Failure: Error>(
    _ body: () throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    let wasRecording = gct_set_recording(false)
    defer { _ = gct_set_recording(wasRecording) }
    return try body()
  }
}
