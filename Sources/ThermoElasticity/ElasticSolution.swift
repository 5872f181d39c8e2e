public import NumericalMethods

/// The answer of one static solve, in the units of its model.
public struct ElasticSolution: Sendable {
  /// Displacement of every node, in global axes.
  public var displacement: [SIMD3<Double>]
  /// By how much sheets of ``PlaneStressTheory/calculiX`` are thicker at every node; empty without sheets.
  public var thicknessGrowth = ThicknessGrowth()
  /// Internal minus applied forces at every node, in global axes: the reactions where a node is held.
  public var reaction: [SIMD3<Double>]
  /// Nodal forces that equal the stresses (∫Bᵀσ), in global axes.
  public var internalForce: [SIMD3<Double>]
  /// Stress at the integration points, in global axes.
  public var stress: PointField<SymmetricTensor>
  /// Total strain at the integration points, tensor shear, in global axes.
  public var strain: PointField<SymmetricTensor>
  /// Strain less thermal strain at the integration points.
  public var mechanicalStrain: PointField<SymmetricTensor>
  /// Elastic energy per volume at the integration points.
  public var energyDensity: PointField<Double>
  /// The volume each integration point stands for (a full turn for axisymmetric cells).
  public var pointVolume: PointField<Double>
  /// Elastic energy of the whole structure.
  public var strainEnergy: Double
  /// How well the equations were solved.
  public var soundness: Soundness
}

/// The answer of one steady heat solve, in the units of its model.
public struct HeatSolution: Sendable {
  /// Temperature of every node.
  public var temperature: [Double]
  /// Heat that flows out of every node into the cells, less what is applied there: the supports' share.
  public var reaction: [Double]
  /// Heat conducted from every node into the cells, the exchange with films not in it: what CalculiX prints as RFL.
  public var conductedFlow: [Double]
  /// Heat flux vector at the integration points, power per area, in global axes.
  public var heatFlux: PointField<SIMD3<Double>>
  /// The volume each integration point stands for.
  public var pointVolume: PointField<Double>
  /// How well the equations were solved.
  public var soundness: Soundness
}

/// What was checked of one solve.
public struct Soundness: Sendable, Codable, Equatable {
  /// Unknowns of the linear system, after constraints.
  public var unknownCount: Int
  /// Stored entries of the matrix (one triangle).
  public var storedEntryCount: Int
  /// Stored entries of the factor; `nil` where the solver has none.
  public var factorEntryCount: Int?
  /// Bytes that the solver keeps beside the matrix, known before it takes them; `nil` in results that an older gcgan saved.
  public var solverByteCount: Int?
  /// ‖f − Ku‖ / (‖K‖‖u‖ + ‖f‖), maximum norms.
  public var relativeResidual: Double
  /// |loads + reactions| over their absolute values added up, and where those are round-off over what cancels inside the
  /// structure: 0 in equilibrium, at most 10⁻⁶; `nil` where equations tie nodes, whose forces act between nodes that
  /// need not coincide.
  public var reactionBalance: Double?
  /// A cheap upper bound of the reciprocal condition number: from the factor's diagonal, or of conjugate gradients from their Rayleigh
  /// quotients, then of the matrix scaled to a unit diagonal.
  public var reciprocalCondition: Double
  /// Refinement steps taken.
  public var refinementCount: Int
  /// Iterations of the solver, refinement included; `nil` where it does not iterate.
  public var iterationCount: Int?
}
