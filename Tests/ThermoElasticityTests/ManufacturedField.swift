import Foundation
import Meshing
import NumericalMethods

/// A smooth displacement and temperature, and by hand what would have to push and heat a body to have them.
///
/// Every component is a plane wave of its own direction, so that no derivative vanishes; the waves are longer than the
/// unit block they are used on. Steel: E = 210000, ν = 0.3, α = 1.2e-5, k = 50.
struct ManufacturedField {
  /// What the body does not see of space.
  let theory: ElementType.Theory
  /// The largest temperature; zero for a body that stays cold.
  var warmth = 0.0

  static let shear = 210_000 / 2.6
  static let lateral = 210_000 * 0.3 / (1.3 * 0.4)
  static let expansion = 1.2e-5
  static let conductivity = 50.0

  /// One wave: amplitude · sin(vector · position + phase).
  struct Wave {
    var amplitude: Double
    var vector: SIMD3<Double>
    var phase: Double

    func value(_ p: SIMD3<Double>) -> Double { amplitude * sin(vector.dot(p) + phase) }
    func gradient(_ p: SIMD3<Double>) -> SIMD3<Double> {
      amplitude * cos(vector.dot(p) + phase) * vector
    }
    /// The second derivatives, row by row.
    func curvature(_ p: SIMD3<Double>, _ axis: Int) -> SIMD3<Double> {
      -value(p) * vector[axis] * vector
    }
    func laplacian(_ p: SIMD3<Double>) -> Double { -value(p) * vector.dot(vector) }
  }

  private var isFlat: Bool { theory != .solid }

  /// The waves of the displacement's components.
  private var waves: [Wave] {
    let waves = [
      Wave(amplitude: 1.0e-3, vector: [1.3, 0.9, -0.7], phase: 0.4),
      Wave(amplitude: 0.8e-3, vector: [-0.8, 1.4, 0.6], phase: 1.1),
      Wave(amplitude: 0.9e-3, vector: [0.7, -0.6, 1.5], phase: 0.2),
    ]
    return waves.enumerated().map { axis, wave in
      var wave = wave
      if isFlat { wave.vector.z = 0 }
      if isFlat && axis == 2 { wave.amplitude = 0 }
      return wave
    }
  }

  private var heat: Wave {
    Wave(amplitude: warmth, vector: isFlat ? [1.1, 1.2, 0] : [1.1, 1.2, -0.9], phase: 0.3)
  }

  func displacement(_ p: SIMD3<Double>) -> SIMD3<Double> {
    let waves = self.waves
    return [waves[0].value(p), waves[1].value(p), waves[2].value(p)]
  }

  func temperature(_ p: SIMD3<Double>) -> Double { heat.value(p) }
  func temperatureGradient(_ p: SIMD3<Double>) -> SIMD3<Double> { heat.gradient(p) }

  /// Total strain.
  func strain(_ p: SIMD3<Double>) -> SymmetricTensor {
    let waves = self.waves
    let (x, y, z) = (waves[0].gradient(p), waves[1].gradient(p), waves[2].gradient(p))
    return SymmetricTensor(
      xx: x.x, yy: y.y, zz: theory == .axisymmetric ? waves[0].value(p) / p.x : z.z,
      xy: (x.y + y.x) / 2, xz: (x.z + z.x) / 2, yz: (y.z + z.y) / 2)
  }

  func stress(_ p: SIMD3<Double>) -> SymmetricTensor {
    Self.stress(strain(p), thermal: Self.expansion * temperature(p), theory)
  }

  /// Hooke's law by Lamé's constants, in the plane with the constants of plane stress.
  static func stress(
    _ strain: SymmetricTensor, thermal: Double, _ theory: ElementType.Theory
  ) -> SymmetricTensor {
    let isSheet = theory == .planeStress
    let lateral = isSheet ? 2 * Self.lateral * shear / (Self.lateral + 2 * shear) : Self.lateral
    let trace = isSheet ? strain.xx + strain.yy : strain.trace
    let normal = lateral * trace - (isSheet ? 210_000 / 0.7 : 210_000 / 0.4) * thermal
    return 2 * shear * strain
      + SymmetricTensor(xx: normal, yy: normal, zz: isSheet ? -2 * shear * strain.zz : normal)
  }

  /// Twice the elastic energy per volume of a stress, σ : C⁻¹ σ.
  static func energy(_ stress: SymmetricTensor) -> Double {
    (1.3 * stress.contracted(with: stress) - 0.3 * stress.trace * stress.trace) / 210_000
  }

  /// What must push per volume: −div σ = −(λ+μ) ∇(div u) − μ Δu + E/(1−2ν) α ∇T.
  ///
  /// In the plane with λ and the thermal modulus of plane stress; about an axis with the terms in 1/r.
  func bodyForce(_ p: SIMD3<Double>) -> SIMD3<Double> {
    let waves = self.waves
    let isSheet = theory == .planeStress
    let (λ, μ) = (
      isSheet ? 2 * Self.lateral * Self.shear / (Self.lateral + 2 * Self.shear) : Self.lateral,
      Self.shear
    )
    let β = Self.expansion * (isSheet ? 210_000 / 0.7 : 210_000 / 0.4)
    // ∇(div u): the sum over the components of the row of second derivatives that belongs to them.
    var dilation = SIMD3<Double>.zero
    for axis in 0..<3 { dilation += waves[axis].curvature(p, axis) }
    var laplacian = SIMD3(waves[0].laplacian(p), waves[1].laplacian(p), waves[2].laplacian(p))
    if theory == .axisymmetric {
      let r = p.x
      let (u, slope) = (waves[0].value(p), waves[0].gradient(p))
      // div u has u/r in it; Δ of a vector has −u/r² along r.
      dilation += [slope.x / r - u / (r * r), slope.y / r, 0]
      laplacian += [slope.x / r - u / (r * r), waves[1].gradient(p).x / r, 0]
    }
    return -(λ + μ) * dilation - μ * laplacian + β * heat.gradient(p)
  }

  /// What must heat per volume: −k ΔT.
  func heatSource(_ p: SIMD3<Double>) -> Double {
    -Self.conductivity
      * (heat.laplacian(p) + (theory == .axisymmetric ? heat.gradient(p).x / p.x : 0))
  }
}
