import Testing

@testable import DesignProblem
@testable import Manufacturability

/// Bounds that no two-phase microstructure can leave.
///
/// Linear elements overestimate energies, so the constants found lie above those of the image: the lower bounds must hold for every image,
/// the upper ones as soon as the image is resolved. The images therefore consist of random blocks of 4×4 elements. For conduction there is a
/// lower estimate too, k₁k₂ R k*(k₂, k₁)⁻¹ Rᵀ with the solids exchanged and R a turn by 90° (Keller 1964; Mendelson 1975): it must respect the
/// upper bound on every image, blocks of one element included.
///
/// The bounds are those of isotropic mixtures; they hold for the traces of any, because the Green operator's part that enters depends on
/// no direction once the invariants ½ tr k*, κ = ¼ δ:C*:δ and μ = half the trace over the deviators are taken (Hashin and Shtrikman,
/// J. Mech. Phys. Solids 11, 1963; Hashin, ibid. 13, 1965; Torquato, *Random Heterogeneous Materials*, 2002, chapter 21, d = 2). In plane
/// stress κ = E/(2 (1 − ν)). The phases are well ordered: the stiffer is stiffer in κ and in μ.
@Suite("Hashin–Shtrikman bounds") struct HashinShtrikmanTests {
  static let strong = SolidPhase(
    index: 1, youngsModulus: 6, poissonsRatio: 0.3, conductivity: 4, expansion: 0.01)
  static let weak = SolidPhase(
    index: 2, youngsModulus: 1.2, poissonsRatio: 0.2, conductivity: 1, expansion: 0.04)

  private func bulk(_ s: SolidPhase) -> Double { s.youngsModulus / (2 * (1 - s.poissonsRatio)) }
  private func shear(_ s: SolidPhase) -> Double { s.youngsModulus / (2 * (1 + s.poissonsRatio)) }

  /// a + f_b / (1/(b − a) + f_a weight): the bound with phase a as the matrix.
  private func bound(_ a: Double, _ b: Double, _ share: Double, _ weight: Double) -> Double {
    a + share / (1 / (b - a) + (1 - share) * weight)
  }

  @Test("are never left by random images", arguments: Array(1...50))
  func hold(seed: UInt64) throws {
    let (a, b) = (Self.strong, Self.weak)
    for block in [4, 1] {
      let grid = DesignGrid(columns: block == 4 ? 20 : 10, rows: block == 4 ? 20 : 10)
      let design = HomogenizationTests.random(grid, seed: seed, block: block)
      let share = design[grid.elementCount...].reduce(0, +) / Double(grid.elementCount)
      let found = try HomogenizationTests.constants(
        HomogenizationTests.problem(grid, [a, b]), design)
      // Round-off, for images of one solid alone.
      let margin = 1e-12

      let k = (found.conductivity[0][0] + found.conductivity[1][1]) / 2
      let (kLow, kHigh) = (
        bound(b.conductivity, a.conductivity, 1 - share, 1 / (2 * b.conductivity)),
        bound(a.conductivity, b.conductivity, share, 1 / (2 * a.conductivity))
      )
      #expect(k >= kLow * (1 - margin), "k \(k) below \(kLow)")
      var (first, second) = (a, b)
      (first.conductivity, second.conductivity) = (b.conductivity, a.conductivity)
      let exchanged = try HomogenizationTests.constants(
        HomogenizationTests.problem(grid, [first, second]), design
      ).conductivity
      let determinant = exchanged[0][0] * exchanged[1][1] - exchanged[0][1] * exchanged[1][0]
      let kDual =
        a.conductivity * b.conductivity * (exchanged[0][0] + exchanged[1][1]) / (2 * determinant)
      #expect(kDual <= kHigh * (1 + margin), "k \(kDual) above \(kHigh)")
      #expect(kDual <= k * (1 + margin), "the two estimates enclose the image's constant")

      let C = found.stiffness
      let κ = (C[0][0] + C[1][1] + 2 * C[0][1]) / 4
      let μ = ((C[0][0] + C[1][1] - 2 * C[0][1]) / 4 + C[2][2]) / 2
      func bounds(_ m: SolidPhase, _ other: SolidPhase, _ part: Double) -> (κ: Double, μ: Double) {
        let (κm, μm) = (bulk(m), shear(m))
        return (
          bound(κm, bulk(other), part, 1 / (κm + μm)),
          bound(μm, shear(other), part, (κm + 2 * μm) / (2 * μm * (κm + μm)))
        )
      }
      let (low, high) = (bounds(b, a, 1 - share), bounds(a, b, share))
      #expect(κ >= low.κ * (1 - margin), "κ \(κ) below \(low.κ)")
      #expect(μ >= low.μ * (1 - margin), "μ \(μ) below \(low.μ)")
      if block == 4 {
        #expect(k <= kHigh * (1 + margin), "k \(k) above \(kHigh)")
        #expect(κ <= high.κ * (1 + margin), "κ \(κ) above \(high.κ)")
        #expect(μ <= high.μ * (1 + margin), "μ \(μ) above \(high.μ)")
      }
    }
  }
}
