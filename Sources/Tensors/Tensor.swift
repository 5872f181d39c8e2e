internal import CTorch

/// Numbers with a shape, in single or double precision, that know how they were computed.
///
/// A value: no operation changes a tensor that somebody else holds. What is computed from a tensor with
/// ``requiresGradient`` is recorded, so that ``gradient(of:withRespectTo:outputGradients:keepsGraph:createsGraph:)`` can
/// follow it back. Arithmetic traps where shapes or precisions do not fit, with libtorch's message.
///
/// May be used from several threads at once.
package struct Tensor: Sendable {
  var handle: TensorHandle

  init(_ handle: TensorHandle) { self.handle = handle }

  /// How many along each axis, slowest first; empty for a single number.
  package var shape: [Int] {
    lend { tensor in
      (0..<gct_rank(tensor)).map { Int(gct_length(tensor, $0)) }
    }
  }

  /// How many numbers.
  package var count: Int { lend { Int(gct_count($0)) } }

  /// Single or double.
  package var precision: TensorPrecision { lend { TensorPrecision(gct_precision_of($0)) } }

  /// Whether what is computed from this tensor is recorded for gradients.
  package var requiresGradient: Bool { lend { gct_requires_gradient($0) } }

  /// The same numbers, cut off from what they were computed from. Costs no copy.
  ///
  /// - Parameter requiresGradient: Whether gradients with respect to the new tensor may be asked for.
  package func detached(requiresGradient: Bool = false) -> Tensor {
    making { gct_detached($0, requiresGradient, $1) }
  }

  /// The numbers rounded or widened to a precision; gradients pass through.
  package func converted(to precision: TensorPrecision) -> Tensor {
    making { gct_converted($0, precision.code, $1) }
  }
}

extension Tensor: CustomStringConvertible {
  /// The shape and, if they are few, the numbers.
  package var description: String {
    let kind = precision == .single ? "single" : "double"
    let numbers = count <= 64 ? " \(doubles)" : ""
    return "Tensor(\(shape), \(kind))\(numbers)"
  }
}
