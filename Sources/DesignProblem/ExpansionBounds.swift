/// The mean thermal expansion (α*_xx + α*_yy) / 2 that plane cells of two solids and void can have, by how soft they may be.
///
/// With the stress σ(x) under the mean stress 1 (xx = yy = 1), Levin's relation is 2 ᾱ* = ⟨α tr σ⟩, ⟨tr σ⟩ = 2, and the energy is U = 1ᵀ C*⁻¹ 1 ≥ ⟨(tr σ)² / 4k⟩
/// with the plane bulk modulus k = E / 2 (1 − ν) of each solid. With t the part of ⟨tr σ⟩ = 2 that the second solid carries, Cauchy's and Schwarz's inequality
/// gives, whatever the shares of the solids are that fill the volume f,
///
///     2 ᾱ* = α₁ (2 − t) + α₂ t,   (|2 − t| / √k₁ + |t| / √k₂)² ≤ 4 f U.
///
/// Source: V. M. Levin, *Mech. Solids* 2 (1967); Z. Hashin and B. W. Rosen, *Int. J. Engng Sci.* 8 (1970), whose bounds by the stiffness these are for void as a
/// third phase and shares that are free.
package struct ExpansionBounds: Sendable, Equatable {
  /// The least and the largest mean expansion; `nil` where no cell is as stiff.
  package let range: ClosedRange<Double>?

  /// Bounds for two solids.
  ///
  /// - Parameters:
  ///   - volumeFraction: The share *f* of the cell that is solid.
  ///   - compliance: The largest *U*.
  package init(
    _ first: SolidPhase, _ second: SolidPhase, volumeFraction: Double, compliance: Double
  ) {
    func root(_ solid: SolidPhase) -> Double {
      (2 * (1 - solid.poissonsRatio) / solid.youngsModulus).squareRoot()
    }
    let (a, b) = (root(first), root(second))
    let reach = (4 * volumeFraction * compliance).squareRoot()
    guard reach >= 2 * min(a, b) else {
      range = nil
      return
    }
    let low = reach >= 2 * a ? (2 * a - reach) / (a + b) : (2 * a - reach) / (a - b)
    let high = reach >= 2 * b ? (reach + 2 * a) / (a + b) : (reach - 2 * a) / (b - a)
    let ends = [low, high].map { first.expansion + (second.expansion - first.expansion) * $0 / 2 }
    range = min(ends[0], ends[1])...max(ends[0], ends[1])
  }
}

extension ManufacturabilityProblem {
  /// Targets of the expansion that no design can reach: out of ``ExpansionBounds``, where a limit or a cell without void bounds the compliance.
  ///
  /// Nothing is solved.
  ///
  /// - Parameters:
  ///   - volumeFraction: How much of the grid is filled; `nil` where that is free.
  ///   - limits: What terms may be at most.
  package func targetFaults(volumeFraction: Double?, limits: [TermLimit]) -> [ProblemFault] {
    guard grid.isPlane, solids.count == 2 else { return [] }
    var targets: [Int: (place: Int, value: Double)] = [:]
    var compliance = Double.infinity
    for (place, term) in terms.enumerated() {
      switch term.measure {
      case .effectiveExpansion(let row, let target?): targets[row] = (place, target)
      case .effectiveCompliance(let direction)
      where direction.count == 3 && direction[0] == direction[1] && direction[2] == 0:
        let bounds = limits.filter { $0.term == term.name }.map(\.atMost)
        compliance = min(compliance, (bounds.min() ?? .infinity) / (direction[0] * direction[0]))
      default: break
      }
    }
    guard let x = targets[0], let y = targets[1] else { return [] }
    let filled = min(volumeFraction ?? 1, volumeRange.upperBound)
    if min(volumeRange.lowerBound, volumeFraction ?? 1) >= 1 || (volumeFraction ?? 0) >= 1 {
      // Without void no cell is softer than its softer solid all over (Reuss).
      compliance = min(
        compliance, solids.map { 2 * (1 - $0.poissonsRatio) / $0.youngsModulus }.max() ?? compliance
      )
    }
    guard compliance.isFinite else { return [] }
    let bounds = ExpansionBounds(
      solids[0], solids[1], volumeFraction: filled, compliance: compliance)
    let mean = (x.value + y.value) / 2
    if let range = bounds.range {
      let slack = 1e-9 * max(abs(range.lowerBound), abs(range.upperBound))
      if mean >= range.lowerBound - slack, mean <= range.upperBound + slack { return [] }
      return [
        ProblemFault(
          "terms[\(x.place)].target",
          "a mean expansion of \(mean) is out of bounds: cells of these solids and stiffness have \(range.lowerBound) to \(range.upperBound)",
          remedy: "take another target, solids with more contrast, or allow a softer cell")
      ]
    }
    return [
      ProblemFault(
        "terms[\(x.place)].target",
        "no cell of these solids and this volume is as stiff as its limit says",
        remedy: "allow a softer cell or more volume")
    ]
  }
}
