internal import FiniteElements
internal import NumericalMethods

/// How a material answers strain: all that the loops over cells know of it.
///
/// A law sees one point and never a mesh. Stress, strain and tangent are in global axes. What every law has in common stays
/// outside: the loops take thermal strain off before they ask, and reduce the tangent for plane-stress cells.
/// `Docs/HowTo/material-law.md` says how to add one.
protocol MaterialLaw: Sendable {
  /// What a point keeps from one increment of the load to the next; ``NoState`` where that is nothing.
  associatedtype State: BitwiseCopyable & Sendable

  /// The state of a point before any load.
  var initialState: State { get }

  /// Whether the stress is ``elasticity(at:)`` times the strain, however large the strain is.
  var isLinear: Bool { get }

  /// The elastic constants where they are the same at every temperature and place.
  var uniformElasticity: ElasticityMatrix? { get }

  /// The elastic constants at a point: the tangent of a point without strain in its initial state.
  ///
  /// Stabilising springs of cells with one point scale with ``ElasticityMatrix/hourglassModulus``.
  func elasticity(at point: MaterialPoint) -> ElasticityMatrix

  /// The stress at the end of an increment.
  ///
  /// - Parameters:
  ///   - strain: Total less thermal strain at the end of the increment, tensor shear.
  ///   - point: Temperature at the end of the increment, and place.
  ///   - state: At the start of the increment; becomes the state at its end.
  ///   - tangent: Comes as ``elasticity(at:)``; becomes the derivative of the returned stress with respect to the strain,
  ///     which must be symmetric. A linear law leaves it as it is.
  func stress(
    of strain: SymmetricTensor, at point: MaterialPoint, state: inout State,
    tangent: inout ElasticityMatrix
  ) -> SymmetricTensor

  /// Elastic energy per volume: ½ stress : strain unless the law says otherwise.
  ///
  /// - Parameter state: At the end of the increment.
  func energyDensity(
    of strain: SymmetricTensor, under stress: SymmetricTensor, _ state: State
  ) -> Double

  /// Answers at all points of one cell; no law writes its own.
  ///
  /// A requirement only so that the loop over the points is compiled for each law.
  func respond(_ cell: inout CellScratch, _ points: PointBuffers, isPlaneStress: Bool)
}

/// Where a law is asked.
struct MaterialPoint {
  /// −∞ where the analysis knows no temperatures: the first row of every table then holds.
  var temperature: Double
  /// In global axes.
  var position: SIMD3<Double>
}

/// The state of laws whose points remember nothing.
struct NoState: BitwiseCopyable, Sendable {}

extension MaterialLaw {
  func energyDensity(
    of strain: SymmetricTensor, under stress: SymmetricTensor, _ state: State
  ) -> Double {
    stress.contracted(with: strain) / 2
  }

  func respond(_ cell: inout CellScratch, _ points: PointBuffers, isPlaneStress: Bool) {
    for point in 0..<cell.pointCount {
      let strain = points.strain[point] - cell.thermalStrain[point]
      var state = points.states.map { $0.state(point) } ?? initialState
      var stress = stress(
        of: strain,
        at: MaterialPoint(temperature: cell.temperature[point], position: cell.positions[point]),
        state: &state, tangent: &cell.elasticity[cell.elasticity.count == 1 ? 0 : point])
      if isPlaneStress { (stress.zz, stress.xz, stress.yz) = (0, 0, 0) }
      points.mechanicalStrain[point] = strain
      points.stress[point] = stress
      points.energyDensity[point] = energyDensity(of: strain, under: stress, state)
      points.states?.set(state, point)
    }
  }
}
