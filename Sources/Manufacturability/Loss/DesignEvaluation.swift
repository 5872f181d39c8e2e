/// What came of one design.
public struct DesignEvaluation: Sendable {
  /// A term's value and, where asked for, its own gradient.
  public struct TermValue: Sendable {
    /// The term's name.
    public let name: String
    /// Its value, not weighted.
    public let value: Double
    /// Its weight in the total.
    public let weight: Double
    /// Its gradient by the design, not weighted, of the design's shape; empty where not asked for.
    public internal(set) var gradient: [Double]
  }
  /// Σ weight · value.
  public internal(set) var total: Double
  /// The gradient of the total, of the design's shape; empty where not asked for.
  public internal(set) var gradient: [Double]
  /// Terms in the problem's order.
  public internal(set) var terms: [TermValue]
  /// Derivatives of the total by everything but the design, where asked for.
  public internal(set) var parameterGradient: ParameterGradient?
  /// The homogenised constants of a periodic cell.
  public internal(set) var homogenized: HomogenizedConstants?
  /// The physical density ρ̃, of an image's shape.
  public internal(set) var physicalDensity: [Double]
  /// Nodal displacements, `[case][node · axes + axis]`, where asked for, nodes in the grid's order.
  public internal(set) var displacements: [[Double]] = []
  /// Nodal temperatures, where displacements are asked for and the problem is heated, nodes in the grid's order.
  public internal(set) var temperatures: [Double] = []
  /// The largest ‖f − K u‖ / ‖f‖ of the solves for the state; adjoint ones end at 1e-8.
  public internal(set) var largestResidual: Double
  /// Linear systems solved: back-substitutions for loads and adjoints, refinement not counted.
  public internal(set) var solveCount: Int
}

/// The derivatives of a weighted total by what is not designed.
///
/// The scales that terms divide by (references, limits, targets, and the solid's constant in place of a target of zero) are held.
public struct ParameterGradient: Sendable, Equatable {
  /// By each solid's constants, in the order of their indices.
  public internal(set) var solids: [SolidGradient]
  /// By the components of each load's force, `[case][load][axis]`.
  public internal(set) var forces: [[[Double]]]
  /// By the change of temperature.
  public internal(set) var temperatureChange: Double
  /// By the power of each source.
  public internal(set) var powers: [Double]
  /// By the temperature of each sink.
  public internal(set) var sinkTemperatures: [Double]
  /// By the coefficient of each film.
  public internal(set) var filmCoefficients: [Double] = []
  /// By the ambient temperature of each film.
  public internal(set) var filmAmbients: [Double] = []
}
