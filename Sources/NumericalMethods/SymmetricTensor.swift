/// A symmetric tensor of second order in space: a stress, or a strain with tensor (not engineering) shear.
public struct SymmetricTensor: Sendable, Equatable, Codable, BitwiseCopyable {
  /// Components xx, yy, zz, xy, xz, yz: the order in which CalculiX prints them.
  public var xx, yy, zz, xy, xz, yz: Double

  /// A tensor of the given components.
  @inlinable public init(
    xx: Double = 0, yy: Double = 0, zz: Double = 0, xy: Double = 0, xz: Double = 0, yz: Double = 0
  ) {
    (self.xx, self.yy, self.zz, self.xy, self.xz, self.yz) = (xx, yy, zz, xy, xz, yz)
  }

  /// The tensor without components.
  public static let zero = Self()

  /// The sum of two tensors.
  @inlinable public static func + (a: Self, b: Self) -> Self {
    Self(
      xx: a.xx + b.xx, yy: a.yy + b.yy, zz: a.zz + b.zz, xy: a.xy + b.xy, xz: a.xz + b.xz,
      yz: a.yz + b.yz)
  }

  /// The difference of two tensors.
  @inlinable public static func - (a: Self, b: Self) -> Self { a + (-1) * b }

  /// A tensor scaled.
  @inlinable public static func * (factor: Double, a: Self) -> Self {
    Self(
      xx: factor * a.xx, yy: factor * a.yy, zz: factor * a.zz, xy: factor * a.xy,
      xz: factor * a.xz, yz: factor * a.yz)
  }

  /// The double contraction a : b, the energy density of a stress on a strain.
  @inlinable public func contracted(with other: Self) -> Double {
    xx * other.xx + yy * other.yy + zz * other.zz
      + 2 * (xy * other.xy + xz * other.xz + yz * other.yz)
  }

  /// The sum of the normal components.
  @inlinable public var trace: Double { xx + yy + zz }

  /// The equivalent stress of von Mises, √(3/2 s:s) of the deviator s.
  public var vonMises: Double {
    let normal = (xx - yy) * (xx - yy) + (yy - zz) * (yy - zz) + (zz - xx) * (zz - xx)
    return (normal / 2 + 3 * (xy * xy + xz * xz + yz * yz)).squareRoot()
  }

  /// The largest absolute component.
  public var magnitude: Double {
    [xx, yy, zz, xy, xz, yz].reduce(0) { max($0, abs($1)) }
  }

  /// The six components in the order xx, yy, zz, xy, xz, yz.
  public var components: [Double] { [xx, yy, zz, xy, xz, yz] }
}
