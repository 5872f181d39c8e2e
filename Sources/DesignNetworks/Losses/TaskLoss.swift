internal import DesignFamilies
internal import DesignProblem
internal import Manufacturability

/// What a design of one task costs:
///
///     ln(C / C_ref) + Σ w h(ln(v / b)) + v (V / V* − 1)² + c · unreached material
///
/// with the objective C, that of a good design C_ref, and the value v and the bound b of every limit of the task. The hinge h is
///
///     h(x) = 0 up to −δ,  (x + δ)² / 4δ up to δ,  x beyond:
///
/// a broken limit costs by how far it is broken, one that is kept by more than δ = 5 % nothing.
///
/// A value may be 0 or negative, as a displacement may. So v / b stands for 1 + (v − b) / |b|, which is v / b where b is positive and which a value above its bound
/// takes above 1 where b is negative too; where it is small or negative the hinge is 0 and asks for no logarithm. The objective's logarithm is continued
/// by its tangent where C / C_ref is below a half.
struct TaskLoss: Sendable {
  /// A limit: the place of its term, and its bound.
  struct Limit: Sendable {
    let name: String
    let term: Int
    let bound: Double
  }
  /// What a design costs, and the derivative by every term's value.
  struct Cost {
    /// `objective`, `limit NAME`, `volume`, `connectivity`, unweighted.
    var parts: [(name: String, value: Double)] = []
    var total = 0.0
    var slopes: [Double]
  }

  /// Measures the terms: the objective, the other limited ones, volume, connectivity.
  let solver: ManufacturabilityLoss
  /// C_ref
  let reference: Double
  let limits: [Limit]
  /// w
  let limitWeight: Double
  /// Volume and connectivity with their weights: what stands at the end of the terms.
  let geometry: [(name: String, weight: Double)]

  /// δ
  static let hingeWidth = 0.05

  /// What values of all terms cost.
  func cost(of values: [Double]) -> Cost {
    var cost = Cost(slopes: values.map { _ in 0 })
    let objective = Self.continuedLogarithm(Self.ratio(values[0], reference))
    cost.parts.append(("objective", objective.value))
    cost.total = objective.value
    cost.slopes[0] = objective.slope / abs(reference)
    for limit in limits {
      let excess = Self.hinge(ofLogarithm: Self.ratio(values[limit.term], limit.bound))
      cost.parts.append(("limit " + limit.name, excess.value))
      cost.total += limitWeight * excess.value
      cost.slopes[limit.term] += limitWeight * excess.slope / abs(limit.bound)
    }
    for (place, part) in geometry.enumerated() {
      let term = values.count - geometry.count + place
      cost.parts.append((part.name, values[term]))
      cost.total += part.weight * values[term]
      cost.slopes[term] = part.weight
    }
    return cost
  }

  /// 1 + (value − bound) / |bound|.
  private static func ratio(_ value: Double, _ bound: Double) -> Double {
    bound > 0 ? value / bound : 2 - value / bound
  }

  /// ln y, from ½ down by its tangent there, and its derivative.
  private static func continuedLogarithm(_ y: Double) -> (value: Double, slope: Double) {
    y < 0.5 ? (logarithm(0.5) + 2 * (y - 0.5), 2) : (logarithm(y), 1 / y)
  }

  /// h(ln y) and its derivative by y.
  static func hinge(ofLogarithm y: Double) -> (value: Double, slope: Double) {
    let δ = hingeWidth
    guard y > exponential(-δ) else { return (0, 0) }
    let x = logarithm(y)
    return x < δ
      ? ((x + δ) * (x + δ) / (4 * δ), (x + δ) / (2 * δ) / y) : (x, 1 / y)
  }
}

/// Why a task has no loss.
package struct UnusableLimit: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  package let description: String
}
