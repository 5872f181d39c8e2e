internal import CTorch

/// What pads a picture.
package enum TensorPadding: Sendable, CaseIterable {
  /// Zeros.
  case zero
  /// The picture mirrored at its outermost pixels, which are not repeated.
  case reflect
  /// The outermost pixels repeated.
  case replicate

  var code: gct_padding {
    switch self {
    case .zero: .zero
    case .reflect: .reflect
    case .replicate: .replicate
    }
  }
}

extension Tensor {
  /// Pads pictures, [batch, channels, height, width], all around.
  ///
  /// - Parameters:
  ///   - left: Columns before the first, and so on; for `.reflect` fewer than the picture has.
  ///   - padding: What the new pixels are.
  package func padded(
    left: Int, right: Int, top: Int, bottom: Int, with padding: TensorPadding = .zero
  ) -> Tensor {
    let widths = [Int64(left), Int64(right), Int64(top), Int64(bottom)]
    return making { gct_padded(padding.code, $0, widths, $1) }
  }

  /// Pads pictures by the same width on all sides.
  package func padded(_ width: Int, with padding: TensorPadding = .zero) -> Tensor {
    padded(left: width, right: width, top: width, bottom: width, with: padding)
  }
}
