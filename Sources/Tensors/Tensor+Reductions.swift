internal import CTorch

extension Tensor {
  /// The sum of all elements.
  package func sum() -> Tensor { reduced(.sum, along: [], keepingDimensions: false) }
  /// The mean of all elements.
  package func mean() -> Tensor { reduced(.mean, along: [], keepingDimensions: false) }

  /// The sums along some axes.
  ///
  /// - Parameters:
  ///   - axes: At least one; negative ones count from the last, -1.
  ///   - keepingDimensions: Whether the axes stay, with length 1.
  package func sum(along axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    precondition(!axes.isEmpty, "a sum along no axis")
    return reduced(.sum, along: axes, keepingDimensions: keepingDimensions)
  }

  /// The means along some axes; as ``sum(along:keepingDimensions:)``.
  package func mean(along axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    precondition(!axes.isEmpty, "a mean along no axis")
    return reduced(.mean, along: axes, keepingDimensions: keepingDimensions)
  }

  private func reduced(
    _ reduction: gct_reduction, along axes: [Int], keepingDimensions: Bool
  ) -> Tensor {
    Crossing.lend(axes) { axes, count in
      making { gct_reduced(reduction, $0, axes, count, keepingDimensions, $1) }
    }
  }

  /// The matrix product over the last two axes, [… rows, inner] × [… inner, columns]; axes in front are repeated as in arithmetic.
  package func matmul(_ other: Tensor) -> Tensor {
    making(with: other) { gct_matrix_product($0, $1, $2) }
  }
}
