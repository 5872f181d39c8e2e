public import NumericalMethods

/// What a material is made of for heat and elasticity; each property may depend on temperature.
public struct Material: Sendable, Equatable, Codable {
  /// Elastic constants, in stress units.
  public enum Elasticity: Sendable, Equatable, Codable {
    /// Young's modulus, Poisson's ratio.
    case isotropic(MaterialCurve)
    /// The nine constants D1111, D1122, D2222, D1133, D2233, D3333, D1212, D1313, D2323.
    case orthotropic(MaterialCurve)
    /// The nine constants E1, E2, E3, ν12, ν13, ν23, G12, G13, G23.
    case engineeringConstants(MaterialCurve)
    /// The 21 constants of the upper triangle in CalculiX's order D1111, D1122, D2222, D1133, D2233,
    /// D3333, D1112, D2212, D3312, D1212, D1113, D2213, D3313, D1213, D1313, D1123, D2223, D3323, D1223,
    /// D1323, D2323.
    case anisotropic(MaterialCurve)
  }

  /// Mean (secant) thermal expansion from ``zero`` to the temperature, per kelvin.
  public struct Expansion: Sendable, Equatable, Codable {
    /// One constant (isotropic), three (11, 22, 33) or six (11, 22, 33, 12, 13, 23).
    public var coefficients: MaterialCurve
    /// The temperature from which the coefficients are measured.
    public var zero: Double

    /// Expansion coefficients and the temperature from which they are measured.
    public init(_ coefficients: MaterialCurve, zero: Double = 0) {
      self.coefficients = coefficients
      self.zero = zero
    }
  }

  /// The name sections use.
  public var name: String
  /// Elastic constants.
  public var elasticity: Elasticity?
  /// Thermal expansion; none means the material does not expand.
  public var expansion: Expansion?
  /// One constant (isotropic), three (11, 22, 33) or six (11, 22, 33, 12, 13, 23), in power/(length·K).
  public var conductivity: MaterialCurve?
  /// Mass per volume.
  public var density: MaterialCurve?
  /// Heat capacity per mass.
  public var specificHeat: MaterialCurve?

  /// A material of the given properties.
  public init(
    name: String, elasticity: Elasticity? = nil, expansion: Expansion? = nil,
    conductivity: MaterialCurve? = nil, density: MaterialCurve? = nil,
    specificHeat: MaterialCurve? = nil
  ) {
    self.name = name
    self.elasticity = elasticity
    self.expansion = expansion
    self.conductivity = conductivity
    self.density = density
    self.specificHeat = specificHeat
  }
}

extension Material {
  /// How the material answers strain in a section: the one place that knows which law a material means.
  func law(in section: Section) -> any MaterialLaw {
    LinearElasticity(elasticity, section.orientation)
  }
}
