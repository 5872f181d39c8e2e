/// What came of one design.
package struct DesignEvaluation: Sendable {
  /// A term's value and, where asked for, its own gradient.
  package struct TermValue: Sendable {
    /// The term's name.
    package let name: String
    /// Its value, not weighted.
    package let value: Double
    /// Its weight in the total.
    package let weight: Double
    /// Its gradient by the design, not weighted, of the design's shape; empty where not asked for.
    package internal(set) var gradient: [Double]
  }
  /// Σ weight · value.
  package internal(set) var total: Double
  /// The gradient of the total, of the design's shape; empty where not asked for.
  package internal(set) var gradient: [Double]
  /// Terms in the problem's order.
  package internal(set) var terms: [TermValue]
  /// Derivatives of the total by everything but the design, where asked for.
  package internal(set) var parameterGradient: ParameterGradient?
  /// The homogenised constants of a periodic cell.
  package internal(set) var homogenized: HomogenizedConstants?
  /// The physical density ρ̃, of an image's shape.
  package internal(set) var physicalDensity: [Double]
  /// Nodal displacements, `[case][node · axes + axis]`, where asked for, nodes in the grid's order.
  package internal(set) var displacements: [[Double]] = []
  /// Nodal temperatures, where displacements are asked for and the problem is heated, nodes in the grid's order.
  package internal(set) var temperatures: [Double] = []
  /// The largest ‖f − K u‖ / ‖f‖ of the solves for the state; adjoint ones end at 1e-8.
  package internal(set) var largestResidual: Double
  /// Linear systems solved: back-substitutions for loads and adjoints, refinement not counted.
  package internal(set) var solveCount: Int
}

/// The derivatives of a weighted total by what is not designed.
///
/// The scales that terms divide by (references, limits, targets, and the solid's constant in place of a target of zero) are held.
package struct ParameterGradient: Sendable, Equatable {
  /// By each solid's constants, in the order of their indices.
  package internal(set) var solids: [SolidGradient]
  /// By the components of each load's force, `[case][load][axis]`.
  package internal(set) var forces: [[[Double]]]
  /// By the change of temperature.
  package internal(set) var temperatureChange: Double
  /// By the power of each source.
  package internal(set) var powers: [Double]
  /// By the temperature of each sink.
  package internal(set) var sinkTemperatures: [Double]
  /// By the coefficient of each film.
  package internal(set) var filmCoefficients: [Double] = []
  /// By the ambient temperature of each film.
  package internal(set) var filmAmbients: [Double] = []
}
