internal import CTorch

/// The backward of a custom function, as libtorch keeps it.
final class Pullback: Sendable {
  let shapes: [[Int]]
  let function: @Sendable (Tensor) throws -> [Tensor]

  init(_ shapes: [[Int]], _ function: @escaping @Sendable (Tensor) throws -> [Tensor]) {
    self.shapes = shapes
    self.function = function
  }
}

/// An error on its way through libtorch.
final class HostError: Sendable {
  let error: any Error

  init(_ error: any Error) { self.error = error }
}

extension Tensor {
  /// The result of a function whose derivative is known, put where gradients are followed back.
  ///
  /// `function` computes the value and, along with it, the pullback: a closure that takes the derivative of a loss with respect to
  /// the value to the derivative with respect to the input. What the pullback holds is freed once, as soon as no gradient can
  /// follow, also when none was ever asked for.
  ///
  /// ```swift
  /// let loss = try Tensor.custom(of: density) { density in
  ///   let (value, gradient) = try term.valueWithGradient(at: density)
  ///   return (value, { outputGradient in outputGradient * gradient })
  /// }
  /// ```
  ///
  /// The derivative is taken once: a gradient of a gradient through it throws.
  ///
  /// - Parameters:
  ///   - input: What it is a function of. Neither it nor the output gradient is recorded where `function` and the pullback see
  ///     them.
  ///   - function: Value and pullback. What the pullback throws comes out of `gradient`.
  package static func custom(
    of input: Tensor,
    _ function: (Tensor) throws -> (value: Tensor, pullback: @Sendable (Tensor) throws -> Tensor)
  ) rethrows -> Tensor {
    try custom(of: [input]) { inputs in
      let (value, pullback) = try function(inputs[0])
      return (value, { [try pullback($0)] })
    }
  }

  /// The result of a function of several tensors whose derivatives are known; see ``custom(of:_:)-(Tensor,_)``.
  ///
  /// - Parameter function: Value and pullback, which gives one derivative for each input, of its shape.
  package static func custom(
    of inputs: [Tensor],
    _ function: ([Tensor]) throws -> (
      value: Tensor, pullback: @Sendable (Tensor) throws -> [Tensor]
    )
  ) rethrows -> Tensor {
    precondition(!inputs.isEmpty, "a function of nothing")
    let (value, function) = try withoutGradient { try function(inputs.map { $0.detached() }) }
    let pullback = Pullback(inputs.map(\.shape), function)
    let host = gct_host_function(
      context: Unmanaged.passRetained(pullback).toOpaque(),
      backward: { context, outputGradient, results, error in
        let pullback = Unmanaged<Pullback>.fromOpaque(context).takeUnretainedValue()
        do {
          let gradients = try pullback.function(Crossing.shared(outputGradient))
          guard gradients.map(\.shape) == pullback.shapes else {
            throw TensorError(
              "a pullback gave gradients of shapes \(gradients.map(\.shape)) for inputs of shapes \(pullback.shapes)"
            )
          }
          for (place, gradient) in gradients.enumerated() {
            Crossing.check(gradient.lend { gct_alias($0, &results[place]) })
          }
          return true
        } catch let failure {
          error.pointee = Unmanaged.passRetained(HostError(failure)).toOpaque()
          return false
        }
      },
      release_context: { Unmanaged<Pullback>.fromOpaque($0).release() },
      release_error: { Unmanaged<HostError>.fromOpaque($0).release() })
    return Crossing.lend(inputs) { pointers, count in
      value.making { gct_custom(pointers, count, $0, host, $1) }
    }
  }
}
