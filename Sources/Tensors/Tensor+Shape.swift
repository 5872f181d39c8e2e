internal import CTorch

extension Tensor {
  /// The same numbers in another shape; one length may be -1, for what is left.
  public func reshaped(_ shape: [Int]) -> Tensor {
    Crossing.lend(shape) { lengths, rank in making { gct_reshaped($0, lengths, rank, $1) } }
  }

  /// Axes of length 1 repeated, and axes put in front, without a copy; -1 keeps a length.
  public func expanded(_ shape: [Int]) -> Tensor {
    Crossing.lend(shape) { lengths, rank in making { gct_expanded($0, lengths, rank, $1) } }
  }

  /// The axes in another order: axis *i* of the result is `axes[i]` of this tensor.
  public func permuted(_ axes: [Int]) -> Tensor {
    Crossing.lend(axes) { axes, rank in making { gct_permuted($0, axes, rank, $1) } }
  }

  /// The part of an axis that a range names.
  public func sliced(along axis: Int, _ range: Range<Int>) -> Tensor {
    making { gct_sliced($0, Int64(axis), Int64(range.lowerBound), Int64(range.count), $1) }
  }

  /// Several tensors one behind the other along an axis; their other lengths agree.
  public static func concatenated(_ tensors: [Tensor], along axis: Int) -> Tensor {
    precondition(!tensors.isEmpty, "nothing to concatenate")
    return Crossing.lend(tensors) { pointers, count in
      Crossing.make { gct_concatenated(pointers, count, Int64(axis), $0) }
    }
  }

  /// Reversed along some axes.
  public func flipped(along axes: [Int]) -> Tensor {
    precondition(!axes.isEmpty, "flipped along no axis")
    return Crossing.lend(axes) { axes, count in
      guard let axes else { return self }
      return making { gct_flipped($0, axes, count, $1) }
    }
  }

  /// Moved along an axis; what leaves at the end comes in at the beginning.
  public func rolled(by places: Int, along axis: Int) -> Tensor {
    var shift = Int64(places)
    var axis = Int64(axis)
    return making { gct_rolled($0, &shift, &axis, 1, $1) }
  }

  /// Turned by quarter turns in the plane of two axes, from the first towards the second.
  ///
  /// With the rows of a picture along the first and its columns along the second, one turn is counterclockwise to the eye.
  public func rotated90(_ quarters: Int, in axes: (Int, Int) = (-2, -1)) -> Tensor {
    let pair = [Int64(axes.0), Int64(axes.1)]
    return making { gct_rotated($0, Int64(quarters), pair, $1) }
  }
}
