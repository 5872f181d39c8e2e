internal import FiniteElements
internal import Meshing
public import NumericalMethods

/// Hooke's law: stress is elastic constants times strain, in the axes of a section.
struct LinearElasticity: MaterialLaw {
  private let constants: Material.Elasticity?
  private let orientation: CoordinateSystem?
  private(set) var uniformElasticity: ElasticityMatrix?

  /// The law of a material in the axes of a section.
  ///
  /// - Parameter constants: `nil` for a material without stiffness.
  init(_ constants: Material.Elasticity?, _ orientation: CoordinateSystem?) {
    self.constants = constants
    self.orientation = orientation
    if constants?.curve.isConstant ?? false {
      switch orientation {
      case .cylindrical: break
      default: uniformElasticity = elasticity(at: MaterialPoint(temperature: 0, position: .zero))
      }
    }
  }

  var initialState: NoState { NoState() }
  var isLinear: Bool { true }

  func elasticity(at point: MaterialPoint) -> ElasticityMatrix {
    guard let constants else { return ElasticityMatrix() }
    var matrix: ElasticityMatrix
    let values = constants.curve.values(at: point.temperature)
    switch constants {
    case .isotropic:
      matrix = .isotropic(youngsModulus: values[0], poissonsRatio: values[1])
    case .orthotropic: matrix = .orthotropic(values)
    case .engineeringConstants: matrix = .engineeringConstants(values)
    case .anisotropic: matrix = .anisotropic(values)
    }
    if let orientation, !constants.isIsotropic {
      matrix = matrix.rotated(from: orientation.axes(at: point.position))
    }
    return matrix
  }

  func stress(
    of strain: SymmetricTensor, at point: MaterialPoint, state: inout NoState,
    tangent: inout ElasticityMatrix
  ) -> SymmetricTensor {
    tangent * strain
  }
}

extension Material.Elasticity {
  /// The table of constants.
  public var curve: MaterialCurve {
    switch self {
    case .isotropic(let curve), .orthotropic(let curve), .engineeringConstants(let curve),
      .anisotropic(let curve):
      curve
    }
  }

  /// Whether the material is the same in all directions.
  public var isIsotropic: Bool {
    if case .isotropic = self { true } else { false }
  }
}
