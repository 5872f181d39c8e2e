import FiniteElements
import NumericalMethods

@testable import ThermoElasticity

/// Metal plasticity of von Mises with linear isotropic and kinematic hardening: a law with a state, to try the seam with.
///
/// - Source: Simo and Hughes, *Computational Inelasticity* (1998), section 3.3: radial return in box 3.1, tangent consistent with
///   it in box 3.2.
struct J2Plasticity: MaterialLaw {
  /// Young's modulus and Poisson's ratio.
  var elasticity: MaterialCurve = .constant(200_000, 0.3)
  var yieldStress: MaterialCurve = .constant(250)
  /// Rise of the yield stress per equivalent plastic strain.
  var isotropicHardening = 0.0
  /// Rise of the stress at the yield surface's centre per plastic strain in uniaxial tension.
  var kinematicHardening = 0.0
  /// Whether the tangent is that of the rate equations, which forgets that the step is finite: for comparison.
  var usesContinuumTangent = false

  struct State: BitwiseCopyable, Sendable {
    var plasticStrain = SymmetricTensor.zero
    /// The centre of the yield surface.
    var backStress = SymmetricTensor.zero
    var equivalentPlasticStrain = 0.0
  }

  var initialState: State { State() }
  var isLinear: Bool { false }
  var uniformElasticity: ElasticityMatrix? { nil }

  func elasticity(at point: MaterialPoint) -> ElasticityMatrix {
    let constants = elasticity.values(at: point.temperature)
    return .isotropic(youngsModulus: constants[0], poissonsRatio: constants[1])
  }

  func stress(
    of strain: SymmetricTensor, at point: MaterialPoint, state: inout State,
    tangent: inout ElasticityMatrix
  ) -> SymmetricTensor {
    let shear = tangent[3, 3]
    let trial = tangent * (strain - state.plasticStrain)
    let relative = trial.deviator - state.backStress
    let size = relative.contracted(with: relative).squareRoot()
    let radius =
      (2.0 / 3).squareRoot()
      * (yieldStress.value(at: point.temperature)
        + isotropicHardening * state.equivalentPlasticStrain)
    guard size > radius else { return trial }

    let hardening = isotropicHardening + kinematicHardening
    let multiplier = (size - radius) / (2 * shear + 2.0 / 3 * hardening)
    let flow = (1 / size) * relative
    state.plasticStrain = state.plasticStrain + multiplier * flow
    state.backStress = state.backStress + (2.0 / 3 * kinematicHardening * multiplier) * flow
    state.equivalentPlasticStrain += (2.0 / 3).squareRoot() * multiplier

    let theta = usesContinuumTangent ? 1 : 1 - 2 * shear * multiplier / size
    let thetaBar = 1 / (1 + hardening / (3 * shear)) - (1 - theta)
    let bulk = tangent[0, 0] - 4.0 / 3 * shear
    let n = flow.components
    for row in 0..<6 {
      for column in 0..<6 {
        var entry = n[row] * n[column] * (-2 * shear * thetaBar)
        if row < 3, column < 3 { entry += bulk - 2.0 / 3 * shear * theta }
        if row == column { entry += (row < 3 ? 2 : 1) * shear * theta }
        tangent[row, column] = entry
      }
    }
    return trial - (2 * shear * multiplier) * flow
  }

  func energyDensity(
    of strain: SymmetricTensor, under stress: SymmetricTensor, _ state: State
  ) -> Double {
    stress.contracted(with: strain - state.plasticStrain) / 2
  }
}

extension SymmetricTensor {
  /// The tensor less a third of its trace.
  fileprivate var deviator: SymmetricTensor {
    self - (trace / 3) * SymmetricTensor(xx: 1, yy: 1, zz: 1)
  }
}
