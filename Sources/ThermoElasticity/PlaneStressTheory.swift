/// How plane-stress cells are solved.
public enum PlaneStressTheory: String, Sendable, CaseIterable, Codable {
  /// The two-dimensional theory: no stress across the plane, anywhere.
  case twoDimensional = "2d"
  /// What CalculiX does: sheets whose thickness is a field between the nodes, so that the stress across the
  /// plane vanishes in the mean alone. Stiffer than the theory on coarse meshes however thin the section, and by up to
  /// 1/(1 − ν²) where it is not thin; see Docs/Decisions/0004.
  case calculiX = "calculix"
}
