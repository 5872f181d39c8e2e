internal import FiniteElements
internal import Meshing
public import NumericalMethods

/// The material of a section: its law, and its heat properties at one temperature and one place.
///
/// A temperature of −∞ stands for "no temperatures in this analysis": the first row of every table holds and
/// nothing expands, as in CalculiX without `*INITIAL CONDITIONS`.
struct SectionMaterial: Sendable {
  let material: Material
  let orientation: CoordinateSystem?
  let thickness: Double
  /// How it answers strain.
  let law: any MaterialLaw
  /// The elastic constants where they are the same everywhere in the section.
  let uniformElasticity: ElasticityMatrix?
  /// The conductivity where it is the same everywhere in the section.
  private(set) var uniformConductivity: ConductivityMatrix?

  init(_ material: Material, _ section: Section, law: any MaterialLaw) {
    self.material = material
    self.law = law
    uniformElasticity = law.uniformElasticity
    orientation = section.orientation
    thickness = section.thickness
    if material.conductivity?.isConstant ?? true {
      switch orientation {
      case .cylindrical where material.conductivity?.width ?? 1 > 1: break
      default:
        uniformConductivity = ConductivityMatrix(conductivity(at: 0, position: .zero))
      }
    }
  }

  /// The strain of free expansion from the initial temperature, in global axes.
  func thermalStrain(
    at temperature: Double, from initial: Double, position: SIMD3<Double>
  ) -> SymmetricTensor {
    guard let expansion = material.expansion, temperature > -.infinity else { return .zero }
    let curve = expansion.coefficients
    func strain(_ index: Int) -> Double {
      curve.value(index, at: temperature) * (temperature - expansion.zero)
        - curve.value(index, at: initial) * (initial - expansion.zero)
    }
    if curve.width == 1 {
      let normal = strain(0)
      return SymmetricTensor(xx: normal, yy: normal, zz: normal)
    }
    var tensor = SymmetricTensor(xx: strain(0), yy: strain(1), zz: strain(2))
    if curve.width == 6 { (tensor.xy, tensor.xz, tensor.yz) = (strain(3), strain(4), strain(5)) }
    return turned(tensor, position)
  }

  /// Heat flux per temperature gradient, with the sign that makes it positive definite, in global axes.
  func conductivity(at temperature: Double, position: SIMD3<Double>) -> SymmetricTensor {
    guard let curve = material.conductivity else { return .zero }
    if curve.width == 1 {
      let value = curve.value(at: temperature)
      return SymmetricTensor(xx: value, yy: value, zz: value)
    }
    let constants = curve.values(at: temperature)
    var tensor = SymmetricTensor(xx: constants[0], yy: constants[1], zz: constants[2])
    if curve.width == 6 {
      (tensor.xy, tensor.xz, tensor.yz) = (constants[3], constants[4], constants[5])
    }
    return turned(tensor, position)
  }

  /// A tensor in the material's axes, in global ones.
  private func turned(_ tensor: SymmetricTensor, _ position: SIMD3<Double>) -> SymmetricTensor {
    guard let orientation else { return tensor }
    return tensor.rotated(from: orientation.axes(at: position))
  }
}

extension ThermoElasticModel {
  /// Heat flux per temperature gradient in a section, with the sign that makes it positive definite, in global axes.
  ///
  /// - Parameters:
  ///   - section: The section's place in ``sections``.
  ///   - temperature: Where tables are read.
  ///   - position: Where the section's axes are taken.
  /// - Returns: Zero where the material conducts no heat.
  public func conductivity(
    ofSection section: Int, at temperature: Double, position: SIMD3<Double>
  ) -> SymmetricTensor {
    let material = materials[sections[section].material]
    return SectionMaterial(
      material, sections[section], law: material.law(in: sections[section])
    ).conductivity(at: temperature, position: position)
  }
}
