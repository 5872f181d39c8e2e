import Glibc

/// What three meshes of one element type say about the error that is left.
///
/// - Source: P. J. Roache, *J. Fluids Eng.* 116 (1994) 405 (the grid convergence index); the observed
///   order at unequal refinement ratios after I. B. Celik et al., *J. Fluids Eng.* 130 (2008) 078001.
public struct MeshConvergence: Codable, Sendable, Equatable {
  /// What the sequence does as the mesh is refined.
  public enum Behaviour: String, Codable, Sendable {
    /// The differences shrink and keep their sign.
    case monotone
    /// The differences change sign.
    case oscillating
    /// The differences do not shrink.
    case diverging
    /// The differences are round-off.
    case exact
  }

  /// The element type of all three.
  public var elementType: String
  /// The models, coarse to fine.
  public var models: [String]
  /// How the differences between the meshes go.
  public var behaviour: Behaviour
  /// The order at which the differences shrink; `nil` unless monotone.
  public var observedOrder: Double?
  /// The value that the sequence tends to; `nil` unless monotone.
  public var extrapolated: Double?
  /// The grid convergence index of the finest mesh, in the unit of the quantity: 95 % of errors are
  /// expected to be smaller.
  public var gridConvergenceIndex: Double

  /// The index of another mesh of the same sequence.
  ///
  /// - Parameter coarseness: Its cell size over the finest one.
  func index(atCoarseness coarseness: Double) -> Double {
    guard let observedOrder else { return gridConvergenceIndex }
    return gridConvergenceIndex * pow(coarseness, Swift.min(observedOrder, cappedOrder))
  }

  /// No order above this is trusted to shrink the index.
  private var cappedOrder: Double

  private enum CodingKeys: String, CodingKey {
    case elementType, models, behaviour, observedOrder, extrapolated, gridConvergenceIndex
    case cappedOrder = "trustedOrder"
  }

  /// Studies three meshes.
  ///
  /// - Parameters:
  ///   - sizes: Cell sizes, decreasing.
  ///   - values: Results on them.
  ///   - formalOrder: The order theory promises; a larger observed one is not trusted.
  init(
    elementType: String, models: [String], sizes: [Double], values: [Double], formalOrder: Double
  ) {
    precondition(sizes.count == 3 && values.count == 3, "three meshes, not \(sizes.count)")
    self.elementType = elementType
    self.models = models
    cappedOrder = formalOrder
    let coarse = values[0] - values[1]
    let fine = values[1] - values[2]
    let largest = values.map { abs($0) }.max() ?? 0
    let worst = Swift.max(abs(coarse), abs(fine), abs(values[0] - values[2]))
    // Three solves to a residual of 1e-12 and their extrapolation leave about 1e-9 of the value.
    if worst <= 1e-9 * largest || worst == 0 {
      behaviour = .exact
      gridConvergenceIndex = 3 * worst
      return
    }
    if coarse * fine < 0 {
      behaviour = .oscillating
      gridConvergenceIndex = 3 * worst
      return
    }
    let ratio = (fine: sizes[1] / sizes[2], coarse: sizes[0] / sizes[1])
    guard fine != 0, coarse != 0,
      let order = Self.order(of: abs(coarse / fine), ratio: ratio), order >= 0.5
    else {
      behaviour = fine == 0 ? .monotone : .diverging
      gridConvergenceIndex = 3 * worst
      return
    }
    behaviour = .monotone
    observedOrder = order
    extrapolated = values[2] - fine / (pow(ratio.fine, order) - 1)
    let trusted = Swift.min(order, formalOrder)
    gridConvergenceIndex = 1.25 * abs(fine) / (pow(ratio.fine, trusted) - 1)
  }

  /// The p of (r₃₂ᵖ − 1) r₂₁ᵖ / (r₂₁ᵖ − 1) = ε₃₂/ε₂₁, by bisection; `nil` where none lies in 0.01…20.
  private static func order(of quotient: Double, ratio: (fine: Double, coarse: Double)) -> Double? {
    func excess(_ p: Double) -> Double {
      let (fine, coarse) = (pow(ratio.fine, p), pow(ratio.coarse, p))
      return log((coarse - 1) * fine / (fine - 1)) - log(quotient)
    }
    var (low, high) = (0.01, 20.0)
    guard ratio.fine > 1, ratio.coarse > 1, excess(low) < 0, excess(high) > 0 else { return nil }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if excess(middle) < 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
