/// The symmetric 3×3 matrix from temperature gradient to (negative) heat flux, in power per length and kelvin.
public struct ConductivityMatrix: Sendable, Equatable {
  /// Its rows.
  public var x, y, z: SIMD3<Double>

  /// A matrix of the given rows.
  @inlinable public init(x: SIMD3<Double>, y: SIMD3<Double>, z: SIMD3<Double>) {
    (self.x, self.y, self.z) = (x, y, z)
  }

  /// The same conductivity in all directions.
  @inlinable public static func isotropic(_ conductivity: Double) -> Self {
    .symmetric(xx: conductivity, yy: conductivity, zz: conductivity)
  }

  /// A matrix of the given components.
  @inlinable public static func symmetric(
    xx: Double, yy: Double, zz: Double, xy: Double = 0, xz: Double = 0, yz: Double = 0
  ) -> Self {
    Self(x: [xx, xy, xz], y: [xy, yy, yz], z: [xz, yz, zz])
  }

  /// The product with a vector.
  @inlinable public static func * (matrix: Self, vector: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3((matrix.x * vector).sum(), (matrix.y * vector).sum(), (matrix.z * vector).sum())
  }
}
