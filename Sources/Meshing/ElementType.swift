/// An element by the name Abaqus and CalculiX give it: all that it is made of is its ``traits``.
public enum ElementType: String, CaseIterable, Codable, Sendable {
  case cps3 = "CPS3", cps4 = "CPS4", cps4r = "CPS4R", cps6 = "CPS6", cps8 = "CPS8", cps8r = "CPS8R"
  case cpe3 = "CPE3", cpe4 = "CPE4", cpe4r = "CPE4R", cpe6 = "CPE6", cpe8 = "CPE8", cpe8r = "CPE8R"
  case cax3 = "CAX3", cax4 = "CAX4", cax4r = "CAX4R", cax6 = "CAX6", cax8 = "CAX8", cax8r = "CAX8R"
  case c3d4 = "C3D4", c3d6 = "C3D6", c3d8 = "C3D8", c3d8r = "C3D8R", c3d8i = "C3D8I"
  case c3d10 = "C3D10", c3d15 = "C3D15", c3d20 = "C3D20", c3d20r = "C3D20R"

  /// What the element assumes of the directions it does not see.
  public enum Theory: String, Codable, Sendable {
    /// No stress across the plane; a thickness. The first two axes are used.
    case planeStress
    /// No strain across the plane; a thickness. The first two axes are used.
    case planeStrain
    /// A full turn about the second axis; the first axis is the radius.
    case axisymmetric
    /// A solid.
    case solid
  }

  /// Whether the stiffness is integrated with one point less per direction than exact.
  public var isReduced: Bool { rawValue.hasSuffix("R") }

  /// Displacement unknowns per node: 2 for plane and axisymmetric elements, 3 for solids.
  public var axisCount: Int { theory == .solid ? 3 : 2 }

  /// The element a mesh file means that names only shapes, in the given theory; `nil` where there is none.
  public init?(shape: CellShape, theory: Theory) {
    let plain = Self.allCases.first { $0.shape == shape && $0.theory == theory }
    guard let plain else { return nil }
    self = plain
  }
}
