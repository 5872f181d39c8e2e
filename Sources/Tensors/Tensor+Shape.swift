internal import CTorch

extension Tensor {
  /// The same numbers in another shape; one length may be -1, for what is left.
  package func reshaped(_ shape: [Int]) -> Tensor {
    Crossing.lend(shape) { lengths, rank in making { gct_reshaped($0, lengths, rank, $1) } }
  }

  /// Axes of length 1 repeated, and axes put in front, without a copy; -1 keeps a length.
  package func expanded(_ shape: [Int]) -> Tensor {
    Crossing.lend(shape) { lengths, rank in making { gct_expanded($0, lengths, rank, $1) } }
  }

  /// The axes in another order: axis *i* of the result is `axes[i]` of this tensor.
  package func permuted(_ axes: [Int]) -> Tensor {
    Crossing.lend(axes) { axes, rank in making { gct_permuted($0, axes, rank, $1) } }
  }

  /// The part of an axis that a range names.
  package func sliced(along axis: Int, _ range: Range<Int>) -> Tensor {
    making { gct_sliced($0, Int64(axis), Int64(range.lowerBound), Int64(range.count), $1) }
  }

  /// Several tensors one behind the other along an axis; their other lengths agree.
  package static func concatenated(_ tensors: [Tensor], along axis: Int) -> Tensor {
    precondition(!tensors.isEmpty, "nothing to concatenate")
    return Crossing.lend(tensors) { pointers, count in
      Crossing.make { gct_concatenated(pointers, count, Int64(axis), $0) }
    }
  }

  /// Reversed along some axes.
  package func flipped(along axes: [Int]) -> Tensor {
    precondition(!axes.isEmpty, "flipped along no axis")
    return Crossing.lend(axes) { axes, count in
      guard let axes else { return self }
      return making { gct_flipped($0, axes, count, $1) }
    }
  }
}
