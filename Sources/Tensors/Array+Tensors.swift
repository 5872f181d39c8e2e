internal import CTorch

/// Lists of tensors, such as all gradients of a network: one crossing into libtorch for the whole list.
extension [Tensor] {
  /// The scalar product with another list of the same shapes, added up in double precision in the order of the elements.
  package func dot(_ other: [Tensor]) -> Double {
    precondition(count == other.count, "lists of \(count) and \(other.count) tensors")
    var result = 0.0
    Crossing.lend(self) { left, count in
      Crossing.lend(other) { right, _ in
        Crossing.check(gct_list_dot(left, right, count, &result))
      }
    }
    return result
  }

  /// The sum of the squares of all elements, added up in double precision in their order.
  package var squaredNorm: Double { dot(self) }

  /// Adds another list of the same shapes times a number to this one times a number.
  ///
  /// In place where nobody else holds the tensors. The results are cut off from what they were computed from.
  package mutating func accumulate(_ other: [Tensor], scale: Double = 1, keeping factor: Double = 1)
  {
    precondition(count == other.count, "lists of \(count) and \(other.count) tensors")
    Tensor.changingInPlace(&self) { targets, count in
      Crossing.lend(other) { sources, _ in
        gct_list_accumulate(targets, factor, sources, scale, count)
      }
    }
  }

  /// Zeros of the shapes and precisions of these.
  package var zeros: [Tensor] { map { .zeros($0.shape, precision: $0.precision) } }
}

extension Tensor {
  /// Lends a list to a call that changes its tensors.
  ///
  /// The door changes memory in place only where one tensor of libtorch uses it. A handle that somebody else holds too is first
  /// replaced by one of our own on the same tensor, which makes two.
  static func changingInPlace(
    _ tensors: inout [Tensor], _ call: (UnsafePointer<OpaquePointer>, Int32) -> gct_status
  ) {
    for place in tensors.indices where !isKnownUniquelyReferenced(&tensors[place].handle) {
      tensors[place] = tensors[place].making { gct_alias($0, $1) }
    }
    Crossing.check(Crossing.lend(tensors, call))
  }
}
